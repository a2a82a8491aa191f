"""When an action is due, in words."""

from __future__ import annotations

from datetime import date

from goldenthread.design.words import long_date


def due_in_words(due_words: str, due_on: date | None) -> str:
    """Write when an action is due: the plan's own words, and the day where they do not say it."""
    day = long_date(due_on) if due_on else ""
    if not due_words:
        return day or "no date"
    return due_words if not day or day in due_words else f"{due_words}, by {day}"
