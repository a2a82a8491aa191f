"""A document as a workbook: its contents first, then a sheet a table, with figures as figures.

Whatever people typed is written as text, and words that look like a formula are marked as words, so
that they stay words when somebody edits or copies them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import count
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from goldenthread.documents.renderers.flat import FlatTable, flat_tables
from goldenthread.documents.renderers.packing import packed_alike
from goldenthread.documents.renderers.ready import Ready, make_ready
from goldenthread.documents.renderers.spread import (
    Figure,
    Link,
    Rated,
    Said,
    SheetColumn,
    sheet_columns,
)
from goldenthread.documents.tree import BulletList, Document, Heading, Notice, Paragraph, Section
from goldenthread.domain.plain_text import STARTS_A_FORMULA

CONTENTS = "Contents"
LONGEST_NAME, LONGEST_CELL = 31, 32_767
_NOT_LAST = " ',"
_UNLAWFUL = re.compile(r"[\[\]:*?/\\]")
_UNDATED = datetime(2000, 1, 1)  # noqa: DTZ001  # a date that is taken out again
_BRAND, _PALE, _LINE, _INK = "#00625e", "#e4e7e6", "#b8c1c6", "#1d2428"
_TINTS = {
    "red": ("#fbe7e5", "#8a1a12"),
    "amber": ("#fdf0d9", "#6b4300"),
    "green": ("#e2f2e8", "#0f5230"),
}
_A4, _A3, _WIDE = 9, 8, 12
_LINE_HEIGHT = 13
_LABELS, _SAYINGS = 30, 90


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """A sheet to write: its name, what it holds, and the row at which each anchor is."""

    name: str
    table: FlatTable
    columns: list[SheetColumn]

    def places(self) -> Iterator[tuple[str, str]]:
        for row, line in enumerate(self.table.lines, start=1):
            if line.row.anchor:
                yield line.row.anchor, self.cell(row + 1)

    def cell(self, row: int) -> str:
        """Address the first cell of a row, by the sheet's name in quotes."""
        name = self.name.replace("'", "''")
        return f"internal:'{name}'!A{row}"


