"""Reading a filled workbook: what each row says, and by cell what cannot be taken.

It never raises, whatever stands in the sheets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import TypeVar

from goldenthread.domain.kinds import ItemKind, Unit
from goldenthread.domain.obligations import AskedFigure
from goldenthread.domain.periods import FinancialYear
from goldenthread.office_files.grid import Cell, Sheet, cell_name, column_name
from goldenthread.workbooks.sheets.answers import RowAnswers
from goldenthread.workbooks.sheets.layout import (
    COMMENTARY,
    ESTIMATE,
    IN_ALREADY,
    JUDGEMENT_REASON,
    KEY,
    NO_ESTIMATE_REASON,
    NO_FIGURE_REASON,
    RATING,
    REFERENCE,
    SHEETS,
    Column,
    RowKey,
    action_columns,
    figure_column,
    indicator_columns,
)
from goldenthread.workbooks.sheets.values import (
    CellRefusedError,
    figure_in,
    rating_in,
    reason_in,
    words_in,
)

T = TypeVar("T")

MOST_ROWS_TO_THE_HEADINGS = 20
NOT_YOURS = "This row is of no item that you return. Leave it out, or download a new workbook."
NOT_ASKED = "No figure is asked for here. Leave this cell empty."


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedItem:
    """An item that a workbook's reader may fill, and which figures it takes."""

    item_kind: ItemKind
    item_id: int
    reference: str
    title: str
    unit: Unit = Unit.NUMBER
    is_rated: bool = True
    wanted: tuple[AskedFigure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a workbook that somebody sends can be about: a cycle, its figures, their items."""

    council: str
    cycle: str
    title: str
    year: FinancialYear
    figures: tuple[AskedFigure, ...]
    items: tuple[ExpectedItem, ...]

    def columns(self, kind: ItemKind) -> tuple[Column, ...]:
        if kind is ItemKind.ACTION:
            return action_columns()
        return indicator_columns(self.year, self.figures)

    def item(self, key: RowKey) -> ExpectedItem | None:
        return next(
            (i for i in self.items if (i.item_kind, i.item_id) == (key.item_kind, key.item_id)),
            None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CellProblem:
    """What cannot be taken, and where: "Indicators, D7"."""

    where: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """One item's row as it was read; `cells` says by the name of an answer where it stands."""

    sheet: str
    number: int
    item_kind: ItemKind
    item_id: int
    reference: str
    title: str
    version: int
    cells: Mapping[str, str]
    answers: RowAnswers
    problems: tuple[CellProblem, ...] = ()

    @property
    def where(self) -> str:
        return f"{self.sheet}, row {self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadWorkbook:
    """What a workbook says: a row an item, and what is wrong with the whole or with rows of no item."""

    rows: tuple[ReadRow, ...] = ()
    problems: tuple[CellProblem, ...] = ()


def read_workbook(sheets: Mapping[str, Sheet], expected: Expected) -> ReadWorkbook:
    """Read a workbook's sheets of returns."""
    if not sheets:
        names = " or ".join(_quoted(name) for name in SHEETS.values())
        return ReadWorkbook(
            problems=(CellProblem(where="Workbook", words=f"It has no sheet called {names}."),)
        )
    read = [
        _SheetReader(sheets[name], kind, expected).read()
        for kind, name in SHEETS.items()
        if name in sheets
    ]
    missing = [_missing_sheet(name) for name in SHEETS.values() if name not in sheets]
    return _without_doubles(
        ReadWorkbook(
            rows=tuple(row for one in read for row in one.rows),
            problems=(*missing, *(problem for one in read for problem in one.problems)),
        )
    )


def _missing_sheet(name: str) -> CellProblem:
    return CellProblem(where=name, words="This sheet is missing, so nothing of it is taken in.")


def _without_doubles(read: ReadWorkbook) -> ReadWorkbook:
    """Refuse all rows of an item that has several."""
    rows: dict[tuple[ItemKind, int], list[ReadRow]] = defaultdict(list)
    for row in read.rows:
        rows[row.item_kind, row.item_id].append(row)
    return replace(
        read,
        rows=tuple(
            replace(row, problems=(*row.problems, *_double(row, rows[row.item_kind, row.item_id])))
            for row in read.rows
        ),
    )


def _double(row: ReadRow, rows: Sequence[ReadRow]) -> Iterator[CellProblem]:
    others = [str(other.number) for other in rows if other.number != row.number]
    if others:
        words = f"{row.reference} also stands in row {', '.join(others)}. Keep one of them."
        yield CellProblem(where=row.where, words=words)


def _quoted(words: str) -> str:
    return f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}"


