"""What a person sees when they come in, by the posts they hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.chasing.permissions import may_chase
from goldenthread.chasing.queries.standings import PlanStanding, Totals, standings, totals_of
from goldenthread.domain.obligations import ObligationKind, ReturnState
from goldenthread.domain.sign_off import ToSign
from goldenthread.evaluations.queries import cycle_to_evaluate
from goldenthread.exception_reports.doors import explains_until
from goldenthread.exception_reports.queries.reports import ExceptionLine, exception_lines
from goldenthread.exception_reports.queries.steps import Promise, steps_due
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.packs.models import Pack
from goldenthread.packs.queries import packs_for
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.models.drafted import Drafted
from goldenthread.reporting.my_updates import MyItem, MyUpdates, my_updates
from goldenthread.reporting.permissions import roles_in
from goldenthread.reporting.queries.beside import BesideItem, asked_beside, told_beside
from goldenthread.reporting.queries.lines import plans_in
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
class SentBack:
    """Something beside the returns that a lead sent back to a person, with what is kept of it."""

    item: BesideItem
    kept: Drafted
    cycle: ReportingCycle


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
    beside: tuple[BesideItem, ...] = ()
    sent_back_beside: tuple[SentBack, ...] = ()
    evaluation_cycle: ReportingCycle | None = None

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
    def risks(self) -> list[BesideItem]:
        return self._beside(ObligationKind.RISK_RETURN)

    @property
    def evaluations(self) -> list[BesideItem]:
        return self._beside(ObligationKind.EVALUATION)

    @property
    def statements(self) -> list[BesideItem]:
        """What is to be said of plans as a whole."""
        return self._beside(ObligationKind.PLAN_OVERVIEW, ObligationKind.FINANCIAL_OVERVIEW)

    def _beside(self, *kinds: ObligationKind) -> list[BesideItem]:
        return [item for item in self.beside if item.kind in kinds]

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
    beside = asked_beside(my.cycle, every, today=today) if my.cycle else []
    counted = _standings(my.cycle, holder, every, beside, today) if my.cycle else []
    answered = tuple(plan for plan in counted if _answers_for(holder, plan.plan))
    annual = cycle_to_evaluate(holder.council, today)
    owed = _owed(beside, holder)
    evaluations = _to_evaluate(annual, holder, today) if annual else []
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
        beside=(*owed, *evaluations),
        sent_back_beside=(
            *(_sent_back(my.cycle, owed) if my.cycle else ()),
            *(_sent_back(annual, evaluations) if annual else ()),
        ),
        evaluation_cycle=annual,
    )


def _owed(asked: Iterable[BesideItem], holder: Officeholder) -> list[BesideItem]:
    """List what a person owes beside the returns, each once, though it stand in two plans."""
    found = {
        item.key: item
        for item in asked
        if item.state.is_outstanding and holder.holds_any(item.post_ids)
    }
    return list(found.values())


def _to_evaluate(cycle: ReportingCycle, holder: Officeholder, today: date) -> list[BesideItem]:
    """List what a person has still to evaluate; once the papers are out, what they have to revise."""
    asked = asked_beside(cycle, list(plans_in(cycle)), today=today)
    is_over = today > explains_until(cycle)
    return [
        item
        for item in _owed(asked, holder)
        if item.kind is ObligationKind.EVALUATION
        and (not is_over or item.state is ReturnState.TO_REVISE)
    ]


def _sent_back(cycle: ReportingCycle, owed: Iterable[BesideItem]) -> list[SentBack]:
    """Read what was sent back to a person; most have none, and that takes no query."""
    back = [item for item in owed if item.state is ReturnState.TO_REVISE]
    plans = {item.plan.pk: item.plan for item in back}
    told = {key: each for plan in plans.values() for key, each in told_beside(cycle, plan).items()}
    return [SentBack(item=item, kept=told[item.key].kept, cycle=cycle) for item in back]


def _standings(
    cycle: ReportingCycle,
    holder: Officeholder,
    every: Sequence[Plan],
    beside: Sequence[BesideItem],
    today: date,
) -> list[PlanStanding]:
    """Count the plans that a person leads or answers for; most officers have none."""
    led = [plan for plan in every if roles_in(holder, plan)]
    plans = [plan for plan in every if plan in led or _answers_for(holder, plan)]
    if not plans:
        return []
    whole = [plan.pk for plan in led]
    return standings(cycle, plans, today=today, whole=whole, beside=beside)


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
