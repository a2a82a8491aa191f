from __future__ import annotations

from dataclasses import FrozenInstanceError
from decimal import Decimal

import pytest

from goldenthread.domain.rating import Basis, Polarity, Rating, RatingRule, TargetFigures


def test_ratings_are_listed_worst_first() -> None:
    """Clause X-2."""
    assert list(Rating) == [Rating.RED, Rating.AMBER, Rating.GREEN]
    assert sorted(Rating, key=lambda rating: -rating.badness) == list(Rating)
    assert [rating.badness for rating in Rating] == [3, 2, 1]


def test_red_and_amber_are_off_track() -> None:
    assert [rating for rating in Rating if rating.is_off_track] == [Rating.RED, Rating.AMBER]


def test_rating_always_has_its_word() -> None:
    """Clause D-6."""
    assert [rating.label for rating in Rating] == ["Red", "Amber", "Green"]


def test_polarity_is_said_as_the_framework_says_it() -> None:
    """Clause P-4."""
    labels = [polarity.label for polarity in Polarity]
    assert labels == ["High", "Low", "Within a range", "Not rated"]


def test_rule_is_five_percent_unless_told() -> None:
    rule = RatingRule()
    assert rule.green_within == 0
    assert rule.amber_within == Decimal("0.05")
    assert rule.green_is_inclusive
    assert rule.amber_is_inclusive


def test_target_is_the_councils_own_unless_told() -> None:
    assert TargetFigures(value=Decimal(41)).basis is Basis.TARGET


@pytest.mark.parametrize("colour", ["blue", "Red", ""])
def test_rating_of_another_colour_is_refused(colour: str) -> None:
    with pytest.raises(ValueError, match="is not a valid Rating"):
        Rating(colour)


def test_rule_cannot_be_changed_behind_a_suggestion() -> None:
    rule = RatingRule()
    with pytest.raises(FrozenInstanceError):
        rule.amber_within = Decimal("0.5")  # type: ignore[misc]
