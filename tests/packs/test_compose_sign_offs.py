"""What papers say of who signed a plan off (clauses P-2, X-1)."""

from __future__ import annotations

import pytest

from goldenthread.documents.tree import Notice
from goldenthread.domain.rating import Rating
from tests.factories import ActionUpdateFactory
from tests.packs.quarter import PLAN, paper, say
from tests.packs.tree_reading import all_of, of_plan, section, table, words_in
from tests.pages.small_council import IN_Q1, SmallCouncil, found_small_council
from tests.reporting.signed import sign_off
from tests.statements.told import tell

UNSIGNED = "Not signed off by its Lead Officer or its Lead Member of DMT."


@pytest.fixture
def ashby(db: None) -> SmallCouncil:
    council = found_small_council()
    say(council, council.club, Rating.GREEN)
    tell(council.quarter, council.cypf, council.es)
    return council


def notices(council: SmallCouncil) -> list[str]:
    return [notice.text for notice in all_of(Notice, section(paper(council), PLAN))]


def test_a_plan_that_nobody_signed_is_visibly_unsigned(ashby: SmallCouncil) -> None:
    assert notices(ashby) == [UNSIGNED]
    known = table(section(paper(ashby), "Are we on track?"), "About these papers")
    unsigned = [row.cells[1].reference_text for row in known.rows if "signed" in row.cells[0].text]
    assert unsigned == [PLAN, "Environment"]


def test_a_signed_plan_names_who_signed_it_and_when(ashby: SmallCouncil) -> None:
    sign_off(ashby.quarter, ashby.cypf, ashby.es)

    words = words_in(of_plan(paper(ashby), PLAN))

    assert notices(ashby) == []
    assert "Signed off by its Lead Officer, Leo Park (Head of Leisure), on 28 July 2009." in words
    assert "Lead Member of DMT, Dora Hill (Corporate Director), on 28 July 2009." in words
    assert "Not signed off" not in words_in(paper(ashby))


def test_what_changed_since_it_was_signed_is_named(ashby: SmallCouncil) -> None:
    sign_off(ashby.quarter, ashby.cypf, ashby.es)
    update = ashby.club.updates.get()
    update.commentary = "The club closed."
    update.save()

    [notice] = notices(ashby)

    assert notice.endswith("on 28 July 2009. Changed since signed: CYPF 1.1.")


def test_a_signature_under_another_cycle_does_not_count(ashby: SmallCouncil) -> None:
    sign_off(ashby.six_weekly, ashby.cypf)

    assert notices(ashby) == [UNSIGNED]


def test_what_was_sent_back_is_said_to_be_so(ashby: SmallCouncil) -> None:
    ActionUpdateFactory(
        cycle=ashby.quarter,
        action=ashby.grant,
        returned_at=IN_Q1,
        returned_by=ashby.holder_of(ashby.posts.lead_officer),
        revision_note="Say how many.",
    )

    words = words_in(of_plan(paper(ashby), PLAN))

    assert "Sent back for revision" in words
    assert "Say how many." not in words
