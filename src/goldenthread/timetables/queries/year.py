"""A year's timetable as a page shows it, with what does not go together in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from goldenthread.design.year_picture import Lane, Mark, year_picture
from goldenthread.domain.kinds import BodyKind, Step
from goldenthread.domain.periods import FinancialYear
from goldenthread.domain.timetable import TimetableEntry
from goldenthread.domain.timetable_clashes import lags, timetable_clashes
from goldenthread.organisation.models import Council
from goldenthread.reporting.queries.cycles import cycles_of, timetable_of
from goldenthread.timetables.bank_holidays import calendar_of

SHORT = {
    BodyKind.DMT: "DMT",
    BodyKind.PDC: "Committees",
    BodyKind.SCRUTINY: "Scrutiny",
    BodyKind.LSP_EXECUTIVE_BOARD: "LSP Executive",
    BodyKind.LSP_STRATEGIC_BOARD: "LSP Strategic",
    BodyKind.COUNCIL: "Council",
}
"""Forums as a lane of the picture names them."""


def timetable_page(council: Council, year: FinancialYear, today: date) -> dict[str, Any]:
    """Bring together a year's cycles, each with its dates in their published order."""
    milestones = list(timetable_of(council, year))
    published = [milestone.entry for milestone in milestones]
    return {
        "year": year,
        "clashes": timetable_clashes(published, calendar_of(council, year)),
        "waits": _waits(published, year),
        "picture": _picture(published, year, today),
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


def _waits(entries: Sequence[TimetableEntry], year: FinancialYear) -> list[tuple[str, list[str]]]:
    """Say for each forum how many days it waits after each quarter's end; empty where it is not set."""
    found = {(lag.forum, lag.quarter): lag.words for lag in lags(entries, year)}
    return [
        (forum.label, [found.get((forum, number), "") for number in range(1, 5)])
        for forum in BodyKind
        if any(forum is known for known, _ in found)
    ]


def _picture(entries: Sequence[TimetableEntry], year: FinancialYear, today: date) -> str:
    """Draw the year: returns due above, then a lane for each forum that receives reports."""
    due = [entry for entry in entries if entry.step is Step.UPDATE_DEADLINE]
    received = [entry for entry in entries if entry.step is Step.FORUM_RECEIVES]
    lanes = [("Returns due", due)]
    lanes += [
        (SHORT.get(forum, forum.label), [entry for entry in received if entry.forum is forum])
        for forum in BodyKind
    ]
    return year_picture(
        [Lane(name, _marks(of_it)) for name, of_it in lanes if _marks(of_it)],
        name=f"When returns are due and each forum receives its report in {year.label}",
        today=today,
    )


def _marks(entries: Sequence[TimetableEntry]) -> list[Mark]:
    return [
        Mark(entry.starts_on, entry.ends_on)
        for entry in entries
        if entry.starts_on and entry.ends_on
    ]
