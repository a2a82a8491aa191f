from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from goldenthread.domain.rating import Rating
from goldenthread.indicators.models import Indicator, Measurement, Target
from goldenthread.reporting.models import IndicatorUpdate, ReportingCycle
from tests.design.markup import by_id, read_part, words_of
from tests.factories import IndicatorFactory, IndicatorUpdateFactory, MeasurementFactory
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import (
    chosen_in,
    facts_on,
    main_of,
    problem_beside,
    problems_on,
    typed_in,
    words_on,
)
from tests.pages.small_council import AFTER_Q1, APRIL, IN_SIX_WEEKLY_1, MONTHS, SmallCouncil

WHOLE = {
    "figure_2009_04_01": "5,000",
    "figure_2009_05_01": "5,100",
    "figure_2009_06_01": "5,200",
    "estimated_outturn": "55,000",
    "rating": "green",
    "commentary": "A dry spring helped.",
}
ON_THE_WAY_DOWN = WHOLE | {"estimated_outturn": "40,000", "rating": "red"}


def address(cycle: ReportingCycle, indicator: Indicator) -> str:
    council = cycle.council.name
    return reverse(
        "reporting:indicator_update_edit",
        args=[council, *cycle.slug.split("/"), indicator.reference],
    )


@pytest.fixture
def where(ashby: SmallCouncil) -> str:
    return address(ashby.quarter, ashby.visits)


@pytest.fixture
def officer(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.indicator_officer)


def test_the_form_says_what_the_indicator_is_held_against(officer: Any, where: str) -> None:
    assert facts_on(officer.get(where)) == {
        "Target for 2009/10": "54,000",
        "Outturn for 2008/09": "50,000",
        "Good is": "high",
        "Latest figures": "None yet this year",
    }


def test_a_target_that_is_a_range_is_told_by_its_ends(
    ashby: SmallCouncil, officer: Any, where: str
) -> None:
    Target.objects.filter(indicator=ashby.visits).update(
        value=None, lower=Decimal(50_000), upper=Decimal(54_000)
    )

    assert facts_on(officer.get(where))["Target for 2009/10"] == "50,000 to 54,000"


def test_it_asks_for_each_month_that_has_ended(officer: Any, where: str) -> None:
    said = words_on(officer.get(where))

    assert all(f"Figure for {month} 2009" in said for month in ("April", "May", "June"))
    assert "Figure for July 2009" not in said
    assert "Not due until" not in said


def test_a_six_weekly_cycle_takes_the_month_under_way_as_provisional(
    ashby: SmallCouncil, officer: Any, set_clock: SetClock
) -> None:
    set_clock(IN_SIX_WEEKLY_1)
    where = address(ashby.six_weekly, ashby.visits)

    assert "Not due until 30 June 2009. You may leave this empty" in words_on(officer.get(where))
    unticked = officer.post(where, WHOLE)
    assert "Leave the figure out, or tick if it is meant" in words_on(unticked)
    assert not Measurement.objects.exists()
    officer.post(where, WHOLE | {"confirm": "not_ended:2009-06-01:5200"})
    provisional = Measurement.objects.order_by("starts_on").values_list("is_provisional", flat=True)
    assert list(provisional) == [False, False, True]


def test_a_figure_that_is_not_due_can_be_left_out(
    ashby: SmallCouncil, officer: Any, set_clock: SetClock
) -> None:
    set_clock(IN_SIX_WEEKLY_1)

    officer.post(address(ashby.six_weekly, ashby.visits), WHOLE | {"figure_2009_06_01": ""})

    assert Measurement.objects.count() == 2
    assert IndicatorUpdate.objects.get().is_submitted


def test_a_provisional_figure_is_asked_for_again_and_shown_with_its_day(
    ashby: SmallCouncil, officer: Any, where: str
) -> None:
    MeasurementFactory(
        indicator=ashby.visits,
        value=Decimal(4900),
        is_provisional=True,
        recorded_at=datetime(2009, 6, 2, 23, 30, tzinfo=UTC),
    )

    assert "Last time 3 June 2009 4,900, provisional" in words_on(officer.get(where))


