"""A nation's bank holidays, by day, and the days on which a council is closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

import holidays
from django.db.models import QuerySet

from goldenthread.domain.clear_days import Nation
from goldenthread.domain.periods import FinancialYear
from goldenthread.domain.timetable_clashes import Calendar
from goldenthread.organisation.models import Council
from goldenthread.organisation.queries import framework_of
from goldenthread.timetables.models import ClosedPeriod

A_CLOSED_DAY = "a closed day"

_SUBDIVISIONS = {
    Nation.ENGLAND: "ENG",
    Nation.WALES: "WLS",
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}


@lru_cache(maxsize=32)
def bank_holidays(year: FinancialYear, nation: Nation = Nation.ENGLAND) -> Mapping[date, str]:
    """Name a nation's bank holidays from a financial year's start to the end of the one after it.

    A year's last reports are received in the year after it.
    """
    found = holidays.country_holidays(
        "GB", subdiv=_SUBDIVISIONS[nation], years=range(year.starts_in, year.starts_in + 3)
    )
    last = year.following.ends_on
    return {day: name for day, name in found.items() if year.starts_on <= day <= last}


def calendar_of(council: Council, year: FinancialYear) -> Calendar:
    """Bring together what a council's timetable of a year is held against, in one query."""
    nation = council.nation
    kept = list(closed_periods(council, year))
    closed = (day for each in kept if not each.is_pre_election for day in _days(each))
    return Calendar(
        year=year,
        bank_holidays={**dict.fromkeys(closed, A_CLOSED_DAY), **bank_holidays(year, nation)},
        pre_election=[(each.starts_on, each.ends_on) for each in kept if each.is_pre_election],
        clear_days=nation.clear_days,
        most_days=framework_of(council).timetable.most_days,
    )


def closed_periods(council: Council, year: FinancialYear) -> QuerySet[ClosedPeriod]:
    """List what is kept of a council's closed days and elections in a year and the one after it."""
    last = year.following.ends_on
    found = council.closed_periods.filter(starts_on__lte=last, ends_on__gte=year.starts_on)
    return found.order_by("starts_on", "ends_on", "is_pre_election")


def _days(period: ClosedPeriod) -> Iterator[date]:
    for ordinal in range(period.starts_on.toordinal(), period.ends_on.toordinal() + 1):
        yield date.fromordinal(ordinal)
