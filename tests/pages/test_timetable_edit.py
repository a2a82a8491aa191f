from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from goldenthread.domain.kinds import Step
from goldenthread.reporting.models import Milestone
from tests.factories import MilestoneFactory
from tests.pages.conftest import SignIn
from tests.pages.reading import words_on
from tests.pages.small_council import SmallCouncil

WHERE = "/ashby/timetable/2009-10/edit/"


@pytest.fixture
def meeting(ashby: SmallCouncil) -> Milestone:
    return ashby.quarter.milestones.get(step=Step.FORUM_RECEIVES)


@pytest.fixture
def papers(ashby: SmallCouncil) -> Milestone:
    return ashby.quarter.milestones.get(step=Step.PAPERS_OUT)


@pytest.fixture
def manager(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.manager)


def over(milestone: Milestone, after: str, before: str = "11 August 2009") -> dict[str, str]:
    return {f"was_{milestone.pk}": before, f"when_{milestone.pk}": after}


def seen(manager: Any, answers: dict[str, str]) -> str:
    found: str = manager.post(WHERE, answers).context["form"]["seen"].value()
    return found


def held(*milestones: Milestone) -> list[str]:
    for each in milestones:
        each.refresh_from_db()
    return [each.when for each in milestones]


def test_every_date_of_the_year_stands_in_a_box(manager: Any, meeting: Milestone) -> None:
    form = manager.get(WHERE).context["form"]

    assert form[f"when_{meeting.pk}"].value() == "11 August 2009"
    assert len(form.boxes) == Milestone.objects.count()


def test_before_anything_moves_it_shows_before_and_after_and_what_moves_along(
    manager: Any, meeting: Milestone, papers: Milestone
) -> None:
    answers = {**over(meeting, "16 August 2009"), "because": "A fair."}

    said = words_on(manager.post(WHERE, {**answers, "move": "yes"}))

    assert "From 11 August 2009 to 16 August 2009" in said
    assert (
        "Papers sent out to DMT, Quarter 1, 2009/10: from 6 August 2009 to 11 August 2009" in said
    )
    assert "16 August 2009 is a Sunday" in said
    assert held(meeting, papers) == ["11 August 2009", "6 August 2009"]


def test_a_date_typed_in_another_year_is_pointed_out_before_and_after(
    manager: Any, meeting: Milestone
) -> None:
    answers = {**over(meeting, "6 June 2019"), "because": "A slip."}
    looked = manager.post(WHERE, answers)

    manager.post(WHERE, {**answers, "seen": looked.context["form"]["seen"].value(), "move": "yes"})

    assert held(meeting) == ["6 June 2019"]
    for said in (words_on(looked), words_on(manager.get("/ashby/timetable/?year=2009-10"))):
        assert "(6 June 2019) lies outside the year 2009/10" in said
        assert "Look at its year" in said


def test_what_was_seen_moves_with_what_is_ticked_each_with_its_reason(
    manager: Any, meeting: Milestone, papers: Milestone
) -> None:
    answers = {
        **over(meeting, "18 August 2009"),
        "because": "",
        f"because_{meeting.pk}": "The hall is let.",
    }
    shown = seen(manager, answers)

    response = manager.post(
        WHERE, {**answers, "seen": shown, "along": [papers.pk], "move": "yes"}, follow=True
    )

    assert "The dates are moved." in words_on(response)
    assert held(meeting, papers) == ["18 August 2009", "13 August 2009"]
    assert papers.moved_because == "The hall is let."


def test_what_was_typed_after_the_look_is_shown_first(manager: Any, meeting: Milestone) -> None:
    answers = {**over(meeting, "18 August 2009"), "because": "A fair."}
    shown = seen(manager, answers)

    manager.post(
        WHERE, {**answers, **over(meeting, "25 August 2009"), "seen": shown, "move": "yes"}
    )

    assert held(meeting) == ["11 August 2009"]


def test_the_reason_is_asked_once_what_follows_is_seen(manager: Any, meeting: Milestone) -> None:
    answers = {**over(meeting, "18 August 2009"), "because": ""}

    looked = manager.post(WHERE, {**answers, "look": "yes"})
    assert "Papers sent out to DMT" in words_on(looked)
    assert "Say why these dates move" not in words_on(looked)

    shown = looked.context["form"]["seen"].value()
    asked = manager.post(WHERE, {**answers, "seen": shown, "move": "yes"})
    assert "Say why these dates move" in words_on(asked)
    assert held(meeting) == ["11 August 2009"]


def test_where_one_date_cannot_move_none_does(
    ashby: SmallCouncil, manager: Any, meeting: Milestone
) -> None:
    deadline = MilestoneFactory(
        cycle=ashby.quarter, step=Step.UPDATE_DEADLINE, forum=None, starts_on=date(2009, 7, 21)
    )
    answers = {
        **over(meeting, "18 August 2009"),
        **over(deadline, "TBC", "21 July 2009"),
        "because": "A fair.",
    }

    response = manager.post(WHERE, {**answers, "seen": seen(manager, answers), "move": "yes"})

    assert "give the deadline a day" in words_on(response)
    assert held(meeting, deadline) == ["11 August 2009", "21 July 2009"]
    assert response.context["form"][f"when_{meeting.pk}"].value() == "18 August 2009"


@pytest.mark.parametrize(
    ("typed", "because", "problem"),
    [
        ("soon", "x", "is no date: write it like 8 June 2009"),
        ("w/c 18 August 2009", "x", "is a Tuesday: a week begins on its Monday"),
        ("24 to 14 September 2009", "x", "ends before it starts"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    manager: Any, meeting: Milestone, typed: str, because: str, problem: str
) -> None:
    response = manager.post(WHERE, {**over(meeting, typed), "because": because, "move": "yes"})

    assert problem in words_on(response)
    assert response.context["form"][f"when_{meeting.pk}"].value() == typed


@pytest.mark.parametrize("typed", ["11 August 2009", "11/8/2009", "Tuesday 11th August 2009"])
def test_the_date_as_it_stands_is_no_change(manager: Any, meeting: Milestone, typed: str) -> None:
    assert "No box was changed." in words_on(manager.post(WHERE, over(meeting, typed)))


def test_a_date_that_somebody_moved_meanwhile_is_not_overwritten(
    manager: Any, meeting: Milestone
) -> None:
    answers = {**over(meeting, "18 August 2009", before="4 August 2009"), "because": "A fair."}

    response = manager.post(WHERE, {**answers, "move": "yes"})

    assert "Somebody has moved it to 11 August 2009 meanwhile" in words_on(response)
    assert held(meeting) == ["11 August 2009"]


def test_a_year_without_a_timetable_says_so_and_a_wrong_one_is_not_found(manager: Any) -> None:
    assert "No timetable yet" in words_on(manager.get("/ashby/timetable/2030-31/edit/"))
    assert manager.get("/ashby/timetable/soon/edit/").status_code == 404


def test_only_the_performance_manager_edits_the_year(
    ashby: SmallCouncil, sign_in: SignIn, meeting: Milestone
) -> None:
    for post in (ashby.posts.clerk, ashby.posts.director):
        assert sign_in(post).post(WHERE, over(meeting, "TBC")).status_code == 403
