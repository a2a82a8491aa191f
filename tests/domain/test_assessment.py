from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from goldenthread.domain.assessment import Rates, YearsFigures, assess
from goldenthread.domain.kinds import Frequency, Unit
from goldenthread.domain.outturn import Accumulation, Projection
from goldenthread.domain.rating import Polarity, Rating, TargetFigures
from goldenthread.domain.rating_presets import CHASE, PRESETS
from goldenthread.domain.suggestion import Suggestion

HAVERING = PRESETS["havering"].rule
MEDWAY = PRESETS["medway"].rule


def figures(*values: int | str | None) -> tuple[Decimal | None, ...]:
    return tuple(None if value is None else Decimal(value) for value in values)


def yearly(target: int) -> TargetFigures:
    return TargetFigures(value=Decimal(target))


CYPF7 = YearsFigures(
    polarity=Polarity.HIGH,
    unit=Unit.NUMBER,
    decimals=0,
    frequency=Frequency.MONTHLY,
    accumulation=Accumulation.SUM,
    projection=Projection.STRAIGHT_LINE,
    target=yearly(54000),
    this_year=figures(4000, 5000, 6000),
)
CYPF8 = replace(CYPF7, target=yearly(44000), this_year=figures(4000, 5000, 4000))
AESE10 = replace(
    CYPF7,
    unit=Unit.PERCENT,
    frequency=Frequency.QUARTERLY,
    accumulation=Accumulation.LATEST,
    target=yearly(41),
    this_year=figures(39),
)
AESE12 = replace(AESE10, accumulation=Accumulation.SUM, target=yearly(375), this_year=figures(20))


def by_estimate(years: YearsFigures, estimate: int | None) -> Suggestion:
    return assess(
        years,
        estimate=None if estimate is None else Decimal(estimate),
        rule=CHASE,
        rates=Rates.ESTIMATED_OUTTURN,
    )


class TestFrameworksOwnFigures:
    def test_aese10_is_suggested_red_in_words_that_show_the_sum(self) -> None:
        assert by_estimate(AESE10, 38).sentence == (
            "The figures suggest Red: the estimated outturn of 38% is 7.3% below the target of"
            " 41% (amber reaches 5%)."
        )

    def test_aese12_without_an_estimate_is_rated_by_its_projection(self) -> None:
        """Oddity 5 of the source."""
        assert AESE12.outturn is not None
        assert AESE12.outturn.value == 80
        suggestion = by_estimate(AESE12, None)
        assert suggestion.rating is Rating.RED
        assert suggestion.sentence == (
            "The figures suggest Red: the projected outturn of 80% is 78.7% below the target of"
            " 375% (amber reaches 5%)."
        )

    def test_cypf7_is_suggested_green(self) -> None:
        assert by_estimate(CYPF7, 59000).sentence == (
            "The figures suggest Green: the estimated outturn of 59,000 is 9.3% above the target"
            " of 54,000."
        )
        assert CYPF7.outturn is not None
        assert CYPF7.outturn.value == 60000

    def test_cypf8_has_a_straight_line_beside_the_officers_estimate(self) -> None:
        """Oddity 8 of the source."""
        assert CYPF8.outturn is not None
        assert CYPF8.outturn.value == 52000
        suggestion = by_estimate(CYPF8, 48000)
        assert suggestion.rating is Rating.GREEN
        assert ("estimated outturn", "48000") in suggestion.inputs
        assert "52,000" not in suggestion.reason


class TestWhichFigureIsRated:
    def test_estimate_wins_over_the_projection(self) -> None:
        assert by_estimate(CYPF7, 40000).rating is Rating.RED

    def test_estimate_of_nought_is_an_estimate(self) -> None:
        assert by_estimate(CYPF7, 0).rating is Rating.RED

    def test_latest_figure_is_rated_where_the_council_rates_so(self) -> None:
        suggestion = assess(AESE10, estimate=Decimal(45), rule=CHASE, rates=Rates.LATEST_VALUE)
        assert suggestion.rating is Rating.AMBER
        assert suggestion.reason.startswith("the latest figure of 39% is 4.9% below")

    def test_latest_figure_skips_periods_without_one(self) -> None:
        years = replace(AESE10, this_year=figures(30, 42, None))
        suggestion = assess(years, estimate=None, rule=CHASE, rates=Rates.LATEST_VALUE)
        assert suggestion.rating is Rating.GREEN

    def test_counts_are_projected_before_they_meet_a_years_target(self) -> None:
        suggestion = assess(CYPF7, estimate=Decimal(1), rule=CHASE, rates=Rates.LATEST_VALUE)
        assert suggestion.rating is Rating.GREEN
        assert suggestion.reason.startswith("the projected outturn of 60,000")

    def test_last_years_profile_is_followed_where_it_is_chosen(self) -> None:
        years = replace(
            AESE12,
            projection=Projection.LAST_YEARS_PROFILE,
            last_year=figures(10, 50, 60, 80),
        )
        assert by_estimate(years, None).reason.startswith("the projected outturn of 400%")


class TestLastYear:
    def test_whole_year_is_compared_with_the_whole_year_before(self) -> None:
        years = replace(AESE12, last_year=figures(10, 20, 30, 15))
        suggestion = assess(years, estimate=None, rule=HAVERING, rates=Rates.ESTIMATED_OUTTURN)
        assert suggestion.rating is Rating.AMBER
        assert suggestion.reason.endswith("no worse than 75% a year before")

    def test_latest_figure_is_compared_with_the_same_period(self) -> None:
        years = replace(AESE10, this_year=figures(50, 30), last_year=figures(50, 29, 50, 50))
        suggestion = assess(years, estimate=None, rule=HAVERING, rates=Rates.LATEST_VALUE)
        assert suggestion.rating is Rating.AMBER
        assert suggestion.reason.endswith("no worse than 29% a year before")

    @pytest.mark.parametrize(
        "last_year", [(), figures(50), figures(50, None)], ids=["none", "too short", "a gap"]
    )
    def test_missing_period_is_not_made_up(self, last_year: tuple[Decimal | None, ...]) -> None:
        years = replace(AESE10, this_year=figures(50, 30), last_year=last_year)
        suggestion = assess(years, estimate=None, rule=HAVERING, rates=Rates.LATEST_VALUE)
        assert suggestion.rating is Rating.RED
        assert suggestion.reason.endswith("with no figure a year before to compare")


def test_figure_off_target_is_amber_while_the_estimate_reaches_it() -> None:
    """Medway's rule needs the latest value: an estimate cannot vouch for itself."""
    latest = assess(AESE10, estimate=Decimal(41), rule=MEDWAY, rates=Rates.LATEST_VALUE)
    assert latest.rating is Rating.AMBER
    itself = assess(AESE10, estimate=Decimal("40.9"), rule=MEDWAY, rates=Rates.ESTIMATED_OUTTURN)
    assert itself.rating is Rating.RED


@pytest.mark.parametrize("rates", list(Rates))
@pytest.mark.parametrize("accumulation", list(Accumulation))
def test_indicator_without_figures_is_not_rated(rates: Rates, accumulation: Accumulation) -> None:
    years = replace(AESE10, accumulation=accumulation, this_year=(None,))
    suggestion = assess(years, estimate=None, rule=CHASE, rates=rates)
    assert suggestion.rating is None
    assert suggestion.sentence == "The figures suggest no rating: there is no figure yet."
