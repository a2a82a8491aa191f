"""The steps that exception reports promise, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from goldenthread.domain.kinds import ItemKind
from goldenthread.domain.promises import StepOutcome
from goldenthread.exception_reports.models import ExceptionReport, PlannedStep, StepFollowUp
from goldenthread.exception_reports.queries.reports import is_needed, quarter_before
from goldenthread.organisation.models import Council
from goldenthread.plans.models import Action
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate, ReportingCycle
from goldenthread.reporting.permissions import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A planned step as it stands: when it is due by now, and what was said of it last."""

    step: PlannedStep
    due_on: date
    told: StepFollowUp | None

    @property
    def about(self) -> ActionUpdate | IndicatorUpdate:
        return self.step.report.about

    @property
    def item(self) -> Item:
        about = self.about
        return about.action if isinstance(about, ActionUpdate) else about.indicator

    @property
    def reference(self) -> str:
        return self.item.reference

    @property
    def kind(self) -> str:
        return "action" if isinstance(self.about, ActionUpdate) else "indicator"

    @property
    def plan_ids(self) -> frozenset[int]:
        """The plans in which its item stands."""
        item = self.item
        if isinstance(item, Action):
            return frozenset([item.challenge.plan_id])
        return frozenset(placing.plan_id for placing in item.placings.all())

    @property
    def is_open(self) -> bool:
        return self.told is None or not self.told.outcome.is_end

    def is_overdue(self, today: date) -> bool:
        return self.is_open and self.due_on < today


def steps_due(council: Council, until: date) -> list[Promise]:
    """List a council's promises that are due by a day and neither done nor dropped, earliest first.

    Takes five queries, however many there are.
    """
    return _promises(
        _standing(council).filter(_IS_OPEN, due_now__lte=until).order_by("due_now", "pk")
    )


def steps_of(council: Council, posts: Iterable[int]) -> list[Promise]:
    """List what some posts promised to do and is neither done nor dropped, earliest first.

    Takes one query where there is none, and five where there are any.
    """
    mine = _standing(council).filter(_IS_OPEN, owner__in=posts)
    return _promises(mine.order_by("due_now", "pk"))


def promises_of(item: Item) -> list[Promise]:
    """List all that was promised about an item, done or not, latest report first."""
    return _promises(
        _standing(_council_of(item))
        .filter(_about(item))
        .order_by("-report__submitted_at", "number")
    )


def open_promises(item: Item, *, before: ActionUpdate | IndicatorUpdate) -> list[Promise]:
    """List what earlier reports promised about an item and is neither done nor dropped.

    What the report on this return has said of them itself does not end them yet: it may be changed
    until its last day.
    """
    cycle = before.cycle
    own = ExceptionReport.objects.filter(_is_about(before)).first()
    told = {int(step_id) for step_id in own.told_of_steps} if own else set()
    kind = "action_update" if isinstance(before, ActionUpdate) else "indicator_update"
    earlier = {f"report__{kind}__cycle__due_on__lt": cycle.due_on}
    found = _standing(cycle.council).filter(_about(item), **earlier)
    return _promises(found.filter(_IS_OPEN | Q(pk__in=told)).order_by("due_now", "pk"))


def promises_before(
    cycle: ReportingCycle, keys: Iterable[tuple[ItemKind, int]]
) -> dict[tuple[ItemKind, int], list[Promise]]:
    """List what was promised about items of a cycle in the quarter before it, by item.

    Takes five queries, however many there are.
    """
    wanted = set(keys)
    earlier = quarter_before(cycle) if wanted else None
    if earlier is None:
        return {}
    in_earlier = Q(report__action_update__cycle=earlier) | Q(
        report__indicator_update__cycle=earlier
    )
    found: dict[tuple[ItemKind, int], list[Promise]] = {}
    for promise in _promises(_standing(cycle.council).filter(in_earlier).order_by("number")):
        if (key := (ItemKind(promise.kind), promise.item.pk)) in wanted:
            found.setdefault(key, []).append(promise)
    return found


_IS_OPEN = Q(latest_outcome=None) | Q(latest_outcome=StepOutcome.NOT_DONE.value)


def _standing(council: Council) -> QuerySet[Any]:
    """List the steps of submitted reports on what is off track, with when they are due by now."""
    latest = StepFollowUp.objects.filter(step=OuterRef("pk")).order_by("-pk")
    return PlannedStep.objects.filter(
        is_needed(council, "report__"), report__submitted_at__isnull=False, due_on__isnull=False
    ).annotate(
        latest_outcome=Subquery(latest.values("outcome")[:1]),
        due_now=Coalesce(Subquery(latest.values("new_due_on")[:1]), F("due_on")),
    )


def _promises(steps: QuerySet[Any]) -> list[Promise]:
    found = steps.select_related(
        "owner",
        "report__action_update__cycle",
        "report__action_update__action__challenge__plan",
        "report__indicator_update__cycle",
        "report__indicator_update__indicator",
    ).prefetch_related("follow_ups__told_by", "report__indicator_update__indicator__placings")
    return [
        Promise(step=step, due_on=step.due_now, told=_latest(step.follow_ups.all()))
        for step in found
    ]


def _latest(told: Iterable[StepFollowUp]) -> StepFollowUp | None:
    every: Sequence[StepFollowUp] = list(told)
    return every[-1] if every else None


def _about(item: Item) -> Q:
    if isinstance(item, Action):
        return Q(report__action_update__action=item.pk)
    return Q(report__indicator_update__indicator=item.pk)


def _is_about(update: ActionUpdate | IndicatorUpdate) -> Q:
    if isinstance(update, ActionUpdate):
        return Q(action_update=update.pk)
    return Q(indicator_update=update.pk)


def _council_of(item: Item) -> Council:
    return item.challenge.plan.council if isinstance(item, Action) else item.council
