"""Moving dates of the timetable by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.domain.kinds import CycleKind, Step
from goldenthread.domain.when_words import When
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.organisation.queries import framework_of
from goldenthread.reporting import permissions
from goldenthread.reporting.models import Milestone, ReportingCycle


class CannotMoveError(Exception):
    """A date cannot be moved there; the words say why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A milestone and when it is to be."""

    milestone: Milestone
    when: When


@transaction.atomic
def move_milestones(
    *, cycle: ReportingCycle, moves: Sequence[Moved], because: str, by: Officeholder, at: datetime
) -> None:
    """Move dates of a cycle's timetable, each keeping the one it first had and why (clause T-3).

    With its update deadline the cycle's window moves: it opens as many days before as the framework
    says, or stays open if it has opened.

    :raises PermissionDenied: if the person is not the performance manager of the cycle's council
    :raises CannotMoveError: if there is no reason, or the cycle could not take returns that way
    """
    permissions.check_can_time(by, cycle)
    if not because.strip():
        raise CannotMoveError("Say why it moves: the timetable keeps the reason")
    held = ReportingCycle.objects.select_for_update(of=("self",)).get(pk=cycle.pk)
    changes = {}
    for move in moves:
        milestone = Milestone.objects.select_for_update(of=("self",)).get(
            pk=move.milestone.pk, cycle=held
        )
        before = milestone.when
        _move(milestone, move.when, because)
        changes[milestone.what] = [before, milestone.when]
        if milestone.step is Step.UPDATE_DEADLINE:
            _move_window(held, move.when.starts_on, at)
    audit.record(
        council=by.council.name,
        verb=Verb.MILESTONES_MOVED,
        target=held,
        by=by.user,
        at=at,
        changes={"because": [None, because.strip()], **changes},
    )


def _move(milestone: Milestone, when: When, because: str) -> None:
    milestone.first_planned = milestone.first_planned or milestone.when
    milestone.moved_because = because.strip()
    milestone.precision = when.precision
    milestone.starts_on, milestone.ends_on = when.starts_on, when.ends_on
    milestone.save()


def _move_window(cycle: ReportingCycle, due_on: date | None, at: datetime) -> None:
    if due_on is None:
        raise CannotMoveError("Returns need a day by which they are due: give the deadline a day")
    today = timezone.localdate(at)
    if cycle.opens_on > today:
        cycle.opens_on = max(due_on - _opens_before(cycle), _earliest(cycle))
    if due_on < cycle.opens_on:
        raise CannotMoveError(
            f"{cycle.title} could not take returns: it opens on {cycle.opens_on:%-d %B %Y}. "
            "Give the deadline a later day"
        )
    cycle.due_on = due_on
    cycle.save()


def _opens_before(cycle: ReportingCycle) -> timedelta:
    timetable = framework_of(cycle.council).timetable
    return timedelta(days=timetable.opens_days_before_deadline)


def _earliest(cycle: ReportingCycle) -> date:
    """Find the first day on which a cycle could open: after its period, or after that has begun."""
    is_early = cycle.kind is CycleKind.SIX_WEEKLY
    return (cycle.observes_from if is_early else cycle.observes_to) + timedelta(days=1)