def _alike(words: object) -> str:
    return " ".join(str(words).split()).casefold()


class _SheetReader:
    """Reads one sheet by its headings, wherever its columns stand."""

    def __init__(self, sheet: Sheet, kind: ItemKind, expected: Expected) -> None:
        self.sheet, self.kind, self.expected = sheet, kind, expected
        self.columns = expected.columns(kind)
        self.heading_row = self._find_headings()
        self.places = self._find_columns()

    def read(self) -> ReadWorkbook:
        if self.heading_row is None:
            words = f"No row has the heading {_quoted('Reference')}."
            return ReadWorkbook(problems=(CellProblem(where=self.sheet.name, words=words),))
        keys = {row: self._key(row) for row in self._filled_rows()}
        if stray := self._made_for_another(keys.values()):
            return ReadWorkbook(problems=(CellProblem(where=self.sheet.name, words=stray),))
        if problems := tuple(self._heading_problems(keys.values())):
            return ReadWorkbook(problems=problems)
        read = [self._read_row(row, key) for row, key in keys.items()]
        return ReadWorkbook(
            rows=tuple(row for row in read if isinstance(row, ReadRow)),
            problems=tuple(row for row in read if isinstance(row, CellProblem)),
        )

    def _find_headings(self) -> int | None:
        sought = _alike(self.columns[0].heading)
        return next(
            (
                row
                for row in range(min(MOST_ROWS_TO_THE_HEADINGS, self.sheet.height))
                for column in range(self.sheet.width)
                if _alike(self.sheet.at(row, column).value) == sought
            ),
            None,
        )

    def _find_columns(self) -> dict[str, list[int]]:
        """Find where each column stands; one can stand nowhere, or twice."""
        if self.heading_row is None:
            return {}
        found: dict[str, list[int]] = defaultdict(list)
        names = {_alike(column.heading): column.name for column in self.columns}
        for place in range(self.sheet.width):
            name = names.get(_alike(self.sheet.at(self.heading_row, place).value))
            if name:
                found[name].append(place)
        return dict(found)

    def _heading_problems(self, keys: Iterable[RowKey | None]) -> Iterator[CellProblem]:
        needed = self._needed(keys)
        for column in self.columns:
            places = self.places.get(column.name, [])
            if not places and column.name in needed:
                words = f"The column {_quoted(column.heading)} is missing."
                yield CellProblem(where=self.sheet.name, words=words)
            elif len(places) > 1 and column.name in needed:
                twice = " and ".join(column_name(place) for place in places)
                words = f"The column {_quoted(column.heading)} stands at {twice}. Keep one of them."
                yield CellProblem(where=self.sheet.name, words=words)

    def _needed(self, keys: Iterable[RowKey | None]) -> set[str]:
        """Name the columns that the sheet's rows cannot do without."""
        always = {c.name for c in self.columns if c.is_answer and not c.name.startswith("figure ")}
        items = (self.expected.item(key) for key in keys if key)
        wanted = {figure_column(asked) for item in items if item for asked in item.wanted}
        return {REFERENCE, KEY} | always | wanted

    def _filled_rows(self) -> Iterator[int]:
        """List the rows under the headings in which anything stands that we know of."""
        places = [place for found in self.places.values() for place in found]
        start = (self.heading_row or 0) + 1
        for row in range(start, self.sheet.height):
            if any(not self.sheet.at(row, place).is_blank for place in places):
                yield row

    def _key(self, row: int) -> RowKey | None:
        return RowKey.parse(str(self.cell(row, KEY).value))

    def _made_for_another(self, keys: Iterable[RowKey | None]) -> str:
        """Say that the whole sheet is of another cycle or council; nothing where it is not."""
        known = [key for key in keys if key]
        if not known or any(self._is_ours(key) for key in known):
            return ""
        return self._of_another(known[0])

    def _is_ours(self, key: RowKey) -> bool:
        return (key.council, key.cycle) == (self.expected.council, self.expected.cycle)

    def _of_another(self, key: RowKey) -> str:
        if key.council != self.expected.council:
            return "This was made for another council. Download a workbook here and fill that."
        return (
            f"This was made for the cycle {key.cycle}, and returns are now asked for in "
            f"{self.expected.title}. Download a new workbook and fill that."
        )

    def _read_row(self, row: int, key: RowKey | None) -> ReadRow | CellProblem | None:
        where = f"{self.sheet.name}, row {row + 1}"
        if key is None and not any(self._has_answer(row, column) for column in self.columns):
            return None
        if key and not self._is_ours(key):
            return CellProblem(where=where, words=self._of_another(key))
        item = self.expected.item(key) if key and key.item_kind is self.kind else None
        if key is None or item is None:
            return CellProblem(where=where, words=NOT_YOURS)
        if _alike(self.cell(row, REFERENCE).value) != _alike(item.reference):
            words = "The reference was changed, or the row was put together from two. Download a new workbook."
            return CellProblem(where=where, words=words)
        return self._answers(row, key, item)

    def _has_answer(self, row: int, column: Column) -> bool:
        return column.is_answer and not self.cell(row, column.name).is_blank

    def _answers(self, row: int, key: RowKey, item: ExpectedItem) -> ReadRow:
        reader = _RowReader(self, row, item)
        return ReadRow(
            sheet=self.sheet.name,
            number=row + 1,
            item_kind=item.item_kind,
            item_id=item.item_id,
            reference=item.reference,
            title=item.title,
            version=key.version,
            cells=reader.cells,
            answers=reader.answers(),
            problems=tuple(reader.problems),
        )

    def cell(self, row: int, name: str) -> Cell:
        places = self.places.get(name)
        return self.sheet.at(row, places[0]) if places else Cell()


