"""A locked cycle refuses at every door, says why and whom to ask, and keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from goldenthread.plans.models import Action
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate
from goldenthread.reporting.operations.action_updates import (
    ActionReturn,
    draft_action_update,
    submit_action_update,
)
from goldenthread.reporting.operations.calling_back import call_back_update
from goldenthread.reporting.operations.checking import return_update_for_revision
from goldenthread.reporting.operations.indicator_updates import (
    IndicatorReturn,
    draft_indicator_update,
    submit_indicator_update,
)
from goldenthread.reporting.returns import CycleClosedError
from tests.factories import ActionUpdateFactory, LettingInFactory
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import typed_in, words_on
from tests.pages.small_council import AFTER_Q1, IN_Q1, SmallCouncil

WORDS = "The <club> opened."
TYPED = {"rating": "green", "commentary": WORDS}
ASK = "Ask the performance manager, Petra Moss, to let you in."
Door = Callable[[SmallCouncil, Any], Any]


@pytest.fixture
def locked(ashby: SmallCouncil) -> SmallCouncil:
    """A council whose quarter was locked in the middle of its window."""
    ashby.quarter.locked_at, ashby.quarter.locked_by = IN_Q1, ashby.manager.user
    ashby.quarter.save()
    return ashby


@pytest.fixture
def officer(locked: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(locked.posts.action_officer)


def page_of(action: Action) -> str:
    return reverse("reporting:action_update_edit", args=["ashby", "2009-10", "Q1", action.pk])


def test_the_page_says_so_and_shows_no_form(locked: SmallCouncil, officer: Any) -> None:
    said = words_on(officer.get(page_of(locked.club)))

    assert "Quarter 1, 2009/10 is locked: its papers are being made." in said
    assert ASK in said


@pytest.mark.parametrize("draft", [{}, {"draft": "yes"}])
def test_the_page_takes_neither_a_return_nor_a_draft_and_keeps_what_was_typed(
    locked: SmallCouncil, officer: Any, draft: dict[str, str]
) -> None:
    response = officer.post(page_of(locked.club), TYPED | draft)

    assert ASK in words_on(response)
    assert typed_in(response, "commentary") == WORDS
    assert not ActionUpdate.objects.exists()


def test_the_draft_that_keeps_itself_is_refused(locked: SmallCouncil, officer: Any) -> None:
    where = reverse(
        "reporting:update_draft", args=["ashby", "2009-10", "Q1", "action", locked.club.pk]
    )

    response = officer.post(where, TYPED)

    assert "Petra Moss" in response.content.decode()
    assert not ActionUpdate.objects.exists()


def test_the_table_says_so_and_takes_nothing(locked: SmallCouncil, officer: Any) -> None:
    where = reverse("reporting:my_updates_table", args=["ashby"])
    row = {f"action-{locked.club.pk}-{name}": value for name, value in TYPED.items()}

    assert ASK in words_on(officer.get(where))
    officer.post(where, row)

    assert not ActionUpdate.objects.exists()


def test_what_is_in_is_not_called_back(locked: SmallCouncil, officer: Any) -> None:
    ActionUpdateFactory(cycle=locked.quarter, action=locked.club, submitted=True)

    officer.post(page_of(locked.club), {"call_back": "yes"})

    assert ASK in words_on(officer.get(page_of(locked.club)))
    assert ActionUpdate.objects.get().is_submitted


@pytest.mark.parametrize("file", [draft_action_update, submit_action_update])
def test_the_operations_on_actions_refuse(
    locked: SmallCouncil, file: Callable[..., object]
) -> None:
    for post in (locked.posts.action_officer, locked.posts.lead_officer, locked.posts.manager):
        with pytest.raises(CycleClosedError, match="is locked"):
            file(
                cycle=locked.quarter,
                action=locked.club,
                answers=ActionReturn(rating=None, commentary=WORDS),
                by=locked.officeholder(post),
                at=AFTER_Q1,
            )


@pytest.mark.parametrize("file", [draft_indicator_update, submit_indicator_update])
def test_the_operations_on_indicators_refuse(
    locked: SmallCouncil, file: Callable[..., object]
) -> None:
    with pytest.raises(CycleClosedError, match="is locked"):
        file(
            cycle=locked.quarter,
            indicator=locked.visits,
            answers=IndicatorReturn(rating=None, commentary=WORDS),
            by=locked.officeholder(locked.posts.indicator_officer),
            at=IN_Q1,
        )
    assert not IndicatorUpdate.objects.exists()


def test_nothing_is_called_back_or_sent_back(locked: SmallCouncil) -> None:
    update = ActionUpdateFactory(cycle=locked.quarter, action=locked.club, submitted=True)

    with pytest.raises(CycleClosedError, match="is locked"):
        call_back_update(
            update=update, by=locked.officeholder(locked.posts.action_officer), at=IN_Q1
        )
    with pytest.raises(CycleClosedError, match="is locked"):
        return_update_for_revision(
            update=update,
            note="Say more.",
            seen_version=update.version,
            by=locked.officeholder(locked.posts.lead_officer),
            at=IN_Q1,
        )


def test_whoever_is_let_in_files_until_the_end_of_their_day(
    locked: SmallCouncil, officer: Any, set_clock: SetClock
) -> None:
    person = locked.holder_of(locked.posts.action_officer)
    LettingInFactory(cycle=locked.quarter, person=person, until=AFTER_Q1.date())
    set_clock(AFTER_Q1)

    officer.post(page_of(locked.club), TYPED)

    assert ActionUpdate.objects.get().submitted_by == person
