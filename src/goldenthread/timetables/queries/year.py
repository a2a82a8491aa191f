"""A year's timetable as a page shows it, with what does not go together in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from goldenthread.design.year_picture import Lane, Mark, year_picture
from goldenthread.domain.kinds import BodyKind, Frequency, Step
from goldenthread.domain.periods import FinancialYear, Period
from goldenthread.domain.timetable import TimetableEntry
from goldenthread.domain.timetable_clashes import lags, timetable_clashes
from goldenthread.organisation.models import Council
from goldenthread.reporting.models import Milestone, ReportingCycle
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
"""Forums as a lane of the picture, and a column on paper, names them."""
BRIEF = {
    Step.UPDATE_DEADLINE: "Officers",
    Step.PARTNERSHIPS_REVIEW: "Partnerships",
    Step.DIRECTORS_MEET_CHIEF_EXECUTIVE: "Directors",
}
"""Whom a step concerns, where there is little room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRow:
    """A date of the year's table: behind us, next of all, or still to come.

    On paper `reason_mark` leads from one that was moved to the reason below the table.
    """

    milestone: Milestone
    is_past: bool
    is_next: bool
    reason_mark: str = ""

    @property
    def for_whom(self) -> str:
        return self.milestone.entry.for_whom

    @property
    def for_whom_in_brief(self) -> str:
        """Whom it concerns, where there is as little room as on the printed year."""
        step, forum = self.milestone.step, self.milestone.forum
        return BRIEF.get(step) or (SHORT.get(forum) if forum else None) or self.for_whom


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOfYear:
    """A report with its dates, in the order in which the timetable prints them."""

    cycle: ReportingCycle
    rows: tuple[YearRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterOfYear:
    """A quarter with the reports on it."""

    number: int
    months: str
    reports: tuple[ReportOfYear, ...]


def timetable_page(council: Council, year: FinancialYear, today: date) -> dict[str, Any]:
    """Bring together a year's quarters, reports and dates in their published order."""
    milestones = list(timetable_of(council, year))
    return {
        "year": year,
        "picture": _picture([milestone.entry for milestone in milestones], year, today),
        "quarters": quarters_of(milestones, today),
        "reasons": [(mark, reason) for reason, mark in _marks_of_reasons(milestones).items()],
        "years": [
            FinancialYear(starts_in)
            for starts_in in cycles_of(council)
            .order_by("year")
            .values_list("year", flat=True)
            .distinct()
        ],
    }


def worth_a_look(
    council: Council, year: FinancialYear, quarters: Sequence[QuarterOfYear]
) -> dict[str, Any]:
    """Say what does not go together in a year, and how long each forum waits for its reports."""
    published = [
        row.milestone.entry
        for quarter in quarters
        for report in quarter.reports
        for row in report.rows
    ]
    return {
        "clashes": timetable_clashes(published, calendar_of(council, year)),
        "waits": _waits(published, year),
    }


def quarters_of(milestones: Sequence[Milestone], today: date) -> list[QuarterOfYear]:
    """Group a year's dates, as `timetable_of` lists them, by quarter and report; mark the next one."""
    ahead = [each.starts_on for each in milestones if each.starts_on and each.starts_on >= today]
    upcoming, marks = min(ahead, default=None), _marks_of_reasons(milestones)
    reports = [
        ReportOfYear(
            cycle=cycle,
            rows=tuple(_row(milestone, today, upcoming, marks) for milestone in dates),
        )
        for cycle, dates in groupby(milestones, lambda milestone: milestone.cycle)
    ]
    return [
        QuarterOfYear(number=number, months=_months(each[0].cycle), reports=tuple(each))
        for number, found in groupby(reports, lambda report: report.cycle.quarter)
        if (each := list(found))
    ]


def _marks_of_reasons(milestones: Sequence[Milestone]) -> dict[str, str]:
    """Give each reason for which dates were moved a mark, in the order of the table: 1, 2, 3."""
    moved = (each.moved_because for each in milestones if each.first_planned)
    return {reason: f"{place}" for place, reason in enumerate(dict.fromkeys(moved), start=1)}


def _row(
    milestone: Milestone, today: date, upcoming: date | None, marks: Mapping[str, str]
) -> YearRow:
    return YearRow(
        milestone=milestone,
        is_past=milestone.ends_on is not None and milestone.ends_on < today,
        is_next=upcoming is not None and milestone.starts_on == upcoming,
        reason_mark=marks.get(milestone.moved_because, "") if milestone.first_planned else "",
    )


def _months(cycle: ReportingCycle) -> str:
    """Name the months that a quarter covers, as the timetable prints them: April to June 2009."""
    covered = Period(cycle.financial_year, Frequency.QUARTERLY, cycle.quarter)
    return f"{covered.starts_on:%B} to {covered.ends_on:%B %Y}"


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
        name=f"When returns are due and each forum receives its report in {year.label}; "
        "the table gives the same dates in words",
        today=today,
    )


def _marks(entries: Sequence[TimetableEntry]) -> list[Mark]:
    return [
        Mark(entry.starts_on, entry.ends_on)
        for entry in entries
        if entry.starts_on and entry.ends_on
    ]
