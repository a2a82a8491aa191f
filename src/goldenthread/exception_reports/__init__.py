"""Why something is off track and what is being done about it."""

from __future__ import annotations
