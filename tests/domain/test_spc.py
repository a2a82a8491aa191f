from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.spc import RUN_LENGTH, ProcessLimits, process_limits, signals

LIMITS = ProcessLimits(lower=Decimal(0), centre=Decimal(50), upper=Decimal(100))


def figures(*values: int) -> list[Decimal]:
    return [Decimal(value) for value in values]


def test_limits_lie_2_66_mean_moving_ranges_from_the_mean() -> None:
    limits = process_limits(figures(10, 14, 12, 16))
    spread = Decimal("2.66") * (4 + 2 + 4) / 3
    assert limits.centre == 13
    assert (limits.lower, limits.upper) == (13 - spread, 13 + spread)


def test_measure_that_never_moves_has_limits_at_its_value() -> None:
    limits = process_limits(figures(7, 7))
    assert limits == ProcessLimits(lower=Decimal(7), centre=Decimal(7), upper=Decimal(7))
    assert signals(figures(7, 7), limits) == set()


@pytest.mark.parametrize("values", [[], figures(12)], ids=["no values", "one value"])
def test_limits_of_fewer_than_two_values_are_refused(values: list[Decimal]) -> None:
    with pytest.raises(ValueError, match="at least two"):
        process_limits(values)


@pytest.mark.parametrize(
    ("value", "breaches"),
    [
        pytest.param("0", False, id="on the lower limit"),
        pytest.param("100", False, id="on the upper limit"),
        pytest.param("-0.01", True, id="below"),
        pytest.param("100.01", True, id="above"),
    ],
)
def test_value_speaks_of_change_only_beyond_a_limit(value: str, breaches: bool) -> None:
    assert LIMITS.is_breached_by(Decimal(value)) is breaches
    assert signals([Decimal(value)], LIMITS) == ({0} if breaches else set())


@pytest.mark.parametrize("side", [60, 40], ids=["above", "below"])
def test_eight_in_a_row_on_one_side_are_all_signals(side: int) -> None:
    before = 100 - side
    assert signals(figures(before, *[side] * 8), LIMITS) == set(range(1, 9))


def test_ninth_in_a_row_is_a_signal_too() -> None:
    assert signals(figures(*[60] * 9, 40), LIMITS) == set(range(9))


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([60] * 7, id="seven"),
        pytest.param([60] * 7 + [40] + [60] * 7, id="other side between"),
        pytest.param([60] * 4 + [50] + [60] * 4, id="on the centre between"),
        pytest.param([50] * 12, id="all on the centre"),
    ],
)
def test_shorter_run_is_routine_variation(values: list[int]) -> None:
    assert signals(figures(*values), LIMITS) == set()


values = st.lists(st.integers(-1000, 1000).map(Decimal), min_size=2, max_size=30)


@given(values)
def test_centre_lies_between_limits_and_signals_lie_among_the_values(series: list[Decimal]) -> None:
    limits = process_limits(series)
    assert limits.lower <= limits.centre <= limits.upper
    assert signals(series, limits) <= set(range(len(series)))


@given(values)
def test_same_series_turned_upside_down_has_the_same_signals(series: list[Decimal]) -> None:
    limits = process_limits(series)
    turned = ProcessLimits(lower=-limits.upper, centre=-limits.centre, upper=-limits.lower)
    assert signals([-value for value in series], turned) == signals(series, limits)


def test_run_is_of_eight_as_control_charts_have_it() -> None:
    assert RUN_LENGTH == 8


def test_what_was_never_below_zero_has_no_limit_below_it() -> None:
    wild = [Decimal(value) for value in (0, 9, 1, 8)]
    assert process_limits(wild).lower == 0
    assert process_limits([*wild, Decimal(-1)]).lower < 0
