from __future__ import annotations

from typing import Any

import pytest

from goldenthread.domain.posts import Capacity
from goldenthread.organisation.models import PostHolding
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import problem_beside, problems_on, typed_in, words_on
from tests.pages.small_council import AFTER_Q1, SmallCouncil, found_small_council

DAYS = {
    "starts_on_day": "20",
    "starts_on_month": "7",
    "starts_on_year": "2009",
    "ends_on_day": "31",
    "ends_on_month": "August",
    "ends_on_year": "2009",
}


@pytest.fixture
def officer(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.action_officer)


@pytest.fixture
def where(ashby: SmallCouncil) -> str:
    return f"/ashby/posts/{ashby.posts.action_officer.pk}/deputy/"


@pytest.fixture
def carl(ashby: SmallCouncil) -> str:
    return str(ashby.holder_of(ashby.posts.clerk).pk)


def deputies() -> list[PostHolding]:
    return list(PostHolding.objects.filter(capacity=Capacity.DEPUTY).select_related("holder"))


def test_the_page_names_the_post_and_who_is_in_it(officer: Any, where: str) -> None:
    said = words_on(officer.get(where))

    assert "Play Officer Name a deputy" in said
    assert "Aled Rees from 1 April 2009" in said


def test_a_deputy_is_chosen_from_the_list(officer: Any, where: str, carl: str) -> None:
    response = officer.post(where, DAYS | {"person": carl})

    assert response.url == "/ashby/my-posts/"
    assert "Carl Lane stands in for Play Officer from 20 July 2009 to 31 August 2009." in words_on(
        officer.get(response.url)
    )
    assert [held.holder.name for held in deputies()] == ["Carl Lane"]


@pytest.mark.parametrize("address", ["carl.lane@ashby.example", " Carl.Lane@Ashby.Example "])
def test_or_by_their_address(officer: Any, where: str, address: str) -> None:
    officer.post(where, DAYS | {"email": address})

    assert [held.holder.name for held in deputies()] == ["Carl Lane"]


def test_the_deputy_files_and_is_named(
    ashby: SmallCouncil,
    officer: Any,
    where: str,
    carl: str,
    sign_in: SignIn,
    set_clock: SetClock,
) -> None:
    form = f"/ashby/cycles/2009-10/Q1/actions/{ashby.club.pk}/update/"
    deputy = sign_in(ashby.posts.clerk)
    assert deputy.get(form).status_code == 403
    officer.post(where, DAYS | {"person": carl, "starts_on_day": "14"})

    deputy.post(form, {"rating": "green", "commentary": "The club opened."})

    assert "Play Officer: filed by Carl Lane, deputy, on 14 July 2009" in words_on(deputy.get(form))
    set_clock(AFTER_Q1)
    assert "Carl Lane, deputy, on" in words_on(officer.get(f"/ashby/actions/{ashby.club.pk}/"))


def test_what_is_missing_is_said_beside_the_question(officer: Any, where: str) -> None:
    response = officer.post(where, {})

    assert problems_on(response) == {
        "id_person": "Choose somebody, or enter their e-mail address",
        "id_starts_on_day": "Enter the first day",
        "id_ends_on_day": "Enter the last day",
    }


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"email": "nobody@ashby.example"}, "email", "Nobody who holds a post in this council"),
        ({"email": "carl"}, "email", "Enter an e-mail address, such as"),
        ({"email": "jo.field@ashby.example", "person": "carl"}, "email", "Choose somebody from"),
        ({"person": "carl", "starts_on_day": "1"}, "starts_on", "The first day must be today"),
        (
            {"person": "carl", "ends_on_month": "Jul", "ends_on_day": "19"},
            "ends_on",
            "The last day",
        ),
        ({"person": "carl", "ends_on_day": "32"}, "ends_on", "Enter a real date"),
        ({"email": "aled.rees@ashby.example"}, "person", "Aled Rees answers for this post"),
        ({"person": "0"}, "person", "Select a valid choice"),
    ],
)
def test_what_will_not_do_is_said_and_kept(
    officer: Any, where: str, carl: str, given: dict[str, str], field: str, words: str
) -> None:
    person = {"person": carl} if given.get("person") == "carl" else {}

    response = officer.post(where, DAYS | given | person)

    assert problem_beside(response, field).startswith(words)
    assert typed_in(response, "starts_on_year") == "2009"
    assert deputies() == []


def test_the_manager_names_one_for_any_post(
    ashby: SmallCouncil, sign_in: SignIn, where: str, carl: str
) -> None:
    sign_in(ashby.posts.manager).post(where, DAYS | {"person": carl})

    assert len(deputies()) == 1


def test_others_are_refused(ashby: SmallCouncil, sign_in: SignIn, where: str, carl: str) -> None:
    response = sign_in(ashby.posts.lead_officer).post(where, DAYS | {"person": carl})

    assert "the performance manager can name its deputy" in words_on(response, 403)
    assert deputies() == []


def test_a_post_of_another_council_is_not_found(officer: Any) -> None:
    other = found_small_council("bexley").posts.clerk

    assert officer.get(f"/ashby/posts/{other.pk}/deputy/").status_code == 404
