"""A cycle's items, each with where its return stands: what every page and paper is made from.

The number of queries is the same however many items there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import TypeAlias

from django.db.models import Prefetch, QuerySet

from goldenthread.domain.kinds import ItemKind
from goldenthread.domain.obligations import ReturnState, return_state
from goldenthread.domain.rating import Polarity, Rating
from goldenthread.indicators.facts import say
from goldenthread.indicators.models import Indicator
from goldenthread.organisation.queries import framework_of
from goldenthread.plans.models import Action, ActionOfficer, Challenge, Plan, PlanIndicator
from goldenthread.reporting.assessments import CycleFigures, figures_by_indicator
from goldenthread.reporting.facts import target_words
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate, ReportingCycle
from goldenthread.reporting.queries.cycles import cycle_before
from goldenthread.reporting.trends import Trend, trend_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """An action in a cycle: its return, where that stands, and what was returned the time before."""

    action: Action
    state: ReturnState
    update: ActionUpdate | None
    before: ActionUpdate | None

    item_kind = ItemKind.ACTION

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
    def item_id(self) -> int:
        return self.action.pk

    @property
    def officer(self) -> str:
        return str(self.action.action_officer)

    @property
    def rating(self) -> Rating | None:
        return self.update.submitted_rating if self.update else None

    @property
    def was(self) -> Rating | None:
        return self.before.submitted_rating if self.before else None

    @property
    def is_rateable(self) -> bool:
        return True


@dataclass(frozen=True, kw_only=True)
class IndicatorLine:
    """An indicator in a cycle: its figures, its return, where that stands, and the one before."""

    indicator_plan: Plan
    figures: CycleFigures
    state: ReturnState
    update: IndicatorUpdate | None
    before: IndicatorUpdate | None

    item_kind = ItemKind.INDICATOR

    @property
    def item(self) -> Indicator:
        return self.indicator

    @property
    def indicator(self) -> Indicator:
        return self.figures.indicator

    @property
    def plan(self) -> Plan:
        return self.indicator_plan

    @property
    def reference(self) -> str:
        return self.figures.indicator.reference

    @property
    def title(self) -> str:
        return self.figures.indicator.definition

    @property
    def item_id(self) -> int:
        return self.figures.indicator.pk

    @property
    def officer(self) -> str:
        return str(self.figures.indicator.indicator_officer)

    @property
    def rating(self) -> Rating | None:
        return self.update.submitted_rating if self.update else None

    @property
    def was(self) -> Rating | None:
        return self.before.submitted_rating if self.before else None

    @property
    def is_rateable(self) -> bool:
        return self.figures.indicator.polarity is not Polarity.NONE

    @cached_property
    def trend(self) -> Trend:
        """The latest figures, for a sparkline."""
        return trend_of(self.figures)

    @property
    def target(self) -> str:
        return target_words(self.indicator, self.figures.year.starts_in)

    @property
    def latest(self) -> str:
        """The latest figure, or that there is none."""
        known = self.trend.known
        return say(self.indicator, known[-1][1]) if known else "No figure"

    @property
    def latest_when(self) -> str:
        known = self.trend.known
        return known[-1][0].label if known else ""


Line: TypeAlias = ActionLine | IndicatorLine


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLines:
    """A plan's actions and indicators in a cycle, in the order that papers list them."""

    plan: Plan
    actions: tuple[ActionLine, ...]
    indicators: tuple[IndicatorLine, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return (*self.actions, *self.indicators)

    @property
    def challenges(self) -> list[tuple[Challenge, list[ActionLine]]]:
        """The actions under their challenges."""
        grouped = groupby(self.actions, key=lambda line: line.action.challenge)
        return [(challenge, list(lines)) for challenge, lines in grouped]


def plans_in(cycle: ReportingCycle) -> QuerySet[Plan]:
    """List the plans that report in a cycle, in the order of the priorities."""
    return (
        Plan.objects.filter(council=cycle.council_id)
        .select_related("council", "lead_member", "lead_officer", "portfolio_lead", "priority")
        .order_by("priority__number")
    )


def lines_of(
    cycle: ReportingCycle,
    plans: Sequence[Plan],
    *,
    today: date,
    before: ReportingCycle | None = None,
) -> list[PlanLines]:
    """Bring together the items of some plans in a cycle, as they stand on a day.

    Beside each stands what was returned in another cycle, which is the one before if none is given.
    """
    before = before or cycle_before(cycle)
    actions = _action_lines(cycle, before, plans, today)
    indicators = _indicator_lines(cycle, before, plans, today)
    return [
        PlanLines(
            plan=plan,
            actions=tuple(line for line in actions if line.plan.pk == plan.pk),
            indicators=tuple(line for line in indicators if line.plan.pk == plan.pk),
        )
        for plan in plans
    ]


def actions_in(plans: Iterable[Plan]) -> QuerySet[Action]:
    """List plans' actions with all that a line shows of them.

    What many of them share is prefetched rather than joined, so that each is made once.
    """
    return (
        Action.objects.filter(challenge__plan__in=plans)
        .prefetch_related(
            Prefetch(
                "challenge__plan",
                Plan.objects.select_related("council", "lead_officer", "lead_member"),
            ),
            "action_officer",
            Prefetch("holders", ActionOfficer.objects.order_by("number")),
            "holders__post",
        )
        .order_by("challenge__plan_id", "challenge__number", "number")
    )


def placings_in(plans: Iterable[Plan]) -> QuerySet[PlanIndicator]:
    """List plans' indicators with all that a line shows of them but their figures."""
    return (
        PlanIndicator.objects.filter(plan__in=plans)
        .select_related("indicator")
        .prefetch_related(
            Prefetch("plan", Plan.objects.select_related("council", "lead_officer", "lead_member")),
            "indicator__indicator_officer",
            "indicator__targets",
        )
        .order_by("plan_id", "number")
    )


def _action_lines(
    cycle: ReportingCycle, before: ReportingCycle | None, plans: Iterable[Plan], today: date
) -> list[ActionLine]:
    held = {
        (update.cycle_id, update.action_id): update
        for update in ActionUpdate.objects.filter(
            cycle__in=cycle_ids(cycle, before), action__challenge__plan__in=plans
        ).select_related("submitted_by", "submitted_for")
    }
    counts = framework_of(cycle.council).rating.counts_not_due_to_start
    lines = []
    for action in actions_in(plans):
        update = held.get((cycle.pk, action.pk))
        state = return_state(
            window=cycle.window,
            today=today,
            submitted=update is not None and update.is_submitted,
            drafted=update is not None,
            returned=update is not None and update.returned_at is not None,
            starts_on=action.starts_on,
            counts_not_due_to_start=counts,
        )
        earlier = held.get((before.pk, action.pk)) if before else None
        lines.append(ActionLine(action=action, state=state, update=update, before=earlier))
    return lines


def _indicator_lines(
    cycle: ReportingCycle, before: ReportingCycle | None, plans: Iterable[Plan], today: date
) -> list[IndicatorLine]:
    placings = list(placings_in(plans))
    figures = figures_by_indicator(cycle, [placing.indicator for placing in placings])
    held = {
        (update.cycle_id, update.indicator_id): update
        for update in IndicatorUpdate.objects.filter(
            cycle__in=cycle_ids(cycle, before), indicator__placings__plan__in=plans
        ).select_related("submitted_by", "submitted_for")
    }
    return [
        _indicator_line(cycle, before, placing, figures[placing.indicator_id], held, today)
        for placing in placings
    ]


def cycle_ids(cycle: ReportingCycle, before: ReportingCycle | None) -> list[int]:
    """Name the cycles whose returns stand beside each other."""
    return [cycle.pk, before.pk] if before else [cycle.pk]


def _indicator_line(
    cycle: ReportingCycle,
    before: ReportingCycle | None,
    placing: PlanIndicator,
    figures: CycleFigures,
    held: dict[tuple[int, int], IndicatorUpdate],
    today: date,
) -> IndicatorLine:
    update = held.get((cycle.pk, placing.indicator_id))
    state = return_state(
        window=cycle.window,
        today=today,
        submitted=update is not None and update.is_submitted,
        drafted=update is not None,
        returned=update is not None and update.returned_at is not None,
    )
    return IndicatorLine(
        indicator_plan=placing.plan,
        figures=figures,
        state=state,
        update=update,
        before=held.get((before.pk, placing.indicator_id)) if before else None,
    )
