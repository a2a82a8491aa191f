from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from goldenthread.domain.rating import Rating
from tests.factories import (
    ActionUpdateFactory,
    IndicatorUpdateFactory,
    MeasurementFactory,
    PlanFactory,
    ReportingCycleFactory,
)
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import facts_on, links_on, main_of, rows_on, words_on
from tests.pages.small_council import MONTHS, SmallCouncil, found_small_council
from tests.reporting.signed import sign_off

WHERE = "/ashby/plans/CYPF/"


def test_it_says_whose_plan_it_is(ashby: SmallCouncil, sign_in: SignIn) -> None:
    assert facts_on(sign_in(ashby.posts.clerk).get(WHERE)) == {
        "Returns in": "0 of 5",
        "Exception reports owed": "0",
        "Council priority": "Young people",
        "Lead Member of DMT": "Corporate Director",
        "Lead Officer": "Head of Leisure",
        "Cabinet Portfolio Lead": "Portfolio Lead for Leisure",
    }


def test_actions_stand_under_their_challenge(ashby: SmallCouncil, sign_in: SignIn) -> None:
    response = sign_in(ashby.posts.clerk).get(WHERE)

    assert "Challenge 1: Give young people places to go" in words_on(response)
    assert rows_on(response)[:2] == [
        "CYPF 1.1 Open a homework club By the end of September by 30 September 2009 "
        "Play Officer; Youth Worker Not returned Nothing said yet",
        "CYPF 1.2 Pay grants to sports clubs From 1 April 2009 "
        "Play Officer Not returned Nothing said yet",
    ]


def test_what_was_returned_stands_beside(ashby: SmallCouncil, sign_in: SignIn) -> None:
    ActionUpdateFactory(
        cycle=ashby.six_weekly, action=ashby.club, submitted=True, rating=Rating.AMBER
    )
    ActionUpdateFactory(
        cycle=ashby.quarter, action=ashby.club, submitted=True, commentary="All is well."
    )

    [club, *_] = rows_on(sign_in(ashby.posts.clerk).get(WHERE))

    assert "Green better: was Amber All is well." in club


