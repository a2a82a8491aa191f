from __future__ import annotations

from datetime import UTC, datetime

from django.urls import reverse

from goldenthread.domain.rating import Rating
from tests.factories import ActionUpdateFactory, IndicatorUpdateFactory
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import links_on, rows_on, words_on
from tests.pages.small_council import SmallCouncil, found_small_council

WHERE = "/ashby/plans/"


def test_it_follows_the_thread_from_the_corporate_plan(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    response = sign_in(ashby.posts.clerk).get(WHERE)

    said = words_on(response)
    assert said.startswith("Corporate plan 2009 to 2012")
    assert "approved on 29 April 2009" in said
    where = reverse("home:plan_detail", args=["ashby", "CYPF"])
    assert links_on(response)["Children and Young People"] == f"{where}?cycle=2009-10/Q1"


def test_each_plan_is_counted(ashby: SmallCouncil, sign_in: SignIn) -> None:
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.club, submitted=True, rating=Rating.RED)
    IndicatorUpdateFactory(cycle=ashby.quarter, indicator=ashby.visits, submitted=True)
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.grant, rating=Rating.RED)

    rows = rows_on(sign_in(ashby.posts.clerk).get(WHERE))

    assert rows == [
        "Children and Young People 1 red, 1 green and 2 not rated 1 1 2 2 of 5 3 1 Not signed off "
        "Head of Leisure",
        "Environment 1 not rated 1 0 of 2 2 0 Not signed off Performance Manager",
    ]


def test_another_cycle_can_be_asked_for(ashby: SmallCouncil, sign_in: SignIn) -> None:
    said = words_on(sign_in(ashby.posts.clerk).get(WHERE, {"cycle": "2009-10/6w1"}))

    assert "Six-weekly update 1, 2009/10" in said
    assert "Exception reports owed" not in said


def test_a_cycle_that_there_is_not_gives_the_one_that_matters_today(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    client = sign_in(ashby.posts.clerk)

    for asked in ("2009-10/Q9", "nonsense", "/", "9999999-10/Q1", "2009-10/Q1/more", "\x00"):
        assert "Quarter 1, 2009/10" in words_on(client.get(WHERE, {"cycle": asked}))


def test_before_the_first_cycle_it_says_why_it_is_empty(
    ashby: SmallCouncil, sign_in: SignIn, set_clock: SetClock
) -> None:
    set_clock(datetime(2009, 5, 1, 10, tzinfo=UTC))

    said = words_on(sign_in(ashby.posts.clerk).get(WHERE))

    assert "No plans report yet Plans appear here once" in said


def test_nobody_of_another_council_sees_them(ashby: SmallCouncil, sign_in: SignIn) -> None:
    client = sign_in(found_small_council("bexley").posts.manager)

    assert client.get(WHERE).status_code == 404
