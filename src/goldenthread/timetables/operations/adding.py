"""Adding a date to a cycle's timetable, and taking one out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.domain.kinds import BodyKind, Step
from goldenthread.domain.when_words import When
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.reporting import permissions
from goldenthread.reporting.models import Milestone, ReportingCycle
from goldenthread.timetables.operations.moving import keep_locking_after_papers, planned_lock


class CannotAddError(Exception):
    """A date cannot be added or taken out; the words say why and what to do."""


@transaction.atomic
def add_milestone(
    *,
    cycle: ReportingCycle,
    step: Step,
    forum: BodyKind | None,
    when: When,
    because: str,
    by: Officeholder,
    at: datetime,
) -> Milestone:
    """Add a date to a cycle's timetable, where it stands by its day; it keeps why (clause T-3).

    :raises PermissionDenied: if the person is not the performance manager of the cycle's council
    :raises CannotAddError: if there is no reason, or it would be a second deadline
    """
    held = _held(cycle, because, by)
    if step is Step.UPDATE_DEADLINE and held.milestones.filter(step=step).exists():
        raise CannotAddError("This cycle has a day by which returns are due: move that instead")
    is_by_plan = held.locks_on == planned_lock(held)
    number = _place_of(held, when)
    _shift(held, number, by=1)
    made = Milestone.objects.create(
        cycle=held,
        number=number,
        step=step,
        forum=forum,
        precision=when.precision,
        starts_on=when.starts_on,
        ends_on=when.ends_on,
        derivation=f"added by hand: {because.strip()}",
    )
    keep_locking_after_papers(held, is_by_plan=is_by_plan)
    held.save()
    _record(Verb.MILESTONE_ADDED, held, because, {made.what: [None, made.when]}, by, at)
    return made


@transaction.atomic
def remove_milestone(*, milestone: Milestone, because: str, by: Officeholder, at: datetime) -> None:
    """Take a date out of a cycle's timetable; the trail keeps it and why (clause T-3).

    :raises PermissionDenied: if the person is not the performance manager of the cycle's council
    :raises CannotAddError: if there is no reason, or it is the deadline that returns need
    """
    held = _held(milestone.cycle, because, by)
    found = Milestone.objects.select_for_update(of=("self",)).get(pk=milestone.pk, cycle=held)
    if found.step is Step.UPDATE_DEADLINE:
        raise CannotAddError("Returns need a day by which they are due: move it instead")
    changes = {found.what: [found.when, None]}
    number, is_by_plan = found.number, held.locks_on == planned_lock(held)
    found.delete()
    _shift(held, number + 1, by=-1)
    keep_locking_after_papers(held, is_by_plan=is_by_plan)
    held.save()
    _record(Verb.MILESTONE_REMOVED, held, because, changes, by, at)


def _held(cycle: ReportingCycle, because: str, by: Officeholder) -> ReportingCycle:
    permissions.check_can_time(by, cycle)
    if not because.strip():
        raise CannotAddError("Say why: the trail keeps the reason")
    return ReportingCycle.objects.select_for_update(of=("self",)).get(pk=cycle.pk)


def _place_of(cycle: ReportingCycle, when: When) -> int:
    """Find the place of a new date: after all that begin before it or on it, or at the end."""
    every = list(cycle.milestones.order_by("number"))
    day = when.starts_on
    earlier = [each.number for each in every if day and each.starts_on and each.starts_on <= day]
    if day is not None:
        return max(earlier, default=0) + 1
    return max((each.number for each in every), default=0) + 1


def _shift(cycle: ReportingCycle, first: int, *, by: int) -> None:
    """Renumber the dates from a place on, one after the other: no two ever have the same number."""
    order = "-number" if by > 0 else "number"
    for pk in (
        cycle.milestones.filter(number__gte=first).order_by(order).values_list("pk", flat=True)
    ):
        Milestone.objects.filter(pk=pk).update(number=F("number") + by)


def _record(
    verb: Verb,
    cycle: ReportingCycle,
    because: str,
    changes: dict[str, list[str | None]],
    by: Officeholder,
    at: datetime,
) -> None:
    audit.record(
        council=by.council.name,
        verb=verb,
        target=cycle,
        by=by.user,
        at=at,
        changes={"because": [None, because.strip()], **changes},
    )
