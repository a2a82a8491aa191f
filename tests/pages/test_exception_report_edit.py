from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from goldenthread.domain.rating import Rating
from goldenthread.exception_reports.models import ExceptionReport
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate
from tests.factories import (
    ActionUpdateFactory,
    ExceptionReportFactory,
    IndicatorUpdateFactory,
    ReportingCycleFactory,
)
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import (
    chosen_in,
    facts_on,
    main_of,
    problem_beside,
    problems_on,
    typed_in,
    words_on,
)
from tests.pages.small_council import AFTER_PAPERS, PAPERS_OUT, SmallCouncil

WHOLE = {
    "why": "The caretaker left.",
    "done": "We asked the school.",
    "step_1_what": "Take on a caretaker",
    "step_1_who": "play officer",
    "step_1_due_on_day": "31",
    "step_1_due_on_month": "8",
    "step_1_due_on_year": "2009",
    "limits": "",
    "needs_resources": "no",
    "is_exceptional": "no",
}


def address(update: ActionUpdate | IndicatorUpdate) -> str:
    kind = "action" if isinstance(update, ActionUpdate) else "indicator"
    args = [update.cycle.council.name, *update.cycle.slug.split("/"), kind, update.pk]
    return reverse("exception_reports:exception_report_edit", args=args)


@pytest.fixture
def red(ashby: SmallCouncil) -> ActionUpdate:
    return ActionUpdateFactory(
        cycle=ashby.quarter,
        action=ashby.club,
        submitted=True,
        rating=Rating.RED,
        commentary="No hall.",
    )


@pytest.fixture
def where(red: ActionUpdate) -> str:
    return address(red)


@pytest.fixture
def officer(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.action_officer)


def test_the_form_names_the_plan_the_leads_and_the_item(officer: Any, where: str) -> None:
    response = officer.get(where)

    assert facts_on(response) == {
        "Plan": "Children and Young People",
        "Lead Member of DMT": "Corporate Director",
        "Officer responsible": "Play Officer",
        "Action": "Open a homework club",
    }
    said = words_on(response)
    assert "Exception report for CYPF 1.1" in said
    assert "No hall." in said


def test_it_is_due_when_the_directors_papers_go_out(officer: Any, where: str) -> None:
    assert "exception report due 6 August 2009" in words_on(officer.get(where))


def test_an_indicators_report_names_the_indicator(ashby: SmallCouncil, sign_in: SignIn) -> None:
    update = IndicatorUpdateFactory(
        cycle=ashby.quarter, indicator=ashby.visits, submitted=True, rating=Rating.AMBER
    )

    response = sign_in(ashby.posts.indicator_officer).get(address(update))

    assert facts_on(response)["Indicator"] == "Visits to the museum"
    assert facts_on(response)["Officer responsible"] == "Museums Manager"


def test_a_whole_report_is_submitted(ashby: SmallCouncil, officer: Any, where: str) -> None:
    response = officer.post(where, WHOLE)

    report = ExceptionReport.objects.get()
    assert report.why == "The caretaker left."
    assert (report.needs_resources, report.is_exceptional) == (False, False)
    assert report.is_submitted
    assert response.url == reverse("home:home", args=[ashby.name])
    assert "The exception report is submitted." in words_on(officer.get(response.url))


def test_what_is_missing_is_said_at_the_top_and_beside_the_field(officer: Any, where: str) -> None:
    response = officer.post(where, {"done": "We asked the school."})

    assert set(problems_on(response)) == {
        "id_why",
        "id_step_1_what",
        "id_needs_resources_0",
        "id_is_exceptional_0",
    }
    assert problem_beside(response, "why").startswith("Answer the question: Why")
    assert problem_beside(response, "needs_resources").startswith("Select yes or no: Does it need")
    assert typed_in(response, "done") == "We asked the school."
    assert not ExceptionReport.objects.exists()


