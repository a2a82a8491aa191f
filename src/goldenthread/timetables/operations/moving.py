"""Moving dates of the timetable by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.domain.closing import Course
from goldenthread.domain.cycle_steps import ByHand, day_of, locks_on
from goldenthread.domain.kinds import Step
from goldenthread.domain.when_words import When
from goldenthread.domain.working_days import ONE_DAY
from goldenthread.organisation.models import Council
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.organisation.queries import framework_of
from goldenthread.reporting import permissions
from goldenthread.reporting.models import Milestone, ReportingCycle, StepTaken
from goldenthread.reporting.operations.annual import let_annual_follow
from goldenthread.reporting.operations.milestones import move_milestone


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
    says, or stays open if it has opened. With its papers moves the day from which it is locked. Days
    that somebody set by hand stay.

    :raises PermissionDenied: if the person is not the performance manager of the cycle's council
    :raises CannotMoveError: if there is no reason, or the cycle could not take returns that way
    """
    permissions.check_can_time(by, cycle)
    if not because.strip():
        raise CannotMoveError("Say why it moves: the timetable keeps the reason")
    held = ReportingCycle.objects.select_for_update(of=("self",)).get(pk=cycle.pk)
    stood = held.course
    is_locked_by_plan = held.locks_on == planned_lock(held)
    changes = {}
    for move in moves:
        milestone = Milestone.objects.select_for_update(of=("self",)).get(
            pk=move.milestone.pk, cycle=held
        )
        before = milestone.when
        move_milestone(milestone, move.when, because)
        changes[milestone.what] = [before, milestone.when]
        if milestone.step is Step.UPDATE_DEADLINE:
            _move_window(held, move.when.starts_on, at)
    keep_locking_after_papers(held, is_by_plan=is_locked_by_plan)
    held.save()
    _keep_as_steps(held, stood, because, by, at)
    let_annual_follow(held, stood, because=because, by=by, at=at)
    audit.record(
        council=by.council.name,
        verb=Verb.MILESTONES_MOVED,
        target=held,
        by=by.user,
        at=at,
        changes={"because": [None, because.strip()], **changes},
    )


def _keep_as_steps(
    held: ReportingCycle, before: Course, because: str, by: Officeholder, at: datetime
) -> None:
    """Keep among a cycle's steps which of them come on another day, so that whom it concerns is told.

    That it closes or is locked then is kept of one that has opened; that it opens then, before.
    """
    had_opened = before.opens_on <= timezone.localdate(at)
    moved = {
        ByHand.OPEN_ON: not had_opened and held.opens_on != before.opens_on,
        ByHand.TAKE_UNTIL: had_opened
        and (held.due_on, held.course.is_closed) != (before.due_on, before.is_closed),
        ByHand.LOCK_ON: had_opened and not before.is_locked and held.locks_on != before.locks_on,
    }
    StepTaken.objects.bulk_create(
        StepTaken(
            cycle=held,
            step=way.step,
            way=way,
            planned_on=day_of(way.step, before),
            falls_on=day_of(way.step, held.course),
            because=because.strip(),
            taken_at=at,
            taken_by=by.user,
        )
        for way, is_moved in moved.items()
        if is_moved
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedBecause:
    """A milestone, when it is to be, and why."""

    milestone: Milestone
    when: When
    because: str


@transaction.atomic
def move_many(
    *, council: Council, moves: Sequence[MovedBecause], by: Officeholder, at: datetime
) -> None:
    """Move dates of several cycles at once, each with its reason: all of them, or none (clause T-3).

    :raises PermissionDenied: if the person is not the council's performance manager
    :raises CannotMoveError: as :func:`move_milestones` does
    """
    permissions.check_can_plan(by, council)
    together: dict[tuple[int, str], list[MovedBecause]] = {}
    for move in moves:
        together.setdefault((move.milestone.cycle_id, move.because), []).append(move)
    for (_, because), own in together.items():
        move_milestones(
            cycle=own[0].milestone.cycle,
            moves=[Moved(milestone=each.milestone, when=each.when) for each in own],
            because=because,
            by=by,
            at=at,
        )


def keep_locking_after_papers(cycle: ReportingCycle, *, is_by_plan: bool) -> None:
    """Let a cycle be locked from the day its papers ask for, unless somebody set another by hand."""
    if is_by_plan:
        cycle.locks_on = planned_lock(cycle)
    elif cycle.locks_on is not None:
        cycle.locks_on = max(cycle.locks_on, cycle.due_on + ONE_DAY)


def _move_window(cycle: ReportingCycle, due_on: date | None, at: datetime) -> None:
    if due_on is None:
        raise CannotMoveError("Returns need a day by which they are due: give the deadline a day")
    today = timezone.localdate(at)
    # A day of opening that somebody set by hand stays.
    if cycle.opens_on > today and cycle.opens_on == _opens_on(cycle, cycle.due_on):
        cycle.opens_on = _opens_on(cycle, due_on)
    if due_on < cycle.opens_on:
        raise CannotMoveError(
            f"{cycle.title} could not take returns: it opens on {cycle.opens_on:%-d %B %Y}. "
            "Give the deadline a later day"
        )
    # Whoever closed it at once did so on another day: how far it is closed follows from the new one.
    cycle.due_on, cycle.closed_at = due_on, None


def _opens_on(cycle: ReportingCycle, due_on: date) -> date:
    days = framework_of(cycle.council).timetable.opens_days_before_deadline
    return max(due_on - timedelta(days=days), cycle.earliest_opening)


def planned_lock(cycle: ReportingCycle) -> date | None:
    """Work out from the papers' day, as it stands, from which day on the cycle is locked."""
    papers = cycle.milestones.filter(step=Step.PAPERS_OUT, starts_on__isnull=False)
    return locks_on(
        papers.order_by("starts_on").values_list("starts_on", flat=True).first(),
        days_after=framework_of(cycle.council).timetable.locks_days_after_papers,
        due_on=cycle.due_on,
    )
