"""Evaluations, as whoever chases, reminds, checks and signs knows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from goldenthread.domain.framework import Framework
from goldenthread.domain.framework_tables import Part
from goldenthread.domain.kinds import CycleKind, ItemKind
from goldenthread.domain.obligations import ObligationKind, ReturnState
from goldenthread.domain.sign_off import ToSign
from goldenthread.evaluations.models import Evaluation
from goldenthread.organisation.queries import framework_of
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.beside import (
    FILED,
    Asking,
    BesideItem,
    Kept,
    Told,
    kept_by,
    plans_in_all,
    sealed,
    state_in,
)
from goldenthread.reporting.queries.board import PlanItem, item_key, items_of


class Evaluations:
    """What difference each action and indicator made, for the annual report (clause C-3)."""

    def is_asked_in(self, framework: Framework, kind: CycleKind) -> bool:
        return Part.EVALUATIONS in framework.reports.of(kind).parts

    def asked(self, asking: Sequence[Asking], *, today: date) -> Iterator[tuple[int, BesideItem]]:
        items = items_of(plans_in_all(asking))
        rows = Evaluation.objects.filter(cycle__in=[each.cycle for each in asking])
        held = {
            (cycle_id, _name(action_id, indicator_id)): kept
            for (cycle_id, action_id, indicator_id), kept in kept_by(
                rows, "cycle_id", "action_id", "indicator_id"
            ).items()
        }
        for each in asking:
            counts = framework_of(each.cycle.council).rating.counts_not_due_to_start
            wanted = {plan.pk for plan in each.plans}
            for item in (one for one in items if one.plan.pk in wanted):
                kept = held.get((each.cycle.pk, item_key(item.item_kind, item.item_id)))
                state = state_in(
                    each.window,
                    kept,
                    today=today,
                    starts_on=item.starts_on,
                    counts_not_due_to_start=counts,
                )
                yield each.cycle.pk, self._item(each, item, kept, state)

    def _item(
        self, asking: Asking, item: PlanItem, kept: Kept | None, state: ReturnState
    ) -> BesideItem:
        name = item_key(item.item_kind, item.item_id)
        written_at = asking.address("evaluations:my_evaluations")
        return BesideItem(
            kind=ObligationKind.EVALUATION,
            key=_key(name),
            reference=item.reference,
            title=item.title,
            plan=item.plan,
            officer=item.officer,
            post_ids=item.post_ids,
            state=state,
            due_on=asking.cycle.due_on,
            read_at=asking.address("evaluations:evaluation_list", item.plan.code),
            written_at=f"{written_at}#{name}",
            revision_note=kept.revision_note if kept else "",
        )

    def to_sign(self, cycle: ReportingCycle, plans: Sequence[Plan]) -> Iterator[tuple[int, ToSign]]:
        rows = Evaluation.objects.filter(cycle=cycle).values_list(
            "action_id", "indicator_id", "delivered", "difference", *FILED
        )
        held = {_name(row[0], row[1]): row[2:] for row in rows}
        for item in items_of(plans) if held else ():
            name = item_key(item.item_kind, item.item_id)
            if name in held:
                delivered, difference, *filed = held[name]
                yield (
                    item.plan.pk,
                    sealed(_key(name), item.reference, [delivered, difference], filed),
                )

    def told(self, cycle: ReportingCycle, plan: Plan) -> dict[str, Told]:
        rows = Evaluation.objects.filter(cycle=cycle).select_related(
            "submitted_by", "submitted_for", "returned_by"
        )
        of_plan = {item_key(item.item_kind, item.item_id) for item in items_of([plan])}
        return {
            _key(name): Told(
                kept=said,
                said=(
                    ("What was delivered?", said.delivered),
                    ("What difference did it make?", said.difference),
                ),
            )
            for said in rows
            if (name := _name(said.action_id, said.indicator_id)) in of_plan
        }


def _name(action_id: int | None, indicator_id: int | None) -> str:
    kind = ItemKind.INDICATOR if action_id is None else ItemKind.ACTION
    return item_key(kind, action_id or indicator_id or 0)


def _key(name: str) -> str:
    return f"{ObligationKind.EVALUATION.value}-{name}"
