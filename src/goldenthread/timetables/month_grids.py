"""The clerk's month grid: forums down the side, months across, numbers of days in its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from goldenthread.domain.periods import FinancialYear
from goldenthread.domain.timetable import day_in_words
from goldenthread.office_files.grid import Cell

FEWEST_MONTHS = 3
"""So many months beside each other make a row a heading."""

_NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = re.compile(
    r"(january|february|march|april|may|june|july|august|sept?(?:ember)?|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|oct|nov|dec)\.?[\s'\N{RIGHT SINGLE QUOTATION MARK}-]*(\d{4}|\d{2})?",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"\b(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?\b\.?|\b(m|tu|w|th|f)\b", re.IGNORECASE
)
_NUMBER = re.compile(r"(\d{1,2})\s*(?:st|nd|rd|th)?", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[,;&/\n+]|\band\b|\s)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Month:
    """A month at the head of a column or of a row; its year may be left out."""

    number: int
    year: int | None = None


def month_in(cell: Cell) -> Month | None:
    """Read a cell that says a month and nothing else: April, Apr 2010, Apr-10, or its first day."""
    if isinstance(cell.value, date):
        is_first = cell.value.day == 1
        return Month(cell.value.month, cell.value.year) if is_first else None
    found = _MONTH.fullmatch(str(cell.value).strip())
    if found is None:
        return None
    year = int(found[2]) if found[2] else None
    if year is not None and year < 100:
        year += 2000
    return Month(_NAMES.index(found[1][:3].lower()) + 1, year)


def months_in(cells: Mapping[int, Cell], year: FinancialYear) -> dict[int, Month]:
    """Find the months that head the columns of a grid, each with its year; none if they are too few.

    A month without a year follows those to its left; the first of all is in the timetable's year.
    """
    found = {column: month for column, cell in cells.items() if (month := month_in(cell))}
    if len(found) < FEWEST_MONTHS:
        return {}
    dated: dict[int, Month] = {}
    before: Month | None = None
    for column, month in sorted(found.items()):
        before = after(before, month, year)
        dated[column] = before
    return dated


def after(before: Month | None, month: Month, year: FinancialYear) -> Month:
    """Give a month its year, if it has none: the next such month after one that came before it."""
    if month.year is not None:
        return month
    if before is None or before.year is None:
        first = year.starts_on
        return replace(month, year=first.year + (month.number < first.month))
    return replace(month, year=before.year + (month.number <= before.number))


def days_of_month(cell: Cell, month: Month) -> list[str] | None:
    """Read the numbers of days in a cell of the grid as dates; None if anything else is in it.

    Several may stand in one: 6, 20 & 27, or with their weekdays: Tue 15.
    """
    numbers = list(_numbers_in(cell))
    if not numbers or None in numbers:
        return None
    return [_date_in_words(number, month) for number in numbers if number is not None]


def _numbers_in(cell: Cell) -> Iterator[int | None]:
    if isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool):
        yield int(cell.value) if cell.value == int(cell.value) else None
        return
    for said in _BETWEEN.split(_WEEKDAY.sub(" ", str(cell.value)).strip()):
        found = _NUMBER.fullmatch(said)
        yield int(found[1]) if found else None


def _date_in_words(number: int, month: Month) -> str:
    try:
        return day_in_words(date(month.year or 1, month.number, number))
    except ValueError:
        # There is no such day: whoever reads the words says so.
        return f"{number}/{month.number}/{month.year}"