def test_a_yes_asks_why(officer: Any, where: str) -> None:
    response = officer.post(where, WHOLE | {"needs_resources": "yes", "is_exceptional": "yes"})

    assert problems_on(response) == {
        "id_resources": "Say more, since you answered yes: Does it need more resources?",
        "id_resources_effect": "Say what effect the resources would have",
        "id_must_be_endorsed_0": "Select yes or no: must DMT and a Cabinet Member endorse it?",
        "id_exceptional": "Say more, since you answered yes: Is this an exceptional circumstance "
        "in which the action or target should be revised?",
    }
    assert chosen_in(response, "needs_resources") == "yes"


def test_a_yes_with_its_reason_is_kept(officer: Any, where: str) -> None:
    officer.post(
        where,
        WHOLE
        | {
            "needs_resources": "yes",
            "resources": "£2,000 for a hall.",
            "resources_effect": "The club opens.",
            "must_be_endorsed": "no",
        },
    )

    report = ExceptionReport.objects.get()
    assert (report.resources, report.resources_effect) == ("£2,000 for a hall.", "The club opens.")
    assert report.must_be_endorsed is False


def test_a_draft_needs_nothing_and_is_shown_again(officer: Any, where: str) -> None:
    response = officer.post(where, {"why": "The care", "needs_resources": "yes", "draft": "yes"})

    assert "The exception report is kept as a draft." in words_on(officer.get(response.url))
    again = officer.get(where)
    assert typed_in(again, "why") == "The care"
    assert chosen_in(again, "needs_resources") == "yes"
    assert chosen_in(again, "is_exceptional") == ""
    assert "Draft saved 14 July, 11:00 by Aled Rees" in words_on(again)


def test_the_second_to_save_sees_the_words_of_the_first_and_can_go_on(
    ashby: SmallCouncil, officer: Any, where: str, sign_in: SignIn
) -> None:
    sign_in(ashby.posts.joint_officer).post(where, {"why": "It rained.", "draft": "yes"})

    warned = officer.post(where, WHOLE | {"seen_version": "0"})

    assert "Jo Field saved this exception report while you were" in problems_on(warned)[""]
    said = words_on(warned)
    assert "What Jo Field saved" in said
    assert "It rained." in said
    assert "Not answered yet." in said
    assert typed_in(warned, "why") == WHOLE["why"]
    officer.post(where, WHOLE | {"seen_version": typed_in(warned, "seen_version")})
    assert ExceptionReport.objects.get().why == WHOLE["why"]


def test_a_report_that_is_in_is_shown_and_not_asked_for_again(officer: Any, where: str) -> None:
    officer.post(where, WHOLE)

    response = officer.get(where)

    said = words_on(response)
    assert "This exception report is in" in said
    assert "Nothing stated." in said
    assert [button.get("name") for button in main_of(response).iter("button")] == ["call_back"]
    refused = officer.post(where, WHOLE | {"seen_version": "1"})
    assert problems_on(refused) == {
        "": "This exception report has been submitted already. Call it back to change it."
    }


def test_it_is_taken_after_the_returns_are_closed(
    officer: Any, where: str, set_clock: SetClock
) -> None:
    set_clock(PAPERS_OUT)

    officer.post(where, WHOLE)

    assert ExceptionReport.objects.get().is_submitted


def test_it_is_refused_once_the_papers_are_out(
    officer: Any, where: str, set_clock: SetClock
) -> None:
    set_clock(AFTER_PAPERS)

    refused = officer.post(where, WHOLE)

    assert problems_on(refused)[""].startswith(
        "Exception reports for Quarter 1, 2009/10 were taken until 6 August 2009."
    )
    assert typed_in(refused, "why") == WHOLE["why"]
    assert not ExceptionReport.objects.exists()


def test_longer_words_than_anybody_reads_are_refused(officer: Any, where: str) -> None:
    response = officer.post(where, WHOLE | {"why": "word " * 4001})

    assert problem_beside(response, "why") == "Shorten this to 20,000 characters or fewer"


@pytest.mark.parametrize("method", ["get", "post"])
def test_others_are_refused_in_words(
    ashby: SmallCouncil, where: str, sign_in: SignIn, method: str
) -> None:
    response = getattr(sign_in(ashby.posts.lead_officer), method)(where, WHOLE)

    assert "Only Play Officer can file this update." in words_on(response, 403)


