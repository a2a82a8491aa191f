"""The page that answers the question: counts, what moved and why, what was promised (clause R-2)."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.documents.tree import CountRow, Document
from goldenthread.domain.rating import (
    NOTHING,
    AmberAlso,
    Measure,
    Rating,
    RatingRule,
    TargetFigures,
)
from goldenthread.packs.compose.changes import changes_in
from goldenthread.packs.compose.material import gather
from goldenthread.packs.compose.pack import compose
from goldenthread.packs.compose.rule_words import UNLESS, own_band, rule_in_words
from goldenthread.packs.compose.short_form import PaperForm
from goldenthread.packs.compose.summary import MOST_OF_WHY, in_brief, percent
from tests.factories import ActionUpdateFactory, IndicatorFactory
from tests.packs.quarter import PLAN, explain, paper, say
from tests.packs.tree_reading import all_of, cell, forms, of_plan, section, table, titles, words_in
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

    moved = table(
        section(paper(ashby), QUESTION), "1 item rated worse than in Six-weekly update 1, 2009/10"
    )

    assert cell(moved, "CYPF 1.1", "Why").text == "The hall was let."
    assert cell(moved, "CYPF 1.1", "Rating").was is Rating.GREEN


def test_what_turned_green_is_celebrated(ashby: SmallCouncil) -> None:
    before(ashby, Rating.RED)
    say(ashby, ashby.club, Rating.GREEN)

    better = table(
        section(paper(ashby), QUESTION), "1 item rated better than in Six-weekly update 1, 2009/10"
    )

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


def test_once_a_cycle_is_locked_no_return_is_said_to_be_due_yet(ashby: SmallCouncil) -> None:
    early = datetime(2009, 7, 14, 10, tzinfo=UTC)
    for locked_at, said, rated in (
        (None, "Not due yet", "Not returned yet"),
        (early, "Not in when it was locked", "Not returned"),
    ):
        ashby.quarter.locked_at = locked_at
        document = compose(ashby.quarter, ashby.dmt, at=early)
        missing = table(section(document, "Late and missing returns"), "Not in")
        assert cell(missing, "CYPF 1.1", "How late").text == said
        actions = table(of_plan(document, PLAN), "Actions of challenge 1")
        assert actions.rows[0].cells[3].rating_label == rated


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

    unless = "" if rule.measure is Measure.EXPLICIT else f", {UNLESS}"
    assert rule_in_words(scheme) == f"By the estimated outturn: {words}{unless}"


@pytest.mark.parametrize(
    ("target", "rule", "words"),
    [
        (TargetFigures(value=Decimal(60)), RatingRule(), ""),
        (
            TargetFigures(value=NOTHING, absolute_tolerance=Decimal(2)),
            RatingRule(),
            "Own band: amber up to 2 short",
        ),
        (TargetFigures(value=NOTHING), RatingRule(), "Own band: green at zero or better; of any "),
        (
            TargetFigures(value=Decimal(60), amber_within=Decimal("0.1")),
            RatingRule(green_within=Decimal("-0.05"), amber_is_inclusive=False),
            "Own band: green from 10% better, amber less than 10% short",
        ),
        (
            TargetFigures(value=Decimal(60), amber_within=Decimal(3)),
            RatingRule(measure=Measure.ABSOLUTE),
            "Own band: amber up to 3 short",
        ),
        (
            TargetFigures(green_value=Decimal(60), amber_value=Decimal(55)),
            RatingRule(measure=Measure.EXPLICIT),
            "Own band: amber from 55",
        ),
    ],
)
def test_a_band_of_an_indicators_own_is_said_and_none_of_one_that_has_none(
    target: TargetFigures, rule: RatingRule, words: str
) -> None:
    said = own_band(IndicatorFactory.build(council=None, indicator_officer=None), target, rule)

    assert said.startswith(words)
    assert bool(said) is bool(words)


def test_no_band_is_said_of_what_is_not_rated(ashby: SmallCouncil) -> None:
    target = TargetFigures(value=NOTHING, absolute_tolerance=Decimal(2))

    assert own_band(ashby.swans, target, RatingRule()) == ""
    assert own_band(ashby.visits, None, RatingRule()) == ""


def test_an_own_band_stands_beside_its_target_in_whole_and_in_short(ashby: SmallCouncil) -> None:
    ashby.visits.targets.update(absolute_tolerance=Decimal(500))

    for form in PaperForm:
        document = compose(ashby.quarter, ashby.committee, at=PAPERS_OUT, form=form)
        assert "Own band: amber up to 500 short" in words_in(of_plan(document, PLAN))


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
