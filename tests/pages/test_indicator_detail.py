from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from goldenthread.domain.rating import Rating
from goldenthread.indicators.models import Target
from goldenthread.plans.models import PlanIndicator
from tests.factories import (
    ExceptionReportFactory,
    IndicatorFactory,
    IndicatorUpdateFactory,
    MeasurementFactory,
)
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import by_class, facts_on, links_on, main_of, rows_on, words_on
from tests.pages.small_council import MONTHS, SmallCouncil, found_small_council

WHERE = "/ashby/indicators/CYPF8/"


@pytest.fixture
def reader(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.clerk)


def give_figures(council: SmallCouncil, *values: int | None) -> None:
    for (starts_on, ends_on), value in zip(MONTHS, values, strict=False):
        MeasurementFactory(
            indicator=council.visits,
            starts_on=starts_on,
            ends_on=ends_on,
            value=value,
            unavailable_reason="" if value is not None else "The counter was broken.",
        )


def test_it_says_what_the_indicator_is_and_is_held_against(reader: Any) -> None:
    assert facts_on(reader.get(WHERE)) == {
        "Target 2009/10": "54,000",
        "Previous outturn": "50,000",
        "Baseline": "48,000 in 2008/09",
        "Good is": "High",
        "Measured": "Monthly; unit: Number; over the year: adds up",
        "Belongs to": "No national or local set",
        "Who answers": "Museums Manager",
    }


def test_it_names_other_references_and_sets(ashby: SmallCouncil, reader: Any) -> None:
    ashby.attendance.rule = "Half-days missed over half-days possible."
    ashby.attendance.source = "School census"
    ashby.attendance.collected_by_county = True
    ashby.attendance.save()

    response = reader.get("/ashby/indicators/CYPF9/")

    assert "Indicator CYPF9, NI 87" in words_on(response)
    assert facts_on(response)["Belongs to"] == "District LAA target"
    assert facts_on(response)["Source"] == "School census"
    assert facts_on(response)["How it is worked out"].startswith("Half-days")
    assert facts_on(response)["Collected by"] == "The County"


def test_without_figures_there_is_no_chart(reader: Any) -> None:
    response = reader.get(WHERE)

    assert "No figures yet" in words_on(response)
    assert main_of(response).find(".//figure") is None


def test_the_finding_stands_over_its_chart_and_its_figures_under_it(
    ashby: SmallCouncil, reader: Any
) -> None:
    give_figures(ashby, 4000, None, 4600)

    response = reader.get(WHERE)

    assert "4,600 in June 2009, up 600 on April 2009" in words_on(response)
    assert by_class(main_of(response), "gt-chart-figure").find(".//{*}svg") is not None
    assert rows_on(response) == ["April 20094,000", "May 2009No figure", "June 20094,600"]


def test_a_long_run_of_figures_has_its_limits(ashby: SmallCouncil, reader: Any) -> None:
    for month in range(1, 13):
        MeasurementFactory(
            indicator=ashby.visits,
            starts_on=datetime(2008, month, 1, tzinfo=UTC).date(),
            ends_on=datetime(2008, month, 28, tzinfo=UTC).date(),
            value=Decimal(4000 + month % 3 + (900 if month == 12 else 0)),
        )

    page = main_of(reader.get(WHERE))

    figure = by_class(page, "gt-chart-figure")
    assert "limit" in "".join(figure.itertext()).lower()


def test_all_that_was_said_stands_there_with_estimate_and_projection(
    ashby: SmallCouncil, reader: Any
) -> None:
    IndicatorUpdateFactory(
        cycle=ashby.quarter,
        indicator=ashby.visits,
        submitted=True,
        rating=Rating.GREEN,
        projected_outturn=Decimal(52_000),
        suggested_rating=Rating.AMBER,
        suggestion_reason="the estimated outturn is short of the target",
        judgement_reason="A wing reopens.",
    )

    said = words_on(reader.get(WHERE))

    assert "Green Estimated outturn 1,250 projection 52,000" in said
    assert "The figures suggested Amber: the estimated outturn is short of the target." in said
    assert "The officer's reason for another rating: A wing reopens." in said


def test_figures_that_suggested_nothing_say_why(ashby: SmallCouncil, reader: Any) -> None:
    IndicatorUpdateFactory(
        cycle=ashby.quarter,
        indicator=ashby.visits,
        submitted=True,
        estimated_outturn=None,
        no_estimate_reason="Too early.",
        suggestion_reason="there is no figure yet",
    )

    said = words_on(reader.get(WHERE))

    assert "No estimate: Too early." in said
    assert "The figures suggested no rating: there is no figure yet." in said


def test_a_definition_that_contradicts_itself_is_asked_about(
    ashby: SmallCouncil, reader: Any
) -> None:
    Target.objects.filter(indicator=ashby.visits).update(value=Decimal(41_000))

    assert "41,000" in words_on(reader.get(WHERE))
    assert "?" in words_on(reader.get(WHERE))


def test_only_its_officer_is_offered_to_file(ashby: SmallCouncil, sign_in: SignIn) -> None:
    offer = "Update for Quarter 1, 2009/10"

    assert offer in links_on(sign_in(ashby.posts.indicator_officer).get(WHERE))
    assert offer not in links_on(sign_in(ashby.posts.manager).get(WHERE))


def test_before_the_first_cycle_there_is_nothing_to_show(reader: Any, set_clock: SetClock) -> None:
    set_clock(datetime(2009, 5, 1, 10, tzinfo=UTC))

    assert reader.get(WHERE).status_code == 404


def test_an_indicator_that_no_plan_has_is_not_found(ashby: SmallCouncil, reader: Any) -> None:
    loose = IndicatorFactory(council=ashby.council)

    assert reader.get(f"/ashby/indicators/{loose.reference}/").status_code == 404


def test_an_indicator_of_another_council_is_not_found(
    ashby: SmallCouncil, reader: Any, sign_in: SignIn
) -> None:
    bexley = found_small_council("bexley")
    PlanIndicator.objects.filter(plan=ashby.cypf, indicator=ashby.visits).delete()

    assert reader.get(WHERE).status_code == 404
    assert reader.get("/bexley/indicators/CYPF8/").status_code == 404
    assert sign_in(bexley.posts.clerk).get("/bexley/indicators/CYPF8/").status_code == 200


def test_an_exception_report_that_is_in_can_be_read_with_its_return(
    ashby: SmallCouncil, reader: Any
) -> None:
    update = IndicatorUpdateFactory(
        cycle=ashby.quarter, indicator=ashby.visits, submitted=True, rating=Rating.RED
    )
    ExceptionReportFactory(indicator_update=update, action_update=None, submitted=True, why="Rain.")

    said = words_on(reader.get(WHERE))

    assert "Exception report of Quarter 1, 2009/10" in said
    assert "Rain." in said


def test_an_exception_report_that_is_a_draft_is_not_shown(ashby: SmallCouncil, reader: Any) -> None:
    update = IndicatorUpdateFactory(
        cycle=ashby.quarter, indicator=ashby.visits, submitted=True, rating=Rating.RED
    )
    ExceptionReportFactory(indicator_update=update, action_update=None, why="Half a thought")

    assert "Half a thought" not in words_on(reader.get(WHERE))
