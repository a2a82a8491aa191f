from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from goldenthread.notices.models import Notice
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate
from tests.factories import ActionUpdateFactory, IndicatorUpdateFactory, UserFactory
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import (
    all_by_class,
    links_on,
    main_of,
    problem_beside,
    problems_on,
    typed_in,
    words_on,
)
from tests.pages.small_council import AFTER_PAPERS, IN_Q1, SmallCouncil, found_small_council

CHECK = "/ashby/cycles/2009-10/Q1/plans/CYPF/check/"


@pytest.fixture
def leo(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.lead_officer)


@pytest.fixture
def update(ashby: SmallCouncil) -> ActionUpdate:
    return ActionUpdateFactory(
        cycle=ashby.quarter,
        action=ashby.club,
        submitted=True,
        saved_by=ashby.holder_of(ashby.posts.action_officer),
    )


def address(kind: str, pk: int, plan: str = "CYPF") -> str:
    return reverse("reporting:return_for_revision", args=["ashby", "2009-10", "Q1", plan, kind, pk])


def sent(update: ActionUpdate, **given: object) -> dict[str, object]:
    return {"note": "Say how many came.", "seen_version": update.version, **given}


def test_the_check_leads_to_it(ashby: SmallCouncil, leo: Any, update: ActionUpdate) -> None:
    links = links_on(leo.get(CHECK))

    assert links["Return for revision: CYPF 1.1"] == address("action", update.pk)


def test_it_shows_what_is_sent_back_and_to_whom(leo: Any, update: ActionUpdate) -> None:
    said = words_on(leo.get(address("action", update.pk)))

    assert "Return CYPF 1.1 for revision" in said
    assert "The club opened in June." in said
    assert "Send back to the Play Officer" in said


def test_a_return_is_sent_back_with_its_note(leo: Any, update: ActionUpdate) -> None:
    response = leo.post(address("action", update.pk), sent(update), follow=True)

    assert "CYPF 1.1 is sent back, and its officer is told." in words_on(response)
    assert "Leo Park, 14 July: Say how many came." in words_on(response)
    update.refresh_from_db()
    assert update.is_to_revise
    told = Notice.objects.values_list("recipient_name", flat=True)
    assert sorted(told) == ["Aled Rees", "Jo Field"]


def test_an_indicators_return_is_sent_back_too(ashby: SmallCouncil, leo: Any) -> None:
    update = IndicatorUpdateFactory(cycle=ashby.quarter, indicator=ashby.visits, submitted=True)
    where = address("indicator", update.pk)

    assert "Send back to the Museums Manager" in words_on(leo.get(where))
    leo.post(where, {"note": "Why so few?", "seen_version": update.version})

    assert IndicatorUpdate.objects.get().is_to_revise


@pytest.mark.parametrize("note", ["", "   "])
def test_nothing_asked_is_pointed_out(leo: Any, update: ActionUpdate, note: str) -> None:
    response = leo.post(address("action", update.pk), sent(update, note=note))

    assert "Enter what is to be revised" in problem_beside(response, "note")
    assert ActionUpdate.objects.get().is_submitted


def test_a_note_that_is_too_long_is_pointed_out(leo: Any, update: ActionUpdate) -> None:
    response = leo.post(address("action", update.pk), sent(update, note="a" * 5_001))

    assert problem_beside(response, "note") == "Shorten this to 5,000 characters or fewer"


def test_what_changed_meanwhile_is_shown_and_the_note_stays(leo: Any, update: ActionUpdate) -> None:
    fields = sent(update)
    update.commentary, update.version = "Twelve came.", 2
    update.save()

    response = leo.post(address("action", update.pk), fields)

    assert "changed while you were reading" in problems_on(response)[""]
    assert "Twelve came." in words_on(response)
    assert typed_in(response, "note") == "Say how many came."
    again = leo.post(address("action", update.pk), sent(update, seen_version=2))
    assert again.status_code == 302


def test_a_second_tab_is_told_and_keeps_its_note(leo: Any, update: ActionUpdate) -> None:
    leo.post(address("action", update.pk), sent(update))

    response = leo.post(address("action", update.pk), sent(update, note="Say where."))

    assert "not submitted, so it is open already" in problems_on(response)[""]
    assert typed_in(response, "note") == "Say where."
    assert ActionUpdate.objects.get().revision_note == "Say how many came."


def test_an_open_return_is_not_read_by_its_lead(ashby: SmallCouncil, leo: Any) -> None:
    draft = ActionUpdateFactory(cycle=ashby.quarter, action=ashby.club, commentary="Half a word")

    response = leo.get(address("action", draft.pk))

    assert "This return is open" in words_on(response)
    assert "Half a word" not in words_on(response)
    assert all_by_class(main_of(response), "govuk-textarea") == []


def test_once_the_papers_are_out_it_says_to_correct_instead(
    leo: Any, update: ActionUpdate, set_clock: SetClock
) -> None:
    set_clock(AFTER_PAPERS)

    response = leo.get(address("action", update.pk))

    assert "went out on 6 August 2009. Correct this return instead" in words_on(response)
    assert all_by_class(main_of(response), "govuk-textarea") == []


def test_a_locked_cycle_takes_none(ashby: SmallCouncil, leo: Any, update: ActionUpdate) -> None:
    ashby.quarter.locked_at, ashby.quarter.locked_by = IN_Q1, UserFactory()
    ashby.quarter.save()

    leo.post(address("action", update.pk), sent(update))

    assert ActionUpdate.objects.get().is_submitted


def test_nobody_sends_back_their_own(ashby: SmallCouncil, leo: Any, update: ActionUpdate) -> None:
    update.submitted_by = ashby.holder_of(ashby.posts.lead_officer)
    update.save()

    response = leo.get(address("action", update.pk))

    assert "another lead has to check it" in words_on(response, 403)


@pytest.mark.parametrize("post", ["action_officer", "manager", "clerk"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_others_are_refused_in_words(
    ashby: SmallCouncil, sign_in: SignIn, update: ActionUpdate, post: str, method: str
) -> None:
    response = getattr(sign_in(getattr(ashby.posts, post)), method)(address("action", update.pk))

    assert "Only those who lead the plan" in words_on(response, 403)
    assert ActionUpdate.objects.get().is_submitted


def test_another_plans_and_another_councils_returns_are_not_found(
    ashby: SmallCouncil, leo: Any, update: ActionUpdate
) -> None:
    bexley = found_small_council("bexley")
    theirs = ActionUpdateFactory(cycle=bexley.quarter, action=bexley.club, submitted=True)

    assert leo.get(address("action", theirs.pk)).status_code == 404
    assert leo.get(address("action", update.pk, plan="ES")).status_code == 404
    assert leo.get(address("indicator", update.pk)).status_code == 404
