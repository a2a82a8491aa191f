from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.outturn import (
    Accumulation,
    Outturn,
    Projection,
    project_outturn,
    year_to_date,
)

Figures = Sequence[Decimal | None]


def figures(*values: int | str | None) -> list[Decimal | None]:
    return [None if value is None else Decimal(value) for value in values]


def project(
    values: Figures,
    accumulation: Accumulation = Accumulation.SUM,
    *,
    periods: int = 4,
    last_year: Figures | None = None,
) -> Outturn | None:
    return project_outturn(
        values,
        periods_in_year=periods,
        accumulation=accumulation,
        projection=Projection.STRAIGHT_LINE if last_year is None else Projection.LAST_YEARS_PROFILE,
        last_year=last_year or (),
    )


def projected(
    values: Figures,
    accumulation: Accumulation = Accumulation.SUM,
    *,
    last_year: Figures | None = None,
) -> Decimal:
    outturn = project(values, accumulation, last_year=last_year)
    assert outturn is not None
    return outturn.value


@pytest.mark.parametrize(
    ("accumulation", "expected"),
    [
        pytest.param(Accumulation.SUM, 90, id="sum"),
        pytest.param(Accumulation.MEAN, 30, id="mean of those known"),
        pytest.param(Accumulation.LATEST, 50, id="latest known"),
    ],
)
def test_year_so_far_is_made_of_the_figures_known(
    accumulation: Accumulation, expected: int
) -> None:
    assert year_to_date(figures(30, None, 10, 50, None), accumulation) == expected
    assert year_to_date(figures(30, 10, 50), accumulation) == expected


def test_nought_is_a_figure_of_the_year_so_far() -> None:
    assert year_to_date(figures(0), Accumulation.SUM) == 0
    assert year_to_date(figures(10, 0), Accumulation.MEAN) == 5
    assert year_to_date(figures(10, 0), Accumulation.LATEST) == 0


@pytest.mark.parametrize("accumulation", list(Accumulation))
@pytest.mark.parametrize("values", [[], [None, None]], ids=["no periods", "no figures"])
def test_nothing_is_projected_from_nothing(values: Figures, accumulation: Accumulation) -> None:
    assert year_to_date(values, accumulation) is None
    assert project(values, accumulation) is None
    assert project(values, accumulation, last_year=figures(1, 2, 3, 4)) is None


class TestStraightLine:
    @pytest.mark.parametrize(
        ("months", "outturn"),
        [
            pytest.param((4000, 5000, 6000), 60000, id="CYPF7"),
            pytest.param((4000, 5000, 4000), 52000, id="CYPF8"),
        ],
    )
    def test_frameworks_own_museum_visits_are_carried_on(
        self, months: tuple[int, ...], outturn: int
    ) -> None:
        """Oddity 8 of the source."""
        assert project(figures(*months), periods=12) == Outturn(
            value=Decimal(outturn), reason="the year so far, carried on at the same rate"
        )

    def test_period_without_a_figure_is_not_taken_for_nought(self) -> None:
        assert projected(figures(10, None, 30)) == 80

    def test_average_is_carried_on(self) -> None:
        outturn = project(figures(40, 44), Accumulation.MEAN)
        assert outturn == Outturn(value=Decimal(42), reason="the average of the year so far")

    def test_latest_figure_is_carried_on(self) -> None:
        outturn = project(figures(40, 44, None), Accumulation.LATEST)
        assert outturn == Outturn(value=Decimal(44), reason="the latest figure")

    def test_year_of_noughts_ends_at_nought(self) -> None:
        assert projected(figures(0, 0)) == 0


class TestLastYearsProfile:
    def test_year_so_far_grows_as_last_year_grew(self) -> None:
        outturn = project(figures(20), last_year=figures(10, 20, 30, 40))
        assert outturn == Outturn(
            value=Decimal(200), reason="the year so far, grown as last year grew"
        )

    def test_only_the_periods_known_this_year_are_compared(self) -> None:
        assert projected(figures(None, 10), last_year=figures(10, 20, 30, 40)) == 50

    def test_average_is_scaled_by_last_years_average(self) -> None:
        last_year = figures(10, 20, 30, 40)
        assert projected(figures(12), Accumulation.MEAN, last_year=last_year) == 30

    def test_latest_figure_is_scaled_by_where_last_year_ended(self) -> None:
        last_year = figures(10, 20, 30, 40)
        assert projected(figures(5, 15), Accumulation.LATEST, last_year=last_year) == 30

    @pytest.mark.parametrize(
        "last_year",
        [
            pytest.param(figures(10, None, 30, 40), id="a gap"),
            pytest.param(figures(10, 20, 30), id="too short"),
            pytest.param([], id="no last year"),
            pytest.param(figures(0, 20, 30, 40), id="nothing to scale by"),
        ],
    )
    def test_profile_that_says_nothing_is_refused_for_the_straight_line(
        self, last_year: Figures
    ) -> None:
        assert project(figures(20), last_year=last_year) == project(figures(20))


amounts = st.decimals(min_value=-10000, max_value=10000, places=2)
whole_years = st.lists(amounts, min_size=12, max_size=12)
accumulations = st.sampled_from(Accumulation)


@given(whole_years, accumulations)
def test_whole_years_projection_is_the_years_figure(
    year: list[Decimal], accumulation: Accumulation
) -> None:
    outturn = project(year, accumulation, periods=12)
    assert outturn is not None
    assert outturn.value == year_to_date(year, accumulation)


@given(whole_years, whole_years, accumulations)
def test_whole_years_projection_is_the_years_figure_whatever_last_year_was(
    year: list[Decimal], last_year: list[Decimal], accumulation: Accumulation
) -> None:
    outturn = project(year, accumulation, periods=12, last_year=last_year)
    assert outturn is not None
    assert outturn.value == year_to_date(year, accumulation)


@given(st.lists(amounts, min_size=1, max_size=12), amounts)
def test_periods_all_alike_project_to_themselves(year: list[Decimal], each: Decimal) -> None:
    alike = [each] * len(year)
    total = project(alike, periods=12)
    assert total is not None
    assert total.value == each * 12


@given(
    st.lists(amounts.map(abs), min_size=1, max_size=12), accumulations, st.integers(0, 11), amounts
)
def test_projection_never_falls_when_a_figure_rises(
    year: list[Decimal], accumulation: Accumulation, place: int, rise: Decimal
) -> None:
    better = list(year)
    better[place % len(year)] += abs(rise)
    before = project(year, accumulation, periods=12)
    after = project(better, accumulation, periods=12)
    assert before is not None
    assert after is not None
    assert after.value >= before.value


def test_ways_of_adding_up_are_told_apart_in_words() -> None:
    labels = [accumulation.label for accumulation in Accumulation]
    assert labels == ["Adds up", "Average", "Latest figure"]
