"""A nation's bank holidays, by day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import holidays

from goldenthread.domain.clear_days import Nation
from goldenthread.domain.periods import FinancialYear
from goldenthread.domain.timetable_clashes import Calendar
from goldenthread.organisation.models import Council
from goldenthread.organisation.queries import framework_of

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
    """Bring together what a council's timetable of a year is held against."""
    nation = council.nation
    return Calendar(
        year=year,
        bank_holidays=bank_holidays(year, nation),
        clear_days=nation.clear_days,
        most_days=framework_of(council).timetable.most_days,
    )
