"""Risk returns, as whoever chases, reminds, checks and signs knows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from goldenthread.domain.framework import Framework
from goldenthread.domain.kinds import CycleKind, ItemKind
from goldenthread.domain.obligations import ObligationKind
from goldenthread.domain.sign_off import ToSign
from goldenthread.plans.models import Plan, RiskAction
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
from goldenthread.reporting.queries.cycles import keys_before
from goldenthread.risks.models import RiskActionUpdate


class _Asked(NamedTuple):
    """A risk action in brief."""

    pk: int
    plan_id: int
    risk: int
    number: int
    title: str
    owner_id: int
    owner: str


class RiskReturns:
    """What Risk Owners return each quarter (clause R-3)."""

    def is_asked_in(self, framework: Framework, kind: CycleKind) -> bool:
        return ItemKind.RISK_ACTION in framework.reports.of(kind).asks_for

    def asked(self, asking: Sequence[Asking], *, today: date) -> Iterator[tuple[int, BesideItem]]:
        actions = self._actions(plans_in_all(asking))
        if not actions:
            return
        before = keys_before([each.cycle for each in asking], [CycleKind.QUARTERLY])
        cycles = {*(each.cycle.pk for each in asking), *before.values()}
        updates = RiskActionUpdate.objects.filter(
            cycle__in=cycles, risk_action__in=[action.pk for action in actions]
        )
        held = kept_by(updates, "cycle_id", "risk_action_id", rated=True)
        for each in asking:
            for plan in each.plans:
                for action in (one for one in actions if one.plan_id == plan.pk):
                    kept = held.get((each.cycle.pk, action.pk))
                    earlier = held.get((before.get(each.cycle.pk), action.pk))
                    item = self._item(each, plan, action, kept, earlier, today)
                    yield each.cycle.pk, item

    def _item(
        self,
        asking: Asking,
        plan: Plan,
        action: _Asked,
        kept: Kept | None,
        earlier: Kept | None,
        today: date,
    ) -> BesideItem:
        written_at = asking.address("risks:my_risks")
        return BesideItem(
            kind=ObligationKind.RISK_RETURN,
            key=_key(action.pk),
            reference=f"{plan.code} R{action.risk}.{action.number}",
            title=action.title,
            plan=plan,
            officer=action.owner,
            post_ids=frozenset([action.owner_id]),
            state=state_in(asking.window, kept, today=today),
            due_on=asking.cycle.due_on,
            read_at=asking.address("risks:risk_register", plan.code),
            written_at=f"{written_at}#risk-{action.pk}",
            rating=kept.submitted_rating if kept else None,
            was=earlier.submitted_rating if earlier else None,
            revision_note=kept.revision_note if kept else "",
        )

    def to_sign(self, cycle: ReportingCycle, plans: Sequence[Plan]) -> Iterator[tuple[int, ToSign]]:
        codes = {plan.pk: plan.code for plan in plans}
        rows = RiskActionUpdate.objects.filter(cycle=cycle, risk_action__risk__plan__in=plans)
        of_action = ("pk", "risk__plan_id", "risk__number", "number")
        names = [f"risk_action__{name}" for name in of_action]
        in_order = rows.order_by("risk_action__risk__number", "risk_action__number")
        for pk, plan_id, risk, number, rating, *rest in in_order.values_list(
            *names, "rating", "commentary", "being_done", *FILED
        ):
            words = [rating.value if rating else None, *rest[:2]]
            reference = f"{codes[plan_id]} R{risk}.{number}"
            yield plan_id, sealed(_key(pk), reference, words, rest[2:])

    def told(self, cycle: ReportingCycle, plan: Plan) -> dict[str, Told]:
        rows = RiskActionUpdate.objects.filter(cycle=cycle, risk_action__risk__plan=plan)
        return {
            _key(update.risk_action_id): Told(
                kept=update,
                said=(
                    ("How is it going?", update.commentary),
                    ("What is being done?", update.being_done),
                ),
            )
            for update in rows.select_related("submitted_by", "submitted_for", "returned_by")
        }

    def _actions(self, plans: Sequence[Plan]) -> list[_Asked]:
        rows = RiskAction.objects.filter(risk__plan__in=plans).order_by("risk__number", "number")
        names = ("pk", "risk__plan_id", "risk__number", "number", "description")
        return [
            _Asked(*row) for row in rows.values_list(*names, "risk_owner_id", "risk_owner__title")
        ]


def _key(pk: int) -> str:
    return f"{ObligationKind.RISK_RETURN.value}-{pk}"
