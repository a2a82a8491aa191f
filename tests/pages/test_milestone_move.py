from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from goldenthread.domain.kinds import BodyKind, Precision, Step
from goldenthread.reporting.models import Milestone
from tests.factories import MilestoneFactory
from tests.pages.conftest import SignIn
from tests.pages.reading import words_on
from tests.pages.small_council import SmallCouncil

CYCLE = "/ashby/cycles/2009-10/Q1/timetable/"


@pytest.fixture
def meeting(ashby: SmallCouncil) -> Milestone:
    return ashby.quarter.milestones.get(step=Step.FORUM_RECEIVES)


@pytest.fixture
def where(meeting: Milestone) -> str:
    return f"{CYCLE}{meeting.number}/move/"


@pytest.fixture
def manager(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.manager)


def test_it_begins_with_the_date_as_it_stands(manager: Any, where: str) -> None:
    response = manager.get(where)

    assert "Move: DMT receives the report It stands on 11 August 2009." in words_on(response)
    assert response.context["form"]["when"].value() == "11 August 2009"


def test_before_anything_moves_it_shows_what_moves_along(
    manager: Any, where: str, meeting: Milestone
) -> None:
    response = manager.post(
        where,
        {
            "when": "18 August 2009",
            "because": "",
            "look": "yes",
            "shown": meeting.pk,
        },
    )

    assert "Why does it move?" not in words_on(manager.get(where))
    assert "Why does it move?" in words_on(response)
    assert "Say why it moves" not in words_on(response)
    assert "Papers sent out to DMT: from 6 August 2009 to 13 August 2009" in words_on(response)
    meeting.refresh_from_db()
    assert meeting.when == "11 August 2009"


def test_what_is_ticked_moves_along(
    ashby: SmallCouncil, manager: Any, where: str, meeting: Milestone
) -> None:
    papers = ashby.quarter.milestones.get(step=Step.PAPERS_OUT)
    answers = {
        "when": "18 August 2009",
        "because": "The hall is let.",
        "move": "yes",
        "shown": meeting.pk,
    }

    response = manager.post(where, {**answers, "along": [papers.pk]}, follow=True)

    assert "DMT receives the report is moved." in words_on(response)
    assert "First planned for 6 August 2009. The hall is let." in words_on(response)
    papers.refresh_from_db()
    assert papers.when == "13 August 2009"


def test_it_comes_back_to_the_year_whose_date_moved(
    manager: Any, where: str, meeting: Milestone
) -> None:
    answers = {"when": "18 August 2009", "because": "The hall is let.", "shown": meeting.pk}
    response = manager.post(where, {**answers, "move": "yes"})

    assert response["Location"].endswith("/timetable/?year=2009-10")


@pytest.mark.parametrize("press", ["look", "move"])
def test_where_another_date_has_its_place_meanwhile_nothing_moves(
    ashby: SmallCouncil, manager: Any, where: str, meeting: Milestone, press: str
) -> None:
    papers = ashby.quarter.milestones.get(step=Step.PAPERS_OUT)
    answers = {"when": "18 August 2009", "because": "Let.", press: "yes", "shown": papers.pk}

    response = manager.post(where, answers)

    assert "The timetable has changed meanwhile" in words_on(response)
    meeting.refresh_from_db()
    assert meeting.when == "11 August 2009"


def test_what_is_not_ticked_stays(
    ashby: SmallCouncil, manager: Any, where: str, meeting: Milestone
) -> None:
    answers = {"when": "18 August 2009", "because": "The hall is let.", "shown": meeting.pk}
    manager.post(where, {**answers, "move": "yes"})

    held = {m.step: m.when for m in ashby.quarter.milestones.all()}
    assert held == {
        Step.PAPERS_OUT: "6 August 2009",
        Step.FORUM_RECEIVES: "18 August 2009",
    }


def test_what_would_clash_is_pointed_out_before_it_moves(
    manager: Any, where: str, meeting: Milestone
) -> None:
    answers = {"when": "16 August 2009", "because": "A fair.", "shown": meeting.pk}
    response = manager.post(where, {**answers, "look": "yes"})

    assert "16 August 2009 is a Sunday" in words_on(response)
    assert "Move it to 14 August 2009 or 17 August 2009." in words_on(response)


def test_what_nothing_follows_from_says_so(ashby: SmallCouncil, manager: Any) -> None:
    scrutiny = MilestoneFactory(
        cycle=ashby.quarter,
        step=Step.FORUM_RECEIVES,
        forum=BodyKind.SCRUTINY,
        precision=Precision.DAY,
        starts_on=date(2009, 9, 7),
    )
    where = f"{CYCLE}{scrutiny.number}/move/"

    answers = {"when": "TBC", "because": "No quorum.", "shown": scrutiny.pk}
    response = manager.post(where, {**answers, "look": "yes"})

    assert "Nothing else in this report follows from it." in words_on(response)


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ({"when": "", "because": "x"}, "Enter when it is to be"),
        ({"when": "soon", "because": "x"}, "is no date: write it like 8 June 2009"),
        ({"when": "11/8/2009", "because": "x"}, "It stands on 11 August 2009 already"),
        ({"when": "18 August 2009", "because": ""}, "Say why it moves"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    manager: Any, where: str, meeting: Milestone, answers: dict[str, str], problem: str
) -> None:
    response = manager.post(where, {**answers, "move": "yes", "shown": meeting.pk})

    assert problem in words_on(response)
    assert response.context["form"]["because"].value() == answers["because"]


def test_a_deadline_that_returns_could_not_meet_is_refused(
    ashby: SmallCouncil, manager: Any
) -> None:
    deadline = MilestoneFactory(
        cycle=ashby.quarter, step=Step.UPDATE_DEADLINE, forum=None, starts_on=date(2009, 7, 21)
    )

    answers = {"when": "TBC", "because": "Later.", "move": "yes", "shown": deadline.pk}
    response = manager.post(f"{CYCLE}{deadline.number}/move/", answers)

    assert "give the deadline a day" in words_on(response)


def test_only_the_performance_manager_moves_dates(
    ashby: SmallCouncil, sign_in: SignIn, where: str
) -> None:
    for post in (ashby.posts.clerk, ashby.posts.director):
        assert sign_in(post).get(where).status_code == 403
    assert sign_in(ashby.posts.manager).get(f"{CYCLE}999/move/").status_code == 404