def test_a_figure_that_is_held_is_not_asked_for_again(
    ashby: SmallCouncil, officer: Any, where: str
) -> None:
    MeasurementFactory(indicator=ashby.visits, value=Decimal(4900))

    response = officer.get(where)

    assert "Figure for April 2009" not in words_on(response)
    assert facts_on(response)["Latest figures"] == "April 2009 4,900"


def test_what_was_said_the_time_before_stands_beside(
    ashby: SmallCouncil, officer: Any, where: str
) -> None:
    IndicatorUpdateFactory(
        cycle=ashby.six_weekly,
        indicator=ashby.visits,
        submitted=True,
        estimated_outturn=Decimal(52_000),
        submitted_at=IN_SIX_WEEKLY_1,
    )

    response = officer.get(where)

    said = words_on(response)
    assert "Last time 3 June 2009 52,000" in said
    assert "Last time 3 June 2009 Green" in said
    assert "Last time 3 June 2009 A dry spring helped." in said
    assert typed_in(response, "estimated_outturn") == ""


def test_a_whole_return_is_submitted_with_its_figures(
    ashby: SmallCouncil, officer: Any, where: str
) -> None:
    response = officer.post(where, WHOLE)

    update = IndicatorUpdate.objects.get()
    assert (update.rating, update.suggested_rating) == (Rating.GREEN, Rating.GREEN)
    assert update.estimated_outturn == 55_000
    assert update.projected_outturn == 61_200
    assert list(Measurement.objects.order_by("starts_on").values_list("value", flat=True)) == [
        5000,
        5100,
        5200,
    ]
    assert response.url == reverse("home:home", args=[ashby.name])


def test_after_a_quarters_red_its_exception_report_is_asked_for(
    ashby: SmallCouncil, officer: Any, where: str
) -> None:
    response = officer.post(where, ON_THE_WAY_DOWN)

    update = IndicatorUpdate.objects.get()
    args = [ashby.name, "2009-10", "Q1", "indicator", update.pk]
    assert response.url == reverse("exception_reports:exception_report_edit", args=args)


def test_what_is_missing_is_said_at_the_top_and_beside_the_field(officer: Any, where: str) -> None:
    response = officer.post(where, {"figure_2009_05_01": "5,100"})

    assert problems_on(response) == {
        "id_figure_2009_04_01": "Enter the figure, or say why there is none",
        "id_figure_2009_06_01": "Enter the figure, or say why there is none",
        "id_estimated_outturn": "Enter the estimated outturn, or say why none can be given",
        "id_rating_0": "Select how this indicator is going",
        "id_commentary": "Enter what lies behind the figures, also when they are good",
    }
    assert problem_beside(response, "estimated_outturn").startswith("Enter the estimated outturn")
    assert typed_in(response, "figure_2009_05_01") == "5,100"
    assert not Measurement.objects.exists()


def test_a_figure_that_is_none_is_refused_and_kept(officer: Any, where: str) -> None:
    response = officer.post(where, WHOLE | {"figure_2009_04_01": "about 5,000"})

    assert problem_beside(response, "figure_2009_04_01").startswith("Enter a figure in numbers")
    assert typed_in(response, "figure_2009_04_01") == "about 5,000"
    assert not IndicatorUpdate.objects.exists()


def test_a_reason_stands_in_for_a_figure_and_for_an_estimate(officer: Any, where: str) -> None:
    reasons = {
        "figure_2009_04_01": "",
        "figure_2009_04_01_reason": "The counter was broken.",
        "estimated_outturn": "",
        "no_estimate_reason": "Too early to tell.",
    }

    officer.post(where, WHOLE | reasons)

    update = IndicatorUpdate.objects.get()
    assert update.is_submitted
    assert update.no_estimate_reason == "Too early to tell."
    assert Measurement.objects.get(starts_on=APRIL).unavailable_reason == "The counter was broken."


def test_a_figure_and_a_reason_for_none_contradict_each_other(officer: Any, where: str) -> None:
    response = officer.post(where, WHOLE | {"figure_2009_04_01_reason": "Broken."})

    assert problem_beside(response, "figure_2009_04_01").endswith("not both")


