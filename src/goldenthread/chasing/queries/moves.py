"""Which steps that were moved by hand have not been told yet, and whether they are news."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.domain.closing import Closing
from goldenthread.domain.cycle_steps import CycleStep, day_of
from goldenthread.domain.reminders import LAPSES_AFTER
from goldenthread.reporting.models import ReportingCycle, StepTaken
from goldenthread.reporting.queries.beside import asks_anything

TOLD = {
    CycleStep.OPEN: Verb.ANOTHER_DAY_TOLD,
    CycleStep.CLOSE: Verb.DEADLINE_TOLD,
    CycleStep.LOCK: Verb.ANOTHER_DAY_TOLD,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """All that was done by hand to a step of a cycle since anybody heard of it, the last of it telling why."""

    steps: tuple[StepTaken, ...]

    @property
    def cycle(self) -> ReportingCycle:
        return self.last.cycle

    @property
    def step(self) -> CycleStep:
        return self.last.step

    @property
    def last(self) -> StepTaken:
        return self.steps[-1]

    @property
    def before(self) -> date | None:
        """The day that people know of."""
        return self.steps[0].planned_on


def untold(at: datetime) -> QuerySet[StepTaken]:
    """Find what was lately done by hand to steps and has not been told, first come first."""
    told = AuditEntry.objects.filter(
        verb__in=set(TOLD.values()),
        target_type=StepTaken._meta.label_lower,
        target_id=OuterRef("pk"),
    )
    rows = StepTaken.objects.filter(
        ~Exists(told), way__isnull=False, taken_at__gte=at - LAPSES_AFTER
    )
    return rows.order_by("pk")


def moves_of(steps: Iterable[StepTaken]) -> list[Move]:
    """Gather what was done by its cycle and step."""
    found: dict[tuple[int, CycleStep], list[StepTaken]] = {}
    for step in steps:
        found.setdefault((step.cycle_id, step.step), []).append(step)
    return [Move(steps=tuple(together)) for together in found.values()]


def is_news(move: Move, today: date) -> bool:
    """Test whether a move is to be told: people know of the cycle, and it holds still."""
    if not asks_anything(move.cycle):
        return False
    match move.step:
        case CycleStep.OPEN:
            return _is_put_off(move, today)
        case CycleStep.CLOSE:
            return _had_opened(move) and _is_another_deadline(move, today)
        case _:
            return _had_opened(move) and _is_another_lock(move, today)


def _is_put_off(move: Move, today: date) -> bool:
    """Test whether a cycle opens later than on a day that people were waiting for, or that had come."""
    known, opens_on = move.before, move.cycle.opens_on
    if known is None or move.cycle.closing_on(today) is not Closing.NOT_OPEN:
        return False
    return known < opens_on and known - LAPSES_AFTER <= timezone.localdate(move.steps[0].taken_at)


def _is_another_deadline(move: Move, today: date) -> bool:
    closing = move.cycle.closing_on(today)
    if closing is Closing.OPEN:
        return len(move.steps) == 1 or move.before != move.cycle.due_on
    return closing is Closing.CLOSED_TO_OFFICERS and not _has_passed(move)


def _is_another_lock(move: Move, today: date) -> bool:
    """Test whether a cycle is locked at once, or will be on another day that has not come yet."""
    cycle = move.cycle
    if cycle.locked_at is not None:
        return True
    is_to_come = cycle.closing_on(today) in (Closing.OPEN, Closing.CLOSED_TO_OFFICERS)
    return is_to_come and move.before != day_of(CycleStep.LOCK, cycle.course)


def _had_opened(move: Move) -> bool:
    """Test whether the cycle's opening was told before, and not only comes with the new deadline."""
    return StepTaken.objects.filter(
        cycle=move.cycle,
        step=CycleStep.OPEN,
        way=None,
        falls_on=move.cycle.opens_on,
        taken_at__lte=move.steps[0].taken_at,
    ).exists()


def _has_passed(move: Move) -> bool:
    """Test whether the cycle closed by itself, at the end of the day that it was given."""
    is_at_once = move.cycle.closed_at is not None
    return not is_at_once and move.cycle.due_on >= timezone.localdate(move.last.taken_at)
