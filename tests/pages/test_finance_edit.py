from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.organisation.models import Duty, Post
from goldenthread.statements.models import FinanceStatement
from tests.factories import (
    BudgetLineFactory,
    FinanceFigureFactory,
    FinanceStatementFactory,
    PostFactory,
    PostHoldingFactory,
    ReportingCycleFactory,
    UserFactory,
)
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import links_on, problem_beside, problems_on, rows_on, typed_in, words_on
from tests.pages.small_council import AFTER_PAPERS, SmallCouncil

WHOLE = {
    "spent_1": "£50,000",
    "forecast_1": "215,000",
    "explanation_1": "Sick pay.",
    "words": "The grant is not in yet.",
}


def address(name: str = "finance_edit") -> str:
    return reverse(f"statements:{name}", args=["ashby", "2009-10", "Q1", "CYPF"])


BUDGET = "/ashby/plans/CYPF/budget/2009-10/"


@pytest.fixture
def accountant(ashby: SmallCouncil) -> Post:
    post = PostFactory(council=ashby.council, title="Accountant", duty=Duty.FINANCE)
    PostHoldingFactory(post=post, holder=UserFactory(name="Sunita Parmar"))
    return post


@pytest.fixture
def client(accountant: Post, sign_in: SignIn) -> Client:
    found: Client = sign_in(accountant)
    return found


@pytest.fixture
def _budget(ashby: SmallCouncil) -> None:
    BudgetLineFactory(plan=ashby.cypf, number=1)


@pytest.mark.usefixtures("_budget")
def test_the_finance_team_says_how_each_line_stands(ashby: SmallCouncil, client: Client) -> None:
    assert "Wardens budget £200,000" in words_on(client.get(address()))

    response = client.post(address(), WHOLE, follow=True)

    assert "Finances of Children and Young People: submitted." in words_on(response)
    statement = FinanceStatement.objects.get()
    assert statement.figures.get().spent == Decimal(50_000)
    said = words_on(client.get(address()))
    assert "It is in Sunita Parmar, Accountant, 14 July 2009" in said
    assert "£15,000 (7.5%) over" in said


@pytest.mark.usefixtures("_budget")
def test_what_is_missing_is_said_beside_its_field(client: Client) -> None:
    response = client.post(address(), WHOLE | {"explanation_1": "", "spent_1": "lots"})

    assert set(problems_on(response)) == {"id_spent_1"}
    assert problem_beside(response, "spent_1").startswith("Enter pounds in numbers")
    response = client.post(address(), WHOLE | {"explanation_1": ""})
    assert problems_on(response) == {
        "id_explanation_1": "Say why Wardens will differ so much from its budget"
    }
    assert typed_in(response, "forecast_1") == "215,000"


@pytest.mark.usefixtures("_budget")
def test_a_draft_is_gone_on_with_and_last_quarter_stands_beside_it(
    ashby: SmallCouncil, client: Client, set_clock: SetClock
) -> None:
    client.post(address(), WHOLE)
    ReportingCycleFactory(
        council=ashby.council,
        code="Q2",
        quarter=2,
        opens_on=ashby.quarter.opens_on.replace(month=10),
        due_on=ashby.quarter.due_on.replace(month=10),
    )
    set_clock(AFTER_PAPERS.replace(month=10, day=14))
    where = address().replace("/Q1/", "/Q2/")

    client.post(where, {"spent_1": "90000", "draft": "yes"})

    response = client.get(where)
    assert typed_in(response, "spent_1") == "90,000"
    said = words_on(response)
    assert "Draft saved 14 October" in said
    assert "Last time Quarter 1, 2009/10 £215,000" in said
    assert "The grant is not in yet." in said


@pytest.mark.usefixtures("_budget")
def test_over_figures_that_somebody_else_saved_both_are_shown(
    ashby: SmallCouncil, client: Client
) -> None:
    theirs = FinanceStatementFactory(
        cycle=ashby.quarter, plan=ashby.cypf, saved_by=UserFactory(name="Jo Field")
    )
    FinanceFigureFactory(statement=theirs, line=ashby.cypf.budget_lines.get())

    response = client.post(address(), WHOLE)

    said = words_on(response)
    assert "Jo Field saved this financial overview while you were writing." in said
    assert "What Jo Field saved" in said
    assert typed_in(response, "seen_version") == "1"