class _RowReader:
    """Reads the answers of one row, and notes what is wrong with them by cell."""

    def __init__(self, sheet: _SheetReader, row: int, item: ExpectedItem) -> None:
        self.sheet, self.row, self.item = sheet, row, item
        self.problems: list[CellProblem] = []
        self.cells: dict[str, str] = {}
        for name, places in sheet.places.items():
            self.cells[name] = f"{sheet.sheet.name}, {cell_name(row, places[0])}"
        for asked in item.wanted:
            self.cells[asked.period.starts_on.isoformat()] = self.cells[figure_column(asked)]

    def answers(self) -> RowAnswers:
        if self.item.item_kind is ItemKind.ACTION:
            return RowAnswers(
                rating=self._take(RATING, rating_in),
                commentary=self._take(COMMENTARY, words_in) or "",
            )
        self._refuse_what_is_not_asked()
        figures = {
            asked.period.starts_on: self._figure(figure_column(asked)) for asked in self.item.wanted
        }
        return RowAnswers(
            figures={day: value for day, value in figures.items() if value is not None},
            no_figure_reason=self._take(NO_FIGURE_REASON, reason_in) or "",
            estimated_outturn=self._figure(ESTIMATE),
            no_estimate_reason=self._take(NO_ESTIMATE_REASON, reason_in) or "",
            rating=self._take(RATING, rating_in) if self.item.is_rated else None,
            judgement_reason=self._take(JUDGEMENT_REASON, words_in) or "",
            commentary=self._take(COMMENTARY, words_in) or "",
        )

    def _figure(self, name: str) -> Decimal | None:
        return self._take(name, partial(figure_in, unit=self.item.unit))

    def _take(self, name: str, read: Callable[[Cell], T | None]) -> T | None:
        cell = self.sheet.cell(self.row, name)
        if cell.is_blank:
            return None
        try:
            return read(cell)
        except CellRefusedError as error:
            self._refuse(name, str(error))
            return None

    def _refuse(self, name: str, words: str) -> None:
        self.problems.append(CellProblem(where=self.cells[name], words=words))

    def _refuse_what_is_not_asked(self) -> None:
        wanted = {figure_column(asked) for asked in self.item.wanted}
        every = [figure_column(asked) for asked in self.sheet.expected.figures]
        for name in (name for name in every if name not in wanted):
            if not str(self.sheet.cell(self.row, name).value).startswith(IN_ALREADY):
                self._refuse_if_filled(name, NOT_ASKED)
        if not any(asked.is_due for asked in self.item.wanted):
            self._refuse_if_filled(NO_FIGURE_REASON, "No figure is missing. Leave this cell empty.")
        if not self.item.is_rated:
            words = "This indicator is not rated. Leave this cell empty."
            self._refuse_if_filled(RATING, words)

    def _refuse_if_filled(self, name: str, words: str) -> None:
        if not self.sheet.cell(self.row, name).is_blank:
            self._refuse(name, words)
