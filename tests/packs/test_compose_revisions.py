"""A revised target or date never hides the original (clause G-5)."""

# ruff: noqa: F811 - a fixture is imported, and then asked for by its name

from __future__ import annotations

from datetime import UTC, datetime

from goldenthread.documents.tree import Document
from goldenthread.packs.compose.changes import changes_in
from goldenthread.packs.compose.material import gather
from goldenthread.packs.compose.pack import compose
from goldenthread.packs.compose.short_form import PaperForm
from tests.factories import (
    DueRevisionFactory,
    PackFactory,
    TargetFactory,
    TargetRevisionFactory,
    UserFactory,
)
from tests.packs.quarter import PLAN, paper
from tests.packs.tree_reading import cell, of_plan, section, table, titles, words_in
from tests.pages.conftest import ashby  # noqa: F401 - a fixture
from tests.pages.small_council import PAPERS_OUT, SmallCouncil

TITLE = "Revised targets and dates"


def revise_both(council: SmallCouncil) -> None:
    TargetRevisionFactory(
        target=council.visits.targets.get(),
        number=1,
        was="60,000",
        became="54,000",
        revised_by=UserFactory(name="Petra Moss"),
    )
    DueRevisionFactory(action=council.club, number=1)


def listed(document: Document) -> list[str]:
    if TITLE not in titles(document):
        return []
    [found] = section(document, TITLE).blocks[1:]
    return [row.cells[0].reference_text for row in found.rows]  # type: ignore[union-attr]


def test_the_tables_show_the_original_beside_what_stands(ashby: SmallCouncil) -> None:
    revise_both(ashby)

    plan = of_plan(paper(ashby), PLAN)

    target = cell(table(plan, "Reported monthly"), "CYPF8", "2009/10 target")
    assert target.text == "54,000"
    assert target.note == (
        "Revised from 60,000 on 10 July 2009. Authority: Cabinet, 8 July 2009, minute 45"
    )
    assert "Revised from By the end of June on 10 July 2009" in words_in(plan)


def test_papers_in_short_show_the_original_target_too(ashby: SmallCouncil) -> None:
    revise_both(ashby)

    short = compose(ashby.quarter, ashby.dmt, at=PAPERS_OUT, form=PaperForm.SHORT)

    assert "Revised from 60,000 on 10 July 2009" in words_in(short)


def test_the_appendix_gives_each_with_why_when_and_on_whose_word(ashby: SmallCouncil) -> None:
    revise_both(ashby)

    document = paper(ashby)

    found = table(section(document, TITLE), "2 revisions")
    told = [cell(found, "CYPF8", name).text for name in ("Before", "Now", "Why")]
    assert told == ["60,000", "54,000", "The grant was halved."]
    assert cell(found, "CYPF8", "On whose authority").text == "Cabinet, 8 July 2009, minute 45"
    entered = cell(found, "CYPF8", "Entered")
    assert (entered.text, entered.note) == ("10 July 2009", "Petra Moss")
    assert cell(found, "CYPF 1.1", "Before").text == "By the end of June"
    assert "2 targets or dates were revised\n" in words_in(document)


def test_the_countys_agreement_stands_in_it(ashby: SmallCouncil) -> None:
    target = ashby.attendance.targets.get()
    TargetRevisionFactory(target=target, county_agreement="Letter of 9 July 2009")

    found = table(section(paper(ashby), TITLE), "1 revision")

    authority = cell(found, "CYPF9", "On whose authority")
    assert authority.note == "The County agreed: Letter of 9 July 2009"


def test_what_earlier_papers_told_is_listed_but_not_called_new(ashby: SmallCouncil) -> None:
    revise_both(ashby)
    PackFactory(
        cycle=ashby.six_weekly,
        body=ashby.dmt,
        framework=ashby.council.frameworks.get(),
        issued_at=datetime(2009, 7, 12, tzinfo=UTC),
    )

    document = paper(ashby)
    material = gather(ashby.quarter, ashby.dmt, at=PAPERS_OUT, today=PAPERS_OUT.date())

    assert listed(document) == ["CYPF 1.1", "CYPF8"]
    assert "revised since the last papers" not in words_in(document)
    assert changes_in(material).revised == ()


def test_a_forum_is_told_only_of_what_it_receives(ashby: SmallCouncil) -> None:
    revise_both(ashby)
    TargetRevisionFactory(target=ashby.attendance.targets.get())

    assert listed(compose(ashby.quarter, ashby.partnership, at=PAPERS_OUT)) == ["CYPF9"]


def test_another_years_target_is_not_told(ashby: SmallCouncil) -> None:
    TargetRevisionFactory(target=TargetFactory(indicator=ashby.visits, year=2010))

    assert TITLE not in titles(paper(ashby))
