from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from goldenthread.domain.rating import (
    AmberAlso,
    Measure,
    Polarity,
    Rating,
    RatingRule,
    TargetFigures,
)
from goldenthread.domain.rating_presets import CHASE
from goldenthread.domain.suggestion import Evidence, Suggestion, suggest_rating
from tests.domain.evidence import (
    AESE10,
    BELFAST,
    BRIGHTON,
    HAVERING,
    MEDWAY,
    RANGE_OF_40_TO_60,
    suggest,
)

RED, AMBER, GREEN = Rating.RED, Rating.AMBER, Rating.GREEN
HIGH, LOW, RANGE = Polarity.HIGH, Polarity.LOW, Polarity.RANGE


class TestNothingToSuggest:
    @pytest.mark.parametrize(
        ("evidence", "reason"),
        [
            pytest.param(
                replace(AESE10, polarity=Polarity.NONE),
                "it is monitored, not rated",
                id="monitored",
            ),
            pytest.param(replace(AESE10, value=None), "there is no figure yet", id="figure"),
            pytest.param(
                replace(AESE10, target=None), "there is no target for this year", id="target"
            ),
            pytest.param(
                replace(AESE10, target=RANGE_OF_40_TO_60),
                "there is no target for this year",
                id="range for an indicator that has none",
            ),
            pytest.param(
                replace(AESE10, target=TargetFigures(value=Decimal(0)), polarity=LOW),
                "a target of zero needs an absolute tolerance",
                id="target of zero",
            ),
        ],
    )
    def test_rating_is_refused_and_the_reason_told(self, evidence: Evidence, reason: str) -> None:
        suggestion = suggest_rating(evidence)
        assert suggestion == Suggestion(rating=None, reason=reason)
        assert suggestion.sentence == f"The figures suggest no rating: {reason}."

    @pytest.mark.parametrize(
        ("polarity", "green", "amber"),
        [
            pytest.param(HIGH, 80, 90, id="high"),
            pytest.param(LOW, 20, 10, id="low"),
        ],
    )
    def test_amber_value_that_asks_more_than_green_is_refused(
        self, polarity: Polarity, green: int, amber: int
    ) -> None:
        target = TargetFigures(green_value=Decimal(green), amber_value=Decimal(amber))
        suggestion = suggest("15", target, polarity, BRIGHTON)
        assert suggestion == Suggestion(
            rating=None, reason="its amber value is better than its green value"
        )


class TestTwoValues:
    @pytest.mark.parametrize(
        ("amber", "just_short"),
        [
            pytest.param("90", RED, id="the same value leaves no room for amber"),
            pytest.param("89.5", AMBER, id="half a unit is room enough"),
        ],
    )
    def test_amber_value_may_come_as_near_as_the_green_one(
        self, amber: str, just_short: Rating
    ) -> None:
        target = TargetFigures(green_value=Decimal(90), amber_value=Decimal(amber))
        assert suggest("90", target, HIGH, BRIGHTON).rating is GREEN
        assert suggest("89.9", target, HIGH, BRIGHTON).rating is just_short


