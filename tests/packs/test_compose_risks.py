"""The risk register in its plan's part of the paper (clause D-5)."""

from __future__ import annotations

import pytest

from goldenthread.domain.rating import Rating
from goldenthread.packs.compose.material import gather
from goldenthread.packs.compose.pack import compose
from goldenthread.packs.gaps import gaps_in
from tests.factories import RiskActionFactory, RiskActionUpdateFactory, RiskFactory
from tests.packs.quarter import PLAN, paper
from tests.packs.tree_reading import cell, of_plan, section, table, words_in
from tests.pages.small_council import PAPERS_OUT, SmallCouncil, found_small_council


@pytest.fixture
def ashby(db: None) -> SmallCouncil:
    council = found_small_council()
    risk = RiskFactory(plan=council.cypf, number=1)
    returned, silent = (
        RiskActionFactory(
            risk=risk, number=number, description=said, risk_owner=council.posts.clerk
        )
        for number, said in enumerate(["Look for a hall", "Ask the school"], start=1)
    )
    assert silent.number == 2
    RiskActionUpdateFactory(
        cycle=council.quarter,
        risk_action=returned,
        submitted=True,
        rating=Rating.RED,
        being_done="A third hall on Monday.",
    )
    return council


def test_each_action_stands_with_its_risk_owner_rating_and_progress(ashby: SmallCouncil) -> None:
    one, other = table(of_plan(paper(ashby), PLAN), "Risk register").rows

    assert [cell.text for cell in one.cells] == [
        "The hall is not to be had",
        "Look for a hall",
        "Clerk",
        "A second hall is found.\nWhat is being done: A third hall on Monday.",
    ]
    assert one.cells[3].rating is Rating.RED
    assert (other.cells[3].rating, other.cells[3].rating_label) == (None, "Not returned")


def test_who_has_not_returned_is_named(ashby: SmallCouncil) -> None:
    missing = table(section(paper(ashby), "Late and missing returns"), "Not in")

    assert cell(missing, "CYPF R1.2", "Who answers").text == "Clerk"
    material = gather(ashby.quarter, ashby.dmt, at=PAPERS_OUT, today=PAPERS_OUT.date())
    counted = "5 returns and 3 other parts"
    assert gaps_in(material).in_words == counted
    assert f"{counted} not in" in words_in(section(paper(ashby), "Are we on track?"))
    assert f"{counted} not in." in words_in(section(paper(ashby), "Late and missing returns"))
    assert "5 of 5 returns not in." in words_in(section(paper(ashby), "Are we on track?"))
    assert "CYPF R1.2: Ask the school" in [part.title for part in gaps_in(material).statements]


def test_neither_a_six_weekly_update_nor_a_forum_of_targets_has_any(ashby: SmallCouncil) -> None:
    for cycle, body in ((ashby.six_weekly, ashby.dmt), (ashby.quarter, ashby.partnership)):
        assert "Look for a hall" not in words_in(compose(cycle, body, at=PAPERS_OUT))
