"""Taking a cycle's steps by hand: early, late or back, the performance manager's alone, with a reason."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.domain.cycle_steps import (
    ByHand,
    CycleStep,
    day_of,
    problems_with_step,
    taken_by_hand,
)
from goldenthread.domain.kinds import Precision, Step
from goldenthread.domain.when_words import When
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.reporting.models import ReportingCycle, StepTaken
from goldenthread.reporting.operations.annual import let_annual_follow
from goldenthread.reporting.operations.milestones import move_milestone
from goldenthread.reporting.permissions import check_can_close
from goldenthread.reporting.returns import IncompleteReturnError

_VERBS = {ByHand.LOCK_NOW: Verb.CYCLE_LOCKED, ByHand.UNLOCK_UNTIL: Verb.CYCLE_UNLOCKED}


@transaction.atomic
def take_step_by_hand(
    *,
    cycle: ReportingCycle,
    way: ByHand,
    because: str,
    by: Officeholder,
    at: datetime,
    on: date | None = None,
) -> StepTaken:
    """Open, close or lock a cycle at once or on another day, or take that back until a day.

    What is done at once holds from that moment. With the day on which it closes, the deadline in the
    timetable moves. What was set by hand stays until somebody sets it anew.

    :raises PermissionDenied: if the person is not the performance manager
    :raises IncompleteReturnError: if it cannot be done now or on that day, or there is no reason
    """
    check_can_close(by, cycle)
    rows = ReportingCycle.objects.select_for_update(of=("self",)).select_related("council")
    held, today = rows.get(pk=cycle.pk), timezone.localdate(at)
    if problems := problems_with_step(way, held.course, on=on, because=because, today=today):
        raise IncompleteReturnError(problems)
    before = _day(held, way.step)
    closing, stood = held.closing_on(today), held.course
    _set(held, way, on, because, by, at)
    let_annual_follow(held, stood, because=because, by=by, at=at)
    taken = StepTaken.objects.create(
        cycle=held,
        step=way.step,
        way=way,
        planned_on=before,
        falls_on=_day(held, way.step),
        because=because.strip(),
        taken_at=at,
        taken_by=by.user,
    )
    audit.record(
        council=held.council.name,
        verb=_VERBS.get(way, Verb.CYCLE_STEP_SET),
        target=held,
        by=by.user,
        at=at,
        changes={
            "closing": [closing.label, held.closing_on(today).label],
            f"{way.step.value} on": [before, taken.falls_on],
            "because": [None, taken.because],
        },
    )
    return taken


def _set(
    held: ReportingCycle,
    way: ByHand,
    on: date | None,
    because: str,
    by: Officeholder,
    at: datetime,
) -> None:
    before = held.course
    after = taken_by_hand(way, before, on=on, today=timezone.localdate(at))
    held.opens_on, held.due_on, held.locks_on = after.opens_on, after.due_on, after.locks_on
    held.closed_at = at if after.is_closed else None
    if after.is_locked is not before.is_locked:
        held.locked_at, held.locked_by = (at, by.user) if after.is_locked else (None, None)
    held.save()
    if after.due_on != before.due_on:
        _move_deadline(held, because)


def _move_deadline(held: ReportingCycle, because: str) -> None:
    when = When(precision=Precision.DAY, starts_on=held.due_on, ends_on=held.due_on)
    for milestone in held.milestones.select_for_update().filter(step=Step.UPDATE_DEADLINE):
        move_milestone(milestone, when, because)


def _day(held: ReportingCycle, step: CycleStep) -> date | None:
    """Find the day of a step; a cycle that somebody locked is locked since that moment's day."""
    if step is CycleStep.LOCK and held.locked_at is not None:
        return timezone.localdate(held.locked_at)
    return day_of(step, held.course)
