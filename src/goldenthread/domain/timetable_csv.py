"""The timetable as a file: a row an entry, as the 2009/10 timetable was published."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum
from io import StringIO
from typing import TypeVar

from goldenthread.domain.kinds import BodyKind, CycleKind, Precision, Step
from goldenthread.domain.timetable import TimetableEntry, TimetableError

COLUMNS = ("quarter", "report", "step", "forum", "precision", "start", "end")

Word = TypeVar("Word", bound=StrEnum)


class _CellError(ValueError):
    """A row that cannot be read, with the column at fault; no column means the row as a whole."""

    def __init__(self, column: str, words: str) -> None:
        super().__init__(f"column {column}: {words}" if column else words)


def read_timetable(lines: Iterable[str]) -> list[TimetableEntry]:
    """Read a timetable file; a quarter is written Q1 to Q4 and a day 2009-06-08.

    :raises TimetableError: with every problem, each naming its line and its column
    """
    rows = csv.reader(lines)
    entries: dict[tuple[object, ...], TimetableEntry] = {}
    problems: list[str] = []
    try:
        _check_heading(next(rows, []))
        for row in filter(None, rows):
            problems += _problems_of_row(row, entries, rows.line_num)
    except csv.Error:
        problems.append(f"line {rows.line_num}: this is not a row of cells with commas between")
    if problems:
        raise TimetableError(*problems)
    return list(entries.values())


def _check_heading(heading: list[str]) -> None:
    # Excel puts a byte order mark before the first column.
    if tuple(cell.removeprefix("\ufeff") for cell in heading) != COLUMNS:
        raise TimetableError(f"line 1: the columns must be {','.join(COLUMNS)}")


def _problems_of_row(
    row: list[str], entries: dict[tuple[object, ...], TimetableEntry], line: int
) -> Iterator[str]:
    try:
        entry = _entry(row)
        _check_new(entry, entries)
    except _CellError as error:
        yield f"line {line}, {error}"


def _entry(row: list[str]) -> TimetableEntry:
    if len(row) != len(COLUMNS):
        raise _CellError("", f"there are {len(row)} cells where {len(COLUMNS)} are needed")
    cells = dict(zip(COLUMNS, row, strict=True))
    try:
        return TimetableEntry(
            quarter=_quarter(cells["quarter"]),
            report=_word(CycleKind, cells, "report"),
            step=_word(Step, cells, "step"),
            forum=_word(BodyKind, cells, "forum") if cells["forum"] else None,
            precision=_word(Precision, cells, "precision"),
            starts_on=_day(cells, "start"),
            ends_on=_day(cells, "end"),
        )
    except _CellError:
        raise
    except ValueError as error:
        raise _CellError("start", str(error)) from error


def _quarter(cell: str) -> int:
    quarters = {"Q1": 1, "Q2": 2, "Q3": 3, "Q4": 4}
    if cell not in quarters:
        raise _CellError("quarter", f'"{cell}" is not a quarter: write Q1, Q2, Q3 or Q4')
    return quarters[cell]


def _word(words: type[Word], cells: dict[str, str], column: str) -> Word:
    try:
        return words(cells[column])
    except ValueError:
        choices = ", ".join(words)
        problem = f'"{cells[column]}" is not one of {choices}'
        raise _CellError(column, problem) from None


def _day(cells: dict[str, str], column: str) -> date | None:
    cell = cells[column]
    try:
        # Python also reads 20090608 and 2009-W24-1, which nobody here would mean.
        return datetime.strptime(cell, "%Y-%m-%d").date() if cell else None  # noqa: DTZ007
    except ValueError:
        problem = f'"{cell}" is not a day: write it like 2009-06-08'
        raise _CellError(column, problem) from None


def _check_new(entry: TimetableEntry, entries: dict[tuple[object, ...], TimetableEntry]) -> None:
    key = (entry.quarter, entry.report, entry.step, entry.forum, entry.starts_on, entry.ends_on)
    if key in entries:
        raise _CellError("step", "this entry is given twice, on the same day")
    entries[key] = entry


def write_timetable(entries: Iterable[TimetableEntry]) -> str:
    """Write a timetable file that reads back as the same entries, in their order."""
    text = StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows(_cells(entry) for entry in entries)
    return text.getvalue()


def _cells(entry: TimetableEntry) -> Iterator[str]:
    yield from (f"Q{entry.quarter}", entry.report, entry.step, entry.forum or "", entry.precision)
    for day in (entry.starts_on, entry.ends_on):
        yield day.isoformat() if day else ""
