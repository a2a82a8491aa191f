from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from goldenthread.accounts.models import User
from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.domain.cycle_steps import locks_on
from goldenthread.domain.kinds import CycleKind, Step
from goldenthread.domain.periods import FinancialYear, quarter
from goldenthread.domain.timetable import TimetableEntry
from goldenthread.organisation import queries as organisation
from goldenthread.organisation.models import Council
from goldenthread.reporting.models import Milestone, ReportingCycle

CODES = {CycleKind.SIX_WEEKLY: "6W{}", CycleKind.QUARTERLY: "Q{}", CycleKind.ANNUAL: "annual"}


class NoDeadlineError(Exception):
    """A report of the timetable has no day by which its returns are due."""


@transaction.atomic
def plan_year(
    *,
    council: Council,
    year: FinancialYear,
    entries: Sequence[TimetableEntry],
    by: User | None,
    at: datetime,
) -> list[ReportingCycle]:
    """Make a year's reporting cycles with the milestones of its timetable (clause T-1).

    The annual report has no deadline of its own where the timetable gives none: its returns are due
    with those of the last quarter.

    :raises NoDeadlineError: if a six-weekly or quarterly report has no update deadline
    """
    reports = dict.fromkeys((entry.report, entry.quarter) for entry in entries)
    return [_plan_cycle(council, year, kind, number, entries, by, at) for kind, number in reports]


def _plan_cycle(
    council: Council,
    year: FinancialYear,
    kind: CycleKind,
    number: int,
    entries: Sequence[TimetableEntry],
    by: User | None,
    at: datetime,
) -> ReportingCycle:
    own = [entry for entry in entries if (entry.report, entry.quarter) == (kind, number)]
    cycle = _cycle(council, year, kind, number, _deadline(entries, kind, number))
    cycle.locks_on = locks_on(
        _papers_out(own),
        days_after=organisation.framework_of(council).timetable.locks_days_after_papers,
        due_on=cycle.due_on,
    )
    cycle.save()
    Milestone.objects.bulk_create(
        _milestone(cycle, entry, place) for place, entry in enumerate(own, start=1)
    )
    audit.record(
        council=council.name,
        verb=Verb.CYCLE_PLANNED,
        target=cycle,
        by=by,
        at=at,
        changes={"due on": [None, cycle.due_on], "milestones": [0, len(own)]},
    )
    return cycle


def _deadline(entries: Sequence[TimetableEntry], kind: CycleKind, number: int) -> date:
    """Find a report's deadline, or for the annual one that of the last quarter."""
    for report in (kind, CycleKind.QUARTERLY) if kind is CycleKind.ANNUAL else (kind,):
        for entry in entries:
            found = entry.report is report and entry.quarter == number
            if found and entry.step is Step.UPDATE_DEADLINE and entry.starts_on:
                return entry.starts_on
    raise NoDeadlineError(f"The {kind.label} report of quarter {number} has no update deadline")


def _papers_out(entries: Sequence[TimetableEntry]) -> date | None:
    """Find the day on which a report's first papers go out."""
    days = (entry.starts_on for entry in entries if entry.step is Step.PAPERS_OUT)
    return min((day for day in days if day), default=None)


def _cycle(
    council: Council, year: FinancialYear, kind: CycleKind, number: int, due_on: date
) -> ReportingCycle:
    observed = quarter(year, number)
    observes_from = year.starts_on if kind is CycleKind.ANNUAL else observed.starts_on
    earliest = observes_from if kind is CycleKind.SIX_WEEKLY else observed.ends_on
    days = organisation.framework_of(council).timetable.opens_days_before_deadline
    return ReportingCycle(
        council=council,
        year=year.starts_in,
        code=CODES[kind].format(number),
        kind=kind,
        quarter=number,
        observes_from=observes_from,
        observes_to=observed.ends_on,
        opens_on=max(due_on - timedelta(days=days), earliest + timedelta(days=1)),
        due_on=due_on,
    )


def _milestone(cycle: ReportingCycle, entry: TimetableEntry, number: int) -> Milestone:
    return Milestone(
        cycle=cycle,
        number=number,
        step=entry.step,
        forum=entry.forum,
        precision=entry.precision,
        starts_on=entry.starts_on,
        ends_on=entry.ends_on,
        derivation=entry.derivation,
        first_planned=entry.first_planned,
        moved_because=entry.moved_because,
    )
