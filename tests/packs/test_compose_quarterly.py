"""The quarterly paper (clauses C-2, D-2, D-4, E-1 to E-4)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from goldenthread.documents.renderers import text
from goldenthread.documents.tree import (
    Cell,
    Document,
    Heading,
    RatingCounts,
    to_json,
)
from goldenthread.domain.kinds import BodyKind
from goldenthread.domain.outturn import Accumulation
from goldenthread.domain.rating import Rating
from goldenthread.indicators.models import Indicator
from goldenthread.packs.compose.material import NotReceivedError
from goldenthread.packs.compose.pack import compose
from goldenthread.plans.models import Action
from tests.factories import (
    ActionUpdateFactory,
    BodyFactory,
    IndicatorUpdateFactory,
    MeasurementFactory,
)
from tests.packs.quarter import PLAN, explain, paper, say
from tests.packs.tree_reading import (
    all_of,
    cell,
    forms,
    headings,
    of_plan,
    section,
    table,
    titles,
    words_in,
)
from tests.pages.small_council import MONTHS, PAPERS_OUT, SmallCouncil, found_small_council


@pytest.fixture
def ashby(db: None) -> SmallCouncil:
    return found_small_council()


def give_figures(council: SmallCouncil, *values: int | None, provisional: int = 0) -> None:
    for number, ((starts_on, ends_on), value) in enumerate(
        zip(MONTHS, values, strict=True), start=1
    ):
        MeasurementFactory(
            indicator=council.visits,
            starts_on=starts_on,
            ends_on=ends_on,
            value=value,
            unavailable_reason="" if value is not None else "The counter was broken.",
            is_provisional=number == provisional,
        )


def quarter_1(document: Document) -> Cell:
    return cell(table(of_plan(document, PLAN), "Reported monthly"), "CYPF8", "Qtr 1")


def test_indicators_have_a_column_for_each_quarter(ashby: SmallCouncil) -> None:
    document = paper(ashby)

    for caption in ("Reported monthly", "Reported quarterly"):
        columns = headings(table(of_plan(document, PLAN), caption))
        assert columns[6:10] == ["Qtr 1", "Qtr 2", "Qtr 3", "Qtr 4"]


@pytest.mark.parametrize(
    ("accumulation", "brought_together"),
    [(Accumulation.SUM, "12,300"), (Accumulation.MEAN, "4,100"), (Accumulation.LATEST, "4,500")],
)
def test_months_are_brought_together_by_how_they_accumulate(
    ashby: SmallCouncil, accumulation: Accumulation, brought_together: str
) -> None:
    Indicator.objects.update(accumulation=accumulation)
    give_figures(ashby, 3700, 4100, 4500)

    assert replace(quarter_1(paper(ashby)), value=None) == Cell(brought_together)


def test_a_sum_with_a_month_that_cannot_be_had_sends_to_the_reason(ashby: SmallCouncil) -> None:
    give_figures(ashby, 3700, None, 4500)
    document = paper(ashby)

    assert quarter_1(document) == Cell("No figure", note="See comments")
    comments = cell(
        table(of_plan(document, PLAN), "Reported monthly"), "CYPF8", "Rating and comments"
    )
    assert comments.note == "No figure for May 2009: The counter was broken."


def test_an_average_over_a_gap_is_given_and_says_so(ashby: SmallCouncil) -> None:
    Indicator.objects.update(accumulation=Accumulation.MEAN)
    give_figures(ashby, 3700, None, 4500)

    assert quarter_1(paper(ashby)) == Cell("4,100", note="With a gap", value=Decimal(4100))


def test_a_quarter_with_a_month_that_has_not_come_is_not_in_yet(ashby: SmallCouncil) -> None:
    MeasurementFactory(indicator=ashby.visits)

    assert quarter_1(paper(ashby)) == Cell("", note="Not in yet")


def test_a_provisional_figure_that_was_never_confirmed_is_still_said_to_be(
    ashby: SmallCouncil,
) -> None:
    give_figures(ashby, 3700, 4100, 4500, provisional=3)

    assert quarter_1(paper(ashby)) == Cell("12,300", note="Provisional", value=Decimal(12300))


def test_a_quarter_that_has_not_ended_is_not_due(ashby: SmallCouncil) -> None:
    monthly = table(of_plan(paper(ashby), PLAN), "Reported monthly")

    assert cell(monthly, "CYPF8", "Qtr 2") == Cell("", note="Not due")


def test_a_quarterly_figure_stands_in_its_unit(ashby: SmallCouncil) -> None:
    MeasurementFactory(
        indicator=ashby.attendance,
        starts_on=MONTHS[0][0],
        ends_on=MONTHS[2][1],
        value=Decimal("5.25"),
    )

    quarterly = table(of_plan(paper(ashby), PLAN), "Reported quarterly")

    assert cell(quarterly, "CYPF9", "Qtr 1").text == "5.3%"
    assert cell(quarterly, "CYPF9", "Reference").note == "NI 87"


def test_what_is_red_stands_on_the_first_page_those_red_last_time_first(
    ashby: SmallCouncil,
) -> None:
    ActionUpdateFactory(
        cycle=ashby.six_weekly, action=ashby.grant, submitted=True, rating=Rating.RED
    )
    ActionUpdateFactory(cycle=ashby.six_weekly, action=ashby.club, submitted=True)
    for item in (ashby.club, ashby.grant):
        say(ashby, item, Rating.RED)
    say(ashby, ashby.visits, Rating.AMBER)

    summary = section(paper(ashby), "Are we on track?")

    reds = table(summary, "2 items rated red, those red for longest first")
    assert [(r.cells[0].reference_text, r.cells[3].text) for r in reds.rows] == [
        ("CYPF 1.2", "Red in Six-weekly update 1, 2009/10"),
        ("CYPF 1.1", "Green in Six-weekly update 1, 2009/10"),
    ]


def test_what_moved_is_counted(ashby: SmallCouncil) -> None:
    ActionUpdateFactory(
        cycle=ashby.six_weekly, action=ashby.grant, submitted=True, rating=Rating.AMBER
    )
    IndicatorUpdateFactory(cycle=ashby.six_weekly, indicator=ashby.visits, submitted=True)
    say(ashby, ashby.grant, Rating.GREEN)
    say(ashby, ashby.visits, Rating.RED)

    assert "1 item got better and 1 item got worse since the returns of Six-weekly" in words_in(
        paper(ashby)
    )


def test_where_nothing_moved_that_is_said(ashby: SmallCouncil) -> None:
    ActionUpdateFactory(cycle=ashby.six_weekly, action=ashby.grant, submitted=True)
    say(ashby, ashby.grant, Rating.GREEN)

    document = paper(ashby)

    assert "No rating has moved since the returns of Six-weekly update 1, 2009/10." in words_in(
        document
    )
    assert "Nothing is rated red." in words_in(document)


def test_the_counts_are_those_of_the_lines(ashby: SmallCouncil) -> None:
    say(ashby, ashby.club, Rating.RED)
    say(ashby, ashby.grant, Rating.AMBER)
    say(ashby, ashby.visits, Rating.GREEN)
    say(ashby, ashby.swans, None)
    document = paper(ashby)

    summary = section(document, "Are we on track?")
    [actions, indicators] = [
        {each.name: (each.red, each.amber, each.green, each.unrated) for each in counts.rows}
        for counts in all_of(RatingCounts, summary)
    ]

    assert actions.pop("All plans") == (1, 1, 0, 0)
    assert indicators.pop("All plans") == (0, 0, 1, 2)
    assert actions == {PLAN: (1, 1, 0, 0), "Environment": (0, 0, 0, 0)}
    assert indicators == {PLAN: (0, 0, 1, 1), "Environment": (0, 0, 0, 1)}
    for plan in actions:
        rated = [each.rating for each in all_of(Cell, of_plan(document, plan)) if each.rating]
        counted = [sum(pair) for pair in zip(actions[plan], indicators[plan], strict=True)][:3]
        found = [rated.count(r) for r in (Rating.RED, Rating.AMBER, Rating.GREEN)]
        assert found == counted
    assert (
        "Of 3 actions and indicators rated, 1 green, 1 amber and 1 red. 1 of 5 returns not in. 1 item is monitored, not rated."
    ) in words_in(summary)


def test_a_committee_receives_its_own_plan_and_nothing_of_others(ashby: SmallCouncil) -> None:
    explain(say(ashby, ashby.club, Rating.RED))

    document = compose(ashby.quarter, ashby.committee, at=PAPERS_OUT)

    assert titles(document)[:3] == ["Are we on track?", "Red exception reports", PLAN]
    assert "Environment" not in words_in(document)
    assert "Swans" not in words_in(document)
    assert document.forum == "Young People Committee"


def test_a_committee_that_no_plan_is_sent_to_receives_none(ashby: SmallCouncil) -> None:
    other = BodyFactory(council=ashby.council, kind=ashby.committee.kind, title="Other")

    assert titles(compose(ashby.quarter, other, at=PAPERS_OUT)) == [
        "Are we on track?",
        "How to read this paper",
    ]


def test_scrutiny_receives_every_plan_with_its_exception_reports(ashby: SmallCouncil) -> None:
    explain(say(ashby, ashby.club, Rating.RED))

    document = compose(ashby.quarter, ashby.scrutiny, at=PAPERS_OUT)

    assert {PLAN, "Environment", f"Exception reports: {PLAN}"} <= set(titles(document))


def test_the_partnership_receives_no_more_than_its_targets(ashby: SmallCouncil) -> None:
    say(ashby, ashby.visits, Rating.RED)
    explain(say(ashby, ashby.attendance, Rating.RED))

    document = compose(ashby.quarter, ashby.partnership, at=PAPERS_OUT)

    said = words_in(document)
    assert "CYPF9" in said
    assert not [words for words in ("CYPF8", "homework club", "Environment") if words in said]
    assert forms(document) == []
    assert "Actions" not in [heading.text for heading in all_of(Heading, document)]


def test_a_forum_that_the_report_is_not_sent_to_receives_none(ashby: SmallCouncil) -> None:
    council = BodyFactory(council=ashby.council, kind=BodyKind.COUNCIL, title="Full Council")

    with pytest.raises(NotReceivedError, match="Full Council does not receive the quarterly"):
        compose(ashby.quarter, council, at=PAPERS_OUT)


def test_nothing_of_another_council_is_in_it(ashby: SmallCouncil) -> None:
    bexley = found_small_council("bexley")
    say(bexley, bexley.club, Rating.RED, commentary="Of Bexley alone")

    assert "Bexley" not in words_in(paper(ashby))


@pytest.mark.parametrize(
    ("part", "heading"), [("actions", "Actions"), ("indicators", "Performance indicators")]
)
def test_a_part_that_the_framework_leaves_out_is_left_out(
    ashby: SmallCouncil, part: str, heading: str
) -> None:
    framework = ashby.council.frameworks.get()
    before, after = framework.text.split("[reports.quarterly]")
    after = after.replace(f'"{part}", ', "", 1)
    framework.text = f"{before}[reports.quarterly]{after}"
    framework.save()

    assert heading not in [each.text for each in all_of(Heading, paper(ashby))]


def test_a_judgement_on_figures_that_suggested_nothing_is_not_told(ashby: SmallCouncil) -> None:
    say(ashby, ashby.visits, Rating.GREEN, judgement_reason="A feeling.")

    assert "A feeling." not in words_in(paper(ashby))


def test_with_everything_in_nobody_is_named_as_missing(ashby: SmallCouncil) -> None:
    items: list[Action | Indicator] = [
        ashby.club,
        ashby.grant,
        ashby.visits,
        ashby.attendance,
        ashby.swans,
    ]
    for item in items:
        say(ashby, item, None if item == ashby.swans else Rating.GREEN)

    document = paper(ashby)

    assert words_in(section(document, "Late and missing returns")).count("Not returned") == 0
    swans = table(of_plan(document, "Environment"), "Reported annually")
    assert cell(swans, "ES1", "Rating and comments").rating_label == "Monitored, not rated"


def test_the_same_material_gives_the_same_bytes(ashby: SmallCouncil) -> None:
    for item in (ashby.club, ashby.visits):
        explain(say(ashby, item, Rating.RED))
    give_figures(ashby, 3700, 4100, 4500)

    first, second = (paper(ashby) for _ in range(2))

    assert to_json(first) == to_json(second)
    assert text.render(first) == text.render(second)
