"""A small council's quarterly paper, whole, against the text that was read and approved."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from goldenthread.documents.renderers import text
from goldenthread.documents.tree import from_json, to_json
from goldenthread.domain.rating import Rating
from goldenthread.packs.compose.pack import compose
from tests.factories import (
    ActionUpdateFactory,
    ExceptionReportFactory,
    IndicatorUpdateFactory,
    MeasurementFactory,
)
from tests.pages.small_council import MONTHS, PAPERS_OUT, SmallCouncil, found_small_council

APPROVED = Path(__file__).with_name("small_council_quarter_1.txt")


@pytest.fixture
def ashby(db: None) -> SmallCouncil:
    council = found_small_council()
    _six_weekly(council)
    _quarter(council)
    return council


def _six_weekly(council: SmallCouncil) -> None:
    for item, rating in [(council.club, Rating.AMBER), (council.grant, Rating.GREEN)]:
        ActionUpdateFactory(cycle=council.six_weekly, action=item, submitted=True, rating=rating)
    IndicatorUpdateFactory(
        cycle=council.six_weekly, indicator=council.visits, submitted=True, rating=Rating.RED
    )


def _quarter(council: SmallCouncil) -> None:
    for (starts_on, ends_on), value in zip(MONTHS, (3700, 4100, 4500), strict=True):
        MeasurementFactory(
            indicator=council.visits, starts_on=starts_on, ends_on=ends_on, value=Decimal(value)
        )
    club = ActionUpdateFactory(
        cycle=council.quarter,
        action=council.club,
        submitted=True,
        rating=Rating.RED,
        commentary="The hall was let to another club.\nWe look for a second one.",
    )
    ExceptionReportFactory(action_update=club, submitted=True, done="We asked three schools.")
    IndicatorUpdateFactory(
        cycle=council.quarter,
        indicator=council.visits,
        submitted=True,
        rating=Rating.AMBER,
        commentary="June brought the school parties back.",
        estimated_outturn=Decimal(50_500),
        projected_outturn=Decimal(49_200),
        suggested_rating=Rating.RED,
        judgement_reason="The summer show opens in August.",
    )
    IndicatorUpdateFactory(
        cycle=council.quarter,
        indicator=council.swans,
        submitted=True,
        rating=None,
        estimated_outturn=Decimal(12),
        commentary="Seven cygnets.",
    )


def test_the_paper_reads_as_approved(ashby: SmallCouncil) -> None:
    written = text.render(compose(ashby.quarter, ashby.dmt, at=PAPERS_OUT))

    assert written == APPROVED.read_text(encoding="utf-8")


def test_it_reads_the_same_from_what_is_kept(ashby: SmallCouncil) -> None:
    kept = to_json(compose(ashby.quarter, ashby.dmt, at=PAPERS_OUT))

    assert text.render(from_json(kept)) == APPROVED.read_text(encoding="utf-8")


def test_a_paper_of_another_moment_is_refused_as_another(ashby: SmallCouncil) -> None:
    later = compose(ashby.quarter, ashby.dmt, at=datetime(2009, 8, 7, 9, tzinfo=UTC))

    assert text.render(later) != APPROVED.read_text(encoding="utf-8")
