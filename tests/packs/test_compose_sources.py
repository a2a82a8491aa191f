"""Where the figures come from: what an auditor asks of each indicator, at the end of the papers."""

from __future__ import annotations

import pytest

from goldenthread.documents.tree import Cell, Table
from goldenthread.domain.posts import Capacity
from goldenthread.domain.rating import Rating
from goldenthread.packs.compose.pack import compose
from goldenthread.packs.compose.short_form import PaperForm
from goldenthread.packs.compose.sources import NOT_SAID, TITLE
from tests.factories import IndicatorUpdateFactory, MeasurementFactory, UserFactory
from tests.packs.quarter import paper, say
from tests.packs.tree_reading import all_of, section, titles
from tests.pages.small_council import PAPERS_OUT, SmallCouncil, found_small_council


@pytest.fixture
def ashby(db: None) -> SmallCouncil:
    return found_small_council()


def row_of(council: SmallCouncil, reference: str) -> list[Cell]:
    [table] = all_of(Table, section(paper(council), TITLE))
    [row] = [row for row in table.rows if row.cells[0].reference_text == reference]
    return list(row.cells)


def test_each_indicator_stands_once_with_its_method_source_return_and_reckoning(
    ashby: SmallCouncil,
) -> None:
    visits = ashby.visits
    visits.rule, visits.source = "Everybody through the turnstile.", "The turnstile's log"
    visits.collected_by_county = True
    visits.save()
    MeasurementFactory(indicator=visits)
    say(
        ashby,
        visits,
        Rating.AMBER,
        suggested_rating=Rating.RED,
        suggestion_reason="the estimated outturn of 49,000 is 9.3% below the target of 54,000",
        judgement_reason="The summer show opens in August.",
        submitted_by=UserFactory(name="Jo Field"),
        submitted_for=ashby.posts.indicator_officer,
        submitted_as=Capacity.DEPUTY,
    )

    name, method, source, latest, filed, reckoned = row_of(ashby, "CYPF8")

    assert (name.reference, name.note) == (f"indicator-{visits.pk}", "Visits to the museum")
    assert method.text == "Everybody through the turnstile."
    assert (source.text, source.note) == ("The turnstile's log", "Collected by the County")
    assert latest.note
    assert filed.text == "Museums Manager"
    assert filed.note == "14 July 2009\nFiled by Jo Field, deputy."
    assert reckoned.text == (
        "Red by its figures. The estimated outturn of 49,000 is 9.3% below the target of 54,000"
    )
    assert reckoned.note == "The officer rated it Amber."


def test_what_nobody_filed_is_said_not_to_be_and_no_draft_is_told(ashby: SmallCouncil) -> None:
    IndicatorUpdateFactory(
        cycle=ashby.quarter, indicator=ashby.visits, suggestion_reason="half a thought"
    )

    _, method, source, _, filed, reckoned = row_of(ashby, "CYPF8")

    assert (method.text, source.text, filed.note) == (NOT_SAID, NOT_SAID, "Not filed")
    assert reckoned == Cell()


def test_neither_papers_in_short_nor_those_without_indicators_have_it(ashby: SmallCouncil) -> None:
    short = compose(ashby.quarter, ashby.dmt, at=PAPERS_OUT, form=PaperForm.SHORT)
    assert TITLE not in titles(short)

    for placing in [*ashby.cypf.placings.all(), *ashby.es.placings.all()]:
        placing.delete()

    assert TITLE not in titles(paper(ashby))
