"""Until when, and from whom, a cycle takes what is said of a plan as a whole."""

from __future__ import annotations

from datetime import date

from goldenthread.domain.closing import Claim, Closing, may_file
from goldenthread.domain.framework_tables import AskedOf
from goldenthread.domain.timetable import day_in_words
from goldenthread.exception_reports.doors import explains_until
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import Plan
from goldenthread.reporting import doors as returns
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.models.drafted import Drafted
from goldenthread.reporting.permissions import check_can_file_in
from goldenthread.reporting.returns import CycleClosedError
from goldenthread.statements import permissions
from goldenthread.statements.facts import is_asked

taken_until = explains_until
"""The last day: that on which DMT's papers go out, by which the leads have signed the plan off."""


def closing_to_statements(cycle: ReportingCycle, day: date) -> Closing:
    """Say how far a cycle is closed to what is said of a plan, which comes in for longer than returns."""
    closing = cycle.closing_on(day)
    if closing in (Closing.NOT_OPEN, Closing.LOCKED):
        return closing
    return Closing.OPEN if day <= taken_until(cycle) else Closing.CLOSED_TO_OFFICERS


def takes(
    by: Officeholder,
    asked_of: AskedOf,
    plan: Plan,
    *,
    cycle: ReportingCycle,
    held: Drafted | None,
    day: date,
) -> bool:
    """Test whether a cycle takes a statement about a plan from a person on a day.

    Once the papers are out it does from the performance manager, and from whoever is let in or was
    asked to revise it.
    """
    closing = closing_to_statements(cycle, day)
    has_closed = closing in (Closing.CLOSED_TO_OFFICERS, Closing.LOCKED)
    claim = Claim(
        holds=is_asked(by, asked_of, plan),
        answers=has_closed and by.is_performance_manager,
        is_let_in=has_closed and returns.is_let_in(by, cycle, day),
        is_to_revise=held is not None and held.is_to_revise,
    )
    return may_file(claim, closing)


def check_takes(
    by: Officeholder,
    asked_of: AskedOf,
    plan: Plan,
    *,
    cycle: ReportingCycle,
    held: Drafted | None,
    day: date,
) -> None:
    """Make sure that a person can make a statement about a plan on a day.

    :raises PermissionDenied: if it is not asked of them
    :raises CycleClosedError: if the cycle takes it from them no more, or not yet
    """
    check_can_file_in(by, cycle)
    if not (is_asked(by, asked_of, plan) or by.is_performance_manager):
        raise permissions.not_asked(asked_of, plan)
    if takes(by, asked_of, plan, cycle=cycle, held=held, day=day):
        return
    if closing_to_statements(cycle, day) is Closing.OPEN:
        raise permissions.not_asked(asked_of, plan)
    raise CycleClosedError(closed_words(cycle, day))


def can_be_called_back(cycle: ReportingCycle, day: date) -> bool:
    """Test whether what was submitted can still be made a draft again: until its last day."""
    return closing_to_statements(cycle, day) is Closing.OPEN


def closed_words(cycle: ReportingCycle, day: date) -> str:
    """Say why a cycle takes no statement from somebody on a day, and what to do."""
    if closing_to_statements(cycle, day) is not Closing.CLOSED_TO_OFFICERS:
        return returns.closed_words(cycle, day)
    return (
        f"{cycle.title} took this until {day_in_words(taken_until(cycle))}, when its papers went "
        "out. Ask the performance manager to let you in."
    )
