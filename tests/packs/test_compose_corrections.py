"""Papers list what was put right since the forum's last ones; what those said stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from goldenthread.documents.renderers import text
from goldenthread.documents.tree import Document, from_json, to_json
from goldenthread.domain.kinds import IndicatorKind
from goldenthread.domain.posts import Capacity
from goldenthread.domain.rating import Rating
from goldenthread.organisation.models import Body
from goldenthread.packs.compose.pack import compose
from goldenthread.reporting.models import Correction, IndicatorUpdate
from tests.factories import (
    ActionUpdateFactory,
    CorrectionFactory,
    IndicatorUpdateFactory,
    PackFactory,
    UserFactory,
)
from tests.packs.quarter import PLAN, paper, say
from tests.packs.tree_reading import cell, of_plan, section, table, titles, words_in
from tests.pages.small_council import PAPERS_OUT, SmallCouncil, found_small_council

APPROVED = Path(__file__).with_name("corrections.txt")
LAST_PAPERS = datetime(2009, 6, 11, 15, tzinfo=UTC)
BEFORE, SINCE = datetime(2009, 6, 11, 14, tzinfo=UTC), datetime(2009, 7, 24, 10, tzinfo=UTC)
FIGURE = {"what": "April 2009", "was": "3,100", "now": "3,800"}


@pytest.fixture
def ashby(db: None) -> SmallCouncil:
    """Its directors had their papers of the six-weekly update."""
    council = found_small_council()
    give_papers(council, council.dmt, LAST_PAPERS)
    return council


def give_papers(council: SmallCouncil, body: Body, at: datetime) -> None:
    PackFactory(
        cycle=council.six_weekly,
        body=body,
        framework=council.council.frameworks.get(),
        issued_at=at,
    )


@pytest.fixture
def visits(ashby: SmallCouncil) -> IndicatorUpdate:
    return IndicatorUpdateFactory(cycle=ashby.six_weekly, indicator=ashby.visits, submitted=True)


def put_right(update: IndicatorUpdate, at: datetime = SINCE, **given: object) -> Correction:
    return CorrectionFactory(
        cycle=update.cycle,
        action_update=None,
        indicator_update=update,
        reason="The turnstile counted staff.",
        changes=[FIGURE],
        made_at=at,
        made_by=UserFactory(name="Petra Moss"),
        **given,
    )


def listed(document: Document) -> list[str]:
    if "Corrections" not in titles(document):
        return []
    rows = table(section(document, "Corrections"), "1 correction").rows
    return [row.cells[0].reference_text for row in rows]


def test_a_correction_is_named_with_what_stood_before_why_who_and_when(
    ashby: SmallCouncil, visits: IndicatorUpdate
) -> None:
    put_right(visits)

    corrections = table(section(paper(ashby), "Corrections"), "1 correction")

    assert cell(corrections, "CYPF8", "Item").note == "Six-weekly update 1, 2009/10"
    assert cell(corrections, "CYPF8", "What was put right").text == "April 2009: 3,800, was 3,100"
    assert cell(corrections, "CYPF8", "Why").text == "The turnstile counted staff."
    who = cell(corrections, "CYPF8", "By whom and when")
    assert (who.text, who.note) == ("Petra Moss", "24 July 2009")


def test_the_section_reads_as_approved(ashby: SmallCouncil, visits: IndicatorUpdate) -> None:
    put_right(visits)
    club = ActionUpdateFactory(cycle=ashby.six_weekly, action=ashby.club, submitted=True)
    CorrectionFactory(
        cycle=ashby.six_weekly,
        action_update=club,
        reason="The club opens in July.\nThe hall was late.",
        changes=[
            {"what": "Rating", "was": "Green", "now": "Amber"},
            {"what": "Comments", "was": "3 clubs opened.", "now": "2 clubs opened."},
            {"what": "Why rated so", "was": "nothing", "now": "Some progress."},
        ],
        made_at=PAPERS_OUT,
        made_by=UserFactory(name="Leo Park"),
    )

    document = paper(ashby)
    said = text.render(
        Document(
            title="Paper",
            council="Ashby",
            forum="Directors",
            cycle="Quarter 1",
            sections=(section(document, "Corrections"),),
        )
    )

    assert said == APPROVED.read_text(encoding="utf-8")
    assert "2 earlier returns have been put right since this forum's papers of Six-" in words_in(
        document
    )


def test_papers_issued_again_tell_what_those_they_replace_told(
    ashby: SmallCouncil, visits: IndicatorUpdate
) -> None:
    put_right(visits)
    PackFactory(
        cycle=ashby.quarter,
        body=ashby.dmt,
        framework=ashby.council.frameworks.get(),
        issued_at=PAPERS_OUT,
    )
    put_right(visits, PAPERS_OUT)

    again = compose(ashby.quarter, ashby.dmt, at=PAPERS_OUT + timedelta(days=1))

    assert len(table(section(again, "Corrections"), "2 corrections").rows) == 2
    assert "Put right since this forum's papers of Six-weekly update 1, 2009/10." in words_in(again)


def test_without_a_correction_there_is_no_section(ashby: SmallCouncil) -> None:
    document = paper(ashby)

    assert "Corrections" not in titles(document)
    assert "put right" not in words_in(document)


@pytest.mark.parametrize(
    ("made_at", "is_listed"),
    [
        (BEFORE, False),
        (LAST_PAPERS, False),
        (SINCE, True),
        (PAPERS_OUT, True),
        (datetime(2009, 8, 7, tzinfo=UTC), False),
    ],
)
def test_only_what_was_put_right_since_the_last_papers_is_listed(
    ashby: SmallCouncil, visits: IndicatorUpdate, made_at: datetime, *, is_listed: bool
) -> None:
    put_right(visits, made_at)

    assert listed(paper(ashby)) == (["CYPF8"] if is_listed else [])


def test_each_forum_goes_by_its_own_last_papers(
    ashby: SmallCouncil, visits: IndicatorUpdate
) -> None:
    put_right(visits, BEFORE)
    give_papers(ashby, ashby.scrutiny, datetime(2009, 6, 1, tzinfo=UTC))

    assert listed(compose(ashby.quarter, ashby.scrutiny, at=PAPERS_OUT)) == ["CYPF8"]
    assert listed(paper(ashby)) == []


def test_a_forum_that_has_had_no_papers_is_told_of_all(
    ashby: SmallCouncil, visits: IndicatorUpdate
) -> None:
    put_right(visits, BEFORE)

    assert listed(compose(ashby.quarter, ashby.committee, at=PAPERS_OUT)) == ["CYPF8"]


def test_a_forum_is_told_only_of_what_it_receives(ashby: SmallCouncil) -> None:
    swans = IndicatorUpdateFactory(cycle=ashby.six_weekly, indicator=ashby.swans, submitted=True)
    put_right(swans)

    assert listed(paper(ashby)) == ["ES1"]
    assert listed(compose(ashby.quarter, ashby.committee, at=PAPERS_OUT)) == []


def test_a_partnership_is_told_only_of_its_targets(
    ashby: SmallCouncil, visits: IndicatorUpdate
) -> None:
    put_right(visits)
    attendance = IndicatorUpdateFactory(
        cycle=ashby.six_weekly, indicator=ashby.attendance, submitted=True
    )
    put_right(attendance)
    assert ashby.attendance.designations.get().kind is IndicatorKind.LAA

    assert listed(compose(ashby.quarter, ashby.partnership, at=PAPERS_OUT)) == ["CYPF9"]


def test_another_councils_corrections_are_not_told(ashby: SmallCouncil) -> None:
    put_right(IndicatorUpdateFactory(submitted=True))

    assert listed(paper(ashby)) == []


def test_an_issued_paper_keeps_what_it_said(ashby: SmallCouncil, visits: IndicatorUpdate) -> None:
    frozen = to_json(paper(ashby))
    put_right(visits)

    assert "Corrections" not in titles(from_json(frozen))


def test_a_return_put_right_twice_is_one_return_and_two_corrections(
    ashby: SmallCouncil, visits: IndicatorUpdate
) -> None:
    put_right(visits)
    put_right(visits)

    document = paper(ashby)

    assert len(table(section(document, "Corrections"), "2 corrections").rows) == 2
    assert "1 earlier return has been put right" in words_in(document)


def test_whoever_stood_in_is_named_under_their_words(ashby: SmallCouncil) -> None:
    filed = {"submitted_by": UserFactory(name="Jo Field"), "submitted_as": Capacity.DEPUTY}
    say(ashby, ashby.club, Rating.GREEN, submitted_for=ashby.posts.action_officer, **filed)
    say(
        ashby,
        ashby.visits,
        Rating.GREEN,
        submitted_for=ashby.posts.lead_officer,
        submitted_by=UserFactory(name="Leo Park"),
        submitted_as=Capacity.ANSWERABLE,
    )

    said = words_in(of_plan(paper(ashby), PLAN))

    assert "Filed by Jo Field, deputy." in said
    assert "Filed by Leo Park, Head of Leisure." in said


def test_a_posts_own_holder_is_not_named_under_their_words(ashby: SmallCouncil) -> None:
    say(
        ashby,
        ashby.club,
        Rating.GREEN,
        submitted_for=ashby.posts.action_officer,
        submitted_as=Capacity.ANSWERABLE,
    )

    assert "Filed by" not in words_in(paper(ashby))
