"""Finding meeting dates in a spreadsheet, however a clerk keeps them.

A column of dates beside one of forums; a column for each forum, its dates below; a row for each
forum, its dates beside it; a forum's name above its dates; or a grid of forums and months.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date

from goldenthread.domain.kinds import BodyKind
from goldenthread.domain.meeting_dates import Said, dates_in, forum_in, last_day_of_meetings
from goldenthread.domain.periods import FinancialYear
from goldenthread.domain.timetable import day_in_words
from goldenthread.domain.when_words import WhenError, read_when_between
from goldenthread.office_files.grid import Cell, Flaw, Sheet, cell_name
from goldenthread.office_files.limits import UnreadableWorkbookError
from goldenthread.office_files.open_documents import is_open_document, open_open_document
from goldenthread.office_files.opening import open_every_sheet
from goldenthread.office_files.separated import read_separated
from goldenthread.office_files.unpacking import unpack
from goldenthread.timetables.forum_names import forum_called
from goldenthread.timetables.month_grids import Month, after, days_of_month, month_in, months_in

_PACKED, _OLD_EXCEL = b"PK", b"\xd0\xcf\x11\xe0"
_LONGEST = 200
MOST_NAMED = 8
NO_SPREADSHEET = (
    "This file is not a spreadsheet, whatever it is called: upload an Excel workbook (.xlsx), "
    "an OpenDocument spreadsheet (.ods) or a CSV file"
)
_TIMES = re.compile(
    r"\b(at )?\d{1,2}([:.]\d{2})?\s*(am|pm)\b|\b(at )?\d{1,2}:\d{2}(:\d{2})?\b", re.IGNORECASE
)
_LIKE_A_DATE = re.compile(
    r"\d{1,4}\s*[/.-]\s*\d{1,2}|\d(\s*(st|nd|rd|th))?\s+[a-z]{3}", re.IGNORECASE
)


def sheets_of(content: bytes) -> list[Sheet]:
    """Open a spreadsheet, of Excel, of LibreOffice or saved as CSV.

    :raises UnreadableWorkbookError: if it is none, or too large; in words
    """
    if not content.startswith((_PACKED, _OLD_EXCEL)):
        try:
            return [read_separated(content)]
        except UnreadableWorkbookError as error:
            raise error if error.is_too_much else UnreadableWorkbookError(NO_SPREADSHEET) from error
    if is_open_document(unpack(content)):
        return [*open_open_document(content).values()]
    return [*open_every_sheet(content).values()]


def problem_of(error: UnreadableWorkbookError) -> str:
    """Say what is wrong with a spreadsheet of meeting dates, and what to do."""
    return (
        f"{error.problem} Keep only the year's meetings in it." if error.is_too_much else str(error)
    )


def said_in_sheets(
    sheets: Iterable[Sheet], names: Mapping[str, BodyKind], *, year: FinancialYear
) -> Iterator[Said]:
    """Find the dates in sheets, each with its forum and the cell in which it stands.

    A date without a year is of the timetable's.
    """
    for sheet in sheets:
        yield from _Reader(sheet, names, year).read()


class _Reader:
    """Goes down a sheet, and keeps which forums head its columns."""

    def __init__(self, sheet: Sheet, names: Mapping[str, BodyKind], year: FinancialYear) -> None:
        self._sheet, self._names, self._year = sheet, names, year
        self._months: dict[int, Month] = {}
        self._month: Month | None = None
        self._heads: dict[int, BodyKind] = {}
        self._above: BodyKind | None = None
        self._spanning: dict[int, BodyKind] = {}
        self._titles: dict[int, str] = {}
        self._strangers: dict[str, list[str]] = {}

    def read(self) -> Iterator[Said]:
        rows: dict[int, dict[int, Cell]] = {}
        for (row, column), cell in sorted(self._sheet.cells.items()):
            rows.setdefault(row, {})[column] = cell
        for row, cells in rows.items():
            yield from self._row(row, cells)
        if self._strangers:
            yield Said(where=self._where(), forum=None, problem=_of_strangers(self._strangers))

    def _row(self, row: int, cells: Mapping[int, Cell]) -> Iterator[Said]:
        forums = self._forums_in(cells)
        if months := months_in(cells, self._year):
            self._months = months
            return
        dates = {
            column: found
            for column, cell in cells.items()
            if column not in forums and (found := self._dates_of(cell))
        } or self._days_in_grid(cells, forums)
        own = [(column, *whole) for column, cell in cells.items() if (whole := self._whole(cell))]
        for column, forum, words in own:
            yield Said(where=self._where(row, column), forum=forum, words=words)
        if dates:
            yield from self._take(row, cells, forums, dates)
        elif not own:
            if forums:
                yield from self._head(row, cells, forums)
            self._titles |= {
                column: str(cell.value).strip()
                for column, cell in cells.items()
                if _is_a_name(cell)
            }

    def _dates_of(self, cell: Cell) -> list[str]:
        return _dates_of(cell, self._year)

    def _days_in_grid(
        self, cells: Mapping[int, Cell], forums: Mapping[int, BodyKind]
    ) -> dict[int, list[str]]:
        """Read the numbers of days below the months at the head, or beside the month of their row."""
        of_row = next(filter(None, map(month_in, cells.values())), None)
        if of_row is not None and self._heads:
            self._month = after(self._month, of_row, self._year)
            months = dict.fromkeys(self._heads, self._month)
        else:
            months = self._months if any(map(_is_a_name, cells.values())) else {}
        return {
            column: found
            for column, month in months.items()
            if column in cells and (found := days_of_month(cells[column], month))
        }

    def _forums_in(self, cells: Mapping[int, Cell]) -> dict[int, BodyKind]:
        found = {}
        for column, cell in cells.items():
            words = str(cell.value).strip()
            if cell.flaw is Flaw.MERGED and not words and column in self._spanning:
                found[column] = self._spanning[column]
                continue
            self._spanning.pop(column, None)
            forum = forum_called(words, self._names) if 0 < len(words) <= _LONGEST else None
            if forum is not None:
                found[column] = forum
                if cell.flaw is Flaw.MERGED:
                    self._spanning[column] = forum
        return found

    def _whole(self, cell: Cell) -> tuple[BodyKind, str] | None:
        """Read a cell that names both a forum and its date."""
        words = str(cell.value)
        if not isinstance(cell.value, str) or len(words) > _LONGEST or not re.search(r"\d", words):
            return None
        forum, rest = forum_in(_without_time(words), self._names)
        dates = _readable(rest, self._year) if forum else []
        return (forum, dates[0]) if forum and len(dates) == 1 else None

    def _take(
        self,
        row: int,
        cells: Mapping[int, Cell],
        forums: Mapping[int, BodyKind],
        dates: Mapping[int, list[str]],
    ) -> Iterator[Said]:
        has_strays = any(column not in dates and _is_a_name(cell) for column, cell in cells.items())
        for column, found in dates.items():
            where = self._where(row, column)
            forum = _beside(column, forums) or self._over(column, has_strays=has_strays)
            if forum is None:
                name = _name_beside(column, cells) or self._titles.get(column, "")
                self._strangers.setdefault(name, []).append(f"{cell_name(row, column)}, {found[0]}")
                continue
            problem = _flaw_of(cells[column])
            for words in found[:1] if problem else found:
                yield Said(where=where, forum=forum, words=words, problem=problem)

    def _over(self, column: int, *, has_strays: bool) -> BodyKind | None:
        """Find the forum that heads a column, unless the row names somebody else beside it."""
        if has_strays and len(self._heads) < 2:
            return None
        return self._heads.get(column) or (None if has_strays else self._above)

    def _head(
        self, row: int, cells: Mapping[int, Cell], forums: Mapping[int, BodyKind]
    ) -> Iterator[Said]:
        """Take a row without dates as headings; one that has what was meant as a date is told."""
        meant = [
            (column, cell)
            for column, cell in cells.items()
            if column not in forums and _LIKE_A_DATE.search(_without_time(str(cell.value)))
        ]
        for column, cell in meant:
            said = str(cell.value).strip()
            forum = _beside(column, forums)
            yield Said(where=self._where(row, column), forum=forum, words=said)
        if not meant:
            is_alone = len(cells) == len(forums) == 1
            self._heads = {**({} if is_alone else self._heads), **forums}
            self._above = next(iter(forums.values())) if is_alone else None

    def _where(self, row: int | None = None, column: int = 0) -> str:
        sheet = (
            f"Sheet \N{LEFT DOUBLE QUOTATION MARK}{self._sheet.name}\N{RIGHT DOUBLE QUOTATION MARK}"
        )
        cell = "" if row is None else cell_name(row, column)
        if not self._sheet.name:
            return f"Cell {cell}" if cell else "The file"
        return f"{sheet}, cell {cell}" if cell else sheet


def _beside(column: int, forums: Mapping[int, BodyKind]) -> BodyKind | None:
    """Find the forum of a date's row: the nearest to its left, or else to its right."""
    left = [place for place in forums if place < column]
    near = max(left) if left else min(forums, default=None)
    return None if near is None else forums[near]


