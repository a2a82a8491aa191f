from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.urls import reverse

from goldenthread.evaluations.models import Evaluation
from goldenthread.plans.models import Action
from goldenthread.reporting.models import ReportingCycle
from tests.factories import AnnualCycleFactory, EvaluationFactory, UserFactory
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import links_on, problems_on, typed_in, words_on
from tests.pages.small_council import SmallCouncil

OPEN = datetime(2010, 4, 14, 10, tzinfo=UTC)
AFTER = datetime(2010, 4, 24, 10, tzinfo=UTC)
WHERE = reverse("evaluations:my_evaluations", args=["ashby", "2009-10", "annual"])
OF_PLAN = reverse("evaluations:evaluation_list", args=["ashby", "2009-10", "annual", "CYPF"])


@pytest.fixture
def annual(ashby: SmallCouncil, set_clock: SetClock) -> ReportingCycle:
    set_clock(OPEN)
    found: ReportingCycle = AnnualCycleFactory(council=ashby.council)
    return found


@pytest.fixture
def officer(ashby: SmallCouncil, annual: ReportingCycle, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.action_officer)


def row(action: Action, delivered: str = "", difference: str = "", **said: str) -> dict[str, str]:
    every = {"delivered": delivered, "difference": difference, **said}
    return {f"evaluation-action-{action.pk}-{name}": value for name, value in every.items()}


def test_all_are_written_in_one_table_and_an_empty_row_is_left_alone(
    ashby: SmallCouncil, officer: Any
) -> None:
    sent = row(ashby.club, "It opened.", "Forty come.") | row(ashby.grant)

    response = officer.post(WHERE, sent, follow=True)

    said = words_on(response)
    assert "1 evaluation submitted." in said
    assert Evaluation.objects.get().item == ashby.club
    assert "In CYPF 1.1 Open a homework club It opened. Forty come." in said
    assert "By the end of September" not in said
    assert "From 1 April 2009" in said


def test_what_is_missing_is_said_and_the_rest_goes_in(ashby: SmallCouncil, officer: Any) -> None:
    sent = row(ashby.club, "It opened.") | row(ashby.grant, "Paid.", "Two clubs grew.")

    response = officer.post(WHERE, sent)

    assert problems_on(response) == {
        f"id_evaluation-action-{ashby.club.pk}-difference": "CYPF 1.1: Say what difference it made"
    }
    assert typed_in(response, f"evaluation-action-{ashby.club.pk}-delivered") == "It opened."
    assert Evaluation.objects.get().item == ashby.grant


def test_a_draft_is_kept_and_gone_on_with(ashby: SmallCouncil, officer: Any) -> None:
    officer.post(WHERE, row(ashby.club, "Nearly.") | {"draft": "yes"})

    response = officer.get(WHERE)

    assert typed_in(response, f"evaluation-action-{ashby.club.pk}-delivered") == "Nearly."
    assert "Draft saved 14 April" in words_on(response)
    again = row(ashby.club, "Nearly.", seen_version="1") | {"draft": "yes"}
    assert "Nothing new was written" in words_on(officer.post(WHERE, again, follow=True))


def test_over_words_that_somebody_else_saved_both_are_shown(
    ashby: SmallCouncil, annual: ReportingCycle, officer: Any
) -> None:
    EvaluationFactory(
        cycle=annual,
        action=ashby.club,
        delivered="Theirs.",
        saved_by=UserFactory(name="Jo Field"),
    )

    response = officer.post(WHERE, row(ashby.club, "Mine.", "Forty come."))

    assert "Jo Field saved: Theirs." in words_on(response)
    name = f"evaluation-action-{ashby.club.pk}"
    assert typed_in(response, f"{name}-delivered") == "Mine."
    assert typed_in(response, f"{name}-seen_version") == "1"


