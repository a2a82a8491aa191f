"""Who may open a council's pages at all."""

from __future__ import annotations

from datetime import UTC, date, datetime
from http import HTTPStatus
from pathlib import Path

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from goldenthread.accounts.models import User
from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.organisation.models import Council
from tests.factories import PostFactory, PostHoldingFactory, UserFactory

pytestmark = pytest.mark.usefixtures("in_2009")


@council_page
def page(request: CouncilRequest, code: str) -> HttpResponse:
    """Say what the page was told."""
    return HttpResponse(f"{request.council} {request.officeholder.user} {code}")


def _request(user: User) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = user
    request.today = date(2009, 7, 14)  # type: ignore[attr-defined]
    return request


def test_a_page_knows_its_council_and_who_asks(council: Council) -> None:
    user = PostHoldingFactory(post=PostFactory(council=council)).holder

    response = page(_request(user), council.name, "Q1")

    assert response.content.decode() == f"{council} {user} Q1"


def test_a_stranger_is_told_that_there_is_no_such_council(council: Council) -> None:
    elsewhere = PostHoldingFactory().holder

    with pytest.raises(Http404):
        page(_request(elsewhere), council.name, "Q1")


@pytest.fixture
def in_2009(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.CLOCK = lambda: datetime(2009, 7, 14, 10, tzinfo=UTC)


def _open(client: Client, council: str) -> int:
    return client.get(reverse("home:home", args=[council])).status_code


def test_whoever_holds_a_post_opens_the_councils_home(client: Client, council: Council) -> None:
    client.force_login(PostHoldingFactory(post=PostFactory(council=council)).holder)

    assert _open(client, council.name) == HTTPStatus.OK


@pytest.mark.parametrize(
    "holding",
    [
        {"starts_on": date(2009, 7, 15)},
        {"starts_on": date(2009, 4, 1), "ends_on": date(2009, 7, 13)},
    ],
)
def test_whoever_holds_no_post_today_finds_nothing(
    client: Client, council: Council, holding: dict[str, date]
) -> None:
    post = PostFactory(council=council)
    client.force_login(PostHoldingFactory(post=post, **holding).holder)

    assert _open(client, council.name) == HTTPStatus.NOT_FOUND


def test_a_council_of_others_answers_as_one_that_does_not_exist(
    client: Client, council: Council
) -> None:
    client.force_login(PostHoldingFactory().holder)

    there, nowhere = (
        client.get(reverse("home:home", args=[name])) for name in (council.name, "nowhere")
    )

    assert there.status_code == nowhere.status_code == HTTPStatus.NOT_FOUND
    assert council.title not in there.content.decode()


def test_whoever_is_not_signed_in_is_asked_to(db: None, client: Client, council: Council) -> None:
    response = client.get(reverse("home:home", args=[council.name]))

    assert response.status_code == HTTPStatus.FOUND
    assert response["Location"].startswith(reverse("account_login"))


def test_a_person_put_out_of_use_is_asked_to_sign_in(client: Client, council: Council) -> None:
    holder = PostHoldingFactory(post=PostFactory(council=council)).holder
    client.force_login(holder)
    User.objects.filter(pk=holder.pk).update(is_active=False)

    assert _open(client, council.name) == HTTPStatus.FOUND


def test_a_person_without_any_post_finds_nothing(client: Client, council: Council) -> None:
    client.force_login(UserFactory())

    assert _open(client, council.name) == HTTPStatus.NOT_FOUND


def test_no_cache_between_keeps_a_page_but_a_browser_may_go_back_to_it(council: Council) -> None:
    user = PostHoldingFactory(post=PostFactory(council=council)).holder

    response = page(_request(user), council.name, "Q1")

    said = response["Cache-Control"]
    assert "private" in said
    assert "no-cache" in said
    assert "no-store" not in said
