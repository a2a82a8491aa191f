"""What difference each item made, in its plan's part of the annual report (clause C-3)."""

from __future__ import annotations

import pytest

from goldenthread.documents.tree import Row
from goldenthread.packs.compose.material import gather
from goldenthread.packs.compose.pack import compose
from goldenthread.packs.gaps import gaps_in
from tests.factories import AnnualCycleFactory, EvaluationFactory
from tests.packs.quarter import PLAN, paper
from tests.packs.test_forums import LATER
from tests.packs.tree_reading import all_of, cell, of_plan, section, table, words_in
from tests.pages.small_council import SmallCouncil, found_small_council


@pytest.fixture
def ashby(db: None) -> SmallCouncil:
    return found_small_council()


def test_each_item_stands_with_what_was_delivered_and_what_difference_it_made(
    ashby: SmallCouncil,
) -> None:
    annual = AnnualCycleFactory(council=ashby.council)
    EvaluationFactory(cycle=annual, action=ashby.club, submitted=True)
    EvaluationFactory(cycle=annual, action=ashby.grant, delivered="Only a draft.")

    document = compose(annual, ashby.scrutiny, at=LATER)

    parts = of_plan(document, PLAN)
    found = table(parts, "What difference it made")
    club = "Open a homework club"
    assert cell(found, club, "What was delivered").text == "The club opened in June."
    assert cell(found, club, "What difference it made").text == (
        "Forty pupils do their homework there."
    )
    grant = cell(found, "Pay grants to sports clubs", "What was delivered")
    assert grant.text == "Not evaluated yet"
    assert "3 evaluations of 4 not in." in words_in(parts)
    assert "to be supplied beside it" not in words_in(document)


def test_who_has_not_evaluated_is_named_and_counted(ashby: SmallCouncil) -> None:
    annual = AnnualCycleFactory(council=ashby.council)
    EvaluationFactory(cycle=annual, action=ashby.club, submitted=True)

    missing = section(compose(annual, ashby.dmt, at=LATER), "Late and missing returns")

    said = [(row.cells[0].reference_text, row.cells[1].text) for row in all_of(Row, missing)]
    assert ("CYPF 1.2", "Evaluation: Pay grants to sports clubs") in said
    assert ("CYPF 1.1", "Evaluation: Open a homework club") not in said
    gaps = gaps_in(gather(annual, ashby.dmt, at=LATER, today=LATER.date()))
    assert (gaps.parts, gaps.statements[0].title) == (5, "Evaluation of CYPF 1.2")


def test_nothing_is_missing_before_it_opens_and_a_quarter_asks_for_none(
    ashby: SmallCouncil,
) -> None:
    annual = AnnualCycleFactory(council=ashby.council)
    early = LATER.replace(month=4, day=1)

    parts = of_plan(compose(annual, ashby.dmt, at=early), PLAN)

    assert "Not open yet" in words_in(table(parts, "What difference it made"))
    assert "not in." not in words_in(parts)
    assert "What difference it made" not in words_in(paper(ashby))
