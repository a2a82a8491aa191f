from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.variance import Spending, Threshold, total_of

THRESHOLD = Threshold(pounds=Decimal(10_000), share=Decimal("0.05"))
MONEY = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


def spending(budget: int, forecast: int) -> Spending:
    return Spending(budget=Decimal(budget), spent=Decimal(0), forecast=Decimal(forecast))


@pytest.mark.parametrize(
    ("budget", "forecast", "is_significant"),
    [
        (200_000, 210_000, True),
        (200_000, 190_000, True),
        (200_000, 209_999, False),
        (200_001, 210_001, False),
        (10_000, 19_000, False),
        (0, 10_000, True),
        (0, 9_999, False),
        (0, 0, False),
    ],
)
def test_a_variance_matters_from_the_pounds_and_the_share_on(
    budget: int, forecast: int, is_significant: bool
) -> None:
    assert spending(budget, forecast).is_significant(THRESHOLD) is is_significant


def test_no_variance_is_never_significant() -> None:
    nothing = Threshold(pounds=Decimal(0), share=Decimal(0))

    assert not spending(100, 100).is_significant(nothing)


def test_a_share_of_no_budget_is_refused() -> None:
    assert spending(0, 100).share is None
    assert spending(200, 210).share == Decimal("0.05")
    assert spending(-200, -210).share == Decimal("-0.05")


@given(st.lists(st.tuples(MONEY, MONEY, MONEY), max_size=8))
def test_the_total_varies_by_the_sum_of_the_variances(
    rows: list[tuple[Decimal, Decimal, Decimal]],
) -> None:
    every = [Spending(budget=b, spent=s, forecast=f) for b, s, f in rows]

    total = total_of(every)

    assert total.variance == sum((each.variance for each in every), Decimal())
    assert total.spent == sum((each.spent for each in every), Decimal())
