from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from goldenthread.domain.kinds import CycleKind, ItemKind
from goldenthread.domain.obligations import ReturnState, return_state
from goldenthread.domain.rating import Rating
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.organisation.queries import framework_of
from goldenthread.plans.models import Plan, Risk, RiskAction
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.permissions import roles_in
from goldenthread.reporting.queries.lines import plans_in
from goldenthread.risks.models import RiskActionUpdate


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskLine:
    """An action of a risk register in a cycle: its return, where that stands, and the one before."""

    action: RiskAction
    cycle: ReportingCycle
    update: RiskActionUpdate | None
    before: RiskActionUpdate | None
    state: ReturnState

    @property
    def plan(self) -> Plan:
        return self.action.plan

    @property
    def item(self) -> RiskAction:
        return self.action

    @property
    def kept(self) -> RiskActionUpdate | None:
        return self.update

    @property
    def risk(self) -> Risk:
        return self.action.risk

    @property
    def reference(self) -> str:
        return self.action.reference

    @property
    def title(self) -> str:
        return str(self.action)

    @property
    def whom(self) -> str:
        """Who returns on it, in words."""
        return self.owner

    @property
    def owner(self) -> str:
        return str(self.action.risk_owner)

    @property
    def submitted(self) -> RiskActionUpdate | None:
        return self.update if self.update and self.update.is_submitted else None

    @property
    def rating(self) -> Rating | None:
        return self.submitted.rating if self.submitted else None

    @property
    def was(self) -> Rating | None:
        return self.before.submitted_rating if self.before else None

    @property
    def progress(self) -> str:
        """The note on progress, and of red or amber what is being done."""
        return self.submitted.progress if self.submitted else ""


def risk_lines(cycle: ReportingCycle, plans: Sequence[Plan], *, today: date) -> list[RiskLine]:
    """List the risk registers of plans in a cycle that asks for them, in the order they are printed."""
    if not plans:
        return []
    return _lines(cycle, _actions().filter(risk__plan__in=plans), today)


def my_risk_lines(by: Officeholder, cycle: ReportingCycle, *, today: date) -> list[RiskLine]:
    """List the risk actions that a person owns, by themselves or standing in, in a cycle."""
    return _lines(cycle, _actions().filter(risk_owner__in=by.post_ids), today)


def left_to_leads(by: Officeholder, cycle: ReportingCycle, *, today: date) -> list[RiskLine]:
    """List what has not come in the plans that a person answers for."""
    plans = [plan for plan in plans_in(cycle) if by.is_performance_manager or roles_in(by, plan)]
    return missing_in(risk_lines(cycle, plans, today=today))


def missing_in(lines: Iterable[RiskLine]) -> list[RiskLine]:
    """Pick the risk actions whose return has not come."""
    return [line for line in lines if line.state.is_outstanding]


def _actions() -> QuerySet[RiskAction]:
    plans = Plan.objects.select_related("council", "lead_officer", "lead_member")
    return (
        RiskAction.objects.select_related("risk", "risk_owner")
        .prefetch_related(Prefetch("risk__plan", plans))
        .order_by("risk__plan__priority__number", "risk__number", "number")
    )


def _lines(cycle: ReportingCycle, actions: QuerySet[RiskAction], today: date) -> list[RiskLine]:
    if ItemKind.RISK_ACTION not in framework_of(cycle.council).reports.of(cycle.kind).asks_for:
        return []
    found = list(actions)
    if not found:
        return []
    before = quarter_before(cycle)
    held = {
        (update.cycle_id, update.risk_action_id): update
        for update in RiskActionUpdate.objects.filter(
            cycle__in=[cycle.pk, *([before.pk] if before else [])], risk_action__in=found
        ).select_related("saved_by", "submitted_by", "returned_by")
    }
    return [
        _line(cycle, action, held.get((cycle.pk, action.pk)), _of(held, before, action), today)
        for action in found
    ]


def _of(
    held: dict[tuple[int, int], RiskActionUpdate],
    cycle: ReportingCycle | None,
    action: RiskAction,
) -> RiskActionUpdate | None:
    return held.get((cycle.pk, action.pk)) if cycle else None


def _line(
    cycle: ReportingCycle,
    action: RiskAction,
    update: RiskActionUpdate | None,
    before: RiskActionUpdate | None,
    today: date,
) -> RiskLine:
    state = return_state(
        window=cycle.window,
        today=today,
        submitted=update is not None and update.is_submitted,
        drafted=update is not None,
        returned=update is not None and update.returned_at is not None,
    )
    return RiskLine(action=action, cycle=cycle, update=update, before=before, state=state)


def quarter_before(cycle: ReportingCycle) -> ReportingCycle | None:
    """Find the quarter before: risks are not returned on in between (clause R-3)."""
    earlier = ReportingCycle.objects.filter(
        council=cycle.council_id, kind=CycleKind.QUARTERLY, due_on__lt=cycle.due_on
    )
    return earlier.order_by("-due_on").first()
