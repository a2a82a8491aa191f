"""Papers in short keep to two pages a plan, whatever is in them, and say what they leave out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pikepdf
import pytest

from goldenthread.documents.renderers import pdf
from goldenthread.documents.tree import Document
from goldenthread.domain.rating import Rating
from goldenthread.packs.compose.pack import compose
from goldenthread.packs.compose.short_form import MOST_ROWS, PaperForm
from tests.factories import (
    ActionFactory,
    IndicatorFactory,
    MeasurementFactory,
    PlanIndicatorFactory,
)
from tests.packs.quarter import PLAN, explain, say
from tests.packs.tree_reading import cell, of_plan, section, table, words_in
from tests.pages.small_council import PAPERS_OUT, SmallCouncil, found_small_council

ITEMS = 10
ORDINARY = "The hall that we had been promised was let to another club. " * 8


@pytest.fixture
def ashby(db: None) -> SmallCouncil:
    return found_small_council()


def fill(council: SmallCouncil, words: str) -> Document:
    """Have many items of a plan off track, with much said of each; compose the committee's short paper."""
    council.cypf.title = words[:200].strip()
    council.cypf.save()
    challenge = council.club.challenge
    for number in range(ITEMS):
        action = ActionFactory(
            challenge=challenge,
            number=number + 10,
            description=words,
            action_officer=council.posts.action_officer,
        )
        explain(say(council, action, Rating.RED, commentary=words), planned_step__what=words[:300])
        indicator = IndicatorFactory(
            council=council.council,
            reference=f"LONG{number}",
            definition=words,
            indicator_officer=council.posts.indicator_officer,
        )
        PlanIndicatorFactory(plan=council.cypf, indicator=indicator, number=number + 10)
        MeasurementFactory(indicator=indicator)
        say(council, indicator, Rating.AMBER, commentary=words)
    return compose(council.quarter, council.committee, at=PAPERS_OUT, form=PaperForm.SHORT)


def pages_of_plan(document: Document) -> int:
    """Count the pages that a plan's section adds to a paper."""
    without = replace(document, sections=document.sections[:1])
    return _pages(document) - _pages(without)


def _pages(document: Document) -> int:
    content = pdf.render(document)
    with pikepdf.open(BytesIO(content)) as file:
        return len(file.pages)


@pytest.mark.parametrize(
    "words",
    [ORDINARY, "W" * 480, "مشروع القاعة الجديدة " * 22, "🏛️ 議會 " * 80],
    ids=["ordinary", "unbroken", "arabic", "emoji"],
)
def test_a_plan_takes_two_pages_at_most(ashby: SmallCouncil, words: str) -> None:
    document = fill(ashby, words)

    assert pages_of_plan(document) <= 2


def test_what_there_is_no_room_for_is_counted_and_found_in_the_full_papers(
    ashby: SmallCouncil,
) -> None:
    document = fill(ashby, "Nothing much. ")

    plan = section(document, "Nothing much.")
    assert len(table(plan, f"The worst {MOST_ROWS} of {2 * ITEMS} items").rows) == MOST_ROWS
    assert (
        f"Left out here for room: {2 * ITEMS - MOST_ROWS} items that are off track and"
        in words_in(plan)
    )
    assert "The full papers hold every item under “Nothing much.”" in words_in(plan)


def test_where_an_exception_report_is_owed_the_next_step_says_so(ashby: SmallCouncil) -> None:
    say(ashby, ashby.club, Rating.RED)

    document = compose(ashby.quarter, ashby.committee, at=PAPERS_OUT, form=PaperForm.SHORT)

    row = table(section(document, ashby.cypf.title), "1 item, the worst first").rows[0]
    assert row.cells[2].text == "Exception report owed"


def test_what_a_rating_rests_on_stands_beside_the_years_target_by_name(
    ashby: SmallCouncil,
) -> None:
    MeasurementFactory(indicator=ashby.visits)
    estimate = {"estimated_outturn": Decimal(57_000)}
    say(ashby, ashby.visits, Rating.AMBER, **estimate)
    rated_by = {"suggestion_inputs": [["latest figure", "5.300000"], ["target", "5.1"]]}
    say(ashby, ashby.attendance, Rating.AMBER, **estimate, **rated_by)

    document = compose(ashby.quarter, ashby.committee, at=PAPERS_OUT, form=PaperForm.SHORT)

    figures = table(of_plan(document, PLAN), "2 indicators, the worst first")
    found = [cell(figures, name, "Rated by") for name in ("CYPF8", "CYPF9")]
    assert [(each.text, each.note) for each in found] == [
        ("57,000", "Estimated outturn"),
        ("5.3%", "Latest figure"),
    ]


def test_where_all_has_room_nothing_is_said_to_be_left_out(ashby: SmallCouncil) -> None:
    explain(say(ashby, ashby.club, Rating.RED))
    document = compose(ashby.quarter, ashby.committee, at=PAPERS_OUT, form=PaperForm.SHORT)

    assert "Left out" not in words_in(document)


def test_a_plan_of_an_ordinary_quarter_takes_one_page(ashby: SmallCouncil) -> None:
    assert pages_of_plan(fill(ashby, ORDINARY[:59])) == 1
