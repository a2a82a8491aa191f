"""The directors' six-weekly paper (clauses C-1, D-1, D-3)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from goldenthread.documents.tree import Document, Notice, RatingCounts, Table
from goldenthread.domain.rating import Rating
from goldenthread.packs.compose.material import NotReceivedError
from goldenthread.packs.compose.pack import compose
from tests.factories import (
    ActionUpdateFactory,
    ExceptionReportFactory,
    IndicatorUpdateFactory,
    MeasurementFactory,
)
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
from tests.pages.small_council import MONTHS, SmallCouncil, found_small_council

AT = datetime(2009, 6, 11, 8, 30, tzinfo=UTC)
PLAN = "Children and Young People"


@pytest.fixture
def ashby(db: None) -> SmallCouncil:
    return found_small_council()


def paper(council: SmallCouncil) -> Document:
    return compose(council.six_weekly, council.dmt, at=AT)


def test_it_holds_the_plans_and_no_exception_reports(ashby: SmallCouncil) -> None:
    update = ActionUpdateFactory(
        cycle=ashby.six_weekly, action=ashby.club, submitted=True, rating=Rating.RED
    )
    ExceptionReportFactory(action_update=update, submitted=True)

    document = paper(ashby)

    assert titles(document) == [
        "Are we on track?",
        PLAN,
        "Environment",
        "Late and missing returns",
        "Where the figures come from",
        "How to read this paper",
    ]
    assert forms(document) == []
    assert "xception" not in words_in(document)


def test_its_cover_says_whom_it_is_for_and_as_at_when(ashby: SmallCouncil) -> None:
    facts = {fact.label: fact.value for fact in paper(ashby).facts}

    assert facts == {
        "Forum": "Directors' Management Team",
        "Meeting": "16 June 2009",
        "Period": "1 April to 30 June 2009",
        "Returns due by": "8 June 2009",
        "Data as at": "09:30 on 11 June 2009",
        "Framework": facts["Framework"],
        "What figures suggest": "By the estimated outturn: green on target or better; amber up to 5% "
        "short of it; red otherwise, unless an indicator has a band of its own, which stands "
        "beside it",
    }
    assert facts["Framework"].endswith("version 2009-10")


def test_a_meeting_without_a_day_is_to_be_confirmed(ashby: SmallCouncil) -> None:
    ashby.six_weekly.milestones.all().delete()

    assert "To be confirmed" in {fact.value for fact in paper(ashby).facts}


def test_the_monthly_indicators_have_a_column_for_each_month_of_the_quarter(
    ashby: SmallCouncil,
) -> None:
    monthly = table(of_plan(paper(ashby), PLAN), "Reported monthly")

    assert headings(monthly) == [
        "Reference",
        "Definition",
        "Polarity and unit",
        "Baseline 2008/09",
        "Previous outturn",
        "2009/10 target",
        "April",
        "May",
        "June",
        "Estimated outturn",
        "Trend",
        "Rating and comments",
    ]


def test_an_indicator_is_told_with_all_that_it_is_held_against(ashby: SmallCouncil) -> None:
    monthly = table(of_plan(paper(ashby), PLAN), "Reported monthly")

    told = [each.text for each in monthly.rows[0].cells][:6]
    assert told == [
        "CYPF8",
        "Visits to the museum",
        "High",
        "48,000 in 2008/09",
        "50,000",
        "54,000",
    ]
    assert monthly.rows[0].cells[2].note == "Number"


def test_indicators_are_grouped_by_how_often_figures_come(ashby: SmallCouncil) -> None:
    document = paper(ashby)

    assert [t.caption for t in all_of(Table, of_plan(document, PLAN))] == [
        "Actions of challenge 1",
        "Reported monthly",
        "Reported quarterly",
    ]
    quarterly = table(of_plan(document, PLAN), "Reported quarterly")
    assert headings(quarterly)[6:10] == ["Qtr 1", "Qtr 2", "Qtr 3", "Qtr 4"]
    annual = table(of_plan(document, "Environment"), "Reported annually")
    assert headings(annual)[6:8] == ["2009/10", "Estimated outturn"]


def test_a_figure_that_is_not_due_is_said_not_to_be_and_never_missing(
    ashby: SmallCouncil,
) -> None:
    document = paper(ashby)
    monthly = table(of_plan(document, PLAN), "Reported monthly")
    quarterly = table(of_plan(document, PLAN), "Reported quarterly")

    assert cell(monthly, "CYPF8", "April").note == "Not in yet"
    assert cell(monthly, "CYPF8", "June").note == "Not due"
    assert cell(quarterly, "CYPF9", "Qtr 1").note == "Not due"
    assert cell(quarterly, "CYPF9", "Qtr 4").note == "Not due"


def test_a_figure_given_before_its_period_ended_is_provisional(ashby: SmallCouncil) -> None:
    give_figures(ashby, 4000, 4100, 3900)
    monthly = table(of_plan(paper(ashby), PLAN), "Reported monthly")

    assert cell(monthly, "CYPF8", "May").text == "4,100"
    assert cell(monthly, "CYPF8", "May").note == ""
    assert cell(monthly, "CYPF8", "June").text == "3,900"
    assert cell(monthly, "CYPF8", "June").note == "Provisional"


def give_figures(council: SmallCouncil, *values: int) -> None:
    for (starts_on, ends_on), value in zip(MONTHS, values, strict=True):
        MeasurementFactory(
            indicator=council.visits,
            starts_on=starts_on,
            ends_on=ends_on,
            value=Decimal(value),
            is_provisional=starts_on == date(2009, 6, 1),
        )


def test_a_figure_that_cannot_be_had_says_why(ashby: SmallCouncil) -> None:
    MeasurementFactory(
        indicator=ashby.visits, value=None, unavailable_reason="The counter was broken."
    )

    monthly = table(of_plan(paper(ashby), PLAN), "Reported monthly")

    april = cell(monthly, "CYPF8", "April")
    assert (april.text, april.note) == ("No figure", "See comments")
    comments = cell(monthly, "CYPF8", "Rating and comments")
    assert comments.note == "No figure for April 2009: The counter was broken."


def test_the_estimate_stands_over_the_projection(ashby: SmallCouncil) -> None:
    IndicatorUpdateFactory(
        cycle=ashby.six_weekly,
        indicator=ashby.visits,
        submitted=True,
        estimated_outturn=Decimal(48_000),
        projected_outturn=Decimal(52_000),
    )

    estimate = cell(
        table(of_plan(paper(ashby), PLAN), "Reported monthly"), "CYPF8", "Estimated outturn"
    )

    assert (estimate.text, estimate.note) == ("48,000", "projection 52,000")


def test_an_estimate_without_a_projection_stands_alone(ashby: SmallCouncil) -> None:
    IndicatorUpdateFactory(cycle=ashby.six_weekly, indicator=ashby.visits, submitted=True)

    monthly = table(of_plan(paper(ashby), PLAN), "Reported monthly")

    assert cell(monthly, "CYPF8", "Estimated outturn").note == ""


def test_an_estimate_that_none_can_give_says_why(ashby: SmallCouncil) -> None:
    IndicatorUpdateFactory(
        cycle=ashby.six_weekly,
        indicator=ashby.visits,
        submitted=True,
        estimated_outturn=None,
        no_estimate_reason="Too early.",
    )

    monthly = table(of_plan(paper(ashby), PLAN), "Reported monthly")

    estimate = cell(monthly, "CYPF8", "Estimated outturn")
    assert (estimate.text, estimate.note) == ("None given", "")
    assert cell(monthly, "CYPF8", "Rating and comments").note == "No estimate: Too early."


def test_a_rating_against_the_figures_gives_the_officers_reason(ashby: SmallCouncil) -> None:
    IndicatorUpdateFactory(
        cycle=ashby.six_weekly,
        indicator=ashby.visits,
        submitted=True,
        rating=Rating.GREEN,
        suggested_rating=Rating.RED,
        judgement_reason="A wing reopens.",
    )

    rated = cell(
        table(of_plan(paper(ashby), PLAN), "Reported monthly"), "CYPF8", "Rating and comments"
    )

    assert (rated.rating, rated.text) == (Rating.GREEN, "A dry spring helped.")
    assert rated.note == "The figures suggested Red. The officer's reason: A wing reopens."


def test_two_figures_make_a_trend_and_one_does_not(ashby: SmallCouncil) -> None:
    MeasurementFactory(indicator=ashby.visits)
    monthly = table(of_plan(paper(ashby), PLAN), "Reported monthly")
    assert cell(monthly, "CYPF8", "Trend").sparkline is None

    MeasurementFactory(indicator=ashby.visits, starts_on=MONTHS[1][0], ends_on=MONTHS[1][1])
    monthly = table(of_plan(paper(ashby), PLAN), "Reported monthly")
    sparkline = cell(monthly, "CYPF8", "Trend").sparkline
    assert sparkline
    assert sparkline.alt == "100 in May 2009, no change on April 2009"


def test_actions_are_told_challenge_by_challenge(ashby: SmallCouncil) -> None:
    ActionUpdateFactory(cycle=ashby.six_weekly, action=ashby.club, submitted=True)

    actions = table(of_plan(paper(ashby), PLAN), "Actions of challenge 1")

    assert headings(actions) == ["How", "When", "Who", "Rating and progress"]
    club = "Open a homework club"
    when = cell(actions, club, "When")
    assert (when.text, when.note) == ("By the end of September", "by 30 September 2009")
    assert cell(actions, club, "Who").text == "Play Officer; Youth Worker"
    assert cell(actions, club, "Rating and progress").rating is Rating.GREEN
    assert cell(actions, "Pay grants to sports clubs", "When").note == "No completion date"


def test_a_day_that_the_words_name_is_not_told_twice(ashby: SmallCouncil) -> None:
    ashby.club.due_words = "By 30 September 2009"
    ashby.club.save()

    actions = table(of_plan(paper(ashby), PLAN), "Actions of challenge 1")

    assert cell(actions, "Open a homework club", "When").note == ""


def test_an_action_that_is_not_due_to_start_is_listed_and_not_counted(
    ashby: SmallCouncil,
) -> None:
    document = paper(ashby)

    actions = table(of_plan(document, "Environment"), "Actions of challenge 1")
    assert actions.rows[0].cells[3].rating_label == "Not due to start"
    [counts, _] = all_of(RatingCounts, section(document, "Are we on track?"))
    assert [(each.name, each.total) for each in counts.rows] == [
        (PLAN, 2),
        ("Environment", 0),
        ("All plans", 2),
    ]
    assert "1 action is not due to start yet: listed, but not counted." in words_in(document)


def test_returns_that_have_not_come_are_named_with_who_owes_them(ashby: SmallCouncil) -> None:
    ActionUpdateFactory(cycle=ashby.six_weekly, action=ashby.grant)
    ActionUpdateFactory(cycle=ashby.six_weekly, action=ashby.club, submitted=True)

    missing = section(paper(ashby), "Late and missing returns")

    assert all_of(Notice, missing) == [Notice("4 returns not in.")]
    named = table(missing, "Not in")
    assert cell(named, "CYPF 1.2", "Who answers").text == "Play Officer"
    assert "CYPF 1.1" not in words_in(named)


def test_nobodys_draft_is_printed(ashby: SmallCouncil) -> None:
    ActionUpdateFactory(
        cycle=ashby.six_weekly, action=ashby.club, rating=Rating.RED, commentary="Half a thought"
    )
    IndicatorUpdateFactory(
        cycle=ashby.six_weekly,
        indicator=ashby.visits,
        commentary="Half a thought",
        judgement_reason="Half a thought",
        suggested_rating=Rating.RED,
        estimated_outturn=Decimal(1),
    )

    assert "Half a thought" not in words_in(paper(ashby))


def test_before_the_deadline_a_return_is_not_called_missing(ashby: SmallCouncil) -> None:
    early = compose(ashby.six_weekly, ashby.dmt, at=datetime(2009, 6, 1, 9, tzinfo=UTC))
    late = paper(ashby)

    for document, label in ((early, "Not returned yet"), (late, "Not returned")):
        actions = table(of_plan(document, PLAN), "Actions of challenge 1")
        assert actions.rows[0].cells[3].rating_label == label


@pytest.mark.parametrize("body", ["scrutiny", "committee", "partnership"])
def test_nobody_but_the_directors_receives_it(ashby: SmallCouncil, body: str) -> None:
    with pytest.raises(NotReceivedError, match=r"does not receive the six-weekly"):
        compose(ashby.six_weekly, getattr(ashby, body), at=AT)
