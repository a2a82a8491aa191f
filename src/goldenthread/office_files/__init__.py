"""Office files that people send, taken apart as if they were made to do harm."""

from __future__ import annotations