def test_one_that_is_in_is_called_back_by_its_officer_alone(
    ashby: SmallCouncil, officer: Any, sign_in: SignIn
) -> None:
    officer.post(WHERE, row(ashby.club, "It opened.", "Forty come."))
    sent = {"call_back": str(Evaluation.objects.get().pk)}
    assert sign_in(ashby.posts.clerk).post(WHERE, sent).status_code == 403
    for nobodys in ("x", "\N{SUPERSCRIPT TWO}", "9" * 30, ""):
        assert officer.post(WHERE, {"call_back": nobodys}).status_code == 404

    response = officer.post(WHERE, sent, follow=True)

    assert "CYPF 1.1 is a draft again." in words_on(response)


def test_after_the_deadline_the_page_says_whom_to_ask_and_the_lead_writes_what_is_missing(
    ashby: SmallCouncil, officer: Any, set_clock: SetClock, sign_in: SignIn
) -> None:
    officer.post(WHERE, row(ashby.club, "It opened.", "Forty come."))
    set_clock(AFTER)

    assert "took returns until 23 April 2010" in words_on(officer.get(WHERE))
    sent = {"call_back": str(Evaluation.objects.get().pk)}
    assert "took returns until" in words_on(officer.post(WHERE, sent, follow=True))
    late = officer.post(WHERE, row(ashby.grant, "Late.", "Late."))
    assert "took returns until" in words_on(late)

    lead = sign_in(ashby.posts.lead_officer)
    lead.post(WHERE, row(ashby.grant, "Paid.", "Two clubs grew."))
    assert Evaluation.objects.get(action=ashby.grant).submitted_for == ashby.posts.lead_officer


def test_last_year_stands_beside_the_boxes(
    ashby: SmallCouncil, annual: ReportingCycle, officer: Any
) -> None:
    earlier = AnnualCycleFactory(
        council=ashby.council,
        year=2008,
        observes_from=date(2008, 4, 1),
        observes_to=date(2009, 3, 31),
        opens_on=date(2009, 4, 9),
        due_on=date(2009, 4, 23),
    )
    EvaluationFactory(cycle=earlier, action=ashby.club, submitted=True)

    said = words_on(officer.get(WHERE))

    assert "Last time, 14 July 2009: The club opened in June." in said
    assert "Quarter 1 Not rated" in said


def test_home_says_how_many_are_to_be_evaluated(ashby: SmallCouncil, officer: Any) -> None:
    assert links_on(officer.get("/ashby/"))["3 items to evaluate"] == WHERE

    every = [ashby.club, ashby.grant, ashby.later]
    sent = {
        name: value
        for action in every
        for name, value in row(action, "Done.", "It helped.").items()
    }
    officer.post(WHERE, sent)

    assert "to evaluate" not in words_on(officer.get("/ashby/"))
    assert "All your evaluations are in" in words_on(officer.get(WHERE))


def test_whoever_has_none_is_told_so_and_no_other_cycle_asks(
    ashby: SmallCouncil, annual: ReportingCycle, sign_in: SignIn
) -> None:
    client = sign_in(ashby.posts.clerk)

    assert "Nothing of yours is to be evaluated" in words_on(client.get(WHERE))
    assert client.get(WHERE.replace("annual", "Q1")).status_code == 404


def test_the_cycles_page_and_the_plans_name_who_has_not_written(
    ashby: SmallCouncil, annual: ReportingCycle, sign_in: SignIn
) -> None:
    EvaluationFactory(cycle=annual, action=ashby.club, submitted=True)
    client = sign_in(ashby.posts.lead_officer)

    cycle = client.get("/ashby/cycles/2009-10/annual/")
    assert "1 of 4 in. Not in: CYPF 1.2 (Play Officer), CYPF8 (Museums Manager)" in words_on(cycle)
    assert links_on(cycle)["Evaluations of Children and Young People"] == OF_PLAN
    said = words_on(client.get(OF_PLAN))
    assert "3 evaluations not in: CYPF 1.2 (Play Officer)" in said
    assert "Forty pupils do their homework there." in said
    assert client.get(OF_PLAN.replace("CYPF", "XYZ")).status_code == 404
