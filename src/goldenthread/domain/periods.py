"""Financial years and the months and quarters they are made of.

A period is a closed range of days. Nothing here knows what day it is.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import assert_never

from goldenthread.domain.kinds import Frequency

APRIL = 4


@dataclass(frozen=True, slots=True, order=True)
class FinancialYear:
    """A council's year, known by the calendar year it starts in. It starts on 1 April unless told."""

    starts_in: int
    first_month: int = APRIL

    @classmethod
    def of(cls, day: date, *, first_month: int = APRIL) -> FinancialYear:
        """Find the financial year that a day falls in."""
        starts_in = day.year if day.month >= first_month else day.year - 1
        return cls(starts_in, first_month)

    @classmethod
    def parse(cls, words: str, *, first_month: int = APRIL) -> FinancialYear:
        """Read a year written as 2009-10 or 2009/10.

        :raises ValueError: if it is written otherwise, or the two years do not follow each other
        """
        match = re.fullmatch(r"(\d{4})[-/](\d{2})", words)
        if match is None or (int(match[1]) + 1) % 100 != int(match[2]):
            raise ValueError(f"{words!r} is not a financial year: write it like 2009-10")
        return cls(int(match[1]), first_month)

    @property
    def slug(self) -> str:
        """The year as an address has it: 2009-10."""
        return f"{self.starts_in}-{(self.starts_in + 1) % 100:02}"

    @property
    def label(self) -> str:
        """The year as a paper has it: 2009/10."""
        return self.slug.replace("-", "/")

    @property
    def starts_on(self) -> date:
        return date(self.starts_in, self.first_month, 1)

    @property
    def ends_on(self) -> date:
        return self.following.starts_on - timedelta(days=1)

    @property
    def previous(self) -> FinancialYear:
        return FinancialYear(self.starts_in - 1, self.first_month)

    @property
    def following(self) -> FinancialYear:
        return FinancialYear(self.starts_in + 1, self.first_month)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month, a quarter or a whole year, numbered from 1 within its financial year."""

    year: FinancialYear
    frequency: Frequency
    number: int

    @property
    def _months(self) -> range:
        """The months it covers, counted from the year's first as 0."""
        length = 12 // self.frequency.periods_in_year
        return range((self.number - 1) * length, self.number * length)

    @property
    def starts_on(self) -> date:
        return _first_of_month(self.year, self._months[0])

    @property
    def ends_on(self) -> date:
        first = _first_of_month(self.year, self._months[-1])
        return first.replace(day=monthrange(first.year, first.month)[1])

    @property
    def label(self) -> str:
        """The period as a heading has it: April 2009, Quarter 1 2009/10, 2009/10."""
        match self.frequency:
            case Frequency.MONTHLY:
                return f"{self.starts_on:%B %Y}"
            case Frequency.QUARTERLY:
                return f"Quarter {self.number} {self.year.label}"
            case Frequency.ANNUAL:
                return self.year.label
            case _:
                assert_never(self.frequency)

    @property
    def short_label(self) -> str:
        """The period where its year is plain: April, Quarter 1, 2009/10."""
        return self.label.removesuffix(f" {self.starts_on.year}").removesuffix(
            f" {self.year.label}"
        )

    @property
    def axis_label(self) -> str:
        """The period under a chart, where there is little room: Apr 2009, Q1 09/10, 2009/10."""
        match self.frequency:
            case Frequency.MONTHLY:
                return f"{self.starts_on:%b %Y}"
            case Frequency.QUARTERLY:
                return f"Q{self.number} {self.year.label[2:]}"
            case Frequency.ANNUAL:
                return self.year.label
            case _:
                assert_never(self.frequency)

    @property
    def same_last_year(self) -> Period:
        return Period(self.year.previous, self.frequency, self.number)

    def has_ended_by(self, day: date) -> bool:
        """Test whether the whole period lies before the end of that day."""
        return self.ends_on <= day


def _first_of_month(year: FinancialYear, offset: int) -> date:
    years, month = divmod(year.first_month - 1 + offset, 12)
    return date(year.starts_in + years, month + 1, 1)


def periods_of(year: FinancialYear, frequency: Frequency) -> list[Period]:
    """List a year's periods of one length, earliest first."""
    return [Period(year, frequency, n + 1) for n in range(frequency.periods_in_year)]


def quarter(year: FinancialYear, number: int) -> Period:
    """Name a quarter of a year, 1 to 4."""
    return Period(year, Frequency.QUARTERLY, number)


def period_of(day: date, frequency: Frequency, *, first_month: int = APRIL) -> Period:
    """Find the period of that length which a day falls in."""
    year = FinancialYear.of(day, first_month=first_month)
    return next(p for p in periods_of(year, frequency) if day <= p.ends_on)


def periods_ended(year: FinancialYear, frequency: Frequency, *, by: date) -> list[Period]:
    """List a year's periods that have ended by a day, earliest first (clause R-2)."""
    return [period for period in periods_of(year, frequency) if period.has_ended_by(by)]


def periods_within(within: Period, frequency: Frequency) -> Iterator[Period]:
    """List the periods of one length that lie inside another: a quarter's months."""
    for period in periods_of(within.year, frequency):
        if within.starts_on <= period.starts_on and period.ends_on <= within.ends_on:
            yield period
