"""A cycle's items in brief: enough to count them, list them and see who owes what.

Rows come as tuples, without words, figures or charts, so that a whole council's board is quick.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from goldenthread.domain.kinds import ItemKind
from goldenthread.domain.obligations import ObligationKind, ReturnState, return_state
from goldenthread.domain.rating import Rating
from goldenthread.organisation.queries import framework_of
from goldenthread.plans.models import Action, ActionOfficer, Plan, PlanIndicator
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate, ReportingCycle
from goldenthread.reporting.queries.cycles import RETURNED_ON, keys_before


def item_key(kind: ItemKind, item_id: int) -> str:
    """Name an item in forms and seals: action-12."""
    return f"{kind.value}-{item_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardItem:
    """An action or indicator in a cycle: whose it is, where its return stands, how it is rated."""

    item_kind: ItemKind
    item_id: int
    reference: str
    title: str
    plan: Plan
    officer: str
    post_ids: frozenset[int]
    state: ReturnState
    rating: Rating | None
    was: Rating | None
    update_id: int | None
    revision_note: str

    @property
    def key(self) -> str:
        """How forms and seals name it."""
        return item_key(self.item_kind, self.item_id)

    @property
    def kind(self) -> ObligationKind:
        return ObligationKind(self.item_kind.value)

    @property
    def what(self) -> str:
        """Name it in a message."""
        return f"{self.reference} {self.title}"


class _Kept(NamedTuple):
    """A return as it is kept: a draft has no moment of submission."""

    pk: int
    rating: Rating | None
    is_submitted: bool
    is_returned: bool
    revision_note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItem:
    """An item as its plan has it, before anybody returned anything."""

    item_kind: ItemKind
    item_id: int
    reference: str
    title: str
    plan: Plan
    officer: str
    post_ids: frozenset[int]
    starts_on: date | None = None


def board_of(cycle: ReportingCycle, plans: Sequence[Plan], *, today: date) -> list[BoardItem]:
    """List the items of some plans in a cycle as they stand on a day, plan by plan."""
    return boards_of({cycle: plans}, today=today)[cycle.pk]


def boards_of(
    plans: Mapping[ReportingCycle, Sequence[Plan]], *, today: date
) -> dict[int, list[BoardItem]]:
    """List the items of some plans in each of several cycles, by its key, in queries for all at once."""
    before = keys_before(plans)
    every = list({plan.pk: plan for some in plans.values() for plan in some}.values())
    asked: dict[int, list[PlanItem]] = defaultdict(list)
    for one in items_of(every):
        asked[one.plan.pk].append(one)
    kept = _kept({*(cycle.pk for cycle in plans), *before.values()}, every)
    return {
        cycle.pk: [
            item
            for plan in some
            for item in _items(
                cycle, asked[plan.pk], kept[cycle.pk], kept[before.get(cycle.pk, 0)], today
            )
        ]
        for cycle, some in plans.items()
    }


def items_of(plans: Sequence[Plan]) -> list[PlanItem]:
    """List the actions and indicators of plans in brief, in three queries."""
    return [*_actions(plans), *_indicators(plans)]


def _items(
    cycle: ReportingCycle,
    asked: Iterable[PlanItem],
    now: Mapping[tuple[ItemKind, int], _Kept],
    then: Mapping[tuple[ItemKind, int], _Kept],
    today: date,
) -> Iterator[BoardItem]:
    framework = framework_of(cycle.council)
    asks_for = framework.reports.of(cycle.kind).asks_for if cycle.kind in RETURNED_ON else ()
    counts = framework.rating.counts_not_due_to_start
    for one in asked:
        if one.item_kind in asks_for:
            yield _item(cycle, one, now, then, today, counts)


def _item(
    cycle: ReportingCycle,
    asked: PlanItem,
    now: Mapping[tuple[ItemKind, int], _Kept],
    then: Mapping[tuple[ItemKind, int], _Kept],
    today: date,
    counts_not_due_to_start: bool,
) -> BoardItem:
    key = (asked.item_kind, asked.item_id)
    kept, earlier = now.get(key), then.get(key)
    return BoardItem(
        item_kind=asked.item_kind,
        item_id=asked.item_id,
        reference=asked.reference,
        title=asked.title,
        plan=asked.plan,
        officer=asked.officer,
        post_ids=asked.post_ids,
        state=return_state(
            window=cycle.window,
            today=today,
            submitted=kept is not None and kept.is_submitted,
            drafted=kept is not None,
            returned=kept is not None and kept.is_returned,
            starts_on=asked.starts_on,
            counts_not_due_to_start=counts_not_due_to_start,
        ),
        rating=kept.rating if kept and kept.is_submitted else None,
        was=earlier.rating if earlier and earlier.is_submitted else None,
        update_id=kept.pk if kept else None,
        revision_note=kept.revision_note if kept else "",
    )


def _actions(plans: Sequence[Plan]) -> Iterator[PlanItem]:
    by_id = {plan.pk: plan for plan in plans}
    holders: dict[int, set[int]] = defaultdict(set)
    for action_id, post_id in ActionOfficer.objects.filter(
        action__challenge__plan__in=plans
    ).values_list("action_id", "post_id"):
        holders[action_id].add(post_id)
    rows = (
        Action.objects.filter(challenge__plan__in=plans)
        .order_by("challenge__number", "number")
        .values_list(
            "pk",
            "challenge__plan_id",
            "challenge__number",
            "number",
            "description",
            "starts_on",
            "action_officer__title",
        )
    )
    for pk, plan_id, challenge, number, description, starts_on, officer in rows:
        plan = by_id[plan_id]
        yield PlanItem(
            item_kind=ItemKind.ACTION,
            item_id=pk,
            reference=f"{plan.code} {challenge}.{number}",
            title=description,
            plan=plan,
            officer=officer,
            post_ids=frozenset(holders[pk]),
            starts_on=starts_on,
        )


def _indicators(plans: Sequence[Plan]) -> Iterator[PlanItem]:
    by_id = {plan.pk: plan for plan in plans}
    rows = (
        PlanIndicator.objects.filter(plan__in=plans)
        .order_by("number")
        .values_list(
            "indicator_id",
            "plan_id",
            "indicator__reference",
            "indicator__definition",
            "indicator__indicator_officer_id",
            "indicator__indicator_officer__title",
        )
    )
    for pk, plan_id, reference, definition, post_id, officer in rows:
        yield PlanItem(
            item_kind=ItemKind.INDICATOR,
            item_id=pk,
            reference=reference,
            title=definition,
            plan=by_id[plan_id],
            officer=officer,
            post_ids=frozenset([post_id]),
        )


def _kept(
    cycles: Collection[int], plans: Sequence[Plan]
) -> dict[int, dict[tuple[ItemKind, int], _Kept]]:
    """Find what is kept in some cycles of some plans' items, by cycle and item."""
    actions = ActionUpdate.objects.filter(cycle__in=cycles, action__challenge__plan__in=plans)
    indicators = IndicatorUpdate.objects.filter(
        cycle__in=cycles, indicator__placings__plan__in=plans
    )
    kept: dict[int, dict[tuple[ItemKind, int], _Kept]] = defaultdict(dict)
    for kind, updates in ((ItemKind.ACTION, actions), (ItemKind.INDICATOR, indicators)):
        rows = updates.values_list(
            "cycle_id",
            f"{kind.value}_id",
            "pk",
            "rating",
            "submitted_at",
            "returned_at",
            "revision_note",
        )
        for cycle_id, item_id, pk, rating, submitted_at, returned_at, note in rows:
            kept[cycle_id][kind, item_id] = _Kept(
                pk, rating, submitted_at is not None, returned_at is not None, note
            )
    return kept
