"""Which steps of which cycles have come, and have not been written down yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from goldenthread.domain.cycle_steps import CycleStep, steps_come
from goldenthread.reporting.models import ReportingCycle, StepTaken

_DAYS = {CycleStep.OPEN: "opens_on", CycleStep.CLOSE: "due_on", CycleStep.LOCK: "locks_on"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DueStep:
    """A step whose day has come in a cycle, and that day; or the moment at which it was closed at once."""

    cycle: ReportingCycle
    step: CycleStep
    falls_on: date

    @property
    def closed_at(self) -> datetime | None:
        return _closed_at(self.cycle, self.step)


def cycles_to_look_at(today: date) -> Mapping[int, Collection[int]]:
    """Find by council, in one query for all of them, the cycles in which a step has come."""
    has_come = {
        CycleStep.OPEN: Q(opens_on__lte=today),
        CycleStep.CLOSE: Q(due_on__lt=today) | Q(closed_at__isnull=False),
        CycleStep.LOCK: Q(locks_on__lte=today, locked_at=None),
    }
    is_any = Q()
    for step, come in has_come.items():
        is_any |= come & Q(~Exists(_taken(step)))
    found: dict[int, list[int]] = defaultdict(list)
    rows = ReportingCycle.objects.filter(is_any).order_by("council_id", "due_on", "pk")
    for council, cycle in rows.values_list("council_id", F("pk")):
        found[council].append(cycle)
    return found


def due_steps(cycles: Sequence[ReportingCycle], today: date) -> list[DueStep]:
    """List the steps that have come in some cycles, each cycle's in their order, in one query."""
    taken = set(
        StepTaken.objects.filter(cycle__in=cycles, way=None).values_list(
            "cycle_id", "step", "falls_on", "closed_at"
        )
    )
    return [
        DueStep(cycle=cycle, step=step, falls_on=falls_on)
        for cycle in cycles
        for step, falls_on in steps_come(cycle.course, today)
        if (cycle.pk, step, falls_on, _closed_at(cycle, step)) not in taken
    ]


def _taken(step: CycleStep) -> QuerySet[StepTaken]:
    """Find a step as it came by itself on the very day on which it now falls, or when closed at once."""
    rows = StepTaken.objects.filter(
        cycle=OuterRef("pk"), step=step, way=None, falls_on=OuterRef(_DAYS[step])
    )
    if step is not CycleStep.CLOSE:
        return rows
    by_its_day = Q(closed_at=None, cycle__closed_at=None)
    return rows.filter(by_its_day | Q(closed_at=F("cycle__closed_at")))


def _closed_at(cycle: ReportingCycle, step: CycleStep) -> datetime | None:
    return cycle.closed_at if step is CycleStep.CLOSE else None
