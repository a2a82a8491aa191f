"""Exception reports in a paper (clauses D-4, E-1 to E-3, X-2)."""

from __future__ import annotations

import pytest

from goldenthread.documents.renderers import text
from goldenthread.documents.tree import BulletList, Cell, ExceptionForm, Notice, Row
from goldenthread.domain.posts import Capacity
from goldenthread.domain.rating import Rating
from tests.factories import ExceptionReportFactory, PlanIndicatorFactory, UserFactory
from tests.packs.quarter import PLAN, explain, paper, say
from tests.packs.tree_reading import all_of, cell, forms, of_plan, section, table, titles, words_in
from tests.pages.small_council import SmallCouncil, found_small_council


@pytest.fixture
def ashby(db: None) -> SmallCouncil:
    return found_small_council()


def test_exception_reports_come_plan_by_plan_reds_before_ambers(ashby: SmallCouncil) -> None:
    for update in (
        say(ashby, ashby.club, Rating.AMBER),
        say(ashby, ashby.grant, Rating.RED),
        say(ashby, ashby.visits, Rating.RED),
    ):
        explain(update)

    document = paper(ashby)

    assert titles(document)[3] == f"Exception reports: {PLAN}"
    assert forms(document) == [
        "Exception report 1: CYPF 1.2",
        "Exception report 2: CYPF8",
        "Exception report 3: CYPF 1.1",
    ]


def test_an_exception_report_answers_all_that_the_framework_asks(ashby: SmallCouncil) -> None:
    explain(
        say(ashby, ashby.club, Rating.RED),
        done="We asked the school.",
        needs_resources=True,
        resources="£2,000 for a hall.",
        resources_effect="The club opens.",
        must_be_endorsed=True,
    )

    [form] = all_of(ExceptionForm, paper(ashby))

    assert {fact.label: fact.value for fact in form.facts} == {
        "Plan": PLAN,
        "Lead Member of DMT": "Corporate Director",
        "Officer responsible": "Play Officer",
        "Action": "Open a homework club",
        "Endorsed": "Not yet by the Lead Member of DMT",
    }
    assert form.rating is Rating.RED
    assert [answer.answer for answer in form.answers] == [
        "The caretaker left.",
        "We asked the school.",
        "The steps stand in the table below.",
        "Nothing stated.",
        "Yes. £2,000 for a hall.\nThe club opens.\nDMT's endorsement is needed and "
        "Cabinet's endorsement is needed.",
        "No.",
    ]
    [steps] = form.tables
    assert [[cell.text for cell in row.cells] for row in steps.rows] == [
        ["Take on another caretaker", "The school", "3 August 2009"]
    ]


def test_an_item_refers_to_its_exception_report_and_that_back(ashby: SmallCouncil) -> None:
    explain(say(ashby, ashby.visits, Rating.RED))
    document = paper(ashby)

    rated = cell(table(of_plan(document, PLAN), "Reported monthly"), "CYPF8", "Rating and comments")
    [form] = all_of(ExceptionForm, document)

    assert rated.reference_text == "See exception report 1"
    assert rated.reference == form.anchor
    assert form.back_reference in {each.anchor for each in all_of(Row, document)}
    assert form.back_text == "Back to CYPF8 in its table"


def test_every_reference_leads_somewhere(ashby: SmallCouncil) -> None:
    for item in (ashby.club, ashby.grant, ashby.visits):
        explain(say(ashby, item, Rating.RED))
    document = paper(ashby)

    anchors = [
        *(each.anchor for each in all_of(Row, document) if each.anchor),
        *(each.anchor for each in all_of(ExceptionForm, document)),
        *(each.anchor for each in document.sections),
    ]
    references = [each.reference for each in all_of(Cell, document) if each.reference]

    assert len(set(anchors)) == len(anchors)
    assert set(references) <= set(anchors)


def test_an_exception_report_that_is_owed_is_named_with_who_owes_it(ashby: SmallCouncil) -> None:
    say(ashby, ashby.grant, Rating.AMBER)
    ExceptionReportFactory(action_update=say(ashby, ashby.club, Rating.RED), why="Half a thought")

    document = paper(ashby)

    owed = section(document, f"Exception reports: {PLAN}")
    [notice], [names] = all_of(Notice, owed), all_of(BulletList, owed)
    assert notice.text == "Exception reports that have not come:"
    assert names.items == (
        "CYPF 1.1, red: Open a homework club (Play Officer)",
        "CYPF 1.2, amber: Pay grants to sports clubs (Play Officer)",
    )
    assert "Half a thought" not in words_in(document)
    assert "See exception report" not in words_in(document)


def test_an_indicator_of_two_plans_has_one_exception_report(ashby: SmallCouncil) -> None:
    PlanIndicatorFactory(plan=ashby.es, indicator=ashby.visits)
    explain(say(ashby, ashby.visits, Rating.RED))

    written = text.render(paper(ashby))

    assert written.count("See exception report 1") == 2
    assert "xception report 2" not in written


def test_whoever_filed_a_report_for_its_post_is_named_beside_it(ashby: SmallCouncil) -> None:
    explain(
        say(ashby, ashby.club, Rating.RED),
        submitted_by=UserFactory(name="Di Ash"),
        submitted_for=ashby.club.action_officer,
        submitted_as=Capacity.DEPUTY,
    )

    [form] = all_of(ExceptionForm, paper(ashby))

    said = {fact.label: fact.value for fact in form.facts}
    assert said["Officer responsible"] == "Play Officer. Filed by Di Ash, deputy."
