"""For how many quarters, or reports of any kind, items have been off track in a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from goldenthread.domain.exceptions import ExceptionRule
from goldenthread.domain.kinds import ItemKind
from goldenthread.domain.off_track import Run, run_of
from goldenthread.domain.rating import Rating
from goldenthread.organisation.queries import framework_of
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate, ReportingCycle
from goldenthread.reporting.queries.cycles import RETURNED_ON

QUARTERS_BACK = 20
"""A row longer than five years is counted no further."""


def runs_in(
    cycle: ReportingCycle, items: Iterable[tuple[ItemKind, int]]
) -> dict[tuple[ItemKind, int], Run]:
    """Count for items of a cycle the quarters in a row that they have been off track up to it.

    Up to a six-weekly cycle, which has no exception reports, all reports are counted.
    Takes four queries at most, however many items there are. An item that is on track is left out.
    """
    wanted = set(items)
    if not wanted:
        return {}
    rule = framework_of(cycle.council).exception_rule
    cycles = _cycles_back(cycle, rule)
    ratings: dict[tuple[ItemKind, int], dict[int, Rating | None]] = defaultdict(dict)
    for kind in (ItemKind.ACTION, ItemKind.INDICATOR):
        ids = [item_id for each, item_id in wanted if each is kind]
        for item_id, cycle_id, rating in _ratings(kind, ids, cycles):
            ratings[kind, item_id][cycle_id] = rating
    runs = {
        key: run_of(
            (ratings[key].get(cycle_id) for cycle_id in cycles),
            rule=rule,
            counted="quarter" if cycle.kind in rule.cycle_kinds else "report",
        )
        for key in wanted
    }
    return {key: run for key, run in runs.items() if run}


def run_up_to(update: ActionUpdate | IndicatorUpdate) -> Run | None:
    """Count the quarters in a row that the item of a return has been off track up to it."""
    key = (
        (ItemKind.ACTION, update.action_id)
        if isinstance(update, ActionUpdate)
        else (ItemKind.INDICATOR, update.indicator_id)
    )
    return runs_in(update.cycle, [key]).get(key)


def _cycles_back(cycle: ReportingCycle, rule: ExceptionRule) -> list[int]:
    """Name a cycle and those before it that are counted with it, latest first."""
    kinds = rule.cycle_kinds if cycle.kind in rule.cycle_kinds else RETURNED_ON
    back = ReportingCycle.objects.filter(
        council=cycle.council_id, kind__in=list(kinds), due_on__lte=cycle.due_on
    )
    return list(back.order_by("-due_on", "-pk").values_list("pk", flat=True)[:QUARTERS_BACK])


def _ratings(
    kind: ItemKind, ids: list[int], cycles: list[int]
) -> Iterable[tuple[int, int, Rating | None]]:
    if kind is ItemKind.ACTION:
        return ActionUpdate.objects.filter(
            action__in=ids, cycle__in=cycles, submitted_at__isnull=False
        ).values_list("action_id", "cycle_id", "rating")
    return IndicatorUpdate.objects.filter(
        indicator__in=ids, cycle__in=cycles, submitted_at__isnull=False
    ).values_list("indicator_id", "cycle_id", "rating")
