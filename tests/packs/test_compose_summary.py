"""The page that answers the question: counts, what moved and why, what was promised (clause R-2)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.documents.tree import CountRow, Document
from goldenthread.domain.rating import AmberAlso, Measure, Rating, RatingRule
from goldenthread.packs.compose.changes import changes_in
from goldenthread.packs.compose.material import gather
from goldenthread.packs.compose.pack import compose
from goldenthread.packs.compose.rule_words import rule_in_words
from goldenthread.packs.compose.short_form import PaperForm
from goldenthread.packs.compose.summary import MOST_OF_WHY, in_brief, percent
from tests.factories import ActionUpdateFactory
from tests.packs.quarter import PLAN, explain, paper, say
from tests.packs.tree_reading import all_of, cell, forms, section, table, titles, words_in
from tests.pages.small_council import AFTER_Q1, PAPERS_OUT, SmallCouncil, found_small_council

QUESTION = "Are we on track?"


@pytest.fixture
def ashby(db: None) -> SmallCouncil:
    return found_small_council()


def before(council: SmallCouncil, rating: Rating) -> None:
    ActionUpdateFactory(
        cycle=council.six_weekly, action=council.club, submitted=True, rating=rating
    )


def test_what_got_worse_stands_with_the_officers_words(ashby: SmallCouncil) -> None:
    before(ashby, Rating.GREEN)
    explain(say(ashby, ashby.club, Rating.RED, commentary="The hall was let."))

    moved = table(section(paper(ashby), QUESTION), "1 item rated worse than before")

    assert cell(moved, "CYPF 1.1", "Why").text == "The hall was let."
    assert cell(moved, "CYPF 1.1", "Rating").was is Rating.GREEN


def test_what_turned_green_is_celebrated(ashby: SmallCouncil) -> None:
    before(ashby, Rating.RED)
    say(ashby, ashby.club, Rating.GREEN)

    better = table(section(paper(ashby), QUESTION), "1 item rated better than before")

    assert cell(better, "CYPF 1.1", "Rating").rating is Rating.GREEN


def test_where_nothing_moved_nothing_is_said_of_it(ashby: SmallCouncil) -> None:
    before(ashby, Rating.RED)
    say(ashby, ashby.club, Rating.RED)

    said = words_in(section(paper(ashby), QUESTION))

    assert "What got" not in said


def test_counts_stand_beside_their_percentages(ashby: SmallCouncil) -> None:
    say(ashby, ashby.club, Rating.RED)
    say(ashby, ashby.grant, Rating.GREEN)

    said = words_in(section(paper(ashby), QUESTION))

    assert "Of 2 actions rated: 1 green (50%), 0 amber (0%) and 1 red (50%)." in said


def test_the_changes_name_the_reports_that_are_new(ashby: SmallCouncil) -> None:
    before(ashby, Rating.GREEN)
    explain(say(ashby, ashby.club, Rating.RED))

    changes = changes_in(gather(ashby.quarter, ashby.dmt, at=PAPERS_OUT, today=PAPERS_OUT.date()))

    assert [line.reference for line in changes.moved] == ["CYPF 1.1"]
    assert [each.line.reference for each in changes.new_reports] == ["CYPF 1.1"]
    assert not changes.corrected


def test_a_missing_return_says_how_late_it_is(ashby: SmallCouncil) -> None:
    missing = table(section(paper(ashby), "Late and missing returns"), "Not in")

    assert cell(missing, "CYPF 1.1", "How late").text == "16 days late"


def test_a_return_that_came_late_is_named_with_how_late_it_came(ashby: SmallCouncil) -> None:
    say(ashby, ashby.club, Rating.GREEN, submitted_at=AFTER_Q1)
    say(ashby, ashby.grant, Rating.GREEN)

    document = paper(ashby)

    late = table(section(document, "Late and missing returns"), "In, but late")
    assert [each.text for each in late.rows[0].cells[1:]] == [
        "Open a homework club",
        "Play Officer",
        "1 day late",
    ]
    assert len(late.rows) == 1
    assert "1 return came late" in words_in(section(document, QUESTION))


def test_a_plan_that_nobody_returned_on_has_no_percentages(ashby: SmallCouncil) -> None:
    assert "%)" not in words_in(section(paper(ashby), QUESTION))


@given(st.integers(min_value=1, max_value=5000), st.data())
def test_a_percentage_is_the_nearest_whole_one(of: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(min_value=0, max_value=of))

    assert abs(Decimal(percent(count, of)) - Decimal(100) * count / of) <= Decimal("0.5")


@given(st.text(max_size=600))
def test_words_in_brief_are_no_longer_than_there_is_room(words: str) -> None:
    assert len(in_brief(words)) <= MOST_OF_WHY + 2


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (RatingRule(), "green on target or better; amber up to 5% short of it; red otherwise"),
        (
            RatingRule(
                green_within=Decimal("0.01"),
                amber_is_inclusive=False,
                amber_also=AmberAlso.LAST_YEAR,
            ),
            "green within 1% of the target; amber less than 5% short of it or no worse than a year "
            "before; red otherwise",
        ),
        (RatingRule(amber_within=None), "green on target or better; no amber; red otherwise"),
        (
            RatingRule(amber_within=None, amber_also=AmberAlso.ESTIMATE),
            "green on target or better; amber where the estimated outturn still reaches the target; "
            "red otherwise",
        ),
        (
            RatingRule(measure=Measure.EXPLICIT),
            "green from each indicator's own green value; amber from its own amber value; red "
            "otherwise",
        ),
        (
            RatingRule(measure=Measure.ABSOLUTE, amber_within=Decimal(2)),
            "green on target or better; amber up to 2 in the indicator's own unit short of it; red "
            "otherwise",
        ),
    ],
)
def test_the_rule_is_said_in_words(ashby: SmallCouncil, rule: RatingRule, words: str) -> None:
    scheme = gather(
        ashby.quarter, ashby.dmt, at=PAPERS_OUT, today=PAPERS_OUT.date()
    ).framework.rating.model_copy(update={"rule": rule})

    assert rule_in_words(scheme) == f"By the estimated outturn: {words}"


def test_the_short_form_says_why_and_what_next_and_holds_no_exception_report(
    ashby: SmallCouncil,
) -> None:
    explain(say(ashby, ashby.club, Rating.RED, commentary="The hall was let."))

    document = compose(ashby.quarter, ashby.dmt, at=PAPERS_OUT, form=PaperForm.SHORT)

    assert titles(document) == [QUESTION, PLAN, "Environment"]
    off = table(section(document, PLAN), "1 item, the worst first")
    assert off.rows[0].cells[1].text == "The hall was let."
    assert off.rows[0].cells[2].text == "Take on another caretaker"
    assert forms(document) == []
    assert all(reference in anchors(document) for reference in references(document))


def anchors(document: Document) -> set[str]:
    return {each.anchor for each in document.sections}


def references(document: Document) -> list[str]:
    return [each.anchor for each in all_of(CountRow, document) if each.anchor]