def test_a_rating_against_the_figures_needs_its_reason(officer: Any, where: str) -> None:
    response = officer.post(where, ON_THE_WAY_DOWN | {"rating": "green"})

    said = problem_beside(response, "judgement_reason")
    assert said.startswith("The figures suggest Red: the estimated outturn of 40,000 is")
    assert chosen_in(response, "rating") == "green"


def test_a_rating_against_the_figures_stands_with_its_reason(officer: Any, where: str) -> None:
    officer.post(
        where, ON_THE_WAY_DOWN | {"rating": "amber", "judgement_reason": "A wing reopens in May."}
    )

    update = IndicatorUpdate.objects.get()
    assert (update.rating, update.suggested_rating) == (Rating.AMBER, Rating.RED)
    assert update.judgement_reason == "A wing reopens in May."


def test_a_monitored_indicator_is_asked_for_no_rating(
    ashby: SmallCouncil, officer: Any, where: str
) -> None:
    where = address(ashby.quarter, ashby.swans)

    assert "How is this indicator going?" not in words_on(officer.get(where))
    officer.post(where, {"estimated_outturn": "12", "commentary": "Seven cygnets."})
    assert IndicatorUpdate.objects.get().is_submitted


def test_what_typed_figures_suggest_is_said_without_javascript(officer: Any, where: str) -> None:
    response = officer.post(where, ON_THE_WAY_DOWN | {"rating": "", "suggest": "yes"})

    assert "The figures suggest Red: the estimated outturn of 40,000" in words_on(response)
    assert "the year is heading for 61,200" in words_on(response)
    assert typed_in(response, "commentary") == WHOLE["commentary"]
    assert not IndicatorUpdate.objects.exists()


def test_what_typed_figures_suggest_is_said_in_place_with_it(officer: Any, where: str) -> None:
    response = officer.post(
        where, ON_THE_WAY_DOWN | {"suggest": "yes"}, headers={"HX-Request": "true"}
    )

    [suggestion] = list(read_part(response.content.decode()))
    assert suggestion.get("id") == "suggestion"
    assert words_of(suggestion).startswith("The figures suggest Red: the estimated outturn")
    assert not IndicatorUpdate.objects.exists()


def test_a_suggestion_is_made_from_whatever_can_be_read(officer: Any, where: str) -> None:
    typed = {"estimated_outturn": "55,000", "figure_2009_04_01": "many", "suggest": "yes"}

    response = officer.post(where, typed, headers={"HX-Request": "true"})

    assert "The figures suggest Green" in response.content.decode()


def test_before_anything_is_typed_the_figures_suggest_nothing(officer: Any, where: str) -> None:
    suggestion = by_id(main_of(officer.get(where)), "suggestion")

    assert words_of(suggestion) == "The figures suggest no rating: there is no figure yet."


def test_only_a_suggestion_is_sent_in_part(officer: Any, where: str) -> None:
    response = officer.post(where, {}, headers={"HX-Request": "true"})

    assert "There is a problem" in words_on(response)


def test_a_draft_keeps_figures_reasons_and_words(officer: Any, where: str) -> None:
    draft = {
        "figure_2009_04_01": "5,000.5",
        "figure_2009_05_01_reason": "The counter was broken.",
        "estimated_outturn": "55,000",
        "judgement_reason": "Perhaps.",
        "commentary": "Half a thought",
        "draft": "yes",
    }
    officer.post(where, draft)

    again = officer.get(where)

    assert typed_in(again, "figure_2009_04_01") == "5,000.5"
    assert typed_in(again, "figure_2009_05_01_reason") == "The counter was broken."
    assert typed_in(again, "estimated_outturn") == "55,000"
    assert typed_in(again, "commentary") == "Half a thought"
    assert "The figures suggest Green" in words_on(again)
    assert not Measurement.objects.exists()


