"""What is usual for a measure's next figure, by few figures, by many, and by the year before."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.kinds import Frequency
from goldenthread.domain.periods import FinancialYear, Period, periods_of
from goldenthread.domain.usual import Series, Usual, usual_for

YEAR = FinancialYear(2009)
MONTHS = [
    month
    for starts_in in (2006, 2007, 2008)
    for month in periods_of(FinancialYear(starts_in), Frequency.MONTHLY)
]
APRIL = periods_of(YEAR, Frequency.MONTHLY)[0]


def series(*values: int | str) -> Series:
    """Give the latest months before this April these figures."""
    return list(zip(MONTHS[-len(values) :], map(Decimal, values), strict=True)) if values else []


def usual(*values: int | str, follows_the_year: bool = False, counts: bool = False) -> Usual | None:
    return usual_for(APRIL, series(*values), follows_the_year=follows_the_year, counts=counts)


def bounds(found: Usual | None) -> tuple[Any, Any]:
    assert found is not None
    return found.lower, found.upper


def test_first_figures_have_nothing_usual() -> None:
    assert usual() is None
    assert usual(4100) is None
    assert usual(*[4100] * 11, follows_the_year=True) is None


def test_few_figures_reach_from_a_third_of_the_lowest_to_three_times_the_highest() -> None:
    assert bounds(usual(300, 400)) == (100, 1200)


def test_few_figures_on_both_sides_of_zero_have_room_by_the_largest() -> None:
    assert bounds(usual(-40, 100)) == (-240, 300)
    assert bounds(usual(0, 100)) == (-200, 300)


def test_many_figures_reach_to_their_natural_limits_and_to_a_natural_step_from_the_latest() -> None:
    to_and_fro = [10, 14] * 4
    assert bounds(usual(*to_and_fro)) == (14 - Decimal("3.27") * 4, 14 + Decimal("3.27") * 4)


@pytest.mark.parametrize("count", [7, 8])
def test_eight_figures_are_enough_for_limits(count: int) -> None:
    wide = bounds(usual(*[100] * count)) == (Decimal(100) / 3, 300)
    assert wide is (count < 8)


def test_a_measure_that_hardly_moves_may_move_by_a_tenth() -> None:
    assert bounds(usual(*[100] * 8)) == (90, 110)


def test_a_measure_that_climbs_may_go_on_climbing() -> None:
    climbing = range(100, 200, 10)
    _, upper = bounds(usual(*climbing))
    assert upper >= 200


def test_what_was_never_below_zero_is_not_expected_there() -> None:
    assert bounds(usual(*[0, 9] * 4))[0] == 0
    assert bounds(usual(*[-1, 9] * 4))[0] < 0


def test_a_seasonal_measure_is_compared_with_the_same_month_only() -> None:
    year = [90, 900, 900, 900, 900, 900, 900, 900, 900, 900, 900, 900]
    found = usual(*year, follows_the_year=True)
    assert bounds(found) == (30, 270)
    assert found is not None
    assert [period.label for period, _ in found.compared] == ["April 2008"]
    assert found.lowest == found.highest == 90


def test_small_counts_jump_by_chance() -> None:
    assert bounds(usual(0, 0, counts=True)) == (-3, 3)
    assert bounds(usual(3, 3, counts=True)) == (-3, 9)
    assert bounds(usual(99, 99, counts=True))[1] == 297


figures = st.lists(st.integers(-10_000, 10_000), min_size=2, max_size=24)


@given(figures, st.booleans(), st.booleans())
def test_whatever_has_been_is_usual(
    values: list[int], counts: bool, follows_the_year: bool
) -> None:
    found = usual(*values, counts=counts, follows_the_year=follows_the_year)
    if found is not None:
        assert found.lower <= found.lowest <= found.highest <= found.upper


@given(st.lists(st.integers(1, 10_000), min_size=2, max_size=24), st.integers(2, 50))
def test_the_unit_makes_no_difference(values: list[int], times: int) -> None:
    plain, scaled = bounds(usual(*values)), bounds(usual(*(each * times for each in values)))
    assert [each * times for each in plain] == pytest.approx(list(scaled))


def test_a_quarters_figures_are_read_as_they_come() -> None:
    quarters: list[Period] = periods_of(YEAR.previous, Frequency.QUARTERLY)
    found = usual_for(
        periods_of(YEAR, Frequency.QUARTERLY)[0],
        [(quarters[0], Decimal(5)), (quarters[1], Decimal(6))],
        follows_the_year=True,
        counts=False,
    )
    assert found is not None
    assert found.compared == ((quarters[0], Decimal(5)),)
