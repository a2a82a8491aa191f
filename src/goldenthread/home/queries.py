"""What a person sees when they come in, by the posts they hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from goldenthread.chasing.permissions import may_chase
from goldenthread.chasing.queries.standings import PlanStanding, Totals, standings, totals_of
from goldenthread.domain.kinds import ItemKind
from goldenthread.domain.obligations import ReturnState
from goldenthread.domain.sign_off import ToSign
from goldenthread.exception_reports.doors import explains_until
from goldenthread.exception_reports.queries.reports import ExceptionLine
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.packs.models import Pack
from goldenthread.packs.queries import packs_for
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import Milestone, ReportingCycle
from goldenthread.reporting.permissions import roles_in
from goldenthread.reporting.queries.board import BoardItem
from goldenthread.reporting.queries.cycles import current_cycle, milestones_from, next_cycle
from goldenthread.reporting.queries.lines import plans_in

T = TypeVar("T")

DATES_TO_SHOW = 5
PAPERS_TO_SHOW = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadCheck:
    """A plan that a person leads: what is left for them to check and sign for."""

    standing: PlanStanding
    left: tuple[ToSign, ...]

    @property
    def plan(self) -> Plan:
        return self.standing.plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What lies before a person: what they owe, the plans they answer for, dates and papers."""

    cycle: ReportingCycle | None
    next_cycle: ReportingCycle | None
    held: tuple[BoardItem, ...]
    exceptions: tuple[ExceptionLine[BoardItem], ...]
    plans: tuple[PlanStanding, ...]
    checks: tuple[LeadCheck, ...]
    may_chase: bool
    explains_until: date | None
    dates: tuple[Milestone, ...]
    papers: tuple[Pack, ...]

    @property
    def owed(self) -> list[BoardItem]:
        return [item for item in self.held if item.state.is_outstanding]

    @property
    def sent_back(self) -> list[BoardItem]:
        return [item for item in self.held if item.state is ReturnState.TO_REVISE]

    @property
    def done(self) -> list[BoardItem]:
        return [item for item in self.held if not item.state.is_outstanding]

    @property
    def exceptions_owed(self) -> list[ExceptionLine[BoardItem]]:
        return [exception for exception in self.exceptions if exception.is_owed]

    @property
    def totals(self) -> Totals:
        """All the plans that the person answers for, counted as the chase board counts them."""
        return totals_of(self.plans)


def desk_of(holder: Officeholder, *, today: date) -> Desk:
    """Bring together what a person needs to see first."""
    cycle = current_cycle(holder.council, today)
    every = _standings(cycle, holder, today) if cycle else []
    answered = tuple(plan for plan in every if _answers_for(holder, plan.plan))
    return Desk(
        cycle=cycle,
        next_cycle=next_cycle(holder.council, today),
        held=_once(holder, ((item, item) for plan in every for item in plan.items)),
        exceptions=_once(holder, ((e.line, e) for plan in every for e in plan.exceptions)),
        plans=answered,
        checks=tuple(_check(plan, holder) for plan in every if roles_in(holder, plan.plan)),
        may_chase=any(may_chase(holder, plan.plan) for plan in answered),
        explains_until=explains_until(cycle) if cycle else None,
        dates=tuple(milestones_from(holder.council, today, count=DATES_TO_SHOW)),
        papers=tuple(packs_for(holder)[:PAPERS_TO_SHOW]),
    )


def _standings(cycle: ReportingCycle, holder: Officeholder, today: date) -> list[PlanStanding]:
    plans = list(plans_in(cycle))
    led = [plan.pk for plan in plans if roles_in(holder, plan)]
    return standings(cycle, plans, today=today, whole=led)


def _check(counted: PlanStanding, holder: Officeholder) -> LeadCheck:
    """Bring together what is left for a person to sign for, in whichever role they lead the plan."""
    standing, roles = counted.sign_off.standing, roles_in(holder, counted.plan)
    left = {item for role in roles for item in standing.left_to(role, holder.user.pk)}
    return LeadCheck(standing=counted, left=tuple(item for item in standing.items if item in left))


def _once(holder: Officeholder, by_item: Iterable[tuple[BoardItem, T]]) -> tuple[T, ...]:
    """Pick what a person holds; an indicator that stands in two plans is returned once."""
    found: dict[tuple[ItemKind, int], T] = {}
    for item, value in by_item:
        if holder.holds_any(item.post_ids):
            found.setdefault((item.item_kind, item.item_id), value)
    return tuple(found.values())


def _answers_for(holder: Officeholder, plan: Plan) -> bool:
    """Test whether a plan is a person's to answer for: its leads', and the performance manager's."""
    leads = (plan.lead_member_id, plan.lead_officer_id, plan.portfolio_lead_id)
    return holder.is_performance_manager or any(holder.holds(post) for post in leads)
