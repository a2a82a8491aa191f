"""The days a council works on, and counting by them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

SATURDAY = 5
ONE_DAY = timedelta(days=1)


def is_working_day(day: date, *, closures: Collection[date]) -> bool:
    """Test whether a day is neither a Saturday or Sunday nor among the closures."""
    return day.weekday() < SATURDAY and day not in closures


def shift_working_days(start: date, days: int, *, closures: Collection[date]) -> date:
    """Count working days on from a day, or back from it if negative; 0 leaves it where it is."""
    stride = ONE_DAY if days > 0 else -ONE_DAY
    day = start
    for _ in range(abs(days)):
        day = open_day(day + stride, stride, closures=closures)
    return day


def open_day(day: date, stride: timedelta, *, closures: Collection[date]) -> date:
    """Step from a day by the stride until a working day is reached; an open day stays."""
    while not is_working_day(day, closures=closures):
        day += stride
    return day


def runs_of(days: Collection[date]) -> list[tuple[date, date]]:
    """Bring days together that follow each other: the first and the last of each run."""
    runs: list[tuple[date, date]] = []
    for day in sorted(days):
        if runs and day - runs[-1][1] <= ONE_DAY:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs
