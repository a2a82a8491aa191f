from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.kinds import Frequency
from goldenthread.domain.periods import (
    FinancialYear,
    Period,
    period_of,
    periods_ended,
    periods_of,
    periods_within,
    quarter,
)

YEAR = FinancialYear(2009)
DAY = timedelta(days=1)
years = st.builds(FinancialYear, st.integers(1990, 2098), st.integers(1, 12))
frequencies = st.sampled_from(Frequency)
days = st.dates(date(1990, 1, 1), date(2099, 12, 31))


class TestFinancialYear:
    def test_council_year_runs_from_april_to_march(self) -> None:
        assert (YEAR.starts_on, YEAR.ends_on) == (date(2009, 4, 1), date(2010, 3, 31))

    @pytest.mark.parametrize(
        ("day", "starts_in"),
        [
            pytest.param(date(2009, 3, 31), 2008, id="last day of March"),
            pytest.param(date(2009, 4, 1), 2009, id="first day of April"),
            pytest.param(date(2010, 1, 1), 2009, id="new year's day"),
        ],
    )
    def test_day_falls_in_the_year_that_began_before_it(self, day: date, starts_in: int) -> None:
        assert FinancialYear.of(day) == FinancialYear(starts_in)

    def test_year_is_written_one_way_in_addresses_and_another_on_paper(self) -> None:
        assert (YEAR.slug, YEAR.label) == ("2009-10", "2009/10")
        assert FinancialYear(1999).slug == "1999-00"

    @pytest.mark.parametrize("words", ["2009-10", "2009/10"])
    def test_year_is_read_either_way(self, words: str) -> None:
        assert FinancialYear.parse(words) == YEAR

    def test_year_is_read_across_a_century(self) -> None:
        assert FinancialYear.parse("1999-00") == FinancialYear(1999)

    def test_year_is_read_with_the_month_it_starts_in(self) -> None:
        assert FinancialYear.parse("2009-10", first_month=9).starts_on == date(2009, 9, 1)

    @pytest.mark.parametrize(
        "words",
        [
            pytest.param("2009-11", id="a year left out"),
            pytest.param("2010-09", id="backwards"),
            pytest.param("2009-09", id="the same year"),
            pytest.param("2009", id="one year"),
            pytest.param("2009-2010", id="in full"),
            pytest.param(" 2009-10", id="space before"),
            pytest.param("2009-10\n", id="line after"),
            pytest.param("", id="nothing"),
        ],
    )
    def test_year_written_otherwise_is_refused(self, words: str) -> None:
        with pytest.raises(ValueError, match="write it like 2009-10"):
            FinancialYear.parse(words)

    def test_years_are_sorted_by_when_they_start(self) -> None:
        assert sorted([YEAR.following, YEAR, YEAR.previous])[0] == FinancialYear(2008)

    @given(years)
    def test_year_begins_the_day_after_the_previous_one_ends(self, year: FinancialYear) -> None:
        assert year.previous.ends_on + DAY == year.starts_on
        assert year.previous.following == year
        assert FinancialYear.parse(year.slug, first_month=year.first_month) == year

    @given(days, st.integers(1, 12))
    def test_day_lies_within_its_year(self, day: date, first_month: int) -> None:
        year = FinancialYear.of(day, first_month=first_month)
        assert year.starts_on <= day <= year.ends_on


class TestPeriod:
    @pytest.mark.parametrize(
        ("period", "starts_on", "ends_on"),
        [
            pytest.param(quarter(YEAR, 1), date(2009, 4, 1), date(2009, 6, 30), id="quarter 1"),
            pytest.param(quarter(YEAR, 4), date(2010, 1, 1), date(2010, 3, 31), id="quarter 4"),
            pytest.param(
                Period(YEAR, Frequency.MONTHLY, 9),
                date(2009, 12, 1),
                date(2009, 12, 31),
                id="December",
            ),
            pytest.param(
                Period(FinancialYear(2011), Frequency.MONTHLY, 11),
                date(2012, 2, 1),
                date(2012, 2, 29),
                id="February of a leap year",
            ),
            pytest.param(
                Period(YEAR, Frequency.ANNUAL, 1), date(2009, 4, 1), date(2010, 3, 31), id="year"
            ),
        ],
    )
    def test_period_is_a_closed_range_of_days(
        self, period: Period, starts_on: date, ends_on: date
    ) -> None:
        assert (period.starts_on, period.ends_on) == (starts_on, ends_on)

    @pytest.mark.parametrize(
        ("period", "label", "short_label"),
        [
            pytest.param(Period(YEAR, Frequency.MONTHLY, 1), "April 2009", "April", id="April"),
            pytest.param(
                Period(YEAR, Frequency.MONTHLY, 10), "January 2010", "January", id="January"
            ),
            pytest.param(quarter(YEAR, 3), "Quarter 3 2009/10", "Quarter 3", id="quarter"),
            pytest.param(Period(YEAR, Frequency.ANNUAL, 1), "2009/10", "2009/10", id="year"),
        ],
    )
    def test_period_is_said_in_full_and_in_short(
        self, period: Period, label: str, short_label: str
    ) -> None:
        assert (period.label, period.short_label) == (label, short_label)

    @pytest.mark.parametrize(
        ("period", "label"),
        [
            pytest.param(Period(YEAR, Frequency.MONTHLY, 10), "Jan 2010", id="month"),
            pytest.param(quarter(YEAR, 1), "Q1 09/10", id="quarter"),
            pytest.param(Period(YEAR, Frequency.ANNUAL, 1), "2009/10", id="year"),
        ],
    )
    def test_period_is_said_briefly_under_a_chart(self, period: Period, label: str) -> None:
        assert period.axis_label == label

    def test_period_has_ended_by_its_last_day_and_no_sooner(self) -> None:
        june = Period(YEAR, Frequency.MONTHLY, 3)
        assert june.has_ended_by(date(2009, 6, 30))
        assert not june.has_ended_by(date(2009, 6, 29))

    def test_period_is_compared_with_its_like_a_year_before(self) -> None:
        assert quarter(YEAR, 2).same_last_year == quarter(FinancialYear(2008), 2)

    def test_quarter_holds_its_three_months(self) -> None:
        months = periods_within(quarter(YEAR, 1), Frequency.MONTHLY)
        assert [month.short_label for month in months] == ["April", "May", "June"]

    def test_month_holds_no_quarter(self) -> None:
        june = Period(YEAR, Frequency.MONTHLY, 3)
        assert list(periods_within(june, Frequency.QUARTERLY)) == []

    def test_periods_that_have_ended_are_listed_to_the_day(self) -> None:
        """Clause R-2."""
        ended = periods_ended(YEAR, Frequency.MONTHLY, by=date(2009, 6, 8))
        assert [month.short_label for month in ended] == ["April", "May"]

    def test_nothing_has_ended_before_the_year_begins(self) -> None:
        assert periods_ended(YEAR, Frequency.MONTHLY, by=date(2009, 4, 1)) == []


@given(years, frequencies)
def test_periods_tile_their_year_without_gap_or_overlap(
    year: FinancialYear, frequency: Frequency
) -> None:
    periods = periods_of(year, frequency)
    assert len(periods) == frequency.periods_in_year
    assert (periods[0].starts_on, periods[-1].ends_on) == (year.starts_on, year.ends_on)
    for period in periods:
        assert period.starts_on < period.ends_on
    for before, after in pairwise(periods):
        assert before.ends_on + DAY == after.starts_on


@given(days, frequencies, st.integers(1, 12))
def test_every_day_falls_in_one_period_of_each_length(
    day: date, frequency: Frequency, first_month: int
) -> None:
    found = period_of(day, frequency, first_month=first_month)
    around = periods_of(FinancialYear.of(day, first_month=first_month), frequency)
    assert [p for p in around if p.starts_on <= day <= p.ends_on] == [found]


@given(years, st.integers(1, 4))
def test_quarter_is_tiled_by_its_months(year: FinancialYear, number: int) -> None:
    whole = quarter(year, number)
    months = list(periods_within(whole, Frequency.MONTHLY))
    assert len(months) == 3
    assert (months[0].starts_on, months[-1].ends_on) == (whole.starts_on, whole.ends_on)
