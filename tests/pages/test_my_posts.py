"""My posts, and the list of all posts with who holds them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from goldenthread.domain.posts import Capacity
from tests.factories import PostFactory, PostHoldingFactory
from tests.pages.conftest import SignIn
from tests.pages.reading import links_on, page_of, rows_on, words_on
from tests.pages.small_council import SmallCouncil, found_small_council

MINE, ALL = "/ashby/my-posts/", "/ashby/posts/"


@pytest.fixture
def officer(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.action_officer)


def test_a_person_sees_their_posts_with_who_else_is_in_them(
    ashby: SmallCouncil, officer: Any
) -> None:
    PostHoldingFactory(
        post=ashby.posts.action_officer,
        holder__name="Jan Low",
        capacity=Capacity.DEPUTY,
        starts_on=date(2009, 8, 3),
        ends_on=date(2009, 8, 31),
    )
    aled = ashby.holder_of(ashby.posts.joint_officer)
    PostHoldingFactory(post=ashby.posts.action_officer, holder=aled, capacity=Capacity.JOINT)

    said = words_on(officer.get(MINE))

    assert "Play Officer You answer for it." in said
    assert "Aled Rees from 1 April 2009" in said
    assert "Jo Field joint holder, from 1 April 2009" in said
    assert "Jan Low deputy, from 3 August 2009 to 31 August 2009 End" in said


@pytest.mark.parametrize(
    ("capacity", "words"),
    [(Capacity.JOINT, "You hold it jointly."), (Capacity.DEPUTY, "You stand in as deputy.")],
)
def test_it_says_in_what_capacity(
    ashby: SmallCouncil, officer: Any, capacity: Capacity, words: str
) -> None:
    PostHoldingFactory(
        post=ashby.posts.clerk,
        holder=ashby.holder_of(ashby.posts.action_officer),
        capacity=capacity,
        ends_on=date(2009, 8, 31),
    )

    assert f"Clerk {words}" in words_on(officer.get(MINE))


def test_a_holder_can_name_a_deputy_and_a_deputy_cannot(ashby: SmallCouncil, officer: Any) -> None:
    PostHoldingFactory(
        post=ashby.posts.clerk,
        holder=ashby.holder_of(ashby.posts.action_officer),
        capacity=Capacity.DEPUTY,
        ends_on=date(2009, 8, 31),
    )

    links = links_on(officer.get(MINE))

    pk = ashby.posts.action_officer.pk
    assert links["Name a deputy for Play Officer"] == f"/ashby/posts/{pk}/deputy/"
    assert "Name a deputy for Clerk" not in links
    assert not [words for words in links if words.startswith(("Put somebody in", "End"))]


def test_every_page_leads_here_from_the_name_of_the_post(officer: Any) -> None:
    header = page_of(officer.get("/ashby/")).find(".//header")

    assert header is not None
    assert {"".join(a.itertext()): a.get("href") for a in header.iter("a")}["Play Officer"] == MINE


def test_all_posts_are_listed_the_vacant_first(ashby: SmallCouncil, officer: Any) -> None:
    PostFactory(council=ashby.council, title="Zoo Keeper")
    PostFactory(title="Elsewhere")

    response = officer.get(ALL)

    assert "Nobody answers for 1 post." in words_on(response)
    rows = rows_on(response)
    assert rows[0] == "Zoo Keeper Nobody answers for it"
    assert "Clerk Carl Lane from 1 April 2009" in rows
    assert len(rows) == 10


def test_the_performance_manager_can_do_so_for_any_post(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    links = links_on(sign_in(ashby.posts.manager).get(ALL))

    assert "Name a deputy for Clerk" in links
    assert "Put somebody in the post of Clerk" in links
    assert "End the time of Carl Lane as Clerk" in links


def test_where_every_post_is_held_nothing_is_pointed_out(officer: Any) -> None:
    assert "Nobody answers" not in words_on(officer.get(ALL))


@pytest.mark.parametrize("where", [MINE, ALL])
def test_nobody_of_another_council_sees_it(
    sign_in: SignIn, ashby: SmallCouncil, where: str
) -> None:
    stranger = sign_in(found_small_council("bexley").posts.manager)

    assert stranger.get(where).status_code == 404
