"""What the demonstration's plans hold beside actions and indicators: overviews, budgets and risks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from goldenthread.demo.council import Cast
from goldenthread.demo.deeds import Deed
from goldenthread.demo.moments import moment, office_hours, spread
from goldenthread.demo.plan_files import YEAR, Files, PlanParts, RiskEntry
from goldenthread.demo.posts import FINANCE
from goldenthread.domain.statements import Said
from goldenthread.plans import operations as plans
from goldenthread.plans.models import Plan, RiskAction
from goldenthread.plans.operations import GivenLine
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.lines import plans_in
from goldenthread.risks.operations import RiskReturn, submit_risk_update
from goldenthread.statements.operations.finance import (
    FinanceAnswers,
    GivenFigure,
    set_plan_budget,
    submit_finance,
)
from goldenthread.statements.operations.statements import submit_statement

TOLD_IN = "Q1"
_PARTS_ON, _FINANCES_ON, _OVERVIEWS_ON = date(2009, 5, 8), date(2009, 7, 22), date(2009, 7, 22)
_APART = timedelta(minutes=20)


def add_parts(files: Files, cast: Cast, found: dict[str, Plan]) -> None:
    """Set the plans' budgets and write down their risks."""
    at = office_hours(_PARTS_ON)
    for parts in files.parts:
        plan = found[parts.code]
        set_plan_budget(
            plan=plan,
            year=YEAR.starts_in,
            lines=[GivenLine(heading=each.heading, amount=each.amount) for each in parts.budget],
            by=cast.holders[FINANCE],
            at=next(at),
        )
        for number, risk in enumerate(parts.risks, start=1):
            _add_risk(plan, number, risk, cast, at)


def _add_risk(
    plan: Plan, number: int, entry: RiskEntry, cast: Cast, at: Iterator[datetime]
) -> None:
    by = cast.manager.user
    risk = plans.add_risk(plan=plan, number=number, description=entry.risk, by=by, at=next(at))
    action = RiskAction(
        risk=risk,
        number=1,
        description=entry.action,
        due_words=entry.when,
        risk_owner=cast.posts[entry.owner],
    )
    plans.add_risk_action(action, by=by, at=next(at))


def part_deeds(files: Files, cast: Cast, cycle: ReportingCycle) -> Iterator[Deed]:
    """List what Risk Owners, the Finance Team and the leads say in the first quarter."""
    if cycle.code != TOLD_IN:
        return
    found = {plan.code: plan for plan in plans_in(cycle)}
    for place, parts in enumerate(files.parts):
        plan = found[parts.code]
        yield from _risk_deeds(parts, plan, cast, cycle)
        at = moment(_FINANCES_ON, 10) + place * _APART
        yield Deed(at=at, perform=partial(_say_finances, parts, plan, cast, cycle, at))
        if parts.overview:
            at = moment(_OVERVIEWS_ON, 14) + place * _APART
            yield Deed(at=at, perform=partial(_say_overview, parts, plan, cast, cycle, at))


def _risk_deeds(parts: PlanParts, plan: Plan, cast: Cast, cycle: ReportingCycle) -> Iterator[Deed]:
    for number, entry in enumerate(parts.risks, start=1):
        if entry.says:
            at = spread(f"{plan.code} R{number}", first=cycle.opens_on, last=cycle.due_on)
            yield Deed(
                at=at, perform=partial(_return_on_risk, plan, number, entry, cast, cycle, at)
            )


def _return_on_risk(
    plan: Plan, number: int, entry: RiskEntry, cast: Cast, cycle: ReportingCycle, at: datetime
) -> None:
    action = RiskAction.objects.select_related("risk__plan", "risk_owner").get(
        risk__plan=plan, risk__number=number
    )
    answers = RiskReturn(rating=entry.rating, commentary=entry.says, being_done=entry.doing)
    submit_risk_update(
        cycle=cycle, action=action, answers=answers, by=cast.holders[entry.owner], at=at
    )


def _say_finances(
    parts: PlanParts, plan: Plan, cast: Cast, cycle: ReportingCycle, at: datetime
) -> None:
    figures = {
        number: GivenFigure(spent=each.spent, forecast=each.forecast, explanation=each.why)
        for number, each in enumerate(parts.budget, start=1)
    }
    answers = FinanceAnswers(figures=figures, words=parts.finance_words)
    submit_finance(cycle=cycle, plan=plan, answers=answers, by=cast.holders[FINANCE], at=at)


def _say_overview(
    parts: PlanParts, plan: Plan, cast: Cast, cycle: ReportingCycle, at: datetime
) -> None:
    submit_statement(
        cycle=cycle,
        plan=plan,
        key="overview",
        said={key: Said(words=words) for key, words in parts.overview.items()},
        seen_version=0,
        by=cast.holders[plan.lead_officer.title],
        at=at,
    )
