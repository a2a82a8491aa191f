from __future__ import annotations

from django.urls import reverse

from tests.factories import PlanStatementFactory, ReportingCycleFactory, UserFactory
from tests.pages.conftest import SignIn
from tests.pages.reading import links_on, rows_on, words_on
from tests.pages.small_council import SmallCouncil
from tests.pages.test_statement_edit import address

WHERE = address("statement_detail")


def test_everybody_reads_what_was_said_and_by_whom(ashby: SmallCouncil, sign_in: SignIn) -> None:
    PlanStatementFactory(
        cycle=ashby.quarter,
        plan=ashby.cypf,
        submitted=True,
        saved_by=UserFactory(name="Leo Park"),
    )

    response = sign_in(ashby.posts.clerk).get(WHERE)

    said = words_on(response)
    assert "Leo Park, Head of Leisure, 14 July 2009" in said
    assert "How is the plan doing?Well, but for the clubs." in said
    assert "See how it was written" not in said


def test_a_draft_is_nobody_elses_to_read(ashby: SmallCouncil, sign_in: SignIn) -> None:
    answers = {"on_track": {"question": "How?", "words": "Secret so far.", "is_yes": None}}
    PlanStatementFactory(cycle=ashby.quarter, plan=ashby.cypf, answers=answers)

    said = words_on(sign_in(ashby.posts.clerk).get(WHERE))

    assert "Secret so far." not in said
    assert "Not in yet Head of Leisure or Corporate Director can write it until 6 August" in said


def test_its_leads_are_led_to_the_form(ashby: SmallCouncil, sign_in: SignIn) -> None:
    assert links_on(sign_in(ashby.posts.director).get(WHERE))["Write it"] == address()


def test_earlier_quarters_stand_below(ashby: SmallCouncil, sign_in: SignIn) -> None:
    PlanStatementFactory(cycle=ashby.quarter, plan=ashby.cypf, submitted=True)
    ReportingCycleFactory(
        council=ashby.council,
        code="Q2",
        quarter=2,
        opens_on=ashby.quarter.opens_on.replace(month=10),
        due_on=ashby.quarter.due_on.replace(month=10),
    )

    said = words_on(sign_in(ashby.posts.clerk).get(WHERE.replace("/Q1/", "/Q2/")))

    assert "Not in yet" in said
    assert "Quarter 1, 2009/10" in said
    assert "Well, but for the clubs." in said


def test_the_plans_page_and_the_cycles_say_whether_it_is_in(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    PlanStatementFactory(cycle=ashby.quarter, plan=ashby.cypf, submitted=True)
    client = sign_in(ashby.posts.clerk)

    plan = client.get(reverse("home:plan_detail", args=["ashby", "CYPF"]))
    cycle = client.get(reverse("home:cycle_detail", args=["ashby", "2009-10", "Q1"]))

    assert links_on(plan)["Overview"] == WHERE
    assert "Overview of Children and Young People In Head of Leisure or Corporate Director" in (
        rows_on(cycle)
    )
    assert "Overview of Environment To do Performance Manager or Corporate Director" in (
        rows_on(cycle)
    )


def test_a_plan_that_there_is_not_is_not_found(ashby: SmallCouncil, sign_in: SignIn) -> None:
    where = address("statement_detail", plan="XYZ")

    assert sign_in(ashby.posts.clerk).get(where).status_code == 404
