"""A person's own items in a cycle, each with its return so far and the one before.

The number of queries is the same however many items there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import ActionOfficer, Plan, PlanIndicator
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate, ReportingCycle
from goldenthread.reporting.queries.cycles import cycle_before
from goldenthread.reporting.queries.filings import ActionFiling, FiguresOfAll, IndicatorFiling
from goldenthread.reporting.queries.lines import actions_in, cycle_ids, placings_in

Filing: TypeAlias = ActionFiling | IndicatorFiling


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFilings:
    """What a person holds in a cycle, in the order of the plans."""

    actions: tuple[ActionFiling, ...]
    indicators: tuple[IndicatorFiling, ...]

    @property
    def every(self) -> tuple[Filing, ...]:
        return (*self.actions, *self.indicators)


def own_filings(cycle: ReportingCycle, holder: Officeholder) -> OwnFilings:
    """Find the items whose posts a person holds, with their returns in a cycle."""
    before = cycle_before(cycle)
    plans = Plan.objects.filter(council=cycle.council_id)
    return OwnFilings(
        actions=tuple(_actions(cycle, before, plans, holder)),
        indicators=tuple(_indicators(cycle, before, plans, holder)),
    )


def _actions(
    cycle: ReportingCycle,
    before: ReportingCycle | None,
    plans: Iterable[Plan],
    holder: Officeholder,
) -> list[ActionFiling]:
    held = ActionOfficer.objects.filter(post__in=holder.post_ids).values("action")
    actions = list(actions_in(plans).filter(pk__in=held))
    updates = {
        (update.cycle_id, update.action_id): update
        for update in ActionUpdate.objects.filter(
            cycle__in=cycle_ids(cycle, before), action__in=actions
        ).prefetch_related("saved_by", "submitted_by", "returned_by")
    }
    return [
        ActionFiling(
            cycle=cycle,
            action=action,
            update=updates.get((cycle.pk, action.pk)),
            before=updates.get((before.pk, action.pk)) if before else None,
        )
        for action in actions
    ]


def _indicators(
    cycle: ReportingCycle,
    before: ReportingCycle | None,
    plans: Iterable[Plan],
    holder: Officeholder,
) -> list[IndicatorFiling]:
    placings = _once(placings_in(plans).filter(indicator__indicator_officer__in=holder.post_ids))
    indicators = [placing.indicator for placing in placings]
    updates = {
        (update.cycle_id, update.indicator_id): update
        for update in IndicatorUpdate.objects.filter(
            cycle__in=cycle_ids(cycle, before), indicator__in=indicators
        ).prefetch_related("saved_by", "submitted_by", "returned_by")
    }
    held = {
        item_id: update for (in_cycle, item_id), update in updates.items() if in_cycle == cycle.pk
    }
    figures = FiguresOfAll(cycle=cycle, indicators=indicators, held=held)
    return [
        IndicatorFiling(
            cycle=cycle,
            plan=placing.plan,
            item=placing.indicator,
            figures_of_all=figures,
            update=held.get(placing.indicator_id),
            before=updates.get((before.pk, placing.indicator_id)) if before else None,
        )
        for placing in placings
    ]


def _once(placings: Iterable[PlanIndicator]) -> list[PlanIndicator]:
    """Keep an indicator that stands in two plans once."""
    found: dict[int, PlanIndicator] = {}
    for placing in placings:
        found.setdefault(placing.indicator_id, placing)
    return list(found.values())
