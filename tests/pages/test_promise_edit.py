from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse

from goldenthread.domain.promises import StepOutcome
from goldenthread.domain.rating import Rating
from goldenthread.exception_reports.models import PlannedStep, StepFollowUp
from tests.factories import ActionUpdateFactory, ExceptionReportFactory
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import problems_on, words_on
from tests.pages.small_council import SmallCouncil

IN_OCTOBER = datetime(2009, 10, 14, 10, tzinfo=UTC)


@pytest.fixture
def step(ashby: SmallCouncil, set_clock: SetClock) -> PlannedStep:
    """A step that was due in August, looked at in October."""
    red = ActionUpdateFactory(
        cycle=ashby.quarter, action=ashby.club, submitted=True, rating=Rating.RED
    )
    set_clock(IN_OCTOBER)
    found: PlannedStep = ExceptionReportFactory(action_update=red, submitted=True).steps.get()
    return found


@pytest.fixture
def where(ashby: SmallCouncil) -> str:
    return reverse("exception_reports:promise_edit", args=["ashby", "action", ashby.club.pk])


@pytest.fixture
def officer(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.action_officer)


def test_the_page_shows_what_was_promised(officer: Any, step: PlannedStep, where: str) -> None:
    said = words_on(officer.get(where))

    assert "Take on another caretaker" in said
    assert "The school, by 3 August 2009" in said


def test_a_step_is_said_to_be_done_and_waited_for_no_more(
    officer: Any, step: PlannedStep, where: str, ashby: SmallCouncil
) -> None:
    response = officer.post(where, {f"promise_{step.pk}_outcome": "done"})

    told = StepFollowUp.objects.get()
    assert (told.outcome, told.told_for) == (StepOutcome.DONE, ashby.posts.action_officer)
    assert response.url == f"/ashby/actions/{ashby.club.pk}/"
    assert "Nothing is waited for" in words_on(officer.get(where))


def test_a_step_that_is_not_done_gets_a_new_day_and_a_reason(
    officer: Any, step: PlannedStep, where: str
) -> None:
    response = officer.post(where, {f"promise_{step.pk}_outcome": "not_done"})

    assert problems_on(response) == {
        f"id_promise_{step.pk}_new_due_on_day": "Give a new day to come: Take on another caretaker",
        f"id_promise_{step.pk}_words": "Say what happened: Take on another caretaker",
    }
    officer.post(
        where,
        {
            f"promise_{step.pk}_outcome": "not_done",
            f"promise_{step.pk}_new_due_on_day": "30",
            f"promise_{step.pk}_new_due_on_month": "11",
            f"promise_{step.pk}_new_due_on_year": "2009",
            f"promise_{step.pk}_words": "Nobody applied.",
        },
    )
    assert "by 30 November 2009 (first promised by 3 August 2009; Nobody applied.)" in words_on(
        officer.get(where)
    )


def test_nothing_said_is_nothing_kept(officer: Any, step: PlannedStep, where: str) -> None:
    response = officer.post(where, {})

    assert problems_on(response) == {"": "Say of one step at least what became of it"}
    assert not StepFollowUp.objects.exists()


@pytest.mark.parametrize("post", ["clerk", "indicator_officer", "councillor"])
def test_others_are_refused(
    ashby: SmallCouncil, sign_in: SignIn, step: PlannedStep, where: str, post: str
) -> None:
    response = sign_in(getattr(ashby.posts, post)).post(
        where, {f"promise_{step.pk}_outcome": "done"}
    )

    assert response.status_code == 403
    assert not StepFollowUp.objects.exists()


def test_an_item_of_no_council_of_mine_is_not_found(officer: Any, ashby: SmallCouncil) -> None:
    for kind in ("action", "indicator"):
        where = reverse("exception_reports:promise_edit", args=["ashby", kind, 9_999])
        assert officer.get(where).status_code == 404
