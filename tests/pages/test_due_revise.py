from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from goldenthread.plans.models import DueRevision
from tests.factories import DueRevisionFactory
from tests.pages.conftest import SignIn
from tests.pages.reading import facts_on, links_on, problems_on, typed_in, words_on
from tests.pages.small_council import SmallCouncil

WHOLE = {
    "due_words": "By the end of December",
    "due_on_day": "31",
    "due_on_month": "12",
    "due_on_year": "2009",
    "reason": "The hall is being mended.",
    "authority": "Cabinet, 8 July 2009, minute 46",
    "seen_version": "0",
}


@pytest.fixture
def client(ashby: SmallCouncil, sign_in: SignIn) -> Client:
    found: Client = sign_in(ashby.posts.manager)
    return found


@pytest.fixture
def page(ashby: SmallCouncil) -> str:
    return f"/ashby/actions/{ashby.club.pk}/"


def test_the_page_then_shows_the_new_date_beside_the_old(
    ashby: SmallCouncil, client: Client, page: str
) -> None:
    assert links_on(client.get(page))["Revise the date"] == f"{page}date/"
    assert typed_in(client.get(f"{page}date/"), "due_words") == "By the end of September"

    response = client.post(f"{page}date/", WHOLE, follow=True)

    assert "The date of CYPF 1.1 is revised." in words_on(response)
    said = facts_on(response)["When"]
    assert said.startswith("By the end of December by 31 December 2009")
    assert said.endswith(
        "Revised from By the end of September, by 30 September 2009 on 14 July 2009. "
        "Authority: Cabinet, 8 July 2009, minute 46"
    )
    assert "The hall is being mended. Entered by Petra Moss" in words_on(response)
    ashby.club.refresh_from_db()
    assert ashby.club.due_on == date(2009, 12, 31)


def test_what_is_missing_is_said_beside_its_field(client: Client, page: str) -> None:
    response = client.post(f"{page}date/", {"due_on_day": "31"})
    assert set(problems_on(response)) == {"id_due_on_month", "id_reason", "id_authority"}
    nothing = {name: "" for name in WHOLE if name.startswith("due")}

    response = client.post(f"{page}date/", WHOLE | nothing)

    assert problems_on(response) == {
        "id_due_words": "Say when the action is due, in words, as a day, or both"
    }
    assert not DueRevision.objects.exists()


def test_whoever_saw_an_older_date_is_told(ashby: SmallCouncil, client: Client, page: str) -> None:
    DueRevisionFactory(action=ashby.club, number=1)

    response = client.post(f"{page}date/", WHOLE)

    assert "Somebody revised this while you were writing." in words_on(response)
    assert "revised from By the end of June on 10 July 2009" in words_on(response)


@pytest.mark.parametrize("post", ["clerk", "action_officer", "lead_officer"])
def test_others_are_refused_and_led_nowhere(
    ashby: SmallCouncil, sign_in: SignIn, page: str, post: str
) -> None:
    other = sign_in(getattr(ashby.posts, post))

    assert other.get(f"{page}date/").status_code == 403
    assert other.post(f"{page}date/", WHOLE).status_code == 403
    assert "Revise the date" not in links_on(other.get(page))


def test_an_action_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get("/ashby/actions/999999/date/").status_code == 404
