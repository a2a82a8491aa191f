"""A return that is in is called back until the deadline, and put right after it, on its own page."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from goldenthread.domain.rating import Rating
from goldenthread.indicators.models import Measurement
from goldenthread.reporting.models import ActionUpdate, Correction, IndicatorUpdate
from tests.factories import LettingInFactory
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import (
    chosen_in,
    links_on,
    main_of,
    problem_beside,
    problems_on,
    typed_in,
    words_on,
)
from tests.pages.small_council import AFTER_Q1, SmallCouncil

WHOLE = {"rating": "green", "commentary": "The club opened on 6 July."}
FIGURES = {
    "rating": "red",
    "commentary": "A wet spring.",
    "estimated_outturn": "40,000",
    "figure_2009_04_01": "3,100",
    "figure_2009_05_01": "3,200",
    "figure_2009_06_01_reason": "The counter was broken.",
}
CORRECTED = {
    "correction_reason": "The <club> opened a day later.",
    "rating": "amber",
    "commentary": "The club opened on 7 July.",
    "seen_version": "1",
}


@pytest.fixture
def where(ashby: SmallCouncil) -> str:
    return reverse("reporting:action_update_edit", args=["ashby", "2009-10", "Q1", ashby.club.pk])


@pytest.fixture
def visits() -> str:
    return "/ashby/cycles/2009-10/Q1/indicators/CYPF8/update/"


@pytest.fixture
def officer(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.action_officer)


@pytest.fixture
def lead(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.lead_officer)


def buttons_on(response: Any) -> list[str]:
    return ["".join(button.itertext()) for button in main_of(response).iter("button")]


def test_a_return_is_called_back_and_goes_on_as_a_draft(officer: Any, where: str) -> None:
    officer.post(where, WHOLE)
    assert buttons_on(officer.get(where)) == ["Call it back"]

    response = officer.post(where, {"call_back": "yes"})

    assert response.url == where
    again = officer.get(where)
    assert "This return is open again. It counts once you submit it." in words_on(again)
    assert (chosen_in(again, "rating"), typed_in(again, "seen_version")) == ("green", "2")
    assert typed_in(again, "commentary") == WHOLE["commentary"]
    assert not ActionUpdate.objects.get().is_submitted


def test_figures_come_back_to_be_changed(ashby: SmallCouncil, sign_in: SignIn, visits: str) -> None:
    officer = sign_in(ashby.posts.indicator_officer)
    officer.post(visits, FIGURES)

    officer.post(visits, {"call_back": "yes"})

    again = officer.get(visits)
    assert typed_in(again, "figure_2009_04_01") == "3,100"
    assert typed_in(again, "figure_2009_06_01_reason") == "The counter was broken."
    assert "provisional" not in words_on(again)
    officer.post(visits, FIGURES | {"figure_2009_04_01": "3,300", "seen_version": "2"})
    assert Measurement.objects.get(starts_on="2009-04-01").value == 3300


def test_what_is_no_return_yet_is_not_called_back(officer: Any, where: str) -> None:
    response = officer.post(where, {"call_back": "yes"})

    assert problems_on(response)
    assert not ActionUpdate.objects.exists()


def test_a_draft_is_not_called_back(officer: Any, where: str) -> None:
    officer.post(where, WHOLE | {"draft": "yes"})

    officer.post(where, {"call_back": "yes"})

    assert "so it is open already" in words_on(officer.get(where))


def test_calling_back_too_late_says_whom_to_ask(
    officer: Any, where: str, set_clock: SetClock
) -> None:
    officer.post(where, WHOLE)
    set_clock(AFTER_Q1)

    officer.post(where, {"call_back": "yes"})

    said = words_on(officer.get(where))
    assert "Ask the performance manager, Petra Moss, to let you in." in said
    assert buttons_on(officer.get(where)) == []
    assert ActionUpdate.objects.get().is_submitted


def test_nobody_else_calls_it_back(officer: Any, lead: Any, where: str) -> None:
    officer.post(where, WHOLE)

    assert "Only Play Officer can file" in words_on(lead.post(where, {"call_back": "yes"}), 403)
    assert ActionUpdate.objects.get().is_submitted


def test_after_the_deadline_a_lead_is_offered_to_put_it_right(
    officer: Any, lead: Any, where: str, set_clock: SetClock
) -> None:
    officer.post(where, WHOLE)
    set_clock(AFTER_Q1)

    shown = lead.get(where)

    assert "Papers issued so far keep what they say." in words_on(shown)
    assert links_on(shown)["Put it right"] == f"{where}?correct=yes"
    assert main_of(shown).find(".//textarea") is None


def test_a_correction_begins_with_its_reason_and_what_stands(
    officer: Any, lead: Any, where: str, set_clock: SetClock
) -> None:
    officer.post(where, WHOLE)
    set_clock(AFTER_Q1)

    form = lead.get(f"{where}?correct=yes")

    asked = [label.get("for") for label in main_of(form).iter("label")]
    assert asked[0] == "id_correction_reason"
    assert "It will be printed in the next papers" in words_on(form)
    assert (chosen_in(form, "rating"), typed_in(form, "commentary")) == (
        "green",
        WHOLE["commentary"],
    )
    assert buttons_on(form) == ["Put this return right"]


def test_a_correction_is_kept_and_shown_with_who_when_and_why(
    officer: Any, lead: Any, where: str, set_clock: SetClock, ashby: SmallCouncil
) -> None:
    officer.post(where, WHOLE)
    set_clock(AFTER_Q1)

    response = lead.post(f"{where}?correct=yes", CORRECTED | {"rating": "green"})

    assert response.url == reverse("home:home", args=["ashby"])
    assert "CYPF 1.1 has been put right for Quarter 1" in words_on(lead.get(response.url))
    told = (
        "Put right on 22 July 2009 by Leo Park: The <club> opened a day later. "
        "Comments: \u201cThe club opened on 7 July.\u201d, was \u201cThe club opened on 6 July.\u201d"
    )
    for page in (where, f"/ashby/actions/{ashby.club.pk}/"):
        said = words_on(lead.get(page))
        assert told in said
        assert "Play Officer: filed by Aled Rees on 14 July 2009" in said


def test_a_correction_without_a_reason_is_asked_for_it_and_keeps_what_was_typed(
    officer: Any, lead: Any, where: str, set_clock: SetClock
) -> None:
    officer.post(where, WHOLE)
    set_clock(AFTER_Q1)

    response = lead.post(f"{where}?correct=yes", CORRECTED | {"correction_reason": " "})

    assert problem_beside(response, "correction_reason").startswith("Say why this return is put")
    assert typed_in(response, "commentary") == CORRECTED["commentary"]
    assert not Correction.objects.exists()


def test_a_correction_that_changes_nothing_is_refused(
    officer: Any, lead: Any, where: str, set_clock: SetClock
) -> None:
    officer.post(where, WHOLE)
    set_clock(AFTER_Q1)

    response = lead.post(
        f"{where}?correct=yes", WHOLE | {"correction_reason": "A slip.", "seen_version": "1"}
    )

    assert problems_on(response) == {"": "Nothing was changed, so there is nothing to correct."}


def test_a_page_opened_before_the_deadline_asks_for_the_reason_and_loses_nothing(
    officer: Any, lead: Any, where: str, set_clock: SetClock
) -> None:
    officer.post(where, WHOLE)
    set_clock(AFTER_Q1)

    response = lead.post(where, {"rating": "red", "commentary": "Mine.", "seen_version": "1"})

    assert set(problems_on(response)) == {"id_correction_reason"}
    assert typed_in(response, "commentary") == "Mine."


def test_figures_are_put_right_from_those_that_stand(
    ashby: SmallCouncil, sign_in: SignIn, visits: str, set_clock: SetClock
) -> None:
    sign_in(ashby.posts.indicator_officer).post(visits, FIGURES)
    set_clock(AFTER_Q1)
    manager = sign_in(ashby.posts.manager)

    form = manager.get(f"{visits}?correct=yes")
    assert typed_in(form, "figure_2009_04_01") == "3,100"
    assert typed_in(form, "estimated_outturn") == "40,000"
    manager.post(
        f"{visits}?correct=yes",
        FIGURES
        | {"figure_2009_04_01": "3,800", "correction_reason": "A slip.", "seen_version": "1"},
    )

    assert "April 2009: 3,800, was 3,100" in words_on(manager.get("/ashby/indicators/CYPF8/"))
    assert IndicatorUpdate.objects.get().rating is Rating.RED


def test_an_officer_is_not_offered_to_put_it_right_unless_let_in(
    ashby: SmallCouncil, officer: Any, where: str, set_clock: SetClock
) -> None:
    officer.post(where, WHOLE)
    set_clock(AFTER_Q1)
    assert "Put it right" not in links_on(officer.get(f"{where}?correct=yes"))
    refused = officer.post(f"{where}?correct=yes", CORRECTED)
    assert "Ask the performance manager, Petra Moss" in problems_on(refused)[""]

    person = ashby.holder_of(ashby.posts.action_officer)
    LettingInFactory(cycle=ashby.quarter, person=person)

    assert "Put it right" in links_on(officer.get(where))


def test_before_the_deadline_nothing_is_corrected(officer: Any, where: str) -> None:
    officer.post(where, WHOLE)

    response = officer.post(f"{where}?correct=yes", CORRECTED)

    assert problems_on(response) == {
        "": "This return has been submitted already. Call it back to change it."
    }