def _is_a_name(cell: Cell) -> bool:
    """Tell words that may name another forum from a weekday, a time or a number."""
    words = re.sub(
        r"(?i)\b(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?\b", "", str(cell.value)
    )
    return bool(re.search(r"[A-Za-z]{3}", _without_time(words)))


def _flaw_of(cell: Cell) -> str:
    if cell.flaw is Flaw.FORMULA:
        return "is a formula: type the date itself"
    if cell.flaw is Flaw.ERROR:
        return "is an error: type the date itself"
    if cell.flaw is Flaw.MERGED:
        return "is merged with the cells beside it: give each meeting a cell of its own"
    return ""


def _name_beside(column: int, cells: Mapping[int, Cell]) -> str:
    """Find what a date's row calls its meeting: the nearest name to its left, or else to its right."""
    named = [place for place, cell in cells.items() if place != column and _is_a_name(cell)]
    left = [place for place in named if place < column]
    near = max(left) if left else min(named, default=None)
    return "" if near is None else str(cells[near].value).strip()[:60]


def _dates_of(cell: Cell, year: FinancialYear) -> list[str]:
    """Read the dates in a cell, as a timetable prints them; none if anything else is in it."""
    if isinstance(cell.value, date):
        return [day_in_words(cell.value)]
    if not isinstance(cell.value, str) or len(cell.value) > _LONGEST:
        return []
    return _readable(cell.value, year)


def _readable(words: str, year: FinancialYear) -> list[str]:
    found = [*dates_in(_without_time(words).replace("\n", ";"))]
    with suppress(WhenError):
        for each in found:
            read_when_between(each, year.starts_on, last_day_of_meetings(year))
        return found
    return []


def _without_time(words: str) -> str:
    return _TIMES.sub("", words)


def _of_strangers(strangers: Mapping[str, list[str]]) -> str:
    """Name the forums that are not known, each with how many dates it has and where the first stands."""
    count = sum(map(len, strangers.values()))
    told = "one date is" if count == 1 else f"{count:,} dates are"
    most = sorted(strangers.items(), key=lambda one: -len(one[1]))
    named = [f"{name} ({places[0]})" if name else places[0] for name, places in most[:MOST_NAMED]]
    more = f" and {len(most) - MOST_NAMED} more" if len(most) > MOST_NAMED else ""
    return f"{told} of no forum that is known here: {'; '.join(named)}{more}"
