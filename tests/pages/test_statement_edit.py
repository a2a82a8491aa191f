from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from goldenthread.domain.rating import Rating
from goldenthread.statements.models import PlanStatement
from tests.factories import ActionUpdateFactory, PlanStatementFactory, ReportingCycleFactory
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import links_on, main_of, problem_beside, problems_on, typed_in, words_on
from tests.pages.small_council import AFTER_PAPERS, AFTER_Q1, SmallCouncil

WHOLE = {
    "on_track": "On the whole, yes.",
    "improvements": "The museum is full.",
    "issues": "The club has no hall.",
    "resources": "None are needed.",
}


def address(name: str = "statement_edit", plan: str = "CYPF", key: str = "overview") -> str:
    return reverse(f"statements:{name}", args=["ashby", "2009-10", "Q1", plan, key])


@pytest.fixture
def lead(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.lead_officer)


def test_the_form_asks_the_councils_questions_with_the_plans_ratings_beside_them(
    ashby: SmallCouncil, lead: Any
) -> None:
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.club, submitted=True, rating=Rating.RED)
    ActionUpdateFactory(
        cycle=ashby.quarter, action=ashby.grant, submitted=True, rating=Rating.GREEN
    )

    said = words_on(lead.get(address()))

    assert said.startswith("Quarter 1, 2009/10, due 6 August 2009 (in 23 days) Overview of")
    assert "How is the plan doing as a whole, and is its priority on track?" in said
    assert "Off track (1) CYPF 1.1 Red" in said
    assert "Green (1) CYPF 1.2" in said
    assert "2 returns not in" in said.lower()


def test_a_whole_overview_is_submitted_by_the_lead_officer(ashby: SmallCouncil, lead: Any) -> None:
    response = lead.post(address(), WHOLE)

    assert response.url == reverse("home:home", args=["ashby"])
    statement = PlanStatement.objects.get()
    assert statement.is_submitted
    assert statement.said["issues"].words == "The club has no hall."
    assert "Overview of Children and Young People: submitted." in words_on(lead.get(response.url))
    assert "About plans as a whole" not in words_on(lead.get(response.url))


def test_the_lead_member_may_write_it(ashby: SmallCouncil, sign_in: SignIn) -> None:
    sign_in(ashby.posts.director).post(address(), WHOLE)

    assert PlanStatement.objects.get().submitted_for == ashby.posts.director


def test_what_is_missing_is_said_and_nothing_typed_is_lost(lead: Any) -> None:
    response = lead.post(address(), WHOLE | {"issues": ""})

    assert set(problems_on(response)) == {"id_issues"}
    assert problem_beside(response, "issues").startswith("Answer the question: What is off track")
    assert typed_in(response, "on_track") == "On the whole, yes."


def test_a_draft_is_kept_and_gone_on_with(lead: Any) -> None:
    lead.post(address(), {"on_track": "Nearly."} | {"draft": "yes"})

    response = lead.get(address())

    assert typed_in(response, "on_track") == "Nearly."
    assert "Draft saved 14 July" in words_on(response)


def test_over_words_that_somebody_else_saved_both_are_shown(
    ashby: SmallCouncil, lead: Any, sign_in: SignIn
) -> None:
    sign_in(ashby.posts.director).post(address(), {"on_track": "Hers."} | {"draft": "yes"})

    response = lead.post(address(), WHOLE)

    said = words_on(response)
    assert "Dora Hill saved this overview while you were writing." in said
    assert "Hers." in said
    assert typed_in(response, "seen_version") == "1"
    assert lead.post(address(), WHOLE | {"seen_version": "1"}).status_code == 302


def test_last_quarters_answers_stand_beside_the_questions(
    ashby: SmallCouncil, sign_in: SignIn, set_clock: SetClock
) -> None:
    PlanStatementFactory(cycle=ashby.quarter, plan=ashby.cypf, submitted=True)
    second = ReportingCycleFactory(
        council=ashby.council,
        code="Q2",
        quarter=2,
        opens_on=ashby.quarter.opens_on.replace(month=10),
        due_on=ashby.quarter.due_on.replace(month=10),
    )
    set_clock(AFTER_PAPERS.replace(month=10, day=14))
    where = address().replace("/Q1/", f"/{second.code}/")

    said = words_on(sign_in(ashby.posts.lead_officer).get(where))

    assert "Last time Quarter 1, 2009/10 Well, but for the clubs." in said


def test_one_that_is_in_is_read_and_called_back(ashby: SmallCouncil, lead: Any) -> None:
    lead.post(address(), WHOLE)
    said = words_on(lead.get(address()))
    assert "It is in Leo Park, Head of Leisure, 14 July 2009" in said

    response = lead.post(address(), {"call_back": "yes"}, follow=True)

    assert "It is a draft again" in words_on(response)
    assert not PlanStatement.objects.get().is_submitted


def test_once_the_papers_are_out_the_page_says_so(
    ashby: SmallCouncil, lead: Any, set_clock: SetClock
) -> None:
    PlanStatementFactory(cycle=ashby.quarter, plan=ashby.cypf, submitted=True)
    set_clock(AFTER_PAPERS)
    assert "Call it back" not in words_on(lead.get(address()))
    response = lead.post(address(), {"call_back": "yes"}, follow=True)
    assert "took this until 6 August 2009" in words_on(response)
    PlanStatement.objects.all()._raw_delete("default")
    assert "took this until 6 August 2009" in words_on(lead.get(address()))

    response = lead.post(address(), WHOLE)

    assert "took this until 6 August 2009" in problems_on(response)[""]
    assert typed_in(response, "issues") == "The club has no hall."


def test_the_performance_manager_looks_on(ashby: SmallCouncil, sign_in: SignIn) -> None:
    said = words_on(sign_in(ashby.posts.manager).get(address()))

    assert "Head of Leisure or Corporate Director can write it until 6 August 2009." in said


@pytest.mark.parametrize("post", ["action_officer", "clerk", "portfolio_lead"])
def test_others_are_refused(ashby: SmallCouncil, sign_in: SignIn, post: str) -> None:
    assert sign_in(getattr(ashby.posts, post)).get(address()).status_code == 403


def test_what_is_not_asked_is_not_found(lead: Any) -> None:
    assert lead.get(address(key="partners")).status_code == 404
    assert lead.get(address(plan="XYZ")).status_code == 404
    assert lead.get(address().replace("/Q1/", "/6W1/")).status_code == 404


def test_home_and_the_check_lead_to_it(ashby: SmallCouncil, lead: Any, set_clock: SetClock) -> None:
    set_clock(AFTER_Q1)
    home = lead.get("/ashby/")
    assert links_on(home)["Overview of Children and Young People"] == address()
    assert "What you owe" in words_on(home)

    check = reverse("reporting:plan_check", args=["ashby", "2009-10", "Q1", "CYPF"])
    assert links_on(lead.get(check))["Write about the plan as a whole: CYPF overview"] == address()


def test_an_officer_is_not_asked_at_home(ashby: SmallCouncil, sign_in: SignIn) -> None:
    assert "as a whole" not in words_on(sign_in(ashby.posts.action_officer).get("/ashby/"))


def test_the_long_words_of_an_overview_stay_in_their_column(lead: Any) -> None:
    lead.post(address(), WHOLE | {"issues": "x" * 300})

    assert main_of(lead.get(address())) is not None
