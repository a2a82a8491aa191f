from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from goldenthread.domain.rating import Rating
from goldenthread.packs.models import Pack
from goldenthread.packs.operations.issuing import issue_pack
from tests.factories import ActionUpdateFactory
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import words_on
from tests.pages.small_council import AFTER_PAPERS, PAPERS_OUT, SmallCouncil

WHY = {"reason": "The rating of the club was wrong", "issues_with_gaps": "on"}


@pytest.fixture
def first(ashby: SmallCouncil) -> Pack:
    return issue_pack(cycle=ashby.quarter, body=ashby.dmt, by=ashby.manager, at=PAPERS_OUT)


@pytest.fixture
def manager(ashby: SmallCouncil, sign_in: SignIn, set_clock: SetClock) -> Any:
    set_clock(AFTER_PAPERS)
    return sign_in(ashby.posts.manager)


def test_it_shows_what_would_be_issued_now_and_asks_why(first: Pack, manager: Any) -> None:
    said = words_on(manager.get(f"/ashby/papers/{first.pk}/again/"))

    assert said.startswith("Preview of another issue for Directors' Management Team")
    assert "Why are these papers issued again?" in said
    assert "Issue 1 stays as it is." in said


def test_with_a_reason_they_are_issued_as_the_next_issue(
    ashby: SmallCouncil, first: Pack, manager: Any
) -> None:
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.club, submitted=True, rating=Rating.RED)

    response = manager.post(f"/ashby/papers/{first.pk}/again/", WHY)

    second = Pack.objects.get(number=2)
    assert response.url == reverse("packs:pack_detail", args=["ashby", second.pk])
    said = words_on(manager.get(response.url))
    assert "Issue 2. Issued on 7 August 2009" in said
    assert (
        "Issue 2 of Quarter 1, 2009/10, replaces issue 1 of 6 August 2009; "
        "The rating of the club was wrong" in said
    )


def test_the_first_issue_stays_and_leads_to_the_second(first: Pack, manager: Any) -> None:
    before = bytes(Pack.objects.get(pk=first.pk).tree)
    manager.post(f"/ashby/papers/{first.pk}/again/", WHY)

    assert bytes(Pack.objects.get(pk=first.pk).tree) == before
    said = words_on(manager.get(f"/ashby/papers/{first.pk}/"))
    assert "Issue 2 , 7 August 2009, Petra Moss: The rating" in said.replace(
        "Issue 2,", "Issue 2 ,"
    )


def test_without_a_reason_nothing_is_issued(first: Pack, manager: Any) -> None:
    said = words_on(manager.post(f"/ashby/papers/{first.pk}/again/", {"issues_with_gaps": "on"}))

    assert "Say why the papers are issued again" in said
    assert Pack.objects.count() == 1


def test_only_the_latest_issue_is_replaced(first: Pack, manager: Any) -> None:
    manager.post(f"/ashby/papers/{first.pk}/again/", WHY)
    second = Pack.objects.get(number=2)

    response = manager.post(f"/ashby/papers/{first.pk}/again/", WHY)

    assert response.url == f"/ashby/papers/{second.pk}/again/"
    assert Pack.objects.count() == 2


@pytest.mark.parametrize("post", ["director", "lead_officer", "clerk"])
def test_nobody_else_may(ashby: SmallCouncil, first: Pack, sign_in: SignIn, post: str) -> None:
    client = sign_in(getattr(ashby.posts, post))

    assert client.post(f"/ashby/papers/{first.pk}/again/", WHY).status_code == 403
    assert Pack.objects.count() == 1
