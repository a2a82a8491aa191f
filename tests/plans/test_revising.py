"""Revising when an action is due keeps what the plan promised first."""

# ruff: noqa: F811 - a fixture is imported, and then asked for by its name

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.indicators.operations import Grounds, RevisionRefusedError
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.facts import due_in_words
from goldenthread.plans.models import Action, DueRevision
from goldenthread.plans.operations import revise_due
from tests.pages.conftest import ashby  # noqa: F401 - a fixture
from tests.pages.small_council import IN_Q1, SmallCouncil, found_small_council

CABINET = Grounds(reason="Repairs.", authority="Cabinet, 8 July 2009")
CHRISTMAS = date(2009, 12, 24)


def revise(
    action: Action, words: str, day: date | None, *, by: Officeholder, grounds: Grounds = CABINET
) -> DueRevision:
    return revise_due(action=action, due_words=words, due_on=day, grounds=grounds, by=by, at=IN_Q1)


def test_the_original_stays_and_the_action_has_the_new_date(ashby: SmallCouncil) -> None:
    revision = revise(ashby.club, "By Christmas", CHRISTMAS, by=ashby.manager)

    ashby.club.refresh_from_db()
    assert (ashby.club.due_words, ashby.club.due_on) == ("By Christmas", CHRISTMAS)
    assert revision.was == "By the end of September, by 30 September 2009"
    assert revision.became == "By Christmas, by 24 December 2009"
    assert AuditEntry.objects.filter(verb=Verb.DUE_REVISED).count() == 1
    assert [each.due_on for each in ashby.club.history.order_by("pk")][-1] == CHRISTMAS


@pytest.mark.parametrize(
    ("words", "day", "field"),
    [
        ("", None, "due_words"),
        ("By the end of September", date(2009, 9, 30), "due_words"),
    ],
)
def test_a_date_that_says_nothing_new_is_refused(
    ashby: SmallCouncil, words: str, day: date | None, field: str
) -> None:
    with pytest.raises(RevisionRefusedError) as refused:
        revise(ashby.club, words, day, by=ashby.manager)

    assert set(refused.value.problems) == {field}
    assert not DueRevision.objects.exists()


def test_an_action_is_not_due_before_it_starts(ashby: SmallCouncil) -> None:
    with pytest.raises(RevisionRefusedError, match="starts on 1 January 2010"):
        revise(ashby.later, "By Christmas", CHRISTMAS, by=ashby.manager)


def test_without_grounds_nothing_is_revised(ashby: SmallCouncil) -> None:
    nothing = Grounds(reason="", authority="", seen=3)
    with pytest.raises(RevisionRefusedError) as refused:
        revise(ashby.club, "By Christmas", CHRISTMAS, by=ashby.manager, grounds=nothing)

    assert set(refused.value.problems) == {"reason", "authority", "meanwhile"}


def test_others_revise_nothing(ashby: SmallCouncil) -> None:
    for by in (ashby.officeholder(ashby.posts.lead_officer), found_small_council("bexley").manager):
        with pytest.raises(PermissionDenied):
            revise(ashby.club, "By Christmas", CHRISTMAS, by=by)


@pytest.mark.parametrize(
    ("words", "day", "said"),
    [
        ("By Christmas", None, "By Christmas"),
        ("By 24 December 2009", CHRISTMAS, "By 24 December 2009"),
        ("", CHRISTMAS, "24 December 2009"),
        ("", None, "no date"),
    ],
)
def test_when_it_is_due_is_said_once(words: str, day: date | None, said: str) -> None:
    assert due_in_words(words, day) == said
