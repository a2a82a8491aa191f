from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from goldenthread.audit.models import Verb
from goldenthread.audit.queries import entries_about
from goldenthread.domain.kinds import Step
from goldenthread.reporting.models import Milestone
from tests.factories import MilestoneFactory
from tests.pages.conftest import SignIn
from tests.pages.reading import words_on
from tests.pages.small_council import SmallCouncil

CYCLE = "/ashby/cycles/2009-10/Q1/timetable/"


@pytest.fixture
def papers(ashby: SmallCouncil) -> Milestone:
    return ashby.quarter.milestones.get(step=Step.PAPERS_OUT)


@pytest.fixture
def manager(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.manager)


def test_it_says_what_goes(manager: Any, papers: Milestone) -> None:
    said = words_on(manager.get(f"{CYCLE}{papers.number}/remove/"))

    assert "Take out: Papers sent out to DMT It stands on 6 August 2009." in said


def test_a_date_is_taken_out_and_the_trail_keeps_it(
    ashby: SmallCouncil, manager: Any, papers: Milestone
) -> None:
    answers = {"because": "Tabled at the meeting.", "shown": papers.pk}
    meeting = ashby.quarter.milestones.get(step=Step.FORUM_RECEIVES)

    response = manager.post(f"{CYCLE}{papers.number}/remove/", answers, follow=True)

    assert "Papers sent out to DMT, 6 August 2009, is taken out." in words_on(response)
    [left] = ashby.quarter.milestones.all()
    assert (left.step, left.number) == (Step.FORUM_RECEIVES, meeting.number - 1)
    entry = entries_about(ashby.quarter)[0]
    assert entry.verb is Verb.MILESTONE_REMOVED
    assert entry.changes["Papers sent out to DMT"] == ["6 August 2009", None]


def test_without_a_reason_or_where_another_date_has_its_place_nothing_goes(
    ashby: SmallCouncil, manager: Any, papers: Milestone
) -> None:
    where = f"{CYCLE}{papers.number}/remove/"

    assert "Say why it is taken out" in words_on(manager.post(where, {"shown": papers.pk}))
    manager.post(where, {"because": "x", "shown": papers.pk + 1})
    assert ashby.quarter.milestones.count() == 2


def test_the_deadline_stays(ashby: SmallCouncil, manager: Any) -> None:
    deadline = MilestoneFactory(
        cycle=ashby.quarter, step=Step.UPDATE_DEADLINE, forum=None, starts_on=date(2009, 7, 21)
    )
    answers = {"because": "x", "shown": deadline.pk}

    response = manager.post(f"{CYCLE}{deadline.number}/remove/", answers)

    assert "Returns need a day by which they are due" in words_on(response)


def test_only_the_performance_manager_takes_dates_out(
    ashby: SmallCouncil, sign_in: SignIn, papers: Milestone
) -> None:
    where = f"{CYCLE}{papers.number}/remove/"

    for post in (ashby.posts.clerk, ashby.posts.director):
        assert sign_in(post).post(where, {"because": "x"}).status_code == 403
