"""What looks odd in an indicator's return, with the framework's own examples."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.assessment import Rates, YearsFigures, assess
from goldenthread.domain.doubts import Doubt, SaidBefore
from goldenthread.domain.doubts_about_figures import (
    IndicatorSaid,
    TypedFigure,
    doubts_about_indicator,
)
from goldenthread.domain.kinds import Frequency, Unit
from goldenthread.domain.outturn import Accumulation, Projection
from goldenthread.domain.periods import FinancialYear, Period, periods_of
from goldenthread.domain.rating import Polarity, Rating, RatingRule, TargetFigures
from goldenthread.domain.rating_presets import CHASE
from tests.domain.evidence import BELFAST, BRIGHTON

Number: TypeAlias = float | str | Decimal
YEAR = FinancialYear(2009)
BEFORE = [
    month
    for starts_in in (2007, 2008)
    for month in periods_of(FinancialYear(starts_in), Frequency.MONTHLY)
]
APRIL, MAY = periods_of(YEAR, Frequency.MONTHLY)[:2]
QUARTERS_BEFORE = periods_of(YEAR.previous, Frequency.QUARTERLY)
QUARTER_1 = periods_of(YEAR, Frequency.QUARTERLY)[0]
PROFILE, MEAN, GREEN = Projection.LAST_YEARS_PROFILE, Accumulation.MEAN, Rating.GREEN
A_YEAR = [4100, 4600, 4300, 4200, 4500, 4400, 4100, 4600, 4300, 4200, 4500, 4400]


def decimal(value: Number | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def said(
    typed: Number | None = None,
    *,
    history: list[Any] | None = None,
    target: Number | None = 52_000,
    polarity: Polarity = Polarity.HIGH,
    unit: Unit = Unit.NUMBER,
    decimals: int = 0,
    accumulation: Accumulation = Accumulation.SUM,
    projection: Projection = Projection.STRAIGHT_LINE,
    period: Period = APRIL,
    previous: Number | None = None,
    estimate: Number | None = None,
    rating: Rating | None = None,
    rule: RatingRule = CHASE,
    has_ended: bool = True,
    **given: Any,
) -> IndicatorSaid:
    """Make a return that types one figure after a history that ends with the year before."""
    value = decimal(typed)
    figures = [Decimal(str(each)) for each in history or []]
    periods = BEFORE if period.frequency is Frequency.MONTHLY else QUARTERS_BEFORE
    years = YearsFigures(
        polarity=polarity,
        unit=unit,
        decimals=decimals,
        frequency=period.frequency,
        accumulation=accumulation,
        projection=projection,
        target=given.pop("figures", None)
        or (None if target is None else TargetFigures(value=decimal(target))),
        this_year=(value,),
    )
    return IndicatorSaid(
        years=years,
        typed=()
        if value is None
        else (TypedFigure(field="figure", period=period, value=value, has_ended=has_ended),),
        earlier=list(zip(periods[-len(figures) :], figures, strict=True)) if figures else [],
        previous_outturn=decimal(previous),
        estimated_outturn=decimal(estimate),
        rating=rating,
        rule=rule,
        suggestion=assess(
            years, estimate=decimal(estimate), rule=rule, rates=Rates.ESTIMATED_OUTTURN
        ),
        commentary="A dry spring helped.",
        today=date(2009, 7, 14),
        **given,
    )


def keys(given: IndicatorSaid) -> list[str]:
    return [doubt.key for doubt in doubts_about_indicator(given)]


def only(given: IndicatorSaid) -> Doubt:
    [doubt] = doubts_about_indicator(given)
    return doubt


class TestFarFromHistory:
    def test_a_usual_figure_raises_no_doubt(self) -> None:
        assert keys(said(4450, history=A_YEAR)) == []

    def test_a_figure_beyond_its_natural_limits_is_asked_about(self) -> None:
        doubt = only(said(9_501, history=A_YEAR))

        assert (doubt.key, doubt.field) == ("far_from_history:2009-04-01:9501", "figure")
        assert doubt.words == (
            "9,501 for April 2009 is far above what it was before, 4,100 to 4,600 since April 2008. "
            "Tick if 9,501 is right."
        )

    def test_a_fall_is_asked_about_too(self) -> None:
        assert "is far below what it was before" in only(said(1_203, history=A_YEAR)).finding

    def test_first_figures_are_never_far_from_their_history(self) -> None:
        assert keys(said(9_501)) == []
        assert keys(said(9_501, history=[4100])) == []

    def test_a_figure_typed_earlier_is_far_from_what_comes_before_it_only(self) -> None:
        late = said(9_501, history=[100, 100, 100])
        after_it = [(MAY, value) for _, value in late.earlier]
        assert keys(replace(late, earlier=after_it)) == []

    def test_few_figures_that_were_all_the_same_are_said_once(self) -> None:
        doubt = only(said(900, history=[100, 100, 100]))
        assert "what it was before, 100 since January 2009" in doubt.finding

    def test_a_seasonal_figure_is_held_against_the_same_month(self) -> None:
        winter = [10] * 12
        assert keys(said(40, history=[40, *winter[1:]], projection=PROFILE)) == []
        doubt = only(said(151, history=[40, *winter[1:]], projection=PROFILE))
        assert "far above what it was before, 40 in April 2008" in doubt.finding

    def test_a_seasonal_figure_is_held_against_all_the_years_there_are(self) -> None:
        two_years = [50, *[10] * 11, 40, *[10] * 11]
        doubt = only(said(251, history=two_years, projection=PROFILE))
        assert "40 to 50 in April 2007 and April 2008" in doubt.finding


class TestSlips:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [("42000", "4,200"), ("420000", "4,200"), ("4200000", "4,200"), ("420", "4,200")],
    )
    def test_noughts_too_many_or_few_are_put_right(self, typed: str, meant: str) -> None:
        doubt = only(said(typed, history=A_YEAR))

        assert doubt.key == f"slip:2009-04-01:{typed}"
        assert f"Did you mean {meant}? Tick if" in doubt.ask

    def test_a_share_is_put_right_to_a_percentage(self) -> None:
        doubt = only(
            said("0.41", history=[41, 42, 40], target=43, unit=Unit.PERCENT, accumulation=MEAN)
        )

        assert doubt.words == (
            "0.41% for April 2009 is far below what it was before, 40% to 42% since January 2009. "
            "Did you mean 41%? Tick if 0.41% is right."
        )

    def test_a_share_is_put_right_by_the_target_where_there_is_no_history(self) -> None:
        doubt = only(said("0.41", target=43, unit=Unit.PERCENT, accumulation=MEAN))

        assert "0.41% for April 2009 is far from the target of 43%." in doubt.finding
        assert "Did you mean 41%?" in doubt.ask

    def test_a_hundredfold_count_is_put_right_by_a_periods_share_of_the_target(self) -> None:
        doubt = only(said(10_000, target=1200))

        assert doubt.finding.endswith("is far from the target of 100 a period.")
        assert "Did you mean 100?" in doubt.ask

    @pytest.mark.parametrize("typed", [10, 9, 1_000])
    def test_a_tenth_of_the_target_is_a_start(self, typed: int) -> None:
        assert keys(said(typed, target=1200)) == []

    @pytest.mark.parametrize(
        "given",
        [
            {"target": None},
            {
                "target": 0,
                "figures": TargetFigures(value=Decimal(0), absolute_tolerance=Decimal(1)),
            },
            {"figures": TargetFigures(lower=Decimal(90), upper=Decimal(110))},
            {"target": 1200, "projection": PROFILE},
        ],
        ids=["no target", "target of zero", "a range", "builds up"],
    )
    def test_without_a_plain_target_there_is_nothing_to_put_it_right_by(
        self, given: dict[str, Any]
    ) -> None:
        assert "slip:2009-04-01:10000" not in keys(said(10_000, **given))

    def test_a_count_has_no_parts(self) -> None:
        assert only(said(42_123, history=A_YEAR)).key == "far_from_history:2009-04-01:42123"

    def test_nothing_is_no_slip(self) -> None:
        assert only(said(0, history=A_YEAR)).key == "far_from_history:2009-04-01:0"


class TestPercent:
    PER_CENT: ClassVar[dict[str, Any]] = {"unit": Unit.PERCENT, "accumulation": MEAN, "target": 95}

    def test_more_than_the_whole_is_asked_about(self) -> None:
        doubt = only(said("100.5", **self.PER_CENT))

        assert doubt.key == "over_100:2009-04-01:100.5"
        assert doubt.finding == "100.5% for April 2009 is more than the whole, which is 100%."

    def test_the_whole_is_not(self) -> None:
        assert keys(said(100, **self.PER_CENT)) == []

    def test_nor_is_what_was_more_than_the_whole_before(self) -> None:
        assert keys(said(104, history=[101, 103], **self.PER_CENT)) == []

    def test_an_estimate_of_more_than_the_whole_is_asked_about(self) -> None:
        doubt = only(said(estimate="101", **self.PER_CENT))
        assert (doubt.key, doubt.field) == (
            "over_100:estimated_outturn:101",
            "estimated_outturn",
        )

    def test_a_number_over_100_is_a_number(self) -> None:
        assert keys(said(101, target=95, accumulation=MEAN)) == []


class TestNotEnded:
    def test_a_figure_for_a_period_that_has_not_ended_is_asked_about(self) -> None:
        doubt = only(said(4200, history=A_YEAR, has_ended=False))

        assert doubt.words == (
            "April 2009 has not ended, so 4,200 is provisional and will be asked for again. "
            "Leave the figure out, or tick if it is meant."
        )

    def test_half_a_month_may_be_low_but_not_high(self) -> None:
        assert keys(said(1_203, history=A_YEAR, has_ended=False)) == ["not_ended:2009-04-01:1203"]
        assert keys(said(42_000, history=A_YEAR, has_ended=False)) == [
            "not_ended:2009-04-01:42000",
            "slip:2009-04-01:42000",
        ]


class TestEstimate:
    def test_an_estimate_like_the_target_is_not_asked_about(self) -> None:
        assert keys(said(estimate=50_000)) == []

    @pytest.mark.parametrize("estimate", [156_000, 17_334])
    def test_three_times_and_a_third_are_the_last_to_pass(self, estimate: int) -> None:
        assert keys(said(estimate=estimate, polarity=Polarity.NONE)) == []

    def test_noughts_too_many_are_put_right(self) -> None:
        doubt = only(said(estimate=500_000, previous=48_000))

        assert doubt.key == "slip:estimate:500000"
        assert doubt.words == (
            "The estimated outturn of 500,000 is far from the target of 52,000, last year's 48,000. "
            "Did you mean 50,000? Tick if 500,000 is right."
        )

    def test_far_from_everything_is_asked_about(self) -> None:
        doubt = only(said(4_000, history=A_YEAR, estimate=177_777))

        assert doubt.key == "far_from_expected:estimate:177777"
        assert "where the year is heading by its figures, 48,000" in doubt.finding

    def test_one_thing_that_it_is_like_is_enough(self) -> None:
        assert keys(said(estimate=500_000, previous=400_000, polarity=Polarity.NONE)) == []

    def test_an_estimate_on_a_target_of_zero_is_meant(self) -> None:
        zero = TargetFigures(value=Decimal(0), absolute_tolerance=Decimal(1))
        assert keys(said(estimate=0, figures=zero, previous=14, polarity=Polarity.LOW)) == []

    def test_small_counts_jump_by_chance(self) -> None:
        assert keys(said(estimate=2, target=8, polarity=Polarity.NONE)) == []
        assert keys(said(estimate=2, target=8, polarity=Polarity.NONE, unit=Unit.DAYS)) != []

    def test_with_nothing_to_expect_there_is_nothing_to_ask(self) -> None:
        assert keys(said(estimate=500_000, target=None)) == []


class TestGreen:
    @pytest.mark.parametrize(
        ("estimate", "polarity", "is_asked"),
        [
            pytest.param(52_000, Polarity.HIGH, False, id="high, on it"),
            pytest.param(51_999, Polarity.HIGH, True, id="high, below it"),
            pytest.param(52_000, Polarity.LOW, False, id="low, on it"),
            pytest.param(52_001, Polarity.LOW, True, id="low, above it"),
            pytest.param(51_999, Polarity.NONE, False, id="only monitored"),
        ],
    )
    def test_green_below_the_target_is_asked_about(
        self, estimate: int, polarity: Polarity, *, is_asked: bool
    ) -> None:
        asked = keys(said(estimate=estimate, polarity=polarity, rating=Rating.GREEN))

        assert asked == ([f"green_below_target:{estimate}"] if is_asked else [])

    @pytest.mark.parametrize(
        ("estimate", "is_asked"), [(39, True), (40, False), (60, False), (61, True)]
    )
    def test_a_range_is_missed_on_either_side(self, estimate: int, *, is_asked: bool) -> None:
        ends = TargetFigures(lower=Decimal(40), upper=Decimal(60))
        asked = keys(
            said(estimate=estimate, figures=ends, polarity=Polarity.RANGE, rating=Rating.GREEN)
        )
        assert bool(asked) is is_asked

    @pytest.mark.parametrize("rating", [Rating.AMBER, Rating.RED, None])
    def test_no_other_rating_is(self, rating: Rating | None) -> None:
        assert keys(said(estimate=51_999, rating=rating)) == []

    def test_the_reason_is_said_in_figures(self) -> None:
        doubt = only(said(estimate=51_000, rating=Rating.GREEN))

        assert doubt.field == "rating"
        assert doubt.words == (
            "It is rated Green, but the estimated outturn of 51,000 is 1.9% below the target of "
            "52,000 (amber reaches 5%). Tick if Green is right."
        )

    def test_what_the_council_calls_green_is_not_asked_about(self) -> None:
        assert keys(said(estimate=51_900, rating=Rating.GREEN, rule=BELFAST)) == []

    def test_a_projection_below_the_target_is_asked_about_without_an_estimate(self) -> None:
        doubt = only(said(3_000, rating=Rating.GREEN))

        assert doubt.key == "green_below_target:projection"
        assert "the projected outturn of 36,000" in doubt.finding

    def test_a_target_of_zero_is_missed_by_anything(self) -> None:
        asked = keys(said(estimate=3, target=0, polarity=Polarity.LOW, rating=Rating.GREEN))
        assert asked == ["green_below_target:3", "definition:target_zero"]

    def test_no_target_is_missed_by_nothing(self) -> None:
        assert keys(said(estimate=3, target=None, rating=Rating.GREEN)) == []

    def test_where_no_rule_can_say_the_target_cannot_either(self) -> None:
        ends = TargetFigures(lower=Decimal(40))
        assert (
            keys(said(estimate=3, figures=ends, polarity=Polarity.RANGE, rating=Rating.GREEN)) == []
        )
        assert keys(said(estimate=51_000, rule=BRIGHTON, rating=Rating.GREEN)) == [
            "green_below_target:51000"
        ]


class TestFrameworksOwn:
    def test_aese10s_target_below_its_outturn_is_asked_about_once(self) -> None:
        aese10 = said(
            "38.0",
            history=["46.4"],
            target=41,
            previous="46.4",
            unit=Unit.PERCENT,
            decimals=1,
            accumulation=Accumulation.LATEST,
            period=QUARTER_1,
            estimate=38,
            rating=Rating.RED,
        )

        doubt = only(aese10)
        assert doubt.key == "definition:polarity"
        assert "Is the target meant, or the polarity?" in doubt.finding
        assert doubt.is_standing

    def test_aese10_rated_green_is_asked_about(self) -> None:
        green = said(target=41, unit=Unit.PERCENT, accumulation=MEAN, estimate=38, rating=GREEN)
        assert "38% is 7.3% below the target of 41%" in only(green).finding

    def test_aese12s_count_in_per_cent_is_asked_about_by_its_target_not_its_figures(self) -> None:
        aese12 = said(20, target=375, unit=Unit.PERCENT, period=QUARTER_1, rating=Rating.RED)

        assert only(aese12).key == "definition:unit"
        assert "375% is more than the whole" in only(aese12).finding
        assert keys(replace(aese12, typed=(replace(aese12.typed[0], value=Decimal(120)),))) == [
            "definition:unit"
        ]

    def test_cypf8s_figures_and_its_officers_estimate_raise_no_doubt(self) -> None:
        cypf8 = said(
            4500, history=A_YEAR, target=54_000, previous=50_000, estimate=48_000, rating=Rating.RED
        )
        assert keys(cypf8) == []

    def test_cypf8s_june_needs_a_tick_in_the_update_that_is_due_on_8_june(self) -> None:
        june = periods_of(YEAR, Frequency.MONTHLY)[2]
        assert keys(said(4000, target=54_000, period=june, has_ended=False)) == [
            "not_ended:2009-06-01:4000"
        ]


class TestDefinitionsAndWords:
    def test_a_target_of_zero_is_asked_about(self) -> None:
        doubt = only(said(target=0, polarity=Polarity.LOW))
        assert (doubt.key, doubt.field) == ("definition:target_zero", "")

    def test_a_missing_target_is_nothing_that_an_officer_could_tick(self) -> None:
        assert keys(said(target=None)) == []

    def test_the_words_are_looked_at_as_an_actions_are(self) -> None:
        again = replace(said(), before=SaidBefore(commentary="a dry spring helped."))
        assert keys(again) == ["same_words"]


money = st.decimals(-10_000, 10_000, places=2)


@given(
    typed=money,
    history=st.lists(money, max_size=24),
    estimate=st.none() | money,
    target=st.none() | money,
    rating=st.none() | st.sampled_from(Rating),
    unit=st.sampled_from(Unit),
    polarity=st.sampled_from([Polarity.HIGH, Polarity.LOW, Polarity.NONE]),
)
def test_every_doubt_has_a_key_of_its_own_and_says_what_to_do(
    typed: Decimal,
    history: list[Decimal],
    estimate: Decimal | None,
    target: Decimal | None,
    rating: Rating | None,
    unit: Unit,
    polarity: Polarity,
) -> None:
    given_words = said(
        typed,
        history=history,
        estimate=estimate,
        target=target,
        rating=rating,
        unit=unit,
        polarity=polarity,
    )
    doubts = doubts_about_indicator(given_words)

    assert len({doubt.key for doubt in doubts}) == len(doubts)
    assert all("tick" in doubt.words.lower() for doubt in doubts)
    assert doubts == doubts_about_indicator(given_words)


@given(history=st.lists(st.integers(1, 5_000), min_size=2, max_size=24), data=st.data())
def test_a_figure_like_one_before_is_never_far(history: list[int], data: st.DataObject) -> None:
    typed = data.draw(st.sampled_from(history))
    asked = keys(said(typed, history=history, target=None))
    assert asked == []
