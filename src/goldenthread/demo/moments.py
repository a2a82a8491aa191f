"""When things were done in the demonstration: in office hours, on working days of 2009."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from goldenthread.domain.working_days import ONE_DAY, is_working_day

STANDS_ON = date(2009, 10, 14)
LATEST = STANDS_ON - ONE_DAY
"""The latest day with a deed, so that at any hour of the day it stands on all of them are past."""

BANK_HOLIDAYS = frozenset(
    {
        date(2009, 4, 10),
        date(2009, 4, 13),
        date(2009, 5, 4),
        date(2009, 5, 25),
        date(2009, 8, 31),
    }
)
_OPENS, _SECONDS_OPEN = time(9), 8 * 60 * 60


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """Name a moment by the council's own clock."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def office_hours(day: date, *, every: timedelta = timedelta(seconds=30)) -> Iterator[datetime]:
    """Give one moment after another from the hour at which the offices open."""
    at = moment(day, _OPENS.hour)
    while True:
        yield at
        at += every


def chosen(key: str, choices: int) -> int:
    """Choose a number below another, always the same for the same key."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()) % choices


def spread(key: str, *, first: date, last: date) -> datetime:
    """Choose a working moment in a closed range of days, always the same for the same key.

    :raises ValueError: if there is no working day among them
    """
    days = _working_days(first, last)
    if not days:
        raise ValueError(f"No working day from {first} to {last}")
    chosen = int.from_bytes(hashlib.sha256(key.encode()).digest())
    chosen, place = divmod(chosen, len(days))
    return moment(days[place], _OPENS.hour) + timedelta(seconds=chosen % _SECONDS_OPEN)


def _working_days(first: date, last: date) -> list[date]:
    span = range((last - first).days + 1)
    days = (first + timedelta(days=number) for number in span)
    return [day for day in days if is_working_day(day, closures=BANK_HOLIDAYS)]
