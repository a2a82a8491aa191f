"""What a plan's leads say of it, first in its part of the paper (clause O-1)."""

from __future__ import annotations

import pytest

from goldenthread.documents.tree import Heading, Notice, Paragraph, Tone
from goldenthread.domain.kinds import BodyKind
from goldenthread.packs.compose.pack import compose
from tests.factories import PlanStatementFactory, UserFactory
from tests.packs.quarter import PLAN, paper
from tests.packs.tree_reading import of_plan, section, words_in
from tests.pages.small_council import PAPERS_OUT, SmallCouncil, found_small_council


@pytest.fixture
def ashby(db: None) -> SmallCouncil:
    return found_small_council()


def test_the_answers_stand_before_the_actions(ashby: SmallCouncil) -> None:
    PlanStatementFactory(
        cycle=ashby.quarter,
        plan=ashby.cypf,
        submitted=True,
        saved_by=UserFactory(name="Leo Park"),
    )

    first, second, _ = of_plan(paper(ashby), PLAN)
    blocks = first.blocks

    at = blocks.index(Heading("Overview", 2))
    assert blocks[at + 1 : at + 4] == (
        Paragraph("Answered by Leo Park, Head of Leisure, 14 July 2009.", Tone.NOTE),
        Heading("How is the plan doing?", 3),
        Paragraph("Well, but for the clubs."),
    )
    assert second.blocks[0] == Heading("Actions", 2)


def test_one_that_has_not_come_is_said_to_be_missing_and_a_draft_is_not_printed(
    ashby: SmallCouncil,
) -> None:
    answers = {"on_track": {"question": "How?", "words": "Secret so far.", "is_yes": None}}
    PlanStatementFactory(cycle=ashby.quarter, plan=ashby.cypf, answers=answers)

    document = paper(ashby)

    assert (
        Notice("This has not come. It is for Head of Leisure or Corporate Director to write.")
        in section(document, PLAN).blocks
    )
    assert "Secret so far." not in words_in(document)


def test_a_forum_of_targets_receives_none(ashby: SmallCouncil) -> None:
    PlanStatementFactory(cycle=ashby.quarter, plan=ashby.cypf, submitted=True)
    assert ashby.partnership.kind is BodyKind.LSP_EXECUTIVE_BOARD

    document = compose(ashby.quarter, ashby.partnership, at=PAPERS_OUT)

    assert "Well, but for the clubs." not in words_in(document)
