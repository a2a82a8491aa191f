"""Revising a target keeps what it was, and needs a reason and somebody's word."""

# ruff: noqa: F811 - a fixture is imported, and then asked for by its name

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.domain.rating import Rating
from goldenthread.indicators.models import Indicator, TargetRevision
from goldenthread.indicators.operations import (
    Grounds,
    RevisionRefusedError,
    revise_target,
)
from goldenthread.organisation.officeholder import Officeholder
from tests.factories import IndicatorUpdateFactory
from tests.pages.conftest import ashby  # noqa: F401 - a fixture
from tests.pages.small_council import IN_Q1, SmallCouncil, found_small_council

CABINET = Grounds(reason="Repairs.", authority="Cabinet, 8 July 2009")


def revise(
    indicator: Indicator,
    value: int,
    *,
    by: Officeholder,
    grounds: Grounds = CABINET,
    county: str = "",
) -> TargetRevision:
    target = indicator.targets.get()
    return revise_target(
        target=target,
        figures=replace(target.figures, value=Decimal(value)),
        grounds=grounds,
        county_agreement=county,
        by=by,
        at=IN_Q1,
    )


def test_the_original_and_each_revision_stay_in_order(ashby: SmallCouncil) -> None:
    revise(ashby.visits, 51_000, by=ashby.manager)
    revise(ashby.visits, 52_000, by=ashby.manager, grounds=replace(CABINET, seen=1))

    target = ashby.visits.targets.get()
    assert target.value == 52_000
    kept = target.revisions.order_by("number").values_list("number", "was", "became")
    assert list(kept) == [(1, "54,000", "51,000"), (2, "51,000", "52,000")]
    entries = AuditEntry.objects.filter(verb=Verb.TARGET_REVISED)
    assert entries[0].changes["target"] == ["54,000", "51,000"]


def test_a_return_keeps_what_the_target_of_its_day_suggested(ashby: SmallCouncil) -> None:
    update = IndicatorUpdateFactory(
        cycle=ashby.six_weekly,
        indicator=ashby.visits,
        submitted=True,
        suggested_rating=Rating.GREEN,
        suggestion_reason="above 54,000",
    )

    revise(ashby.visits, 90_000, by=ashby.manager)

    update.refresh_from_db()
    assert (update.suggested_rating, update.suggestion_reason) == (Rating.GREEN, "above 54,000")


@pytest.mark.parametrize(
    ("grounds", "fields"),
    [
        (Grounds(reason="", authority=""), {"reason", "authority"}),
        (replace(CABINET, seen=1), {"meanwhile"}),
    ],
)
def test_without_grounds_nothing_is_revised(
    ashby: SmallCouncil, grounds: Grounds, fields: set[str]
) -> None:
    with pytest.raises(RevisionRefusedError) as refused:
        revise(ashby.visits, 51_000, by=ashby.manager, grounds=grounds)

    assert set(refused.value.problems) == fields
    assert ashby.visits.targets.get().value == 54_000


def test_the_same_target_is_no_revision(ashby: SmallCouncil) -> None:
    with pytest.raises(RevisionRefusedError, match="differs"):
        revise(ashby.visits, 54_000, by=ashby.manager)


def test_an_laa_target_needs_the_countys_agreement(ashby: SmallCouncil) -> None:
    with pytest.raises(RevisionRefusedError, match="County"):
        revise(ashby.attendance, 6, by=ashby.manager)

    assert revise(ashby.attendance, 6, by=ashby.manager, county="Letter").number == 1


@pytest.mark.parametrize("post", ["lead_officer", "indicator_officer"])
def test_others_revise_nothing(ashby: SmallCouncil, post: str) -> None:
    with pytest.raises(PermissionDenied):
        revise(ashby.visits, 51_000, by=ashby.officeholder(getattr(ashby.posts, post)))


def test_another_councils_manager_revises_nothing(ashby: SmallCouncil) -> None:
    with pytest.raises(PermissionDenied):
        revise(ashby.visits, 51_000, by=found_small_council("bexley").manager)
