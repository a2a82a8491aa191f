"""What the played plans hold beside actions and indicators."""

from __future__ import annotations

import pytest

from goldenthread.demo.plan_files import read_files
from goldenthread.domain.statements import problems_with_said
from goldenthread.organisation.models import Council
from goldenthread.organisation.queries import framework_of
from goldenthread.plans.models import BudgetLine, RiskAction
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.lines import plans_in
from goldenthread.risks.queries import missing_in, risk_lines
from goldenthread.statements.queries.finance import finances_of
from goldenthread.statements.queries.statements import statements_asked

pytestmark = pytest.mark.django_db


def test_each_plan_has_its_parts() -> None:
    files = read_files()

    assert [parts.code for parts in files.parts] == [plan.code for plan in files.plans]
    assert all(parts.budget and parts.risks for parts in files.parts)


@pytest.fixture
def quarter(played_council: Council) -> ReportingCycle:
    return played_council.cycles.get(year=2009, code="Q1")


def test_the_first_quarter_holds_what_was_said_and_lacks_what_was_not(
    quarter: ReportingCycle,
) -> None:
    plans = list(plans_in(quarter))
    today = quarter.due_on

    overviews = statements_asked(quarter, plans, today=today)
    assert [line.plan.code for line in overviews if line.submitted is None] == ["CI"]
    finances = finances_of(quarter, plans, today=today)
    assert all(line.submitted for line in finances)
    assert [line.plan.code for line in finances if line.significant] == ["AESE", "SSCC", "ES"]
    missing = missing_in(risk_lines(quarter, plans, today=today))
    assert [line.reference for line in missing] == ["CI R2.1"]


def test_nothing_that_must_be_answered_is_left_out(played_council: Council) -> None:
    quarterly = played_council.cycles.get(year=2009, code="Q1").kind
    [rule] = framework_of(played_council).statements_in(quarterly)

    assert set(problems_with_said(rule.questions, {})) == {
        key for parts in read_files().parts for key in parts.overview
    }
    assert BudgetLine.objects.count() == sum(len(parts.budget) for parts in read_files().parts)
    assert RiskAction.objects.count() == sum(len(parts.risks) for parts in read_files().parts)
