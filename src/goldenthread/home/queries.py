"""What a person sees when they come in, by the posts they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.chasing.permissions import may_chase
from goldenthread.chasing.queries.standings import PlanStanding, Totals, standings, totals_of
from goldenthread.domain.obligations import ReturnState
from goldenthread.domain.sign_off import ToSign
from goldenthread.evaluations.queries import (
    EvaluationLine,
    cycle_to_evaluate,
    owed_by,
)
from goldenthread.exception_reports.doors import explains_until
from goldenthread.exception_reports.queries.reports import ExceptionLine, exception_lines
from goldenthread.exception_reports.queries.steps import Promise, steps_due
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.packs.models import Pack
from goldenthread.packs.queries import packs_for
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.my_updates import MyItem, MyUpdates, my_updates
from goldenthread.reporting.permissions import roles_in
from goldenthread.reporting.queries.lines import plans_in
from goldenthread.risks.queries import RiskLine, missing_in, my_risk_lines
from goldenthread.statements.queries.finance import FinanceLine, finances_owed_by
from goldenthread.statements.queries.statements import StatementLine, statements_owed_by
from goldenthread.timetables.queries.occasions import Occasion, next_up

DATES_TO_SHOW = 5
PAPERS_TO_SHOW = 5
PROMISES_TO_SHOW = 6
PROMISES_LOOK_AHEAD = timedelta(days=14)


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

    my: MyUpdates
    exceptions: tuple[ExceptionLine[MyItem], ...]
    plans: tuple[PlanStanding, ...]
    checks: tuple[LeadCheck, ...]
    may_chase: bool
    explains_until: date | None
    promises: tuple[Promise, ...]
    today: date
    dates: tuple[Occasion, ...]
    papers: tuple[Pack, ...]
    statements: tuple[StatementLine | FinanceLine, ...] = ()
    risks: tuple[RiskLine, ...] = ()
    evaluations: tuple[EvaluationLine, ...] = ()

    @property
    def promises_first(self) -> tuple[Promise, ...]:
        return self.promises[:PROMISES_TO_SHOW]

    @property
    def promises_more(self) -> tuple[Promise, ...]:
        return self.promises[PROMISES_TO_SHOW:]

    @property
    def promises_overdue(self) -> int:
        return sum(promise.is_overdue(self.today) for promise in self.promises)

    @property
    def cycle(self) -> ReportingCycle | None:
        return self.my.cycle

    @property
    def next_cycle(self) -> ReportingCycle | None:
        return self.my.next_cycle

    @property
    def held(self) -> tuple[MyItem, ...]:
        return self.my.items

    @property
    def owed(self) -> list[MyItem]:
        return self.my.owed

    @property
    def sent_back(self) -> list[MyItem]:
        return self.my.sent_back

    @property
    def sent_back_beside(self) -> list[RiskLine | EvaluationLine | StatementLine | FinanceLine]:
        """What was sent back of all that is asked beside returns."""
        every = (*self.risks, *self.evaluations, *self.statements)
        return [line for line in every if line.state is ReturnState.TO_REVISE]

    @property
    def to_do(self) -> list[MyItem]:
        return self.my.to_do

    @property
    def done(self) -> list[MyItem]:
        return self.my.done

    @property
    def exceptions_owed(self) -> list[ExceptionLine[MyItem]]:
        return [exception for exception in self.exceptions if exception.is_owed]

    @property
    def totals(self) -> Totals:
        """All the plans that the person answers for, counted as the chase board counts them."""
        return totals_of(self.plans)


def desk_of(holder: Officeholder, *, today: date) -> Desk:
    """Bring together what a person needs to see first; what they owe is the list of My updates."""
    my = my_updates(holder, today=today)
    every = list(plans_in(my.cycle)) if my.cycle else []
    counted = _standings(my.cycle, holder, every, today) if my.cycle else []
    answered = tuple(plan for plan in counted if _answers_for(holder, plan.plan))
    return Desk(
        my=my,
        exceptions=tuple(exception_lines(my.cycle, my.in_current)) if my.cycle else (),
        plans=answered,
        checks=tuple(_check(plan, holder) for plan in counted if roles_in(holder, plan.plan)),
        may_chase=any(may_chase(holder, plan.plan) for plan in answered),
        explains_until=explains_until(my.cycle) if my.cycle else None,
        promises=_promises(holder, answered, today),
        today=today,
        dates=tuple(next_up(holder, today, count=DATES_TO_SHOW)),
        papers=tuple(packs_for(holder)[:PAPERS_TO_SHOW]),
        risks=tuple(missing_in(my_risk_lines(holder, my.cycle, today=today))) if my.cycle else (),
        statements=_to_say(holder, my.cycle, every, today) if my.cycle else (),
        evaluations=_to_evaluate(holder, today),
    )


def _to_evaluate(holder: Officeholder, today: date) -> tuple[EvaluationLine, ...]:
    """List what a person has still to evaluate, or to revise of it."""
    cycle = cycle_to_evaluate(holder.council, today)
    if cycle is None:
        return ()
    return tuple(owed_by(holder, cycle, today=today))


def _to_say(
    holder: Officeholder, cycle: ReportingCycle, plans: Sequence[Plan], today: date
) -> tuple[StatementLine | FinanceLine, ...]:
    """List what a person has still to say of whole plans: as a lead, or of the Finance Team."""
    return (
        *statements_owed_by(holder, cycle, plans, today=today),
        *finances_owed_by(holder, cycle, plans, today=today),
    )


def _standings(
    cycle: ReportingCycle, holder: Officeholder, every: Sequence[Plan], today: date
) -> list[PlanStanding]:
    """Count the plans that a person leads or answers for; most officers have none."""
    led = [plan for plan in every if roles_in(holder, plan)]
    plans = [plan for plan in every if plan in led or _answers_for(holder, plan)]
    return standings(cycle, plans, today=today, whole=[plan.pk for plan in led]) if plans else []


def _check(counted: PlanStanding, holder: Officeholder) -> LeadCheck:
    """Bring together what is left for a person to sign for, in whichever role they lead the plan."""
    standing, roles = counted.sign_off.standing, roles_in(holder, counted.plan)
    left = {item for role in roles for item in standing.left_to(role, holder.user.pk)}
    return LeadCheck(standing=counted, left=tuple(item for item in standing.items if item in left))


def _promises(
    holder: Officeholder, plans: tuple[PlanStanding, ...], today: date
) -> tuple[Promise, ...]:
    """List the steps promised in the plans that a person answers for, due soon or overdue."""
    if not plans:
        return ()
    answered = {plan.plan.pk for plan in plans}
    due = steps_due(holder.council, today + PROMISES_LOOK_AHEAD)
    return tuple(promise for promise in due if answered & promise.plan_ids)


def _answers_for(holder: Officeholder, plan: Plan) -> bool:
    """Test whether a plan is a person's to answer for: its leads', and the performance manager's."""
    leads = (plan.lead_member_id, plan.lead_officer_id, plan.portfolio_lead_id)
    return holder.is_performance_manager or any(holder.holds(post) for post in leads)
