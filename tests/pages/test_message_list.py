from __future__ import annotations

from typing import Any

import pytest
from pytest_django import Settings

from goldenthread.notices.models import NoticeKind
from tests.factories import IN_Q1, NoticeFactory
from tests.pages.conftest import SignIn
from tests.pages.reading import facts_on, links_on, rows_on, words_on
from tests.pages.small_council import SmallCouncil, found_small_council

WHERE = "/ashby/messages/"
REFUSAL = "550 5.1.1 <ann.hill@council.example>: no such user & no such box"


@pytest.fixture
def manager(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.manager)


@pytest.fixture
def _outbox(ashby: SmallCouncil) -> None:
    NoticeFactory(council="ashby", subject="Sent one", sent_at=IN_Q1, kind=NoticeKind.NUDGE)
    NoticeFactory(council="ashby", subject="Tried one", tries=2, latest_error="451 try later")
    NoticeFactory(
        council="ashby", subject="Refused one", refused_at=IN_Q1, latest_error=REFUSAL, tries=1
    )
    NoticeFactory(council="elsewhere", subject="Another council's")


@pytest.mark.usefixtures("_outbox")
def test_it_lists_what_waits_was_sent_and_was_refused_with_the_servers_words(
    manager: Any,
) -> None:
    response = manager.get(WHERE)

    assert facts_on(response) == {"Waiting": "1", "Sent": "1", "Refused": "1"}
    assert rows_on(response) == [
        "Ann Hill ann.hill@council.example Refused one Reminder 14 July 2009, 11:00 "
        f"Refused 14 July, 11:00 {REFUSAL} Try again to write to Ann Hill",
        "Ann Hill ann.hill@council.example Tried one Reminder 14 July 2009, 11:00 "
        "Waiting tried 2 times, next 14 July, 11:00 451 try later",
        "Ann Hill ann.hill@council.example Sent one Nudge 14 July 2009, 11:00 Sent 14 July, 11:00",
    ]


@pytest.mark.usefixtures("_outbox")
def test_it_says_what_was_out_of_date_before_the_server_took_it(manager: Any) -> None:
    for stands in ({}, {"refused_at": IN_Q1}):
        NoticeFactory(council="ashby", subject="Old one", lapses_at=IN_Q1, **stands)

    response = manager.get(f"{WHERE}?show=lapsed")

    assert facts_on(response)["Not sent: out of date"] == "1"
    assert "Not sent out of date since 14 July" in rows_on(response)[0]
    assert "1 message not sent: out of date, newest first" in words_on(response)
    refused = rows_on(manager.get(f"{WHERE}?show=refused"))
    assert "None: it is out of date" in " ".join(refused)


@pytest.mark.usefixtures("_outbox")
@pytest.mark.parametrize("state", ["waiting", "sent", "refused"])
def test_it_is_narrowed_by_its_address(manager: Any, state: str) -> None:
    leads = {"waiting": "Tried one", "sent": "Sent one", "refused": "Refused one"}

    response = manager.get(f"{WHERE}?show={state}")

    assert len(rows_on(response)) == 1
    assert leads[state] in words_on(response)
    assert f"1 message {state}, newest first" in words_on(response)


def test_a_state_that_there_is_not_is_said(manager: Any) -> None:
    said = words_on(manager.get(f"{WHERE}?show=lost"))

    assert "There is no state “lost” here. All messages are shown." in said
    assert "No messages yet" in said


def test_where_none_stands_so_it_says_so(ashby: SmallCouncil, manager: Any) -> None:
    NoticeFactory(council="ashby")

    response = manager.get(f"{WHERE}?show=refused")

    assert "None of these" in words_on(response)
    assert links_on(response)["All messages"] == WHERE


def test_without_a_mail_server_it_says_why_they_wait(manager: Any, settings: Settings) -> None:
    assert "No mail server is set" in words_on(manager.get(WHERE))

    settings.EMAIL_HOST = "mail.council.example"
    assert "No mail server is set" not in words_on(manager.get(WHERE))


def test_a_long_list_comes_in_pages(
    ashby: SmallCouncil, manager: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("goldenthread.chasing.views.ROWS_ON_A_PAGE", 2)
    NoticeFactory.create_batch(3, council="ashby")

    response = manager.get(f"{WHERE}?page=2")

    assert len(rows_on(response)) == 1
    assert "Page 2 of 2" in words_on(response)
    assert len(rows_on(manager.get(f"{WHERE}?page=x"))) == 2


def test_the_board_leads_the_performance_manager_there(
    ashby: SmallCouncil, manager: Any, sign_in: SignIn
) -> None:
    board = "/ashby/cycles/2009-10/Q1/chase/"
    assert links_on(manager.get(board))["Messages that were written"] == WHERE

    lead = sign_in(ashby.posts.lead_officer).get(board)
    assert "Messages that were written" not in links_on(lead)


@pytest.mark.parametrize("post", ["lead_officer", "director", "action_officer", "clerk"])
def test_nobody_else_sees_them(ashby: SmallCouncil, sign_in: SignIn, post: str) -> None:
    assert sign_in(getattr(ashby.posts, post)).get(WHERE).status_code == 403


def test_nobody_of_another_council_sees_them(ashby: SmallCouncil, sign_in: SignIn) -> None:
    assert sign_in(found_small_council("bexley").posts.manager).get(WHERE).status_code == 404
