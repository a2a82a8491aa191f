from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from goldenthread.audit.models import Verb
from goldenthread.domain.framework_tables import AskedOf, Part
from goldenthread.domain.variance import Spending, Threshold
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.organisation.queries import framework_of
from goldenthread.persistence.versions import save_version
from goldenthread.plans import operations as plans
from goldenthread.plans.models import BudgetLine, Plan
from goldenthread.plans.operations import GivenLine
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.returns import (
    CycleClosedError,
    IncompleteReturnError,
    NotSubmittedError,
    check_is_open_to,
)
from goldenthread.statements import doors
from goldenthread.statements.facts import is_asked, speaking_post
from goldenthread.statements.models import FinanceFigure, FinanceStatement
from goldenthread.statements.operations.keeping import hold, keep, mark_draft, mark_submitted
from goldenthread.statements.permissions import not_asked

WHAT = "financial overview"


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenFigure:
    """What is typed of one line of a budget: spent to date, forecast for the year, and why."""

    spent: Decimal | None = None
    forecast: Decimal | None = None
    explanation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FinanceAnswers:
    """What the Finance Team says of a plan: a figure for each line, by its number, and words."""

    figures: Mapping[int, GivenFigure]
    words: str = ""
    seen_version: int = 0


@transaction.atomic
def draft_finance(
    *, cycle: ReportingCycle, plan: Plan, answers: FinanceAnswers, by: Officeholder, at: datetime
) -> FinanceStatement:
    """Keep what the Finance Team has said so far of a plan's spending, whole or not.

    :raises PermissionDenied: if the person is not of the Finance Team
    :raises ReturnRefusedError: if it is not asked in this cycle, too late, submitted or changed
    """
    held = _open_cycle(cycle, plan, by, at)
    statement = _open(held, plan, answers)
    _keep(statement, _lines(held, plan), answers, Verb.FINANCE_DRAFTED, by, at)
    return statement


@transaction.atomic
def submit_finance(
    *, cycle: ReportingCycle, plan: Plan, answers: FinanceAnswers, by: Officeholder, at: datetime
) -> FinanceStatement:
    """Submit a plan's financial overview, with a reason for each significant variance (clause O-2).

    :raises PermissionDenied: if the person is not of the Finance Team
    :raises ReturnRefusedError: if it is not asked in this cycle, too late, submitted or changed
    :raises IncompleteReturnError: if a figure or a reason is missing, by field
    """
    held = _open_cycle(cycle, plan, by, at)
    statement = _open(held, plan, answers)
    lines = _lines(held, plan)
    threshold = framework_of(held.council).finance.threshold
    if problems := _problems(lines, answers, threshold):
        raise IncompleteReturnError(problems)
    mark_submitted(statement, speaking_post(by, AskedOf.FINANCE, plan), by, at)
    _keep(statement, lines, answers, Verb.FINANCE_SUBMITTED, by, at)
    return statement


@transaction.atomic
def call_back_finance(
    *, statement: FinanceStatement, by: Officeholder, at: datetime
) -> FinanceStatement:
    """Make a draft again of a submitted financial overview, until the papers go out.

    :raises PermissionDenied: if the person is not of the Finance Team
    :raises ReturnRefusedError: if it is too late, or not submitted
    """
    cycle, day = _open_cycle(statement.cycle, statement.plan, by, at), timezone.localdate(at)
    if not doors.can_be_called_back(cycle, day):
        raise CycleClosedError(doors.closed_words(cycle, day))
    held = _held(cycle, statement.plan)
    if held is None:  # pragma: no cover - it was read before
        raise NotSubmittedError("There is nothing to call back.")
    mark_draft(held)
    keep(held, cycle=cycle, verb=Verb.FINANCE_CALLED_BACK, by=by, at=at)
    return held


@transaction.atomic
def set_plan_budget(
    *, plan: Plan, year: int, lines: Sequence[GivenLine], by: Officeholder, at: datetime
) -> None:
    """Set the budget that a plan's finances are held against (clause P-6).

    :raises PermissionDenied: if the person is not of the Finance Team of its council
    """
    if plan.council_id != by.council.pk:
        raise PermissionDenied("You hold no post in the council of this plan.")
    if not is_asked(by, AskedOf.FINANCE, plan):
        raise not_asked(AskedOf.FINANCE, plan)
    plans.set_budget(plan=plan, year=year, lines=lines, by=by.user, at=at)


def _open_cycle(
    cycle: ReportingCycle, plan: Plan, by: Officeholder, at: datetime
) -> ReportingCycle:
    held = hold(cycle, plan)
    if Part.FINANCE not in framework_of(held.council).reports.of(held.kind).parts:
        raise CycleClosedError(f"{held.title} does not ask for the plans' finances.")
    day, statement = timezone.localdate(at), _held(held, plan)
    doors.check_takes(by, AskedOf.FINANCE, plan, cycle=held, held=statement, day=day)
    return held


def _lines(cycle: ReportingCycle, plan: Plan) -> list[BudgetLine]:
    lines = list(plan.budget_lines.filter(year=cycle.year))
    if not lines:
        raise CycleClosedError(f"{plan.title} has no budget for the year yet. Set it first.")
    return lines


def _held(cycle: ReportingCycle, plan: Plan) -> FinanceStatement | None:
    rows = FinanceStatement.objects.select_for_update(of=("self",)).select_related("saved_by")
    return rows.filter(cycle=cycle, plan=plan).first()


def _open(cycle: ReportingCycle, plan: Plan, answers: FinanceAnswers) -> FinanceStatement:
    held = _held(cycle, plan)
    check_is_open_to(held, seen_version=answers.seen_version, what=WHAT)
    return held or FinanceStatement(cycle=cycle, plan=plan)


def _problems(
    lines: Sequence[BudgetLine], answers: FinanceAnswers, threshold: Threshold
) -> dict[str, str]:
    problems = {}
    for line in lines:
        given = answers.figures.get(line.number, GivenFigure())
        if given.spent is None:
            problems[f"spent_{line.number}"] = f"Enter what is spent to date on {line.heading}"
        if given.forecast is None:
            problems[f"forecast_{line.number}"] = f"Enter the year's forecast for {line.heading}"
        if _lacks_reason(line, given, threshold):
            problems[f"explanation_{line.number}"] = (
                f"Say why {line.heading} will differ so much from its budget"
            )
    return problems


def _lacks_reason(line: BudgetLine, given: GivenFigure, threshold: Threshold) -> bool:
    if given.forecast is None or given.explanation.strip():
        return False
    spending = Spending(budget=line.amount, spent=given.spent or Decimal(), forecast=given.forecast)
    return spending.is_significant(threshold)


def _keep(
    statement: FinanceStatement,
    lines: Sequence[BudgetLine],
    answers: FinanceAnswers,
    verb: Verb,
    by: Officeholder,
    at: datetime,
) -> None:
    statement.words = answers.words.strip()
    keep(statement, cycle=statement.cycle, verb=verb, by=by, at=at)
    held = {figure.line_id: figure for figure in statement.figures.all()}
    for line in lines:
        given = answers.figures.get(line.number, GivenFigure())
        figure = held.get(line.pk) or FinanceFigure(statement=statement, line=line)
        figure.heading, figure.budget = line.heading, line.amount
        figure.spent, figure.forecast = given.spent, given.forecast
        figure.explanation = given.explanation.strip()
        save_version(figure, by=by.user, at=at)