def test_a_figure_that_is_none_cannot_be_drafted(officer: Any, where: str) -> None:
    response = officer.post(where, {"figure_2009_04_01": "many", "draft": "yes"})

    assert "id_figure_2009_04_01" in problems_on(response)
    assert not IndicatorUpdate.objects.exists()


def test_a_draft_keeps_what_can_be_read_beside_a_figure_that_is_none(
    officer: Any, where: str
) -> None:
    draft = {"figure_2009_04_01": "many", "estimated_outturn": "55,000", "draft": "yes"}

    response = officer.post(where, draft | {"commentary": "Half a thought"})

    assert "id_figure_2009_04_01" in problems_on(response)
    assert "What can be read is kept as a draft." in words_on(response)
    assert "saved this return" not in words_on(response)
    assert typed_in(response, "figure_2009_04_01") == "many"
    assert typed_in(response, "seen_version") == "1"
    update = IndicatorUpdate.objects.get()
    assert (update.commentary, update.estimated_outturn) == ("Half a thought", 55_000)


def test_the_second_to_save_sees_the_words_of_the_first_and_can_go_on(
    ashby: SmallCouncil, officer: Any, where: str
) -> None:
    IndicatorUpdateFactory(
        cycle=ashby.quarter,
        indicator=ashby.visits,
        commentary="Counted twice.",
        estimated_outturn=Decimal(123_456),
        no_estimate_reason="",
        draft_figures={"2009-04-01": ["98765", ""], "2009-05-01": [None, "The counter broke."]},
        saved_by=ashby.holder_of(ashby.posts.clerk),
    )

    warned = officer.post(where, WHOLE | {"seen_version": "0"})

    said = words_on(warned)
    assert "Estimated outturn 123,456" in said
    assert "Figure for April 2009 98,765" in said
    assert "Figure for May 2009 The counter broke." in said
    assert "Carl Lane saved this return while you were writing." in problems_on(warned)[""]
    assert "Counted twice." in words_on(warned)
    assert typed_in(warned, "figure_2009_04_01") == "5,000"
    officer.post(where, WHOLE | {"seen_version": typed_in(warned, "seen_version")})
    assert IndicatorUpdate.objects.get().is_submitted


def test_a_return_that_is_in_is_shown_and_not_asked_for_again(officer: Any, where: str) -> None:
    officer.post(where, WHOLE)

    response = officer.get(where)

    said = words_on(response)
    assert "This return is in Museums Manager: filed by Ines Ford on 14 July 2009." in said
    assert main_of(response).find(".//textarea") is None
    refused = officer.post(where, WHOLE | {"seen_version": "1"})
    assert problems_on(refused) == {
        "": "This return has been submitted already. Call it back to change it."
    }


@pytest.mark.parametrize(
    ("moment", "words"),
    [(IN_SIX_WEEKLY_1, "takes returns from 7 July"), (AFTER_Q1, "took returns until 21 July")],
)
def test_outside_its_days_a_cycle_takes_nothing(
    officer: Any, where: str, set_clock: SetClock, moment: datetime, words: str
) -> None:
    set_clock(moment)

    assert words in words_on(officer.get(where))
    refused = officer.post(where, WHOLE)
    assert words in problems_on(refused)[""]
    assert typed_in(refused, "commentary") == WHOLE["commentary"]
    assert not IndicatorUpdate.objects.exists()


def test_figures_far_beyond_any_are_refused(officer: Any, where: str) -> None:
    response = officer.post(where, WHOLE | {"figure_2009_04_01": "1" * 30, "suggest": "yes"})

    assert "id_figure_2009_04_01" in problems_on(response)


@pytest.mark.parametrize("method", ["get", "post"])
def test_others_are_refused_in_words(
    ashby: SmallCouncil, where: str, sign_in: SignIn, method: str
) -> None:
    response = getattr(sign_in(ashby.posts.manager), method)(where, WHOLE)

    assert "Only Museums Manager can file this update." in words_on(response, 403)
    assert not IndicatorUpdate.objects.exists()


