"""Which moves of deadlines by hand have not been told yet, and whether they are news."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.domain.closing import Closing
from goldenthread.domain.cycle_steps import CycleStep
from goldenthread.domain.reminders import LAPSES_AFTER
from goldenthread.reporting.models import ReportingCycle, StepTaken
from goldenthread.reporting.queries.cycles import RETURNED_ON


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """All that was done by hand to a cycle's deadline since anybody heard of it, the last of it telling why."""

    steps: tuple[StepTaken, ...]

    @property
    def cycle(self) -> ReportingCycle:
        return self.last.cycle

    @property
    def last(self) -> StepTaken:
        return self.steps[-1]

    @property
    def before(self) -> date | None:
        """The deadline that people know of."""
        return self.steps[0].planned_on


def untold(at: datetime) -> QuerySet[StepTaken]:
    """Find what was lately done by hand to deadlines and has not been told, first come first."""
    told = AuditEntry.objects.filter(
        verb=Verb.DEADLINE_TOLD,
        target_type=StepTaken._meta.label_lower,
        target_id=OuterRef("pk"),
    )
    rows = StepTaken.objects.filter(
        ~Exists(told), step=CycleStep.CLOSE, way__isnull=False, taken_at__gte=at - LAPSES_AFTER
    )
    return rows.order_by("pk")


def moves_of(steps: Iterable[StepTaken]) -> list[Move]:
    """Gather what was done by its cycle."""
    found: dict[int, list[StepTaken]] = {}
    for step in steps:
        found.setdefault(step.cycle_id, []).append(step)
    return [Move(steps=tuple(of_cycle)) for of_cycle in found.values()]


def is_news(move: Move, today: date) -> bool:
    """Test whether officers should hear of a move: they have heard of the cycle, and it holds still."""
    closing = move.cycle.closing_on(today)
    if move.cycle.kind not in RETURNED_ON or not _had_opened(move):
        return False
    if closing is Closing.OPEN:
        return len(move.steps) == 1 or move.before != move.cycle.due_on
    return closing is Closing.CLOSED_TO_OFFICERS and not _has_passed(move)


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
