"""Who owes what: the chase board, reminders and nudges."""

from __future__ import annotations
