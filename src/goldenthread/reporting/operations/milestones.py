"""Giving a date of the timetable another day, with the one it first had kept beside it."""

from __future__ import annotations

from goldenthread.domain.when_words import When
from goldenthread.reporting.models import Milestone


def move_milestone(milestone: Milestone, when: When, because: str) -> None:
    """Move a date, and keep in words when it was first planned and why it moved (clause T-3)."""
    milestone.first_planned = milestone.first_planned or milestone.when
    milestone.moved_because = because.strip()
    milestone.precision = when.precision
    milestone.starts_on, milestone.ends_on = when.starts_on, when.ends_on
    milestone.save()
