from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.domain.posts import Capacity
from tests.factories import PostFactory, PostHoldingFactory, UserFactory
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import links_on, words_on
from tests.pages.small_council import SmallCouncil, found_small_council


def test_somebody_of_one_council_is_led_to_it(ashby: SmallCouncil, sign_in: SignIn) -> None:
    response = sign_in(ashby.posts.clerk).get("/")

    assert response.url == reverse("home:home", args=["ashby"])


def test_somebody_of_two_councils_chooses(ashby: SmallCouncil, sign_in: SignIn) -> None:
    clerk = ashby.holder_of(ashby.posts.clerk)
    post = found_small_council("bexley").posts.clerk
    PostHoldingFactory(post=post, holder=clerk, capacity=Capacity.JOINT)

    response = sign_in(ashby.posts.clerk).get("/")

    assert links_on(response) == {
        "Ashby Borough Council": "/ashby/",
        "Bexley Borough Council": "/bexley/",
    }


def test_two_posts_in_one_council_are_one_choice(ashby: SmallCouncil, sign_in: SignIn) -> None:
    second = PostFactory(council=ashby.council, title="Deputy Clerk")
    PostHoldingFactory(post=second, holder=ashby.holder_of(ashby.posts.clerk))

    assert sign_in(ashby.posts.clerk).get("/").url == "/ashby/"


@pytest.mark.django_db
def test_somebody_without_a_post_is_told_whom_to_ask() -> None:
    client = Client()
    client.force_login(UserFactory())

    said = words_on(client.get("/"))

    assert "You hold no post today" in said
    assert "Ask your performance manager" in said


def test_a_post_counts_only_while_it_is_held(
    ashby: SmallCouncil, sign_in: SignIn, set_clock: SetClock
) -> None:
    set_clock(datetime(2009, 3, 31, 10, tzinfo=UTC))

    client = sign_in(ashby.posts.clerk)

    assert "You hold no post today" in words_on(client.get("/"))
    assert client.get("/ashby/").status_code == 404


@pytest.mark.django_db
def test_a_stranger_is_sent_to_sign_in(client: Any) -> None:
    assert client.get("/").url == "/sign-in/?next=/"
