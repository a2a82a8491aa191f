from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from goldenthread.domain.rating import Rating
from goldenthread.plans.models import RiskAction
from goldenthread.risks.models import RiskActionUpdate
from tests.factories import (
    ReportingCycleFactory,
    RiskActionFactory,
    RiskActionUpdateFactory,
    RiskFactory,
    UserFactory,
)
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import links_on, problems_on, typed_in, words_on
from tests.pages.small_council import AFTER_PAPERS, AFTER_Q1, SmallCouncil

WHERE = reverse("risks:my_risks", args=["ashby", "2009-10", "Q1"])


@pytest.fixture
def actions(ashby: SmallCouncil) -> list[RiskAction]:
    risk = RiskFactory(plan=ashby.cypf, number=1)
    return [
        RiskActionFactory(
            risk=risk, number=number, description=said, risk_owner=ashby.posts.action_officer
        )
        for number, said in enumerate(["Look for a hall", "Ask the school"], start=1)
    ]


@pytest.fixture
def owner(ashby: SmallCouncil, actions: list[RiskAction], sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.action_officer)


def row(action: RiskAction, **said: str) -> dict[str, str]:
    return {
        f"risk-{action.pk}-{name}": value for name, value in ({"commentary": ""} | said).items()
    }


def test_all_are_returned_on_one_page_and_an_empty_row_is_left_alone(
    owner: Any, actions: list[RiskAction]
) -> None:
    one, other = actions
    sent = row(one, rating="green", commentary="A hall is found.") | row(other)

    response = owner.post(WHERE, sent, follow=True)

    assert "1 return submitted." in words_on(response)
    update = RiskActionUpdate.objects.get()
    assert (update.risk_action, update.rating) == (one, Rating.GREEN)
    said = words_on(response)
    assert "In CYPF R1.1 Look for a hall Green" in said
    assert "CYPF R1.2: red, amber or green?" in said


def test_what_is_missing_is_said_and_the_rest_goes_in(
    owner: Any, actions: list[RiskAction]
) -> None:
    one, other = actions
    sent = row(one, rating="red", commentary="No hall.") | row(
        other, rating="green", commentary="Asked."
    )

    response = owner.post(WHERE, sent)

    assert problems_on(response) == {
        f"id_risk-{one.pk}-being_done": "CYPF R1.1: Say briefly what is being done, since it is "
        "red or amber"
    }
    assert typed_in(response, f"risk-{one.pk}-commentary") == "No hall."
    assert RiskActionUpdate.objects.get().risk_action == other


def test_a_draft_is_kept_and_gone_on_with(owner: Any, actions: list[RiskAction]) -> None:
    owner.post(WHERE, row(actions[0], commentary="Nearly.") | {"draft": "yes"})

    response = owner.get(WHERE)

    assert typed_in(response, f"risk-{actions[0].pk}-commentary") == "Nearly."
    assert "Draft saved 14 July" in words_on(response)
    again = owner.post(
        WHERE,
        row(actions[0], commentary="Nearly.", seen_version="1") | {"draft": "yes"},
        follow=True,
    )
    assert "Nothing new was written" in words_on(again)


def test_over_words_that_somebody_else_saved_both_are_shown(
    ashby: SmallCouncil, owner: Any, actions: list[RiskAction]
) -> None:
    RiskActionUpdateFactory(
        cycle=ashby.quarter,
        risk_action=actions[0],
        commentary="Theirs.",
        saved_by=UserFactory(name="Jo Field"),
    )

    response = owner.post(WHERE, row(actions[0], rating="green", commentary="Mine."))

    said = words_on(response)
    assert "Jo Field saved: Theirs." in said
    assert typed_in(response, f"risk-{actions[0].pk}-commentary") == "Mine."
    assert typed_in(response, f"risk-{actions[0].pk}-seen_version") == "1"


