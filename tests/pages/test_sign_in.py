from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django import Settings

from goldenthread.accounts.models import User
from goldenthread.accounts.sign_in import AccountAdapter
from tests.pages.conftest import SignIn
from tests.pages.reading import main_of, problems_on, words_on
from tests.pages.small_council import SmallCouncil

EMAIL, PASSWORD = "carl.lane@ashby.example", "correct horse battery staple"
RIGHT = {"login": EMAIL, "password": PASSWORD}
WRONG = RIGHT | {"password": "guess"}
WHERE = "/sign-in/"


@pytest.fixture(autouse=True)
def _nobody_was_counted(db: None) -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def clerk(ashby: SmallCouncil) -> User:
    user = ashby.holder_of(ashby.posts.clerk)
    user.set_password(PASSWORD)
    user.save()
    return user


def is_signed_in(client: Any) -> bool:
    return "_auth_user_id" in client.session


def test_it_asks_for_an_address_and_a_password(client: Any) -> None:
    said = words_on(client.get(WHERE))

    assert "Email" in said
    assert "Password" in said


def test_it_offers_neither_sign_up_nor_a_lost_password(client: Any) -> None:
    assert main_of(client.get(WHERE)).find(".//a") is None


@pytest.mark.parametrize("address", [EMAIL, EMAIL.upper(), f" {EMAIL} "])
def test_the_right_password_opens_the_door(client: Any, address: str) -> None:
    response = client.post(WHERE, RIGHT | {"login": address})

    assert response.url == "/"
    assert is_signed_in(client)


def test_one_is_led_on_to_where_one_wanted_to_go(client: Any) -> None:
    response = client.post(f"{WHERE}?next=/ashby/plans/", RIGHT)

    assert response.url == "/ashby/plans/"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "https:evil.example", "javascript:alert(1)"],
)
def test_one_is_never_led_to_another_host(client: Any, elsewhere: str) -> None:
    response = client.post(WHERE, RIGHT | {"next": elsewhere})

    assert response.url == "/"


def test_what_is_missing_is_said(client: Any) -> None:
    problems = problems_on(client.post(WHERE, {}))

    assert set(problems) == {"id_login", "id_password"}


def test_a_wrong_password_and_an_unknown_address_are_told_alike(client: Any) -> None:
    wrong = problems_on(client.post(WHERE, WRONG))
    unknown = problems_on(client.post(WHERE, RIGHT | {"login": "nobody@ashby.example"}))

    assert wrong == unknown
    assert not is_signed_in(client)


def test_after_five_bad_tries_even_the_right_password_is_refused(client: Any) -> None:
    for _ in range(5):
        client.post(WHERE, WRONG)

    response = client.post(WHERE, RIGHT)

    assert "Too many wrong tries" in words_on(response)
    assert not is_signed_in(client)


def test_who_tries_one_address_after_another_is_stopped_in_words(
    client: Any, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}
    for number in range(3):
        client.post(WHERE, WRONG | {"login": f"officer{number}@ashby.example"})

    assert "Wait a minute and try again." in words_on(client.post(WHERE, RIGHT), 429)


def test_four_bad_tries_are_forgiven(client: Any) -> None:
    for _ in range(4):
        client.post(WHERE, WRONG)

    client.post(WHERE, RIGHT)

    assert is_signed_in(client)


def test_the_bad_tries_of_one_do_not_shut_out_another(client: Any, ashby: SmallCouncil) -> None:
    for _ in range(5):
        client.post(WHERE, WRONG | {"login": "petra.moss@ashby.example"})

    client.post(WHERE, RIGHT)

    assert is_signed_in(client)


def test_somebody_who_has_left_is_refused(client: Any, clerk: User) -> None:
    User.objects.filter(pk=clerk.pk).update(is_active=False)

    response = client.post(WHERE, RIGHT)

    assert problems_on(response)
    assert not is_signed_in(client)


def test_somebody_who_leaves_while_signed_in_is_sent_to_sign_in(
    ashby: SmallCouncil, sign_in: SignIn, clerk: User
) -> None:
    client = sign_in(ashby.posts.clerk)
    User.objects.filter(pk=clerk.pk).update(is_active=False)

    assert client.get("/ashby/").url.startswith(WHERE)


def test_nobody_signs_up_by_themselves(rf: Any) -> None:
    assert not AccountAdapter().is_open_for_signup(rf.get("/"))
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def test_who_is_signed_in_is_led_on(ashby: SmallCouncil, sign_in: SignIn) -> None:
    assert sign_in(ashby.posts.clerk).get(WHERE).url == "/"


def test_signing_out_takes_a_button_and_leads_back(ashby: SmallCouncil, sign_in: SignIn) -> None:
    client = sign_in(ashby.posts.clerk)

    assert client.post("/sign-out/").url == WHERE
    assert not is_signed_in(client)


def test_a_link_signs_nobody_out(ashby: SmallCouncil, sign_in: SignIn) -> None:
    client = sign_in(ashby.posts.clerk)

    said = words_on(client.get("/sign-out/"))

    assert is_signed_in(client)
    assert "Sign out" in said


def test_the_session_ends_with_the_browser(client: Any) -> None:
    client.post(WHERE, RIGHT)

    assert client.cookies["sessionid"]["max-age"] == ""


def test_a_form_from_elsewhere_is_refused_in_words() -> None:
    client = Client(enforce_csrf_checks=True)

    assert "This page had gone stale" in words_on(client.post(WHERE, RIGHT), 403)


def test_only_a_demonstration_tells_whom_one_can_be(client: Any, settings: Settings) -> None:
    assert "People of the demonstration" not in words_on(client.get(WHERE))
    settings.DEMONSTRATION_DAY = date(2009, 10, 14)
    # Without the demonstration's council there is nobody to be.
    assert "People of the demonstration" not in words_on(client.get(WHERE))


def test_a_demonstration_names_people_and_their_password(
    client: Any, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMONSTRATION_DAY = date(2009, 10, 14)
    people = [{"role": "Clerk", "name": "Carl Lane", "email": EMAIL}]
    monkeypatch.setattr("goldenthread.config.frame.demonstration_users", lambda: people)

    said = words_on(client.get(WHERE))

    assert "Clerk Carl Lane" in said
    assert EMAIL in said
    assert "Their password is" in said
