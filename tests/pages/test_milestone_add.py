from __future__ import annotations

from typing import Any

import pytest

from goldenthread.audit.models import Verb
from goldenthread.audit.queries import entries_about
from tests.pages.conftest import SignIn
from tests.pages.reading import words_on
from tests.pages.small_council import SmallCouncil

WHERE = "/ashby/cycles/2009-10/Q1/timetable/add/"
EXTRA = {
    "step": "forum_receives",
    "forum": "SCRUTINY",
    "when": "7 August 2009",
    "because": "A special meeting.",
    "add": "yes",
}


@pytest.fixture
def manager(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.manager)


def test_it_asks_what_whose_when_and_why(manager: Any) -> None:
    assert "What happens?" in words_on(manager.get(WHERE))
    assert "Why is it added?" not in words_on(manager.get(WHERE))


def test_before_it_is_added_what_it_clashes_with_is_shown(
    ashby: SmallCouncil, manager: Any
) -> None:
    looked = {**EXTRA, "when": "16 August 2009", "because": ""}
    del looked["add"]

    said = words_on(manager.post(WHERE, looked))

    assert "16 August 2009 is a Sunday" in said
    assert "Why is it added?" in said
    assert "Say why it is added" not in said
    assert ashby.quarter.milestones.count() == 2
    assert "It goes together with the dates" in words_on(
        manager.post(WHERE, {**looked, "when": "17 August 2009"})
    )


def test_a_date_is_added_where_it_stands_by_its_day(ashby: SmallCouncil, manager: Any) -> None:
    response = manager.post(WHERE, EXTRA, follow=True)

    assert "Scrutiny Committee receives the report, 7 August 2009, is added." in words_on(response)
    dates = ashby.quarter.milestones.order_by("number")
    assert [each.when for each in dates] == ["6 August 2009", "7 August 2009", "11 August 2009"]
    assert dates[1].derivation == "added by hand: A special meeting."
    assert entries_about(ashby.quarter)[0].verb is Verb.MILESTONE_ADDED


@pytest.mark.parametrize("when", ["TBC", "14 to 24 September 2009", "w/c 17 August 2009"])
def test_a_date_of_any_kind_is_added(ashby: SmallCouncil, manager: Any, when: str) -> None:
    manager.post(WHERE, {**EXTRA, "when": when})

    assert ashby.quarter.milestones.order_by("-number")[0].when.endswith(
        when.removeprefix("w/c ")
    ) or (when == "TBC")


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ({"step": ""}, "Choose what happens"),
        ({"forum": ""}, "Choose the forum that receives the report"),
        ({"when": "soon"}, "is no date: write it like"),
        ({"when": ""}, "Enter when it is"),
        ({"because": ""}, "Say why it is added"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    ashby: SmallCouncil, manager: Any, answers: dict[str, str], problem: str
) -> None:
    response = manager.post(WHERE, {**EXTRA, **answers})

    assert problem in words_on(response)
    assert ashby.quarter.milestones.count() == 2


def test_a_second_deadline_is_refused(ashby: SmallCouncil, manager: Any) -> None:
    deadline = {**EXTRA, "step": "update_deadline", "forum": "", "when": "21 July 2009"}
    manager.post(WHERE, deadline)

    assert "move that instead" in words_on(manager.post(WHERE, deadline))
    assert ashby.quarter.milestones.count() == 3


def test_only_the_performance_manager_adds_dates(ashby: SmallCouncil, sign_in: SignIn) -> None:
    assert sign_in(ashby.posts.director).post(WHERE, EXTRA).status_code == 403
