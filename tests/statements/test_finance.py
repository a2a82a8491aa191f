"""How a plan's spending stands against its budget (clauses O-2, P-6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.domain.obligations import ObligationKind, ReturnState
from goldenthread.domain.variance import Spending
from goldenthread.organisation.models import Council, Duty
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import BudgetLine, Plan
from goldenthread.plans.operations import GivenLine
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.beside import BesideItem, asked_beside
from goldenthread.reporting.returns import (
    AlreadySubmittedError,
    ChangedMeanwhileError,
    CycleClosedError,
    IncompleteReturnError,
    NotSubmittedError,
)
from goldenthread.statements.models import FinanceStatement
from goldenthread.statements.operations.finance import (
    FinanceAnswers,
    GivenFigure,
    call_back_finance,
    draft_finance,
    set_plan_budget,
    submit_finance,
)
from goldenthread.statements.queries.finance import (
    FinanceLine,
    finance_before,
    finances_of,
    variance_words,
)
from tests.factories import (
    BudgetLineFactory,
    FinanceStatementFactory,
    PostFactory,
    ReportingCycleFactory,
    SixWeeklyCycleFactory,
    UserFactory,
    officeholder,
)

BETWEEN = datetime(2009, 7, 30, 10, tzinfo=UTC)
AFTER_PAPERS = datetime(2009, 8, 7, 10, tzinfo=UTC)
FILE = pytest.mark.parametrize("file", [draft_finance, submit_finance])
File = Callable[..., FinanceStatement]


@pytest.fixture
def finance(council: Council) -> Officeholder:
    post = PostFactory(council=council, title="Accountant", duty=Duty.FINANCE)
    return officeholder(post, user=UserFactory(name="Sunita Parmar"))


@pytest.fixture
def budget(plan: Plan) -> list[BudgetLine]:
    """Wardens at £200,000 and grants at £1.1m."""
    return [
        BudgetLineFactory(plan=plan, number=1),
        BudgetLineFactory(plan=plan, number=2, heading="Grants", amount=Decimal(1_100_000)),
    ]


def answers(wardens: int = 215_000, why: str = "Sick pay.", **given: Any) -> FinanceAnswers:
    figures = {
        1: GivenFigure(spent=Decimal(50_000), forecast=Decimal(wardens), explanation=why),
        2: GivenFigure(spent=Decimal(300_000), forecast=Decimal(1_100_000)),
    }
    return FinanceAnswers(**{"figures": figures, "words": " All else is well. ", **given})


def submit(
    cycle: ReportingCycle,
    plan: Plan,
    by: Officeholder,
    said: FinanceAnswers | None = None,
    *,
    file: File = submit_finance,
    at: datetime = BETWEEN,
) -> FinanceStatement:
    return file(cycle=cycle, plan=plan, answers=said or answers(), by=by, at=at)


def line_of(cycle: ReportingCycle, plan: Plan, at: datetime = BETWEEN) -> FinanceLine:
    [line] = finances_of(cycle, [plan], today=at.date())
    return line


@pytest.mark.usefixtures("budget")
def test_variances_are_worked_out_and_summed(
    cycle: ReportingCycle, plan: Plan, finance: Officeholder
) -> None:
    submit(cycle, plan, finance)

    line = line_of(cycle, plan)
    assert [said.variance for _, said in line.rows] == [Decimal(15_000), Decimal(0)]
    assert line.sum.budget == line.total == Decimal(1_300_000)
    assert line.sentence == ("The year is forecast to end £15,000 (1.2%) over its budget of £1.3m.")
    assert [figure.heading for figure in line.significant] == ["Wardens"]
    assert (line.state, line.is_missing) == (ReturnState.IN, False)
    assert AuditEntry.objects.get().verb is Verb.FINANCE_SUBMITTED


@pytest.mark.usefixtures("budget")
def test_what_was_said_stays_when_the_budget_changes(
    cycle: ReportingCycle, plan: Plan, finance: Officeholder
) -> None:
    submit(cycle, plan, finance)

    set_plan_budget(
        plan=plan,
        year=2009,
        lines=[GivenLine(number=1, heading="Rangers", amount=Decimal(215_000))],
        by=finance,
        at=BETWEEN,
    )

    [wardens, _] = line_of(cycle, plan).figures
    assert (wardens.heading, wardens.budget) == ("Wardens", Decimal(200_000))
    assert [each.heading for each in line_of(cycle, plan).budget] == ["Rangers", "Grants"]


@pytest.mark.usefixtures("budget")
def test_a_significant_variance_must_be_explained(
    cycle: ReportingCycle, plan: Plan, finance: Officeholder
) -> None:
    with pytest.raises(IncompleteReturnError) as caught:
        submit(cycle, plan, finance, answers(why=" "))
    assert caught.value.problems == {
        "explanation_1": "Say why Wardens will differ so much from its budget"
    }

    assert submit(cycle, plan, finance, answers(wardens=209_000, why="")).is_submitted


@pytest.mark.usefixtures("budget")
def test_every_line_needs_both_figures(
    cycle: ReportingCycle, plan: Plan, finance: Officeholder
) -> None:
    with pytest.raises(IncompleteReturnError) as caught:
        submit(cycle, plan, finance, FinanceAnswers(figures={1: GivenFigure()}))

    assert set(caught.value.problems) == {"spent_1", "forecast_1", "spent_2", "forecast_2"}


@pytest.mark.usefixtures("budget")
def test_a_draft_may_lack_figures_and_is_submitted_in_its_place(
    cycle: ReportingCycle, plan: Plan, finance: Officeholder
) -> None:
    draft = submit(cycle, plan, finance, FinanceAnswers(figures={}), file=draft_finance)
    assert line_of(cycle, plan).rows == []
    assert line_of(cycle, plan).sentence == ""

    submit(cycle, plan, finance, answers(seen_version=draft.version))

    assert FinanceStatement.objects.get().version == 2


@FILE
@pytest.mark.usefixtures("budget")
def test_nobody_outside_the_finance_team_may_write_it(
    cycle: ReportingCycle, plan: Plan, lead: Officeholder, file: File
) -> None:
    with pytest.raises(PermissionDenied, match="Only the Finance Team"):
        submit(cycle, plan, lead, file=file)


@FILE
@pytest.mark.usefixtures("budget")
def test_it_is_refused_after_the_papers_and_in_six_weekly_updates(
    cycle: ReportingCycle, plan: Plan, finance: Officeholder, file: File
) -> None:
    with pytest.raises(CycleClosedError):
        submit(cycle, plan, finance, file=file, at=AFTER_PAPERS)
    six_weekly = SixWeeklyCycleFactory(council=plan.council)
    with pytest.raises(CycleClosedError, match="does not ask"):
        submit(six_weekly, plan, finance, file=file)
    assert finances_of(six_weekly, [plan], today=BETWEEN.date()) == []


@FILE
def test_a_plan_without_a_budget_has_nothing_to_say(
    cycle: ReportingCycle, plan: Plan, finance: Officeholder, file: File
) -> None:
    with pytest.raises(CycleClosedError, match="has no budget for the year yet"):
        submit(cycle, plan, finance, file=file)

    assert not line_of(cycle, plan).is_missing
    assert asked_beside_of(cycle, plan) == []


@FILE
@pytest.mark.usefixtures("budget")
def test_nobody_writes_over_what_they_have_not_seen_or_what_is_in(
    cycle: ReportingCycle, plan: Plan, finance: Officeholder, file: File
) -> None:
    submit(cycle, plan, finance, file=draft_finance)
    with pytest.raises(ChangedMeanwhileError):
        submit(cycle, plan, finance, file=file)
    submit(cycle, plan, finance, answers(seen_version=1))

    with pytest.raises(AlreadySubmittedError):
        submit(cycle, plan, finance, answers(seen_version=2), file=file)


@pytest.mark.usefixtures("budget")
def test_it_is_called_back_until_the_papers_go_out(
    cycle: ReportingCycle, plan: Plan, finance: Officeholder
) -> None:
    statement = submit(cycle, plan, finance)
    with pytest.raises(CycleClosedError):
        call_back_finance(statement=statement, by=finance, at=AFTER_PAPERS)

    call_back_finance(statement=statement, by=finance, at=BETWEEN)

    assert line_of(cycle, plan).is_missing
    with pytest.raises(NotSubmittedError):
        call_back_finance(statement=statement, by=finance, at=BETWEEN)


@pytest.mark.usefixtures("budget")
def test_the_finance_team_owes_it_until_it_is_in(
    cycle: ReportingCycle, plan: Plan, finance: Officeholder, lead: Officeholder
) -> None:
    [owed] = asked_beside_of(cycle, plan)
    assert owed.state.is_outstanding
    assert finance.holds_any(owed.post_ids)
    assert not lead.holds_any(owed.post_ids)

    submit(cycle, plan, finance)

    [done] = asked_beside_of(cycle, plan)
    assert not done.state.is_outstanding


def asked_beside_of(cycle: ReportingCycle, plan: Plan) -> list[BesideItem]:
    """List what is asked of the Finance Team about a plan."""
    asked = asked_beside(cycle, [plan], today=BETWEEN.date())
    return [item for item in asked if item.kind is ObligationKind.FINANCIAL_OVERVIEW]


def test_the_quarter_before_is_of_the_same_year(cycle: ReportingCycle, plan: Plan) -> None:
    before = FinanceStatementFactory(cycle=cycle, plan=plan, submitted=True)
    second = ReportingCycleFactory(
        council=plan.council, code="Q2", quarter=2, due_on=cycle.due_on.replace(month=10)
    )
    next_year = ReportingCycleFactory(
        council=plan.council, year=2010, code="Q1", due_on=cycle.due_on.replace(year=2010)
    )

    assert finance_before(second, plan) == before
    assert finance_before(next_year, plan) is None
    assert finance_before(cycle, plan) is None


def test_a_budget_is_set_by_the_finance_team_and_told_in_the_trail(
    plan: Plan, finance: Officeholder
) -> None:
    lines = [GivenLine(heading="Wardens", amount=Decimal(10))]
    set_plan_budget(plan=plan, year=2009, lines=lines, by=finance, at=BETWEEN)
    # Nothing changes, so nothing is told.
    again = [GivenLine(number=1, heading="Wardens", amount=Decimal(10))]
    set_plan_budget(plan=plan, year=2009, lines=again, by=finance, at=BETWEEN)

    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.target_id) == (Verb.BUDGET_SET, plan.pk)
    assert entry.changes == {"1": [["", None], ["Wardens", "10"]]}
    assert plan.budget_lines.get().history.get().history_user == finance.user


@pytest.mark.parametrize("stranger", [True, False])
def test_nobody_else_sets_a_budget(plan: Plan, lead: Officeholder, stranger: bool) -> None:
    other = officeholder(PostFactory(duty=Duty.FINANCE)) if stranger else lead
    with pytest.raises(PermissionDenied):
        set_plan_budget(plan=plan, year=2009, lines=[], by=other, at=BETWEEN)


@pytest.mark.parametrize(
    ("forecast", "words"), [(0, "on budget"), (500, "£500 over"), (-500, "£500 under")]
)
def test_a_variance_is_said_in_words(forecast: int, words: str) -> None:
    nothing = Decimal(0)
    said = Spending(budget=nothing, spent=nothing, forecast=Decimal(forecast))

    assert variance_words(said) == words