def test_others_are_refused_an_indicators_report(ashby: SmallCouncil, sign_in: SignIn) -> None:
    update = IndicatorUpdateFactory(
        cycle=ashby.quarter, indicator=ashby.visits, submitted=True, rating=Rating.RED
    )

    assert sign_in(ashby.posts.action_officer).get(address(update)).status_code == 403


def test_a_green_a_draft_and_a_six_weekly_red_have_none(ashby: SmallCouncil, officer: Any) -> None:
    returns = [
        ActionUpdateFactory(cycle=ashby.quarter, action=ashby.club, submitted=True),
        ActionUpdateFactory(cycle=ashby.quarter, action=ashby.grant, rating=Rating.RED),
        ActionUpdateFactory(
            cycle=ashby.six_weekly, action=ashby.club, submitted=True, rating=Rating.RED
        ),
    ]

    assert [officer.get(address(update)).status_code for update in returns] == [404, 404, 404]


def test_a_return_of_another_cycle_is_not_found(officer: Any, red: ActionUpdate) -> None:
    where = address(red).replace("Q1", "6W1")

    assert officer.get(where).status_code == 404


def test_a_kind_of_item_that_owes_none_is_not_found(officer: Any, red: ActionUpdate) -> None:
    assert officer.get(address(red).replace("/action/", "/risk_action/")).status_code == 404


def test_a_report_by_its_lead_is_told_from_another(ashby: SmallCouncil, officer: Any) -> None:
    other = ExceptionReportFactory(
        action_update=ActionUpdateFactory(
            cycle=ashby.quarter, action=ashby.grant, submitted=True, rating=Rating.RED
        ),
        why="Another reason",
    )

    update = ActionUpdateFactory(
        cycle=ashby.quarter, action=ashby.club, submitted=True, rating=Rating.AMBER
    )

    assert other.why not in words_on(officer.get(address(update)))


def test_the_last_exception_reports_answers_stand_beside_the_questions(
    ashby: SmallCouncil, officer: Any
) -> None:
    earlier = ActionUpdateFactory(
        cycle=ashby.quarter, action=ashby.club, submitted=True, rating=Rating.RED
    )
    ExceptionReportFactory(action_update=earlier, submitted=True, why="The hall burnt down.")
    later = ActionUpdateFactory(
        cycle=ReportingCycleFactory(
            council=ashby.quarter.council,
            code="Q2",
            quarter=2,
            observes_from=date(2009, 7, 1),
            observes_to=date(2009, 9, 30),
            opens_on=date(2009, 10, 7),
            due_on=date(2009, 10, 21),
        ),
        action=ashby.club,
        submitted=True,
        rating=Rating.RED,
    )

    response = officer.get(address(later))

    assert "The hall burnt down." in words_on(response)
    assert typed_in(response, "why") == ""


def test_the_first_exception_report_of_an_indicator_has_none_beside_it(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    update = IndicatorUpdateFactory(
        cycle=ashby.quarter, indicator=ashby.visits, submitted=True, rating=Rating.AMBER
    )
    response = sign_in(ashby.posts.indicator_officer).get(address(update))

    assert "Last time" not in words_on(response)


@pytest.mark.parametrize(
    "meanwhile", [{"rating": Rating.GREEN}, {"submitted_at": None, "submitted_by": None}]
)
def test_words_for_a_return_that_needs_none_any_more_are_shown_again(
    officer: Any, where: str, red: ActionUpdate, meanwhile: dict[str, Any]
) -> None:
    ActionUpdate.objects.filter(pk=red.pk).update(**meanwhile)

    refused = officer.post(where, WHOLE)

    assert problems_on(refused) == {"": "This return needs no exception report."}
    assert typed_in(refused, "why") == WHOLE["why"]
    assert typed_in(refused, "step_1_what") == WHOLE["step_1_what"]
    assert not ExceptionReport.objects.exists()
    assert officer.post(where, {"call_back": "yes"}).status_code == 404


def test_the_next_return_that_is_owed_is_named_once_it_is_submitted(
    ashby: SmallCouncil, officer: Any, where: str
) -> None:
    done = officer.post(where, WHOLE)

    assert "The exception report is submitted. Next: " in words_on(officer.get(done.url))
