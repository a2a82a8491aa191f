"""Opening a spreadsheet of LibreOffice (.ods) that somebody sent.

It is read from its XML and by nothing else: a cell can say that it stands a million times over, and
a library would do as it is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from goldenthread.office_files.grid import Cell, Flaw, Place, Sheet
from goldenthread.office_files.limits import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    UnreadableWorkbookError,
)
from goldenthread.office_files.scanning import elements_of
from goldenthread.office_files.unpacking import unpack

CONTENT = "content.xml"
_LOCKED, _MANIFEST = b"encryption-data", "META-INF/manifest.xml"


def is_open_document(parts: Mapping[str, bytes]) -> bool:
    """Tell a spreadsheet of LibreOffice by its parts."""
    return CONTENT in parts and "xl/workbook.xml" not in parts


def open_open_document(content: bytes) -> dict[str, Sheet]:
    """Open all sheets of an .ods file, by their names.

    :raises UnreadableWorkbookError: if it is broken, locked or too large; in words
    """
    parts = unpack(content)
    if _LOCKED in parts.get(_MANIFEST, b""):
        raise UnreadableWorkbookError(
            "This workbook is locked with a password. Save it without one, and upload that."
        )
    reader = _Reader()
    elements_of(parts.get(CONTENT, b""), reader.start, reader.text)
    reader.settle()
    return {name: Sheet(name=name, cells=cells) for name, cells in reader.sheets.items()}


class _Reader:
    """Keeps its place in the tables: rows and cells say how often they stand, not where."""

    def __init__(self) -> None:
        self.sheets: dict[str, dict[Place, Cell]] = {}
        self._cells: dict[Place, Cell] = {}
        self._name = ""
        self._row, self._rows = 0, 0
        self._column, self._columns = 0, 0
        self._attributes: dict[str, str] = {}
        self._words: list[str] | None = None
        self._taken, self._started = 0, 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "p" and self._words:
            self._words.append(" ")
        if name not in ("table", "table-row", "table-cell", "covered-table-cell"):
            return
        self.settle()
        match name:
            case "table":
                self._start_sheet(attributes.get("name", ""))
            case "table-row":
                self._row, self._rows = self._row + self._rows, _times(attributes, "rows")
                self._column, self._columns = 0, 0
            case _:
                self._column += self._columns
                self._columns = _times(attributes, "columns")
                self._attributes, self._words = attributes, []
                if name == "covered-table-cell":
                    self._cover()

    def text(self, words: str) -> None:
        """Keep the words of the cell that is open."""
        if self._words is not None:
            self._words.append(words)

    def settle(self) -> None:
        """Put down the cell that ends here, as often as it stands."""
        if self._words is None:
            return
        cell, self._words = _cell(self._attributes, "".join(self._words).strip()), None
        if cell.is_blank:
            return
        if self._row + self._rows > MOST_ROWS or self._column + self._columns > MOST_COLUMNS:
            self._refuse(f"a cell beyond row {MOST_ROWS:,} or column {MOST_COLUMNS}")
        self._taken += self._rows * self._columns
        if self._taken > MOST_CELLS:
            self._refuse(f"more than {MOST_CELLS:,} cells")
        for row in range(self._row, self._row + self._rows):
            for column in range(self._column, self._column + self._columns):
                self._cells[row, column] = cell

    def _cover(self) -> None:
        """Mark the rest of merged cells as far as anybody looks; it holds nothing."""
        self._words = None
        if self._row < MOST_ROWS and self._column < MOST_COLUMNS:
            self._cells[self._row, self._column] = Cell(flaw=Flaw.MERGED)

    def _start_sheet(self, name: str) -> None:
        self._started += 1
        if self._started > MOST_SHEETS:
            raise UnreadableWorkbookError(
                f"This workbook has more than {MOST_SHEETS} sheets.", is_too_much=True
            )
        self._name, self._row, self._rows = name, 0, 0
        self._cells = self.sheets.setdefault(name, {})

    def _refuse(self, what: str) -> None:
        raise UnreadableWorkbookError(
            f"The sheet \N{LEFT DOUBLE QUOTATION MARK}{self._name}\N{RIGHT DOUBLE QUOTATION MARK} "
            f"has {what}.",
            is_too_much=True,
        )


def _times(attributes: Mapping[str, str], what: str) -> int:
    said = attributes.get(f"number-{what}-repeated", "1")
    return int(said) if said.isdecimal() and len(said) < len("10000000") else MOST_CELLS


def _cell(attributes: Mapping[str, str], words: str) -> Cell:
    value: object = words
    if attributes.get("value-type") == "date":
        value = _day(attributes.get("date-value", ""), words)
    spans = ("number-columns-spanned", "number-rows-spanned")
    is_merged = any(attributes.get(span, "1") != "1" for span in spans)
    if "formula" in attributes:
        return Cell(value=value, flaw=Flaw.FORMULA)
    return Cell(value=value, flaw=Flaw.MERGED if is_merged and words else None)


def _day(said: str, words: str) -> object:
    try:
        return date.fromisoformat(said[:10])
    except ValueError:
        return words