@pytest.mark.usefixtures("_budget")
def test_it_is_called_back_until_the_papers_are_out(client: Client, set_clock: SetClock) -> None:
    client.post(address(), WHOLE)
    assert "It is a draft again" in words_on(
        client.post(address(), {"call_back": "yes"}, follow=True)
    )
    set_clock(AFTER_PAPERS)
    assert "took this until 6 August 2009" in words_on(client.get(address()))
    response = client.post(address(), {"call_back": "yes"}, follow=True)
    assert "took this until 6 August 2009" in words_on(response)


def test_a_plan_without_a_budget_leads_to_setting_one(client: Client) -> None:
    response = client.get(address())

    assert "No budget is set" in words_on(response)
    assert links_on(response)["Set the budget for 2009/10"] == BUDGET


@pytest.mark.usefixtures("_budget")
def test_home_and_the_plan_lead_to_it(ashby: SmallCouncil, client: Client) -> None:
    assert links_on(client.get("/ashby/"))["Finances of Children and Young People"] == address()
    plan = links_on(client.get("/ashby/plans/CYPF/"))
    assert plan["Finances"] == address("finance_detail")
    assert plan["The plan's budget for 2009/10"] == BUDGET


@pytest.mark.usefixtures("_budget")
@pytest.mark.parametrize("post", ["lead_officer", "clerk"])
def test_others_are_refused(ashby: SmallCouncil, sign_in: SignIn, post: str) -> None:
    client = sign_in(getattr(ashby.posts, post))

    assert client.get(address()).status_code == 403
    assert client.post(address(), WHOLE).status_code == 403
    assert client.get(BUDGET).status_code == 403


def test_what_is_not_asked_is_not_found(client: Client) -> None:
    assert client.get(address().replace("/Q1/", "/6W1/")).status_code == 404
    assert client.get(address().replace("/CYPF/", "/XYZ/")).status_code == 404
    assert client.get(BUDGET.replace("2009-10", "soon")).status_code == 404


def test_everybody_reads_it(ashby: SmallCouncil, client: Client, sign_in: SignIn) -> None:
    reader = sign_in(ashby.posts.clerk)
    where = address("finance_detail")
    assert "No budget is set" in words_on(reader.get(where))
    BudgetLineFactory(plan=ashby.cypf, number=1)
    said = words_on(reader.get(where))
    assert "The budget for 2009/10 is £200,000." in said
    assert "The Finance Team can write it until 6 August 2009." in said

    client.post(address(), WHOLE)

    response = reader.get(where)
    assert rows_on(response)[0] == "Wardens £200,000 £50,000 £215,000 +£15,000 Sick pay."
    assert "Submitted by Sunita Parmar, 14 July 2009" in words_on(response)


def budget(**lines: str) -> dict[str, Any]:
    return lines


def test_a_budget_is_entered_line_by_line(ashby: SmallCouncil, client: Client) -> None:
    response = client.post(
        BUDGET,
        budget(heading_1="Wardens", amount_1="£200,000", heading_2="Grants", amount_2="10"),
        follow=True,
    )

    assert "The budget of Children and Young People is kept." in words_on(response)
    lines = ashby.cypf.budget_lines.values_list("number", "heading", "amount")
    assert list(lines) == [(1, "Wardens", Decimal(200_000)), (2, "Grants", Decimal(10))]
    assert typed_in(client.get(BUDGET), "amount_1") == "200,000"


@pytest.mark.usefixtures("_budget")
def test_a_line_that_is_half_filled_in_is_sent_back(client: Client) -> None:
    response = client.post(
        BUDGET, budget(heading_1="", amount_1="9", heading_2="Grants", amount_3="7")
    )

    assert problems_on(response) == {
        "id_heading_1": "Say what the money is for. A line that is needed no more gets £0",
        "id_amount_2": "Enter the amount for Grants",
        "id_heading_3": "Say what the money is for",
    }
