from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from goldenthread.reporting.models import LettingIn, ReportingCycle
from tests.factories import LettingInFactory
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import (
    links_on,
    main_of,
    problem_beside,
    problems_on,
    rows_on,
    typed_in,
    words_on,
)
from tests.pages.small_council import AFTER_Q1, IN_Q1, IN_SIX_WEEKLY_1, SmallCouncil

WHERE = "/ashby/cycles/2009-10/Q1/closing/"
CYCLE = "/ashby/cycles/2009-10/Q1/"


@pytest.fixture
def manager(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.manager)


@pytest.fixture
def asked(ashby: SmallCouncil) -> dict[str, str]:
    return {
        "person": str(ashby.holder_of(ashby.posts.action_officer).pk),
        "until_day": "31",
        "until_month": "July",
        "until_year": "2009",
        "reason": "He was <ill>.",
    }


def test_the_cycles_page_shows_how_far_it_is_closed_and_leads_here(
    manager: Any, ashby: SmallCouncil, sign_in: SignIn, set_clock: SetClock
) -> None:
    assert "Open until 21 July 2009" in words_on(manager.get(CYCLE))
    set_clock(AFTER_Q1)
    assert "Closed to officers since 22 July 2009" in words_on(manager.get(CYCLE))
    link = "Open, close or lock it by hand, or let somebody in"
    assert links_on(manager.get(CYCLE))[link] == WHERE
    assert link not in links_on(sign_in(ashby.posts.lead_officer).get(CYCLE))


def by_hand(way: str, day: str = "", **also: str) -> dict[str, str]:
    number, _, month = day.partition(" ")
    on = {"on_day": number, "on_month": month, "on_year": "2009" if day else ""}
    return {"take_step": "yes", "way": way, "because": "The <printer> broke.", **on, **also}


def test_the_manager_locks_a_cycle_and_everybody_sees_by_whom(
    manager: Any, ashby: SmallCouncil, sign_in: SignIn
) -> None:
    response = manager.post(WHERE, by_hand("lock_now"))

    assert response.url == WHERE
    assert "Quarter 1, 2009/10: Locked at once." in words_on(manager.get(WHERE))
    clerk = sign_in(ashby.posts.clerk)
    assert "Locked by Petra Moss on 14 July 2009" in words_on(clerk.get(CYCLE))
    assert "Unlock Quarter 1, 2009/10" in words_on(manager.get(WHERE))


def test_the_manager_unlocks_it_again_until_a_day(manager: Any) -> None:
    manager.post(WHERE, by_hand("lock_now"))

    manager.post(WHERE, by_hand("unlock_until", "31 July"))

    said = words_on(manager.get(WHERE))
    assert "Quarter 1, 2009/10: Unlocked until 31 July 2009." in said
    assert "Is lockedfrom 1 August 2009" in said
    assert ReportingCycle.objects.get(code="Q1").locked_at is None


def test_the_steps_so_far_are_listed_with_who_and_why(manager: Any) -> None:
    assert "None yet. The first is that it opens, on 7 July 2009." in words_on(manager.get(WHERE))

    manager.post(WHERE, by_hand("take_until", "24 July"))

    assert rows_on(manager.get(WHERE)) == [
        "Takes returns until 24 July 2009 14 July 2009, 11:00 Petra Moss 21 July 2009 "
        "The <printer> broke."
    ]


@pytest.mark.parametrize(
    ("at", "ways"),
    [
        (IN_SIX_WEEKLY_1, ["open_now", "open_on"]),
        (IN_Q1, ["close_now", "take_until", "open_on", "lock_now", "lock_on"]),
        (AFTER_Q1, ["take_until", "lock_now", "lock_on"]),
    ],
)
def test_what_can_be_done_now_is_offered(
    manager: Any, set_clock: SetClock, at: datetime, ways: list[str]
) -> None:
    set_clock(at)

    inputs = main_of(manager.get(WHERE)).iter("input")

    assert [each.get("value") for each in inputs if each.get("name") == "way"] == ways


def test_what_a_step_lacks_is_said_beside_the_question(manager: Any) -> None:
    response = manager.post(WHERE, {"take_step": "yes"})
    assert problems_on(response) == {
        "id_way_0": "Select what is to be done",
        "id_because": "Say why it is done by hand",
    }

    response = manager.post(WHERE, by_hand("take_until"))
    assert problem_beside(response, "on") == "Enter the day"
    assert typed_in(response, "because") == "The <printer> broke."


@pytest.mark.parametrize(
    ("deeds", "words"),
    [
        (["lock_now", "lock_now"], "Locked by Petra Moss"),
        (["unlock_until"], "has moved on meanwhile"),
    ],
)
def test_what_somebody_else_did_meanwhile_is_said(
    manager: Any, deeds: list[str], words: str
) -> None:
    for deed in deeds:
        response = manager.post(WHERE, by_hand(deed, "31 July"))

    assert words in words_on(response)


def test_somebody_is_let_in_and_listed_with_the_reason(manager: Any, asked: dict[str, str]) -> None:
    response = manager.post(WHERE, asked)

    assert response.url == WHERE
    said = words_on(manager.get(WHERE))
    assert "Aled Rees is let into Quarter 1, 2009/10 until 31 July 2009." in said
    assert "Aled Rees until 31 July 2009: He was <ill>. (Petra Moss, 14 July 2009)" in said
    assert "Aled Rees until 31 July 2009" in words_on(manager.get(CYCLE))


def test_people_are_offered_by_name_with_their_posts(manager: Any) -> None:
    options = [option.text for option in main_of(manager.get(WHERE)).iter("option")]

    assert options[0] == "Choose somebody"
    assert "Aled Rees, Play Officer" in options
    assert len(options) == 10


def test_what_is_missing_is_said_beside_the_question(manager: Any) -> None:
    response = manager.post(WHERE, {})

    assert problems_on(response) == {
        "id_person": "Select who is to be let in",
        "id_until_day": "Enter the last day on which they can file",
        "id_reason": "Say why they are let in",
    }
    assert not LettingIn.objects.exists()


@pytest.mark.parametrize(
    ("year", "words"),
    [("2008", "The last day must be today or later"), ("2019", "Let somebody in for 92 days")],
)
def test_a_day_that_will_not_do_is_said_and_nothing_typed_is_lost(
    manager: Any, asked: dict[str, str], year: str, words: str
) -> None:
    response = manager.post(WHERE, asked | {"until_year": year})

    assert problem_beside(response, "until").startswith(words)
    assert typed_in(response, "reason") == asked["reason"]


def test_a_person_of_another_council_is_not_offered(manager: Any, asked: dict[str, str]) -> None:
    outsider = LettingInFactory().person

    response = manager.post(WHERE, asked | {"person": str(outsider.pk)})

    assert "id_person" in problems_on(response)
    assert LettingIn.objects.count() == 1


def test_before_it_opens_nobody_is_let_in(manager: Any, set_clock: SetClock) -> None:
    set_clock(IN_SIX_WEEKLY_1)

    page = manager.get(WHERE)

    assert "Opens on 7 July 2009" in words_on(page)
    assert "Let somebody in" not in words_on(page)


def test_others_are_refused(ashby: SmallCouncil, sign_in: SignIn) -> None:
    for post in (ashby.posts.lead_officer, ashby.posts.director, ashby.posts.action_officer):
        response = sign_in(post).post(WHERE, by_hand("lock_now"))
        assert "Only the performance manager can close a cycle" in words_on(response, 403)

    assert ReportingCycle.objects.get(code="Q1").locked_at is None
