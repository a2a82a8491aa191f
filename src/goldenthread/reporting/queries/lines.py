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
from goldenthread.indicators.models import Indicator, Measurement
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.organisation.queries import framework_of
from goldenthread.plans.models import Action, ActionOfficer, Challenge, Plan, PlanIndicator
from goldenthread.reporting.assessments import CycleFigures, cycle_figures
from goldenthread.reporting.facts import say, target_words
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
    def post_ids(self) -> frozenset[int]:
        """The posts that may file its return."""
        return frozenset(holder.post_id for holder in self.action.holders.all())

    @property
    def rating(self) -> Rating | None:
        return _submitted_rating(self.update)

    @property
    def was(self) -> Rating | None:
        return _submitted_rating(self.before)

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
    def post_ids(self) -> frozenset[int]:
        """The post that may file its return."""
        return frozenset([self.figures.indicator.indicator_officer_id])

    @property
    def rating(self) -> Rating | None:
        return _submitted_rating(self.update)

    @property
    def was(self) -> Rating | None:
        return _submitted_rating(self.before)

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


def _submitted_rating(update: ActionUpdate | IndicatorUpdate | None) -> Rating | None:
    return update.rating if update and update.is_submitted else None


def plans_in(cycle: ReportingCycle) -> QuerySet[Plan]:
    """List the plans that report in a cycle, in the order of the priorities."""
    return (
        Plan.objects.filter(council=cycle.council_id)
        .select_related("council", "lead_member", "lead_officer", "portfolio_lead", "priority")
        .order_by("priority__number")
    )


def lines_of(cycle: ReportingCycle, plans: Sequence[Plan], *, today: date) -> list[PlanLines]:
    """Bring together the items of some plans in a cycle, as they stand on a day."""
    before = cycle_before(cycle)
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


def lines_held_by(holder: Officeholder, cycle: ReportingCycle, *, today: date) -> list[Line]:
    """List the items of a cycle that a person may file, in the order of the plans."""
    plans = list(plans_in(cycle))
    before = cycle_before(cycle)
    posts = holder.post_ids
    actions = _action_lines(cycle, before, plans, today, posts=posts)
    indicators = _indicator_lines(cycle, before, plans, today, posts=posts)
    return [*actions, *indicators]


def actions_in(plans: Iterable[Plan]) -> QuerySet[Action]:
    """List plans' actions with all that a line shows of them."""
    return (
        Action.objects.filter(challenge__plan__in=plans)
        .select_related("challenge__plan__council", "action_officer")
        .prefetch_related(
            Prefetch("holders", ActionOfficer.objects.select_related("post").order_by("number"))
        )
        .order_by("challenge__plan_id", "challenge__number", "number")
    )


def placings_in(plans: Iterable[Plan]) -> QuerySet[PlanIndicator]:
    """List plans' indicators with all that a line shows of them."""
    return (
        PlanIndicator.objects.filter(plan__in=plans)
        .select_related("plan__council", "indicator__indicator_officer")
        .prefetch_related(
            "indicator__designations",
            "indicator__targets",
            Prefetch("indicator__measurements", Measurement.objects.order_by("starts_on")),
        )
        .order_by("plan_id", "number")
    )


def _action_lines(
    cycle: ReportingCycle,
    before: ReportingCycle | None,
    plans: Iterable[Plan],
    today: date,
    posts: frozenset[int] | None = None,
) -> list[ActionLine]:
    actions = actions_in(plans)
    if posts is not None:
        actions = actions.filter(holders__post__in=posts).distinct()
    return _make_action_lines(cycle, before, list(actions), today)


def _make_action_lines(
    cycle: ReportingCycle, before: ReportingCycle | None, actions: list[Action], today: date
) -> list[ActionLine]:
    held = {
        (update.cycle_id, update.action_id): update
        for update in ActionUpdate.objects.filter(
            cycle__in=[cycle.pk, before.pk if before else cycle.pk], action__in=actions
        ).select_related("submitted_by", "saved_by")
    }
    counts = framework_of(cycle.council).rating.counts_not_due_to_start
    lines = []
    for action in actions:
        update = held.get((cycle.pk, action.pk))
        state = return_state(
            window=cycle.window,
            today=today,
            submitted=update is not None and update.is_submitted,
            drafted=update is not None,
            starts_on=action.starts_on,
            counts_not_due_to_start=counts,
        )
        earlier = held.get((before.pk, action.pk)) if before else None
        lines.append(ActionLine(action=action, state=state, update=update, before=earlier))
    return lines


def _indicator_lines(
    cycle: ReportingCycle,
    before: ReportingCycle | None,
    plans: Iterable[Plan],
    today: date,
    posts: frozenset[int] | None = None,
) -> list[IndicatorLine]:
    placings = placings_in(plans)
    if posts is not None:
        placings = placings.filter(indicator__indicator_officer__in=posts)
    found = list(placings)
    held = {
        (update.cycle_id, update.indicator_id): update
        for update in IndicatorUpdate.objects.filter(
            cycle__in=[cycle.pk, before.pk if before else cycle.pk],
            indicator__in=[placing.indicator_id for placing in found],
        ).select_related("submitted_by", "saved_by")
    }
    return [_indicator_line(cycle, before, placing, held, today) for placing in found]


def _indicator_line(
    cycle: ReportingCycle,
    before: ReportingCycle | None,
    placing: PlanIndicator,
    held: dict[tuple[int, int], IndicatorUpdate],
    today: date,
) -> IndicatorLine:
    update = held.get((cycle.pk, placing.indicator_id))
    state = return_state(
        window=cycle.window,
        today=today,
        submitted=update is not None and update.is_submitted,
        drafted=update is not None,
    )
    return IndicatorLine(
        indicator_plan=placing.plan,
        figures=cycle_figures(cycle, placing.indicator),
        state=state,
        update=update,
        before=held.get((before.pk, placing.indicator_id)) if before else None,
    )
