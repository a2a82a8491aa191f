"""A year's timetable as a page shows it, with what does not go together in it."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from goldenthread.domain.periods import FinancialYear
from goldenthread.domain.timetable_clashes import lags, timetable_clashes
from goldenthread.organisation.models import Council
from goldenthread.reporting.bank_holidays import calendar_of
from goldenthread.reporting.queries.cycles import cycles_of, timetable_of


def timetable_page(council: Council, year: FinancialYear, today: date) -> dict[str, Any]:
    """Bring together a year's cycles, each with its dates in their published order."""
    milestones = list(timetable_of(council, year))
    published = [milestone.entry for milestone in milestones]
    return {
        "year": year,
        "clashes": timetable_clashes(published, calendar_of(council, year)),
        "lags": lags(published, year),
        "today": today,
        "quarters": [
            (cycle, list(entries)) for cycle, entries in groupby(milestones, lambda m: m.cycle)
        ],
        "years": [
            FinancialYear(starts_in)
            for starts_in in cycles_of(council)
            .order_by("year")
            .values_list("year", flat=True)
            .distinct()
        ],
    }