def test_an_indicator_that_no_plan_has_is_not_found(ashby: SmallCouncil, officer: Any) -> None:
    loose = IndicatorFactory(council=ashby.council, indicator_officer=ashby.posts.indicator_officer)

    assert officer.get(address(ashby.quarter, loose)).status_code == 404


def test_a_year_of_figures_is_brought_into_the_latest(
    ashby: SmallCouncil, officer: Any, where: str
) -> None:
    for starts_on, ends_on in MONTHS:
        MeasurementFactory(
            indicator=ashby.visits, starts_on=starts_on, ends_on=ends_on, value=Decimal(10)
        )

    response = officer.get(where)

    assert facts_on(response)["Latest figures"] == "April 2009 10; May 2009 10; June 2009 10"
    assert not [name for name in facts_on(response) if name.startswith("Figure for")]


def test_noughts_too_many_are_asked_about_with_what_may_be_meant(officer: Any, where: str) -> None:
    response = officer.post(where, WHOLE | {"figure_2009_04_01": "450,000"})

    said = words_on(response)
    assert "450,000 for April 2009 is far from the target of 4,500 a period." in said
    assert "Did you mean 4,500? Tick if 450,000 is right." in said
    assert problems_on(response) == {"id_confirm_0": "Check what looks odd, and tick what is right"}
    assert typed_in(response, "figure_2009_04_01") == "450,000"
    assert typed_in(response, "commentary") == WHOLE["commentary"]
    assert not Measurement.objects.exists()


def test_a_tick_holds_no_longer_than_the_figure_it_was_for(officer: Any, where: str) -> None:
    ticked = {"confirm": "slip:2009-04-01:450000"}

    response = officer.post(where, WHOLE | ticked | {"figure_2009_04_01": "4,500,000"})

    assert "id_confirm_0" in problems_on(response)
    assert not Measurement.objects.exists()


def test_green_below_the_target_needs_its_reason_and_a_tick(
    ashby: SmallCouncil, officer: Any, where: str
) -> None:
    below = ON_THE_WAY_DOWN | {"rating": "green", "judgement_reason": "A wing reopens in May."}

    response = officer.post(where, below)
    assert "It is rated Green, but the estimated outturn of 40,000 is 25.9% below" in words_on(
        response
    )
    officer.post(where, below | {"confirm": "green_below_target:40000"})

    [kept] = IndicatorUpdate.objects.get().confirmed_doubts
    assert kept.startswith("It is rated Green, but the estimated outturn of 40,000")
    page = officer.get(reverse("home:indicator_detail", args=[ashby.name, "CYPF8"]))
    assert f"and confirmed: {kept}" in words_on(page)


def test_asking_what_the_figures_suggest_asks_nothing_else(officer: Any, where: str) -> None:
    response = officer.post(where, WHOLE | {"figure_2009_04_01": "450,000", "suggest": "yes"})

    assert "Please check" not in words_on(response)


def test_the_figures_ask_for_their_suggestion_as_they_are_typed(officer: Any, where: str) -> None:
    form = main_of(officer.get(where)).find(".//form")
    assert form is not None

    [part] = [each for each in form.iter("div") if "data-hx-trigger" in each.attrib]
    asked = {field.get("name") for field in part.iter("input")}
    assert {"figure_2009_06_01", "estimated_outturn"} <= asked
    assert part.get("data-hx-target") == "#suggestion"


def test_what_an_indicator_still_needs_is_said_first(officer: Any, where: str) -> None:
    assert (
        "Still needed: figures for April, May and June, estimated outturn, rating, comment"
        in words_on(officer.get(where))
    )


def test_one_figure_due_leaves_three_things_to_type(
    ashby: SmallCouncil, officer: Any, where: str
) -> None:
    for starts_on, ends_on in MONTHS[:2]:
        MeasurementFactory(
            indicator=ashby.visits, starts_on=starts_on, ends_on=ends_on, value=Decimal(5000)
        )

    officer.post(
        where,
        {
            "figure_2009_06_01": "5,200",
            "estimated_outturn": "55,000",
            "rating": "green",
            "commentary": "A dry spring helped.",
        },
    )

    assert IndicatorUpdate.objects.get().is_submitted
