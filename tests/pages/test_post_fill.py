"""The performance manager puts somebody in a post, and says when somebody leaves one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from goldenthread.domain.posts import Capacity
from goldenthread.organisation.models import PostHolding
from tests.factories import PostHoldingFactory
from tests.pages.conftest import SignIn
from tests.pages.reading import problem_beside, problems_on, rows_on, words_on
from tests.pages.small_council import SmallCouncil, found_small_council


@pytest.fixture
def manager(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.manager)


@pytest.fixture
def where(ashby: SmallCouncil) -> str:
    return f"/ashby/posts/{ashby.posts.action_officer.pk}/holder/"


@pytest.fixture
def asked(ashby: SmallCouncil) -> dict[str, str]:
    return {
        "person": str(ashby.holder_of(ashby.posts.clerk).pk),
        "capacity": "answerable",
        "starts_on_day": "1",
        "starts_on_month": "8",
        "starts_on_year": "2009",
    }


def end_of(holding: PostHolding) -> str:
    return f"/ashby/posts/holdings/{holding.pk}/end/"


def last_day(day: int) -> dict[str, str]:
    return {"last_day_day": str(day), "last_day_month": "7", "last_day_year": "2009"}


def test_a_post_is_handed_over(manager: Any, where: str, asked: dict[str, str]) -> None:
    response = manager.post(where, asked)

    assert response.url == "/ashby/posts/"
    listed = manager.get(response.url)
    assert "Play Officer: Carl Lane answers for it from 1 August 2009." in words_on(listed)
    [row] = [row for row in rows_on(listed) if row.startswith("Play Officer")]
    assert "Aled Rees from 1 April 2009 to 31 July 2009" in row
    assert "Carl Lane from 1 August 2009" in row


def test_or_held_jointly(manager: Any, where: str, asked: dict[str, str]) -> None:
    response = manager.post(where, asked | {"capacity": "joint"})

    assert "Carl Lane holds it jointly from 1 August 2009." in words_on(manager.get(response.url))


def test_what_is_missing_is_said(manager: Any, where: str) -> None:
    assert problems_on(manager.post(where, {})) == {
        "id_person": "Choose somebody, or enter their e-mail address",
        "id_capacity_0": "Say how they hold it",
        "id_starts_on_day": "Enter the first day",
    }


def test_what_will_not_do_is_said(manager: Any, where: str, asked: dict[str, str]) -> None:
    response = manager.post(where, asked | {"starts_on_month": "6"})

    assert problem_beside(response, "starts_on") == "The first day must be today or later"


def test_only_the_manager_fills_a_post(
    ashby: SmallCouncil, sign_in: SignIn, where: str, asked: dict[str, str]
) -> None:
    response = sign_in(ashby.posts.action_officer).post(where, asked)

    assert "Only the performance manager can say who holds a post" in words_on(response, 403)


def test_somebody_leaves_and_the_post_is_pointed_out(ashby: SmallCouncil, manager: Any) -> None:
    held = ashby.posts.action_officer.holdings.get()

    response = manager.post(end_of(held), last_day(13))

    assert response.url == "/ashby/my-posts/"
    said = words_on(manager.get(response.url))
    assert "Aled Rees's last day in the post of Play Officer is 13 July 2009." in said
    assert rows_on(manager.get("/ashby/posts/"))[0].startswith("Play Officer Nobody answers for it")


def test_a_holder_ends_the_time_of_their_deputy(ashby: SmallCouncil, sign_in: SignIn) -> None:
    held = PostHoldingFactory(
        post=ashby.posts.action_officer, capacity=Capacity.DEPUTY, ends_on=date(2009, 8, 31)
    )

    page = sign_in(ashby.posts.joint_officer).get(end_of(held))
    assert "can name its deputy" in words_on(page, 403)
    officer = found_officer(ashby)
    assert "Deputy from 1 April 2009 to 31 August 2009." in words_on(officer.get(end_of(held)))
    officer.post(end_of(held), last_day(14))

    held.refresh_from_db()
    assert held.ends_on == date(2009, 7, 14)


def found_officer(ashby: SmallCouncil) -> Any:
    """Sign in whoever answers for the Play Officer's post."""
    client = Client()
    holding = ashby.posts.action_officer.holdings.get(capacity=Capacity.ANSWERABLE)
    client.force_login(holding.holder)
    return client


@pytest.mark.parametrize(
    ("typed", "words"),
    [({}, "Enter their last day"), (last_day(12), "The last day must be yesterday or later")],
)
def test_a_last_day_that_will_not_do_is_said(
    ashby: SmallCouncil, manager: Any, typed: dict[str, str], words: str
) -> None:
    held = ashby.posts.action_officer.holdings.get()

    assert problem_beside(manager.post(end_of(held), typed), "last_day") == words


def test_a_holding_of_another_council_is_not_found(manager: Any) -> None:
    other = found_small_council("bexley").posts.clerk.holdings.get()

    assert manager.get(end_of(other)).status_code == 404
