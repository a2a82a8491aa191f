from __future__ import annotations

from typing import Any

import pytest

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.notices.models import Notice
from tests.factories import IN_Q1, NoticeFactory
from tests.pages.conftest import SignIn
from tests.pages.reading import words_on
from tests.pages.small_council import SmallCouncil, found_small_council


@pytest.fixture
def refused(ashby: SmallCouncil) -> Notice:
    return NoticeFactory(
        council="ashby", refused_at=IN_Q1, tries=5, latest_error="550 no such user"
    )


def where(notice: Notice) -> str:
    return f"/ashby/messages/{notice.pk}/retry/"


def test_a_refused_message_is_tried_again(
    ashby: SmallCouncil, refused: Notice, sign_in: SignIn
) -> None:
    manager: Any = sign_in(ashby.posts.manager)

    response = manager.post(where(refused))

    assert (response.status_code, response["Location"]) == (302, "/ashby/messages/")
    said = words_on(manager.get("/ashby/messages/"))
    assert "The message to Ann Hill will be tried again." in said
    refused.refresh_from_db()
    assert (refused.refused_at, refused.tries) == (None, 0)
    entry = AuditEntry.objects.get(verb=Verb.NOTICE_RETRIED)
    assert entry.actor_name == ashby.manager.user.email


def test_one_that_waits_already_says_so(ashby: SmallCouncil, sign_in: SignIn) -> None:
    waiting = NoticeFactory(council="ashby")
    manager: Any = sign_in(ashby.posts.manager)

    manager.post(where(waiting))

    assert "Nothing more is sent to Ann Hill: it waits" in words_on(manager.get("/ashby/messages/"))
    assert not AuditEntry.objects.filter(verb=Verb.NOTICE_RETRIED).exists()


def test_a_message_of_another_council_is_not_found(ashby: SmallCouncil, sign_in: SignIn) -> None:
    elsewhere = NoticeFactory(council="bexley", refused_at=IN_Q1)

    assert sign_in(ashby.posts.manager).post(where(elsewhere)).status_code == 404


def test_nobody_else_tries_it_again(ashby: SmallCouncil, refused: Notice, sign_in: SignIn) -> None:
    assert sign_in(ashby.posts.lead_officer).post(where(refused)).status_code == 403
    stranger = sign_in(found_small_council("bexley").posts.manager)
    assert stranger.post(where(refused)).status_code == 404
    refused.refresh_from_db()
    assert refused.refused_at is not None
