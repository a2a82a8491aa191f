"""How long before a public meeting its papers must be out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from goldenthread.domain.working_days import ONE_DAY, is_working_day, shift_working_days


class Nation(StrEnum):
    """Where a council lies: its bank holidays and its law on access to papers follow from it."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"

    @property
    def clear_days(self) -> int:
        """The clear days for which papers of a public meeting must be open before it."""
        return 3 if self in (Nation.WALES, Nation.SCOTLAND) else 5


def clear_days_between(published_on: date, meets_on: date, *, closures: Collection[date]) -> int:
    """Count the clear days between publication and a meeting.

    They are working days, and neither the day of publication nor that of the meeting is one.
    """
    days = range(1, (meets_on - published_on).days)
    return sum(is_working_day(published_on + n * ONE_DAY, closures=closures) for n in days)


def latest_publication(meets_on: date, clear_days: int, *, closures: Collection[date]) -> date:
    """Find the last working day on which papers can go out with so many clear days before a meeting."""
    return shift_working_days(meets_on, -(clear_days + 1), closures=closures)