class TestTargets:
    @pytest.mark.parametrize(
        ("value", "rating"),
        [
            pytest.param("100", GREEN, id="far below"),
            pytest.param("200", GREEN, id="on target"),
            pytest.param("200.01", AMBER, id="just above"),
            pytest.param("210", AMBER, id="exactly 5% above"),
            pytest.param("210.01", RED, id="more than 5% above"),
        ],
    )
    def test_target_that_is_to_fall_is_good_below(self, value: str, rating: Rating) -> None:
        """A target of 200 with a baseline of 260: how far it has come is not asked."""
        assert suggest(value, "200", LOW).rating is rating

    @pytest.mark.parametrize(
        ("polarity", "value", "rating"),
        [
            pytest.param(HIGH, "-99", GREEN, id="high, better"),
            pytest.param(HIGH, "-100", GREEN, id="high, on target"),
            pytest.param(HIGH, "-105", AMBER, id="high, exactly 5% short"),
            pytest.param(HIGH, "-105.01", RED, id="high, more than 5% short"),
            pytest.param(LOW, "-101", GREEN, id="low, better"),
            pytest.param(LOW, "-95", AMBER, id="low, exactly 5% short"),
            pytest.param(LOW, "-94.99", RED, id="low, more than 5% short"),
            pytest.param(LOW, "5", RED, id="low, other sign"),
        ],
    )
    def test_negative_target_has_the_same_room_as_a_positive_one(
        self, polarity: Polarity, value: str, rating: Rating
    ) -> None:
        assert suggest(value, "-100", polarity).rating is rating

    def test_negative_figures_are_said_with_a_true_minus(self) -> None:
        assert suggest("-110", "-100").reason == (
            "the estimated outturn of \N{MINUS SIGN}110 is 10% below the target of"
            " \N{MINUS SIGN}100 (amber reaches 5%)"
        )

    @pytest.mark.parametrize("rule", [CHASE, BELFAST, HAVERING, MEDWAY])
    def test_target_of_zero_that_is_met_needs_no_tolerance(self, rule: RatingRule) -> None:
        assert suggest("0", "0", LOW, rule).rating is GREEN
        assert suggest("3", "0", HIGH, rule).rating is GREEN
        assert suggest("3", "0", HIGH, rule).reason.endswith("is 3 above the target of 0")

    @pytest.mark.parametrize(
        ("value", "rating"),
        [
            pytest.param("0", GREEN, id="on target"),
            pytest.param("1", AMBER, id="within"),
            pytest.param("2", AMBER, id="exactly the tolerance"),
            pytest.param("2.01", RED, id="beyond"),
        ],
    )
    def test_target_of_zero_is_rated_by_its_absolute_tolerance(
        self, value: str, rating: Rating
    ) -> None:
        target = TargetFigures(value=Decimal(0), absolute_tolerance=Decimal(2))
        assert suggest(value, target, LOW).rating is rating

    def test_target_of_zero_with_no_room_at_all_is_red_when_missed(self) -> None:
        target = TargetFigures(value=Decimal(0), absolute_tolerance=Decimal(0))
        assert suggest("1", target, LOW).rating is RED
        assert suggest("1", target, LOW, MEDWAY, estimate="0").rating is AMBER

    @pytest.mark.parametrize(
        ("value", "rating"),
        [
            pytest.param("95", AMBER, id="where 5% would reach"),
            pytest.param("90", AMBER, id="exactly 10%"),
            pytest.param("89.99", RED, id="more than 10%"),
        ],
    )
    def test_indicators_own_tolerance_overrides_the_rules(self, value: str, rating: Rating) -> None:
        target = TargetFigures(value=Decimal(100), amber_within=Decimal("0.1"))
        suggestion = suggest(value, target)
        assert suggestion.rating is rating
        assert suggestion.reason.endswith("(amber reaches 10%)")

    def test_absolute_tolerance_is_not_shared_out(self) -> None:
        target = TargetFigures(value=Decimal(100), absolute_tolerance=Decimal(8))
        assert suggest("92", target).rating is AMBER
        assert suggest("92", target).reason.endswith(
            "is 8 below the target of 100 (amber reaches 8)"
        )
        assert suggest("91.99", target).rating is RED


class TestLimits:
    @pytest.mark.parametrize(
        ("inclusive", "rating"),
        [
            pytest.param(True, GREEN, id="inclusive"),
            pytest.param(False, AMBER, id="exclusive"),
        ],
    )
    def test_green_limit_counts_as_green_only_where_it_is_inclusive(
        self, inclusive: bool, rating: Rating
    ) -> None:
        rule = RatingRule(green_within=Decimal("0.02"), green_is_inclusive=inclusive)
        assert suggest("98", "100", HIGH, rule).rating is rating
        assert suggest("98.01", "100", HIGH, rule).rating is GREEN

    @pytest.mark.parametrize(
        ("inclusive", "rating"),
        [
            pytest.param(True, AMBER, id="inclusive"),
            pytest.param(False, RED, id="exclusive"),
        ],
    )
    def test_amber_limit_counts_as_amber_only_where_it_is_inclusive(
        self, inclusive: bool, rating: Rating
    ) -> None:
        rule = RatingRule(amber_is_inclusive=inclusive)
        assert suggest("95", "100", HIGH, rule).rating is rating
        assert suggest("95.01", "100", HIGH, rule).rating is AMBER

    def test_absolute_rule_has_room_for_green_in_the_indicators_unit(self) -> None:
        rule = RatingRule(
            measure=Measure.ABSOLUTE, green_within=Decimal(2), amber_within=Decimal(6)
        )
        found = [suggest(value, "40", HIGH, rule).rating for value in ("38", "37.9", "34", "33.9")]
        assert found == [GREEN, AMBER, AMBER, RED]

    def test_rule_without_amber_knows_only_red_and_green(self) -> None:
        rule = RatingRule(amber_within=None)
        assert suggest("99.99", "100", HIGH, rule).rating is RED
        assert suggest("99.99", "100", HIGH, rule).reason.endswith("below the target of 100")

    def test_rule_can_have_both_an_amber_reach_and_a_comparison(self) -> None:
        rule = RatingRule(amber_also=AmberAlso.LAST_YEAR)
        assert suggest("95", "100", HIGH, rule).rating is AMBER
        assert suggest("80", "100", HIGH, rule, last_year="80").rating is AMBER
        assert suggest("80", "100", HIGH, rule, last_year="81").rating is RED