def render(document: Document) -> bytes:
    """Write a document as a workbook: the same bytes for the same document."""
    ready = make_ready(document)
    sheets = _sheets(ready)
    written = BytesIO()
    options = {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    with Workbook(written, options) as book:
        book.set_properties(
            {
                "title": ready.document.title,
                "author": ready.document.council,
                "subject": f"{ready.document.forum}, {ready.document.cycle}".strip(", "),
                "created": _UNDATED,
            }
        )
        styles = _Styles(book)
        _write_contents(book, styles, ready.document, sheets)
        places = dict(place for sheet in sheets for place in sheet.places())
        for sheet in sheets:
            _write_sheet(book, styles, sheet, places)
    return packed_alike(written.getvalue(), language="en-GB")


def _sheets(ready: Ready) -> list[_Sheet]:
    tables = flat_tables(ready.document)
    return [
        _Sheet(name=name, table=table, columns=sheet_columns(table, ready)[:16384])
        for name, table in zip(_sheet_names(tables), tables, strict=True)
    ]


def _sheet_names(tables: Sequence[FlatTable]) -> list[str]:
    """Name each sheet by its plan's code and what is in it, no two alike."""
    plain = [_sheet_name(table) for table in tables]
    often = Counter(name.lower() for name in plain)
    names: list[str] = []
    taken = {CONTENTS.lower(), "history"}
    for table, name in zip(tables, plain, strict=True):
        of_its_own = _sheet_name(table, is_full=True) if often[name.lower()] > 1 else name
        names.append(_free(of_its_own, taken))
        taken.add(names[-1].lower())
    return names


def _sheet_name(table: FlatTable, *, is_full: bool = False) -> str:
    """Say what is in a sheet, `CYPF indicators`; in full also of which of a plan's tables it is."""
    kind = _SHORT_KINDS.get(table.name, table.name) if table.code else table.name
    words = f"{table.code} {kind[:1].lower()}{kind[1:]}" if table.code else kind
    if is_full and table.lines and table.lines[0].table != table.name:
        words = f"{words}, {table.lines[0].table.removeprefix('Reported ')}"
    return _UNLAWFUL.sub(" ", " ".join(words.split())).strip(" '") or "Table"


_SHORT_KINDS = {"Performance indicators": "indicators"}


def _free(name: str, taken: Collection[str]) -> str:
    """Keep a name within a spreadsheet's limit, and count on where it is taken."""
    endings = ("" if number == 1 else f" {number}" for number in count(1))
    tried = (f"{name[: LONGEST_NAME - len(end)].rstrip(_NOT_LAST)}{end}" for end in endings)
    return next(each for each in tried if each.lower() not in taken)


class _Styles:
    """How cells look. Each has a twin for words that a spreadsheet might take for a formula."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}
        self.title = self.of(font_size=18, bold=True, text_wrap=False)
        self.subtitle = self.of(font_size=12, text_wrap=False)
        self.strong = self.of(bold=True)
        self.part = self.of(bold=True, font_size=13, font_color=_BRAND, text_wrap=False)

    def of(self, **looks: Any) -> Format:
        """Return the format of some looks, made once."""
        key = tuple(sorted(looks.items()))
        if key not in self._made:
            plain = {
                "font_name": "Arial",
                "font_size": 10,
                "font_color": _INK,
                "text_wrap": True,
                "valign": "top",
            }
            self._made[key] = self._book.add_format(plain | looks)
        return self._made[key]

    def cell(self, **looks: Any) -> Format:
        return self.of(bottom=1, bottom_color=_LINE, **looks)


def _write_contents(
    book: Workbook, styles: _Styles, document: Document, sheets: Sequence[_Sheet]
) -> None:
    sheet = book.add_worksheet(CONTENTS)
    sheet.set_column(0, 0, _LABELS)
    sheet.set_column(1, 1, _SAYINGS)
    sheet.hide_gridlines(2)
    _write_words(sheet, 0, 0, document.title, styles.title, styles)
    sheet.set_row(0, 26)
    heads = [head for head in (document.council, document.forum, document.cycle) if head]
    row = 1
    for head in heads:
        _write_words(sheet, row, 0, head, styles.subtitle, styles)
        row += 1
    row += 1
    for fact in document.facts:
        _write_words(sheet, row, 0, fact.label, styles.strong, styles)
        row += _write_saying(sheet, row, fact.value, styles)
    row = _write_list(sheet, styles, sheets, row + 1)
    _write_sayings(sheet, styles, document, row + 1)
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


def _write_saying(
    sheet: Worksheet, row: int, words: str, styles: _Styles, *, is_heading: bool = False
) -> int:
    sheet.set_row(row, _height(_lines(words, _SAYINGS)))
    return _write_words(sheet, row, 1, words, styles.of(bold=is_heading), styles)


def _write_list(sheet: Worksheet, styles: _Styles, sheets: Sequence[_Sheet], row: int) -> int:
    """List the sheets with links to them; returns the row after the list."""
    _write_words(sheet, row, 0, "Sheets", styles.part, styles)
    link = styles.of(font_color=_BRAND, underline=1)
    for place, each in enumerate(sheets, start=row + 1):
        sheet.write_url(place, 0, each.cell(1), link, each.name)
        rows = f"{len(each.table.lines):,} row{'' if len(each.table.lines) == 1 else 's'}"
        said = f"{each.table.section}: {each.table.name} ({rows})"
        _write_words(sheet, place, 1, said, styles.of(), styles)
    return row + len(sheets) + 1


def _write_sayings(sheet: Worksheet, styles: _Styles, document: Document, row: int) -> None:
    """Write what the paper says outside of its tables, section by section."""
    for section in document.sections:
        sayings = list(_sayings(section))
        if not sayings:
            continue
        _write_words(sheet, row, 0, section.title, styles.part, styles)
        row += 1
        for kind, words in sayings:
            _write_words(sheet, row, 0, "" if kind == "heading" else kind, styles.of(), styles)
            row += _write_saying(sheet, row, words, styles, is_heading=kind == "heading")
        row += 1


def _sayings(section: Section) -> Iterator[tuple[str, str]]:
    for block in section.blocks:
        match block:
            case Paragraph(text=text):
                yield "", text
            case Notice(text=text):
                yield "Notice", text
            case BulletList(items=items):
                yield from (("\N{BULLET}", item) for item in items)
            case Heading(text=text):
                yield "heading", text
            case _:
                pass


def _write_sheet(
    book: Workbook, styles: _Styles, planned: _Sheet, places: Mapping[str, str]
) -> None:
    sheet = book.add_worksheet(planned.name)
    for place, column in enumerate(planned.columns):
        sheet.set_column(place, place, _width(column))
        right = {"align": "right"} if column.is_figure else {}
        looks = styles.of(
            bold=True, bg_color=_PALE, bottom=2, bottom_color=_INK, valign="bottom", **right
        )
        _write_words(sheet, 0, place, column.heading, looks, styles)
    last = _write_rows(sheet, styles, planned, places)
    if planned.table.lines:
        sheet.autofilter(0, 0, max(1, last), len(planned.columns) - 1)
    else:
        sheet.write_string(1, 0, "Nothing to list.", styles.of())
    sheet.freeze_panes(1, 1)
    _write_notes(sheet, styles, planned.table, last + 2)
    _set_up_print(sheet, planned)


def _write_rows(
    sheet: Worksheet, styles: _Styles, planned: _Sheet, places: Mapping[str, str]
) -> int:
    """Write the rows of a table; returns the last one."""
    row = 0
    for number in range(len(planned.table.lines)):
        row += 1
        taken = 1
        for place, column in enumerate(planned.columns):
            taken = max(taken, _write(sheet, row, place, column.cells[number], styles, places))
        said = [(column.cells[number], _width(column)) for column in planned.columns]
        sheet.set_row(row, _height(max(_lines(each, width) for each, width in said)))
        row += taken - 1
    return row


def _width(column: SheetColumn) -> int:
    return min(90, max(9, column.weight * 4))


def _height(lines: int) -> float:
    """Reckon how high a row must be, which not every spreadsheet does; it stops at 409."""
    return min(409, lines * _LINE_HEIGHT + 3)


def _lines(said: Said, width: int) -> int:
    words = said.words if isinstance(said, Rated | Link) else said if isinstance(said, str) else ""
    return sum(1 + len(line) // max(1, int(width * 1.05)) for line in words.split("\n"))


def _write(
    sheet: Worksheet, row: int, place: int, said: Said, styles: _Styles, places: Mapping[str, str]
) -> int:
    """Write a cell; returns how many rows it takes, one unless its words are too long for a cell."""
    match said:
        case Figure():
            _write_figure(sheet, row, place, said, styles)
        case date():
            sheet.write_datetime(
                row, place, said, styles.cell(num_format="d mmmm yyyy", align="left")
            )
        case Rated():
            _write_rating(sheet, row, place, said, styles)
        case Link(anchor=anchor, words=words) if anchor in places:
            link = styles.cell(font_color=_BRAND, underline=1)
            sheet.write_url(row, place, places[anchor], link, words[:LONGEST_CELL])
        case Link(words=words):
            return _write_words(sheet, row, place, words, styles.cell(), styles)
        case str():
            return _write_words(sheet, row, place, said, styles.cell(), styles)
    return 1


def _write_figure(sheet: Worksheet, row: int, place: int, figure: Figure, styles: _Styles) -> None:
    """Write a number; one of more digits than a spreadsheet keeps is written out as words."""
    number = float(figure.value)
    if Decimal(repr(number)) == figure.value:
        sheet.write_number(row, place, number, styles.cell(num_format=figure.shown, align="right"))
    else:
        sheet.write_string(row, place, f"{figure.value:f}", styles.cell(align="right"))


def _write_rating(sheet: Worksheet, row: int, place: int, said: Rated, styles: _Styles) -> None:
    looks: dict[str, Any] = {}
    if said.rating:
        ground, ink = _TINTS[said.rating.value]
        looks = {"bg_color": ground, "font_color": ink, "bold": True}
    _write_words(sheet, row, place, said.words, styles.cell(**looks), styles)


def _write_words(
    sheet: Worksheet, row: int, place: int, words: str, look: Format, styles: _Styles
) -> int:
    """Write words as text; returns how many rows they take, as a cell holds only so many letters."""
    pieces = [words[at : at + LONGEST_CELL] for at in range(0, len(words), LONGEST_CELL)] or [""]
    for number, piece in enumerate(pieces):
        if not piece:
            sheet.write_blank(row, place, None, look)
        elif piece.startswith(STARTS_A_FORMULA):
            sheet.write_string(row + number, place, piece, styles.of(quote_prefix=True))
        else:
            sheet.write_string(row + number, place, piece, look)
    return len(pieces)


def _write_notes(sheet: Worksheet, styles: _Styles, table: FlatTable, row: int) -> None:
    for place, note in enumerate(table.notes, start=row):
        _write_words(sheet, place, 0, note, styles.of(text_wrap=False), styles)


def _set_up_print(sheet: Worksheet, planned: _Sheet) -> None:
    sheet.set_paper(_A3 if len(planned.columns) > _WIDE else _A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&RPage &P of &N")
