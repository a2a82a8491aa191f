"""Who had a hand in a return: whoever filed it, and whoever corrected it."""

from __future__ import annotations

from collections import defaultdict

from goldenthread.domain.kinds import ItemKind
from goldenthread.reporting.models import ActionUpdate, Correction, IndicatorUpdate, ReportingCycle

Correctors = dict[tuple[ItemKind, int], set[int]]
"""Who corrected which return, by its kind and key."""


def correctors_in(cycle: ReportingCycle) -> Correctors:
    """Name who corrected the returns of a cycle, in one query."""
    found: Correctors = defaultdict(set)
    rows = Correction.objects.filter(cycle=cycle).values_list(
        "action_update_id", "indicator_update_id", "made_by_id"
    )
    for action, indicator, person in rows:
        kind = ItemKind.ACTION if action else ItemKind.INDICATOR
        found[kind, action or indicator].add(person)
    return found


def authors_of(update: ActionUpdate | IndicatorUpdate) -> frozenset[int]:
    """Name everybody who filed or corrected a return as it stands."""
    kind = ItemKind.ACTION if isinstance(update, ActionUpdate) else ItemKind.INDICATOR
    correctors = correctors_in(update.cycle).get((kind, update.pk), set())
    return frozenset(
        {update.submitted_by_id or update.saved_by_id, update.saved_by_id, *correctors}
    )
