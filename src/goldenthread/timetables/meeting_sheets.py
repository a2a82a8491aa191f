"""Finding meeting dates in a spreadsheet, however a clerk keeps them.

A column of dates beside one of forums; a column for each forum, its dates below; a row for each
forum, its dates beside it; or a forum's name above its dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date

from goldenthread.domain.kinds import BodyKind
from goldenthread.domain.meeting_dates import Said, dates_in, forum_in
from goldenthread.domain.timetable import day_in_words
from goldenthread.domain.when_words import WhenError, read_when
from goldenthread.office_files.grid import Cell, Flaw, Sheet, cell_name
from goldenthread.office_files.limits import UnreadableWorkbookError
from goldenthread.office_files.open_documents import is_open_document, open_open_document
from goldenthread.office_files.opening import open_every_sheet
from goldenthread.office_files.separated import read_separated
from goldenthread.office_files.unpacking import unpack
from goldenthread.timetables.forum_names import forum_called

_PACKED, _OLD_EXCEL = b"PK", b"\xd0\xcf\x11\xe0"
_LONGEST = 200
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
        return [read_separated(content)]
    if is_open_document(unpack(content)):
        return [*open_open_document(content).values()]
    return [*open_every_sheet(content).values()]


def problem_of(error: UnreadableWorkbookError) -> str:
    """Say what is wrong with a spreadsheet of meeting dates, and what to do."""
    return (
        f"{error.problem} Keep only the year's meetings in it." if error.is_too_much else str(error)
    )


def said_in_sheets(sheets: Iterable[Sheet], names: Mapping[str, BodyKind]) -> Iterator[Said]:
    """Find the dates in sheets, each with its forum and the cell in which it stands."""
    for sheet in sheets:
        yield from _Reader(sheet, names).read()


class _Reader:
    """Goes down a sheet, and keeps which forums head its columns."""

    def __init__(self, sheet: Sheet, names: Mapping[str, BodyKind]) -> None:
        self._sheet, self._names = sheet, names
        self._heads: dict[int, BodyKind] = {}
        self._above: BodyKind | None = None
        self._spanning: dict[int, BodyKind] = {}
        self._strangers: list[str] = []

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
        dates = {
            column: found
            for column, cell in cells.items()
            if column not in forums and (found := _dates_of(cell))
        }
        own = [(column, *whole) for column, cell in cells.items() if (whole := self._whole(cell))]
        for column, forum, words in own:
            yield Said(where=self._where(row, column), forum=forum, words=words)
        if dates:
            yield from self._take(row, cells, forums, dates)
        elif forums and not own:
            yield from self._head(row, cells, forums)

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
        dates = _readable(rest) if forum else []
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
                self._strangers.append(f"{cell_name(row, column)}, {found[0]}")
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


def _dates_of(cell: Cell) -> list[str]:
    """Read the dates in a cell, as a timetable prints them; none if anything else is in it."""
    if isinstance(cell.value, date):
        return [day_in_words(cell.value)]
    if not isinstance(cell.value, str) or len(cell.value) > _LONGEST:
        return []
    return _readable(cell.value)


def _readable(words: str) -> list[str]:
    found = [*dates_in(_without_time(words).replace("\n", ";"))]
    with suppress(WhenError):
        for each in found:
            read_when(each)
        return found
    return []


def _without_time(words: str) -> str:
    return _TIMES.sub("", words)


def _of_strangers(strangers: list[str]) -> str:
    if len(strangers) == 1:
        return f"one date is of no forum that is known here: {strangers[0]}"
    return f"{len(strangers):,} dates are of no forum that is known here, such as {strangers[0]}"
