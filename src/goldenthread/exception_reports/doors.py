"""Until when, and from whom, a cycle takes exception reports."""

from __future__ import annotations

from datetime import date

from goldenthread.domain.closing import Claim, Closing, may_file
from goldenthread.domain.kinds import BodyKind
from goldenthread.domain.timetable import day_in_words
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.reporting import permissions
from goldenthread.reporting.doors import is_let_in, locked_words
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.permissions import Item
from goldenthread.reporting.queries.cycles import Meeting, meeting_of
from goldenthread.reporting.returns import CycleClosedError


def explains_until(cycle: ReportingCycle) -> date:
    """Find the last day for exception reports: the day that DMT's papers go out, or the deadline."""
    return explains_until_by(cycle, meeting_of(cycle, BodyKind.DMT))


def explains_until_by(cycle: ReportingCycle, meeting: Meeting) -> date:
    """Find the last day for exception reports where DMT's meeting is known."""
    return meeting.papers_out_on or cycle.due_on


def closing_to_reports(cycle: ReportingCycle, day: date) -> Closing:
    """Say how far a cycle is closed to exception reports, which come in for longer than returns."""
    if cycle.is_locked_on(day):
        return Closing.LOCKED
    return Closing.OPEN if day <= explains_until(cycle) else Closing.CLOSED_TO_OFFICERS


def can_be_called_back(cycle: ReportingCycle, day: date) -> bool:
    """Test whether a cycle's exception reports can still be called back on a day."""
    return closing_to_reports(cycle, day) is Closing.OPEN


def takes_report(
    by: Officeholder, item: Item, *, cycle: ReportingCycle, is_to_revise: bool, day: date
) -> bool:
    """Test whether a cycle takes an item's exception report from a person on a day (clause R-6)."""
    closing = closing_to_reports(cycle, day)
    claim = Claim(
        holds=permissions.holds(by, item),
        answers=closing is not Closing.OPEN and permissions.answers_for(by, item),
        is_let_in=closing is not Closing.OPEN and is_let_in(by, cycle, day),
        is_to_revise=is_to_revise,
    )
    return may_file(claim, closing)


def check_takes_report(
    by: Officeholder, item: Item, *, cycle: ReportingCycle, is_to_revise: bool, day: date
) -> None:
    """Make sure that a person can file an item's exception report on a day.

    :raises PermissionDenied: if it is not theirs to file
    :raises CycleClosedError: if the cycle takes it from them no more; the words say what to do
    """
    permissions.check_can_file_in(by, cycle)
    permissions.check_can_file(by, item, closing=closing_to_reports(cycle, day))
    if not takes_report(by, item, cycle=cycle, is_to_revise=is_to_revise, day=day):
        raise CycleClosedError(closed_words(cycle, day))


def check_takes_revision(cycle: ReportingCycle, day: date) -> None:
    """Make sure that a cycle's exception reports can still be sent back on a day.

    :raises CycleClosedError: if the cycle is locked, or DMT's papers, which print them, went out
    """
    if words := why_not_sent_back(cycle, day):
        raise CycleClosedError(words)


def why_not_sent_back(cycle: ReportingCycle, day: date) -> str:
    """Say why a cycle's exception reports cannot be sent back on a day; nothing where they can."""
    if cycle.is_locked_on(day):
        return closed_words(cycle, day)
    papers_out_on = meeting_of(cycle, BodyKind.DMT).papers_out_on
    if papers_out_on and day > papers_out_on:
        return (
            f"The papers of {cycle.title} went out on {day_in_words(papers_out_on)}, "
            "so its exception reports cannot be sent back any more."
        )
    return ""


def closed_words(cycle: ReportingCycle, day: date) -> str:
    """Say why a cycle takes no exception report any more, and what to do."""
    if cycle.is_locked_on(day):
        return f"{locked_words(cycle)} Ask the performance manager to let you in."
    return (
        f"Exception reports for {cycle.title} were taken until "
        f"{day_in_words(explains_until(cycle))}. Ask the performance manager to let you in."
    )
