"""What an update form shows of one item: its return so far, and the one before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.shortcuts import get_object_or_404

from goldenthread.domain.rating import Rating
from goldenthread.indicators.models import Indicator
from goldenthread.plans.models import Action, Plan
from goldenthread.reporting.assessments import CycleFigures, figures_with_returns
from goldenthread.reporting.models import (
    ActionUpdate,
    IndicatorUpdate,
    ReportingCycle,
)
from goldenthread.reporting.queries.corrections import with_corrections
from goldenthread.reporting.queries.cycles import cycle_before
from goldenthread.reporting.queries.lines import actions_in, cycle_ids, placings_in


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionFiling:
    """An action to be returned in a cycle."""

    cycle: ReportingCycle
    action: Action
    update: ActionUpdate | None
    before: ActionUpdate | None

    @property
    def item(self) -> Action:
        return self.action

    @property
    def plan(self) -> Plan:
        return self.action.challenge.plan

    @property
    def reference(self) -> str:
        return self.action.reference

    @property
    def title(self) -> str:
        return self.action.description

    @property
    def was(self) -> Rating | None:
        return self.before.submitted_rating if self.before else None


@dataclass(frozen=True, kw_only=True)
class FiguresOfAll:
    """The figures of some indicators in a cycle, read for all of them when the first is asked for.

    A list that names what is owed asks for none.
    """

    cycle: ReportingCycle
    indicators: Sequence[Indicator]
    held: Mapping[int, IndicatorUpdate]

    @cached_property
    def by_indicator(self) -> Mapping[int, CycleFigures]:
        return figures_with_returns(self.cycle, self.indicators, self.held)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorFiling:
    """An indicator to be returned in a cycle, with its figures."""

    cycle: ReportingCycle
    plan: Plan
    item: Indicator
    figures_of_all: FiguresOfAll
    update: IndicatorUpdate | None
    before: IndicatorUpdate | None

    @property
    def figures(self) -> CycleFigures:
        return self.figures_of_all.by_indicator[self.item.pk]

    @property
    def reference(self) -> str:
        return self.item.reference

    @property
    def title(self) -> str:
        return self.item.definition

    @property
    def was(self) -> Rating | None:
        return self.before.submitted_rating if self.before else None


def action_filing(cycle: ReportingCycle, action_id: int) -> ActionFiling:
    """Find an action of the cycle's council with its returns.

    :raises Http404: if the council has no such action
    """
    plans = Plan.objects.filter(council=cycle.council_id)
    action = get_object_or_404(actions_in(plans), pk=action_id)
    held = {
        update.cycle_id: update
        for update in ActionUpdate.objects.filter(
            action=action, cycle__in=cycle_ids(cycle, cycle_before(cycle))
        )
        .select_related("submitted_by", "submitted_for", "saved_by", "returned_by")
        .prefetch_related(with_corrections())
    }
    before = [update for cycle_id, update in held.items() if cycle_id != cycle.pk]
    return ActionFiling(
        cycle=cycle,
        action=action,
        update=held.get(cycle.pk),
        before=before[0] if before else None,
    )


def indicator_filing(cycle: ReportingCycle, reference: str) -> IndicatorFiling:
    """Find an indicator of the cycle's council with its figures and returns.

    :raises Http404: if no plan of the council has such an indicator
    """
    plans = Plan.objects.filter(council=cycle.council_id)
    placing = placings_in(plans).filter(indicator__reference=reference).first()
    if placing is None:
        raise Http404(f"No plan of this council has the indicator {reference}.")
    held = {
        update.cycle_id: update
        for update in IndicatorUpdate.objects.filter(
            indicator=placing.indicator, cycle__in=cycle_ids(cycle, cycle_before(cycle))
        )
        .select_related("submitted_by", "submitted_for", "saved_by", "returned_by")
        .prefetch_related(with_corrections())
    }
    before = [update for cycle_id, update in held.items() if cycle_id != cycle.pk]
    update, indicator = held.get(cycle.pk), placing.indicator
    return IndicatorFiling(
        cycle=cycle,
        plan=placing.plan,
        item=indicator,
        figures_of_all=FiguresOfAll(
            cycle=cycle, indicators=[indicator], held={indicator.pk: update} if update else {}
        ),
        update=update,
        before=before[0] if before else None,
    )
