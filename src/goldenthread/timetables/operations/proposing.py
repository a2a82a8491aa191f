"""Proposing a year's timetable, and putting it in force."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from goldenthread.domain.periods import FinancialYear
from goldenthread.domain.timetable import TimetableEntry, TimetableError
from goldenthread.domain.timetable_clashes import Calendar, Clash, timetable_clashes
from goldenthread.domain.timetable_proposal import Meetings, propose_year
from goldenthread.organisation.models import Council
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.organisation.queries import framework_of
from goldenthread.reporting import permissions
from goldenthread.reporting.models import ReportingCycle
from goldenthread.timetables.bank_holidays import A_CLOSED_DAY, calendar_of
from goldenthread.timetables.operations.closing_days import keep_closed
from goldenthread.timetables.operations.planning import NoDeadlineError, plan_year


class CannotAdoptError(Exception):
    """A timetable cannot be put in force; the words say why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A year's timetable as it follows from the meetings, and what it is held against.

    `closed_days` and `pre_election` are as typed: the calendar has them with what was kept before.
    """

    year: FinancialYear
    entries: tuple[TimetableEntry, ...]
    calendar: Calendar
    closed_days: Collection[date] = ()
    pre_election: tuple[date, date] | None = None

    @property
    def clashes(self) -> list[Clash]:
        """What in it does not go together."""
        return timetable_clashes(self.entries, self.calendar)

    def edited(self, entries: Sequence[TimetableEntry]) -> Proposal:
        """Give the same proposal with entries that somebody has moved by hand."""
        return replace(self, entries=tuple(entries))


def propose(
    council: Council,
    year: FinancialYear,
    meetings: Meetings,
    *,
    closed_days: Collection[date],
    pre_election: tuple[date, date] | None,
) -> Proposal:
    """Lay a year out by the council's rules, round bank holidays and its closed days (clause T-3).

    :raises CannotAdoptError: if the meetings do not let a report be laid out
    """
    kept = calendar_of(council, year)
    calendar = replace(
        kept,
        bank_holidays={**dict.fromkeys(closed_days, A_CLOSED_DAY), **kept.bank_holidays},
        pre_election={*kept.pre_election, *([pre_election] if pre_election else [])},
    )
    try:
        entries = propose_year(
            framework_of(council).timetable.rules,
            year=year,
            meetings=meetings,
            closures=calendar.bank_holidays,
        )
    except TimetableError as error:
        raise CannotAdoptError(" ".join(error.problems)) from error
    return Proposal(
        year=year,
        entries=tuple(entries),
        calendar=calendar,
        closed_days=closed_days,
        pre_election=pre_election,
    )


@transaction.atomic
def adopt_timetable(
    *, council: Council, proposal: Proposal, by: Officeholder, at: datetime
) -> list[ReportingCycle]:
    """Make the cycles and dates of a proposed year; its dates are then moved one by one.

    The days on which the council is closed are kept: what moves later goes round them too.

    :raises PermissionDenied: if the person is not the council's performance manager
    :raises CannotAdoptError: if the year has a timetable, or a report would have no deadline
    """
    permissions.check_can_plan(by, council)
    Council.objects.select_for_update().get(pk=council.pk)
    if council.cycles.filter(year=proposal.year.starts_in).exists():
        raise CannotAdoptError(
            f"{proposal.year.label} has a timetable already: move its dates one by one instead"
        )
    if not proposal.entries:
        raise CannotAdoptError("There is no meeting yet: enter those of DMT at least")
    try:
        cycles = plan_year(
            council=council,
            year=proposal.year,
            entries=proposal.entries,
            by=by.user,
            at=at,
        )
    except NoDeadlineError as error:
        raise CannotAdoptError(
            f"{error}: enter DMT's meeting for it, or leave its boxes empty"
        ) from error
    keep_closed(
        council=council,
        days=proposal.closed_days,
        pre_election=proposal.pre_election,
        by=by,
        at=at,
    )
    return cycles
