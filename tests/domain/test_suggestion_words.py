from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from goldenthread.domain.kinds import Unit
from goldenthread.domain.rating import (
    Polarity,
    Rating,
    RatingRule,
    TargetFigures,
)
from goldenthread.domain.rating_presets import CHASE
from goldenthread.domain.suggestion import suggest_rating
from tests.domain.evidence import (
    AESE10,
    BELFAST,
    BRIGHTON,
    EAST_RIDING,
    HAVERING,
    MEDWAY,
    RANGE_OF_40_TO_60,
    REIGATE,
    suggest,
)

RED, AMBER, GREEN = Rating.RED, Rating.AMBER, Rating.GREEN
HIGH, LOW, RANGE = Polarity.HIGH, Polarity.LOW, Polarity.RANGE


class TestWords:
    def test_aese10_reads_as_the_framework_would_have_it(self) -> None:
        assert suggest_rating(AESE10).sentence == (
            "The figures suggest Red: the estimated outturn of 38% is 7.3% below the target of"
            " 41% (amber reaches 5%)."
        )

    def test_figure_on_target_is_said_to_be_on_it(self) -> None:
        assert suggest("41", "41").sentence == (
            "The figures suggest Green: the estimated outturn of 41 is on the target of 41."
        )

    def test_two_values_are_named(self) -> None:
        target = TargetFigures(green_value=Decimal(90), amber_value=Decimal(80))
        assert suggest("85", target, HIGH, BRIGHTON).reason == (
            "the estimated outturn of 85 is 5 below the target of 90 (amber reaches 80)"
        )

    def test_tolerance_is_said_whole_where_figures_have_no_decimals(self) -> None:
        target = TargetFigures(value=Decimal(8), amber_within=Decimal("0.5"))
        suggestion = suggest("9", target, LOW, REIGATE, unit=Unit.DAYS, decimals=0)
        assert suggestion.reason == (
            "the estimated outturn of 9 days is 1 day above the target of 8 days"
            " (amber reaches 0.5 days)"
        )

    def test_share_is_said_whole_where_it_is_the_indicators_own(self) -> None:
        target = TargetFigures(value=Decimal(1000), amber_within=Decimal("0.0504"))
        assert suggest("950", target).reason == (
            "the estimated outturn of 950 is 5% below the target of 1,000 (amber reaches 5.04%)"
        )

    @pytest.mark.parametrize(
        ("last_year", "words"),
        [
            pytest.param("50", ", and no worse than 50 a year before", id="no worse"),
            pytest.param("51", ", and worse than 51 a year before", id="worse"),
            pytest.param(None, ", with no figure a year before to compare", id="none"),
        ],
    )
    def test_comparison_with_last_year_is_told(self, last_year: str | None, words: str) -> None:
        suggestion = suggest("50", "100", HIGH, HAVERING, last_year=last_year)
        assert suggestion.reason.endswith(f"is 50% below the target of 100{words}")

    @pytest.mark.parametrize(
        ("estimate", "words"),
        [
            pytest.param("100", ", and the estimated outturn of 100 reaches it", id="reaches"),
            pytest.param("99", ", and the estimated outturn of 99 does not reach it", id="not"),
            pytest.param(None, ", with no estimated outturn", id="none"),
        ],
    )
    def test_estimate_is_told_beside_the_figure(self, estimate: str | None, words: str) -> None:
        suggestion = suggest("50", "100", HIGH, MEDWAY, estimate=estimate)
        assert suggestion.reason.endswith(words)

    @pytest.mark.parametrize(
        ("value", "rule", "rating", "words"),
        [
            pytest.param("949.6", CHASE, RED, "just over 5% below", id="beyond amber"),
            pytest.param("950.4", CHASE, AMBER, "just under 5% below", id="within amber"),
            pytest.param("950", CHASE, AMBER, "5% below", id="at amber's limit"),
            pytest.param("989.6", BELFAST, AMBER, "just over 1% below", id="beyond green"),
            pytest.param("990.4", BELFAST, GREEN, "just under 1% below", id="within green"),
            pytest.param("999.9", CHASE, AMBER, "a little below", id="next to nothing short"),
            pytest.param("1000.1", CHASE, GREEN, "a little above", id="next to nothing better"),
            pytest.param("1050.4", EAST_RIDING, GREEN, "just over 5% above", id="beyond better"),
            pytest.param("1049.6", EAST_RIDING, AMBER, "just under 5% above", id="within better"),
        ],
    )
    def test_rounding_never_contradicts_the_rating(
        self, value: str, rule: RatingRule, rating: Rating, words: str
    ) -> None:
        suggestion = suggest(value, "1000", HIGH, rule)
        assert suggestion.rating is rating
        assert f" is {words} the target of 1,000" in suggestion.reason

    @pytest.mark.parametrize(
        ("value", "decimals", "rating", "words"),
        [
            pytest.param("24.9", 0, RED, "25 is just over 5 below", id="just beyond"),
            pytest.param("25.1", 0, AMBER, "25 is just under 5 below", id="just within"),
            pytest.param("24.996", 2, RED, "25.00 is just over 5.00 below", id="two decimals"),
            pytest.param("24.9", None, RED, "24.9 is 5.1 below", id="its own decimals"),
            pytest.param("29.9", 0, AMBER, "30 is a little below", id="next to nothing"),
        ],
    )
    def test_rounding_never_contradicts_an_absolute_tolerance(
        self, value: str, decimals: int | None, rating: Rating, words: str
    ) -> None:
        target = TargetFigures(value=Decimal(30), absolute_tolerance=Decimal(5))
        suggestion = suggest(value, target, decimals=decimals)
        assert suggestion.rating is rating
        assert suggestion.reason.startswith(f"the estimated outturn of {words} the target of 30")


class TestInputs:
    def test_everything_the_suggestion_looked_at_is_kept(self) -> None:
        suggestion = suggest("38", "41", last_year="46.4", estimate="38")
        assert dict(suggestion.inputs) == {
            "estimated outturn": "38",
            "polarity": "high",
            "target": "41",
            "same period last year": "46.4",
            "estimate": "38",
            "measure": "relative",
            "green within": "0",
            "amber within": "0.05",
            "amber also": "nothing",
        }

    def test_range_and_tolerances_are_kept_and_what_is_missing_left_out(self) -> None:
        target = replace(
            RANGE_OF_40_TO_60, absolute_tolerance=Decimal(3), amber_within=Decimal("0.1")
        )
        kept = dict(suggest("50", target, RANGE, MEDWAY).inputs)
        assert (kept["lower end"], kept["upper end"]) == ("40", "60")
        assert (kept["absolute tolerance"], kept["own tolerance"]) == ("3", "0.1")
        assert "target" not in kept
        assert "amber within" not in kept

    def test_refusal_keeps_nothing_since_it_looked_at_nothing(self) -> None:
        assert suggest_rating(replace(AESE10, value=None)).inputs == ()