def test_one_that_is_in_is_called_back(
    ashby: SmallCouncil, owner: Any, actions: list[RiskAction], sign_in: SignIn
) -> None:
    owner.post(WHERE, row(actions[0], rating="green", commentary="Found."))
    sent = {"call_back": str(RiskActionUpdate.objects.get().pk)}
    assert sign_in(ashby.posts.clerk).post(WHERE, sent).status_code == 403
    for nobodys in ("x", "\N{SUPERSCRIPT TWO}", "9" * 30, ""):
        assert owner.post(WHERE, {"call_back": nobodys}).status_code == 404

    response = owner.post(WHERE, sent, follow=True)

    assert "CYPF R1.1 is a draft again." in words_on(response)


def test_after_the_deadline_the_page_says_whom_to_ask_and_the_lead_returns_what_is_missing(
    ashby: SmallCouncil,
    owner: Any,
    actions: list[RiskAction],
    set_clock: SetClock,
    sign_in: SignIn,
) -> None:
    owner.post(WHERE, row(actions[0], rating="green", commentary="Found."))
    set_clock(AFTER_Q1)

    said = words_on(owner.get(WHERE))
    assert "took returns until 21 July 2009" in said
    response = owner.post(WHERE, {"call_back": str(RiskActionUpdate.objects.get().pk)}, follow=True)
    assert "took returns until 21 July 2009" in words_on(response)
    response = owner.post(WHERE, row(actions[1], rating="green", commentary="Late."))
    assert typed_in(response, f"risk-{actions[1].pk}-commentary") == "Late."

    lead = sign_in(ashby.posts.lead_officer)
    assert "Look for a hall" not in words_on(lead.get(WHERE))
    lead.post(WHERE, row(actions[1], rating="green", commentary="Asked for her."))
    update = RiskActionUpdate.objects.get(risk_action=actions[1])
    assert update.submitted_for == ashby.posts.lead_officer


def test_last_quarter_stands_beside_the_questions(
    ashby: SmallCouncil, owner: Any, actions: list[RiskAction], set_clock: SetClock
) -> None:
    RiskActionUpdateFactory(cycle=ashby.quarter, risk_action=actions[0], submitted=True)
    ReportingCycleFactory(
        council=ashby.council,
        code="Q2",
        quarter=2,
        opens_on=ashby.quarter.opens_on.replace(month=10),
        due_on=ashby.quarter.due_on.replace(month=10),
    )
    set_clock(AFTER_PAPERS.replace(month=10, day=14))

    said = words_on(owner.get(WHERE.replace("/Q1/", "/Q2/")))

    assert "Last time 14 July 2009 A second hall is found." in said


def test_home_says_how_many_are_owed(owner: Any, actions: list[RiskAction]) -> None:
    assert links_on(owner.get("/ashby/"))["2 risk actions to return on"] == WHERE

    owner.post(
        WHERE,
        row(actions[0], rating="green", commentary="Found.")
        | row(actions[1], rating="green", commentary="Asked."),
    )

    assert "risk action" not in words_on(owner.get("/ashby/"))
    assert "All your risk actions are in" in words_on(owner.get(WHERE))


def test_whoever_owns_none_is_told_so(ashby: SmallCouncil, sign_in: SignIn) -> None:
    client = sign_in(ashby.posts.clerk)

    assert "You own no risk action" in words_on(client.get(WHERE))
    assert client.get(WHERE.replace("/Q1/", "/6W1/")).status_code == 404


def test_the_register_names_who_has_not_returned(
    ashby: SmallCouncil, actions: list[RiskAction], sign_in: SignIn
) -> None:
    RiskActionUpdateFactory(cycle=ashby.quarter, risk_action=actions[0], submitted=True)
    client = sign_in(ashby.posts.clerk)
    where = reverse("risks:risk_register", args=["ashby", "2009-10", "Q1", "CYPF"])

    said = words_on(client.get(where))

    assert "1 return not in: CYPF R1.2 (Play Officer)." in said
    assert "A second hall is found." in said
    assert links_on(client.get("/ashby/plans/CYPF/"))["The risk register by itself"] == where
    assert "1 return on risks not in: CYPF R1.2 (Play Officer)." in words_on(
        client.get("/ashby/cycles/2009-10/Q1/")
    )
    assert "No risks yet" in words_on(client.get(where.replace("CYPF", "ES")))
    assert client.get(where.replace("CYPF", "XYZ")).status_code == 404
