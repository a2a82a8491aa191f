from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from goldenthread.domain.rating import (
    Polarity,
    Rating,
    TargetFigures,
)
from goldenthread.domain.suggestion import Suggestion
from tests.domain.evidence import (
    BRIGHTON,
    HAVERING,
    MEDWAY,
    RANGE_OF_40_TO_60,
    suggest,
)

RED, AMBER, GREEN = Rating.RED, Rating.AMBER, Rating.GREEN
HIGH, LOW, RANGE = Polarity.HIGH, Polarity.LOW, Polarity.RANGE


class TestRange:
    @pytest.mark.parametrize(
        ("value", "rating"),
        [
            pytest.param("37.99", RED, id="more than 5% below its lower end"),
            pytest.param("38", AMBER, id="exactly 5% below its lower end"),
            pytest.param("39.99", AMBER, id="just below"),
            pytest.param("40", GREEN, id="at its lower end"),
            pytest.param("50", GREEN, id="in the middle"),
            pytest.param("60", GREEN, id="at its upper end"),
            pytest.param("60.01", AMBER, id="just above"),
            pytest.param("63", AMBER, id="exactly 5% above its upper end"),
            pytest.param("63.01", RED, id="more than 5% above its upper end"),
        ],
    )
    def test_figure_is_good_within_its_range_and_held_against_the_nearer_end(
        self, value: str, rating: Rating
    ) -> None:
        assert suggest(value, RANGE_OF_40_TO_60, RANGE).rating is rating

    @pytest.mark.parametrize(
        ("value", "place"),
        [
            pytest.param("30", "below the range of 40 to 60 (amber reaches 5%)", id="below"),
            pytest.param("40", "within the range of 40 to 60", id="at its lower end"),
            pytest.param("60", "within the range of 40 to 60", id="at its upper end"),
            pytest.param("70", "above the range of 40 to 60 (amber reaches 5%)", id="above"),
        ],
    )
    def test_place_in_the_range_is_told(self, value: str, place: str) -> None:
        suggestion = suggest(value, RANGE_OF_40_TO_60, RANGE)
        assert suggestion.reason == f"the estimated outturn of {value} is {place}"

    @pytest.mark.parametrize(
        ("value", "rating"),
        [
            pytest.param("37", AMBER, id="exactly below"),
            pytest.param("36.99", RED, id="beyond below"),
            pytest.param("63", AMBER, id="exactly above"),
        ],
    )
    def test_range_can_have_an_absolute_tolerance(self, value: str, rating: Rating) -> None:
        target = replace(RANGE_OF_40_TO_60, absolute_tolerance=Decimal(3))
        assert suggest(value, target, RANGE).rating is rating

    def test_range_is_enough_for_a_rule_of_two_values(self) -> None:
        found = [
            suggest(value, RANGE_OF_40_TO_60, RANGE, BRIGHTON).rating for value in ("39", "40")
        ]
        assert found == [RED, GREEN]

    def test_range_that_begins_at_zero_has_no_share_to_fall_short_by(self) -> None:
        target = TargetFigures(lower=Decimal(0), upper=Decimal(10))
        assert suggest("-1", target, RANGE).rating is None
        assert suggest("0", target, RANGE).rating is GREEN
        assert suggest("10.5", target, RANGE).rating is AMBER

    @pytest.mark.parametrize(
        ("value", "last_year", "rating"),
        [
            pytest.param("68", "70", AMBER, id="nearer on the same side"),
            pytest.param("68", "68", AMBER, id="the same"),
            pytest.param("68", "67", RED, id="further on the same side"),
            pytest.param("33", "68", AMBER, id="nearer on the other side"),
            pytest.param("33", "67", AMBER, id="as far on the other side"),
            pytest.param("33", "66", RED, id="further on the other side"),
            pytest.param("33", "50", RED, id="last year within the range"),
        ],
    )
    def test_last_year_is_compared_by_how_far_it_lay_outside(
        self, value: str, last_year: str, rating: Rating
    ) -> None:
        suggestion = suggest(value, RANGE_OF_40_TO_60, RANGE, HAVERING, last_year=last_year)
        assert suggestion.rating is rating

    @pytest.mark.parametrize(
        ("estimate", "rating"),
        [
            pytest.param("40", AMBER, id="at the lower end"),
            pytest.param("66", AMBER, id="within the upper end's room"),
            pytest.param("66.01", RED, id="beyond the upper end's room"),
            pytest.param("36", AMBER, id="within the lower end's room"),
            pytest.param("35.99", RED, id="beyond the lower end's room"),
        ],
    )
    def test_estimate_is_held_against_the_end_that_is_nearer_to_it(
        self, estimate: str, rating: Rating
    ) -> None:
        rule = replace(MEDWAY, green_within=Decimal("0.1"))
        suggestion = suggest("20", RANGE_OF_40_TO_60, RANGE, rule, estimate=estimate)
        assert suggestion.rating is rating

    @pytest.mark.parametrize(
        "target",
        [
            pytest.param(TargetFigures(value=Decimal(50)), id="no ends"),
            pytest.param(TargetFigures(lower=Decimal(40)), id="no upper end"),
            pytest.param(TargetFigures(upper=Decimal(60)), id="no lower end"),
        ],
    )
    def test_rating_is_refused_without_both_ends(self, target: TargetFigures) -> None:
        suggestion = suggest("50", target, RANGE)
        assert suggestion == Suggestion(rating=None, reason="its range has no ends")