def test_what_was_said_last_stands_in_for_what_is_not_in(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    ActionUpdateFactory(
        cycle=ashby.six_weekly,
        action=ashby.club,
        submitted=True,
        submitted_at=datetime(2009, 6, 7, 23, 30, tzinfo=UTC),
        commentary="A hall was found.",
    )
    IndicatorUpdateFactory(
        cycle=ashby.six_weekly, indicator=ashby.visits, submitted=True, rating=None
    )

    rows = rows_on(sign_in(ashby.posts.clerk).get(WHERE))

    assert "Last said on 8 June 2009, Green: A hall was found." in rows[0]
    assert "not rated: A dry spring helped." in rows[2]


def test_an_indicator_shows_target_latest_figure_estimate_and_trend(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    for (starts_on, ends_on), value in zip(MONTHS, (4000, 4100, 4600), strict=True):
        MeasurementFactory(
            indicator=ashby.visits, starts_on=starts_on, ends_on=ends_on, value=Decimal(value)
        )
    IndicatorUpdateFactory(
        cycle=ashby.quarter,
        indicator=ashby.visits,
        submitted=True,
        rating=Rating.GREEN,
        suggested_rating=Rating.AMBER,
        judgement_reason="A wing reopens.",
    )

    response = sign_in(ashby.posts.clerk).get(WHERE)

    visits = rows_on(response)[2]
    assert visits.startswith("CYPF8 Visits to the museum 54,000 4,600June 2009 1,250")
    assert "The figures suggested Amber. A wing reopens." in visits
    assert "4,600 in June 2009, up 500 on May 2009" in visits


def test_an_estimate_that_cannot_be_given_is_said(ashby: SmallCouncil, sign_in: SignIn) -> None:
    IndicatorUpdateFactory(
        cycle=ashby.quarter,
        indicator=ashby.visits,
        submitted=True,
        estimated_outturn=None,
        no_estimate_reason="Too early.",
    )

    assert "None given" in rows_on(sign_in(ashby.posts.clerk).get(WHERE))[2]


def test_an_action_that_is_not_due_to_start_is_listed_and_not_counted(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    response = sign_in(ashby.posts.clerk).get("/ashby/plans/es/")

    assert facts_on(response)["Not due to start"] == "1"
    assert facts_on(response)["Returns in"] == "0 of 2"
    assert "Not due to start Starts 1 January 2010" in rows_on(response)[0]


def test_a_monitored_indicator_is_said_to_be(ashby: SmallCouncil, sign_in: SignIn) -> None:
    IndicatorUpdateFactory(cycle=ashby.quarter, indicator=ashby.swans, submitted=True, rating=None)

    assert "Monitored" in rows_on(sign_in(ashby.posts.clerk).get("/ashby/plans/ES/"))[1]


def test_it_can_be_shown_as_at_an_earlier_cycle(ashby: SmallCouncil, sign_in: SignIn) -> None:
    ActionUpdateFactory(
        cycle=ashby.six_weekly, action=ashby.club, submitted=True, rating=Rating.RED
    )

    response = sign_in(ashby.posts.clerk).get(WHERE, {"cycle": "2009-10/6W1"})

    assert "CYPF, Six-weekly update 1, 2009/10" in words_on(response)
    assert "Red" in rows_on(response)[0]
    [chosen] = [o for o in main_of(response).iter("option") if "selected" in o.attrib]
    assert chosen.get("value") == "2009-10/6W1"


def test_only_cycles_that_have_opened_are_offered(ashby: SmallCouncil, sign_in: SignIn) -> None:
    ReportingCycleFactory(
        council=ashby.council,
        code="Q2",
        quarter=2,
        observes_from=datetime(2009, 7, 1, tzinfo=UTC).date(),
        observes_to=datetime(2009, 9, 30, tzinfo=UTC).date(),
        opens_on=datetime(2009, 10, 6, tzinfo=UTC).date(),
        due_on=datetime(2009, 10, 20, tzinfo=UTC).date(),
    )

    offered = main_of(sign_in(ashby.posts.clerk).get(WHERE)).iter("option")

    assert [option.get("value") for option in offered] == ["2009-10/6W1", "2009-10/Q1"]


def test_long_words_fold(ashby: SmallCouncil, sign_in: SignIn) -> None:
    ActionUpdateFactory(
        cycle=ashby.quarter, action=ashby.club, submitted=True, commentary="Wet. " * 200
    )

    main = main_of(sign_in(ashby.posts.clerk).get(WHERE))

    assert main.find(".//details") is not None


def test_an_empty_plan_says_what_comes_next(ashby: SmallCouncil, sign_in: SignIn) -> None:
    PlanFactory(council=ashby.council, code="NEW")

    said = words_on(sign_in(ashby.posts.clerk).get("/ashby/plans/new/"))

    assert "No actions yet" in said
    assert "No indicators yet" in said


def test_before_the_first_cycle_there_is_nothing_to_show(
    ashby: SmallCouncil, sign_in: SignIn, set_clock: SetClock
) -> None:
    set_clock(datetime(2009, 5, 1, 10, tzinfo=UTC))

    assert sign_in(ashby.posts.clerk).get(WHERE).status_code == 404


def test_a_plan_of_another_council_is_not_found(ashby: SmallCouncil, sign_in: SignIn) -> None:
    bexley = found_small_council("bexley")
    PlanFactory(council=bexley.council, code="OURS")

    client = sign_in(ashby.posts.manager)

    assert client.get("/ashby/plans/OURS/").status_code == 404
    assert client.get("/bexley/plans/OURS/").status_code == 404


def test_who_signed_the_plan_off_is_said_to_all(ashby: SmallCouncil, sign_in: SignIn) -> None:
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.club, submitted=True)
    clerk = sign_in(ashby.posts.clerk)
    assert "Not signed off by its Lead Officer or its Lead Member" in words_on(clerk.get(WHERE))

    sign_off(ashby.quarter, ashby.cypf)

    assert "Signed off by its Lead Officer, Leo Park (Head of Leisure)" in words_on(
        clerk.get(WHERE)
    )


def test_only_those_who_check_the_plan_are_led_to_its_check(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    words = "Check this plan's returns"

    assert words in links_on(sign_in(ashby.posts.lead_officer).get(WHERE))
    assert words not in links_on(sign_in(ashby.posts.clerk).get(WHERE))
