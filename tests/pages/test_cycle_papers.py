from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

import pytest

from goldenthread.documents.formats import Format
from goldenthread.domain.kinds import BodyKind, Step
from goldenthread.packs.models import Edition, Pack
from tests.factories import (
    FileToMakeFactory,
    IndicatorUpdateFactory,
    MilestoneFactory,
    PackFileFactory,
)
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import links_on, rows_on, words_on
from tests.pages.small_council import PAPERS_OUT, SmallCouncil, issued
from tests.reporting.signed import sign_off

WHERE = "/ashby/cycles/2009-10/Q1/papers/"
URGENT = {"urgency_reason": "The bid closes", "urgency_agreed_by": "Cllr Cyril Bay"}


@pytest.fixture
def manager(ashby: SmallCouncil, sign_in: SignIn, set_clock: SetClock) -> Any:
    set_clock(PAPERS_OUT)
    return sign_in(ashby.posts.manager)


def test_each_forum_has_a_line_with_when_its_papers_are_due(manager: Any) -> None:
    response = manager.get(WHERE)

    directors, *others = rows_on(response)
    assert directors == ("Directors' Management Team 11 August 2009 6 August 2009 To be issued -")
    assert len(others) == 3
    assert links_on(response)["Directors' Management Team"] == f"{WHERE}DMT/"


def test_papers_of_a_public_meeting_are_due_five_clear_days_before_it(
    ashby: SmallCouncil, manager: Any
) -> None:
    _meets(ashby, "2009-08-12")

    [line] = [row for row in rows_on(manager.get(WHERE)) if row.startswith("Young People")]

    assert "12 August 2009 4 August 2009" in line
    assert "Due by 4 August 2009, 2 days late; 3 clear days before the meeting, not 5" in line


def _meets(ashby: SmallCouncil, day: str) -> None:
    MilestoneFactory(
        cycle=ashby.quarter, step=Step.FORUM_RECEIVES, forum=BodyKind.PDC, starts_on=day
    )


def test_one_button_issues_them_all(ashby: SmallCouncil, manager: Any) -> None:
    response = manager.post(WHERE, {"issues_with_gaps": "on"}, follow=True)

    packs = Pack.objects.all()
    assert {pack.body for pack in packs} == {
        *(ashby.dmt, ashby.scrutiny, ashby.committee, ashby.partnership)
    }
    said = words_on(response)
    assert "Issued to Directors' Management Team" in said
    files = [*Edition.WHOLE.formats, *Edition.SHORT.formats]
    assert f"0 of {len(files)} made" in said
    assert "See how far the files are" in links_on(response)


def test_papers_with_gaps_are_not_issued_without_a_tick(manager: Any) -> None:
    said = words_on(manager.post(WHERE))

    assert "Tick the box if the papers are to go out without what is missing" in said
    assert not Pack.objects.exists()


def test_what_the_papers_left_to_issue_do_not_lack_is_not_asked_of_them(
    ashby: SmallCouncil, manager: Any
) -> None:
    IndicatorUpdateFactory(cycle=ashby.quarter, indicator=ashby.attendance, submitted=True)
    sign_off(ashby.quarter, ashby.cypf)
    for body in (ashby.dmt, ashby.scrutiny, ashby.committee):
        issued(ashby, body)

    assert "Issue without" not in words_on(manager.get(WHERE))


def test_late_papers_ask_why_they_cannot_wait_and_keep_it(
    ashby: SmallCouncil, manager: Any
) -> None:
    _meets(ashby, "2009-08-12")
    asked = words_on(manager.post(WHERE, {"issues_with_gaps": "on"}))
    assert "Say why the meeting should take the papers as urgent" in asked
    assert not Pack.objects.exists()

    manager.post(WHERE, {"issues_with_gaps": "on"} | URGENT)

    late = Pack.objects.get(body=ashby.committee)
    assert (late.urgency_reason, late.urgency_agreed_by) == ("The bid closes", "Cllr Cyril Bay")
    assert (str(late.due_on), late.days_late) == ("2009-08-04", 2)
    said = words_on(manager.get(f"/ashby/papers/{late.pk}/"))
    assert "Due by 4 August 2009, 2 days late; 3 clear days before the meeting, not 5" in said
    assert "with the agreement of Cllr Cyril Bay, because: The bid closes" in said
    assert Pack.objects.get(body=ashby.dmt).urgency_reason == ""


def test_there_is_no_button_before_it_can_succeed_but_from_when_there_is(
    ashby: SmallCouncil, manager: Any, set_clock: SetClock
) -> None:
    set_clock(datetime.combine(ashby.quarter.due_on, time(12), tzinfo=UTC))

    said = words_on(manager.post(WHERE, {"issues_with_gaps": "on"}, follow=True))

    assert "5 returns can still come. All papers can be issued here from 22 July 2009" in said
    assert "Issue the papers of" not in said
    assert not Pack.objects.exists()


def test_a_page_that_asks_again_and_again_gets_only_the_forums(
    ashby: SmallCouncil, manager: Any
) -> None:
    pack = issued(ashby, ashby.dmt)
    PackFileFactory(pack=pack)
    FileToMakeFactory(pack=pack, format=Format.PDF)

    part = manager.get(WHERE, headers={"HX-Request": "true"}).content.decode()

    assert part.strip().startswith('<div id="cycle-papers">')
    assert "1 of 2 made" in part
    assert "See how far the files are" in part


def test_a_page_stops_asking_when_the_last_file_was_given_up(
    ashby: SmallCouncil, manager: Any
) -> None:
    pack = issued(ashby, ashby.dmt)
    FileToMakeFactory(pack=pack, format=Format.PDF, given_up_at=PAPERS_OUT)

    said = words_on(manager.get(WHERE))

    assert "0 of 1 made, 1 could not be" in said
    assert "See how far the files are" not in said


def test_a_cycle_that_has_not_opened_has_no_papers(
    ashby: SmallCouncil, manager: Any, set_clock: SetClock
) -> None:
    set_clock(datetime(2009, 5, 1, 12, tzinfo=UTC))

    assert manager.get(WHERE).status_code == 404


@pytest.mark.parametrize("post", ["director", "lead_officer", "clerk"])
def test_nobody_else_issues_papers(ashby: SmallCouncil, sign_in: SignIn, post: str) -> None:
    client = sign_in(getattr(ashby.posts, post))

    assert client.post(WHERE, {"issues_with_gaps": "on"}).status_code == 403
    assert not Pack.objects.exists()
