from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from goldenthread.organisation.models import PostHolding
from goldenthread.timetables.models import CalendarFeed
from tests.pages.conftest import SignIn
from tests.pages.reading import problems_on, rows_on, words_on
from tests.pages.small_council import SmallCouncil, found_small_council

WHERE = "/ashby/my-dates/calendars/"
MINE = {"of": "mine", "do": "make"}


@pytest.fixture
def director(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.director)


def address_on(response: Any) -> str:
    found = re.search(r"http://testserver(/calendar/[\w-]{43}\.ics)", response.content.decode())
    assert found is not None
    return found[1]


def test_a_person_may_follow_their_own_dates_and_their_bodies(director: Any) -> None:
    assert rows_on(director.get(WHERE)) == [
        "My own dates None yet Make an address for My own dates",
        "Directors' Management Team None yet Make an address for Directors' Management Team",
    ]


def test_an_address_is_shown_once_and_read_without_signing_in(director: Any) -> None:
    made = director.post(WHERE, MINE)
    feed = Client().get(address_on(made))

    assert feed.status_code == 200
    assert feed["Content-Type"] == "text/calendar; charset=utf-8"
    assert feed["Referrer-Policy"] == "no-referrer"
    assert "private" in feed["Cache-Control"]
    assert b"DMT receives the report" in feed.content
    assert "sessionid" not in feed.cookies
    assert "no-store" in made["Cache-Control"]
    again = director.get(WHERE)
    assert "/calendar/" not in again.content.decode()
    assert "Made on 14 July 2009" in words_on(again)


def test_nothing_in_the_address_says_whose_it_is(director: Any) -> None:
    assert "ashby" not in address_on(director.post(WHERE, MINE))


def test_a_program_that_has_it_already_is_told_so(director: Any) -> None:
    where = address_on(director.post(WHERE, MINE))
    tag = Client().get(where)["ETag"]

    again = Client().get(where, headers={"if-none-match": tag})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert "private" in again["Cache-Control"]


def test_a_bodys_dates_have_an_address_of_their_own(director: Any) -> None:
    feed = Client().get(address_on(director.post(WHERE, {"of": "DMT", "do": "make"})))

    assert b"NAME:Directors' Management Team\\, Ashby Borough Council" in feed.content


def test_an_address_that_was_stopped_answers_as_one_that_never_was(director: Any) -> None:
    where = address_on(director.post(WHERE, MINE))

    told = director.post(WHERE, {"of": "mine", "do": "stop"}, follow=True)

    assert "The address of My own dates gives nothing any more." in words_on(told)
    stopped, never = Client().get(where), Client().get(f"/calendar/{'x' * 43}.ics")
    assert (stopped.status_code, never.status_code) == (404, 404)
    assert (stopped.content, stopped.headers) == (never.content, never.headers)


def test_whoever_has_left_still_empties_the_calendar_that_follows(
    ashby: SmallCouncil, director: Any
) -> None:
    where = address_on(director.post(WHERE, MINE))
    PostHolding.objects.filter(post=ashby.posts.director).update(ends_on=date(2009, 7, 1))

    left = Client().get(where)

    assert left.status_code == 200
    assert b"VEVENT" not in left.content


@pytest.mark.parametrize(
    ("sent", "problems"),
    [
        (
            {},
            [
                "Choose whose dates the calendar is to have",
                "Choose whether to make or to stop an address",
            ],
        ),
        (
            {"of": "Scrutiny", "do": "make"},
            ["Choose your own dates, or those of a body that you sit on"],
        ),
        ({"of": "mine", "do": "sell"}, ["Choose whether to make or to stop an address"]),
    ],
)
def test_what_cannot_be_is_said(director: Any, sent: dict[str, str], problems: list[str]) -> None:
    assert list(problems_on(director.post(WHERE, sent)).values()) == problems
    assert not CalendarFeed.objects.exists()


def test_a_feed_is_only_read(director: Any) -> None:
    assert Client().post(address_on(director.post(WHERE, MINE))).status_code == 405


def test_nobody_of_another_council_makes_one(ashby: SmallCouncil, sign_in: SignIn) -> None:
    stranger = sign_in(found_small_council("bexley").posts.manager)

    assert stranger.post(WHERE, MINE).status_code == 404
