"""What the demonstration's Lead Members do with exception reports: endorse most, and send one back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from goldenthread.demo.council import Cast
from goldenthread.demo.deeds import Deed
from goldenthread.demo.moments import chosen
from goldenthread.domain.exception_states import EndorsingRole
from goldenthread.exception_reports.models import ExceptionReport
from goldenthread.exception_reports.operations.reviewing import (
    endorse_exception_report,
    return_exception_report,
)
from goldenthread.exception_reports.queries.reports import subject_of
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate, ReportingCycle
from goldenthread.reporting.permissions import holds

SENT_BACK = ("Q2", "CYPF2")
NOTE = (
    "Say which schools have not replied and who will ring them. A reader cannot tell from this "
    "what would be different by December."
)
_READ_FOR = timedelta(minutes=20)
_NOT_ENDORSED_ONE_IN = {"Q1": 7, "Q2": 2}


def review_deeds(
    cast: Cast,
    cycle: ReportingCycle,
    reference: str,
    find_update: Callable[[], ActionUpdate | IndicatorUpdate],
    submitted_at: datetime,
) -> Iterator[Deed]:
    """Say what becomes of a report soon after it came in."""
    at = submitted_at + _READ_FOR
    if (cycle.code, reference) == SENT_BACK:
        yield Deed(at=at, perform=partial(_send_back, cast, find_update, at))
    elif chosen(f"{reference} endorsed", _NOT_ENDORSED_ONE_IN[cycle.code]):
        yield Deed(at=at, perform=partial(_endorse, cast, find_update, at))


def _send_back(
    cast: Cast, find_update: Callable[[], ActionUpdate | IndicatorUpdate], at: datetime
) -> None:
    report, lead = _found(cast, find_update())
    return_exception_report(report=report, note=NOTE, seen_version=report.version, by=lead, at=at)


def _endorse(
    cast: Cast, find_update: Callable[[], ActionUpdate | IndicatorUpdate], at: datetime
) -> None:
    report, lead = _found(cast, find_update())
    # A director who holds the item has a deputy for this, whom the demonstration does not name.
    if holds(lead, report.about.item):
        return
    for role in [
        EndorsingRole.LEAD_MEMBER,
        *([EndorsingRole.DMT] if report.must_be_endorsed else []),
    ]:
        endorse_exception_report(
            report=report, role=role, seen_version=report.version, by=lead, at=at
        )


def _found(
    cast: Cast, update: ActionUpdate | IndicatorUpdate
) -> tuple[ExceptionReport, Officeholder]:
    return update.exception_report, cast.holders[subject_of(update).plan.lead_member.title]
