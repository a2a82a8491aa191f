"""A flat table as the columns of a sheet, in each of which all cells are of one kind.

A cell of a paper may hold a rating, words, a link and a remark at once. In a sheet each has a column
of its own, so that it can be filtered; remarks on figures stand together in one column at the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from goldenthread.design.words import long_date
from goldenthread.documents.renderers.drawings import sparkline_words
from goldenthread.documents.renderers.flat import FlatTable
from goldenthread.documents.renderers.ready import Ready
from goldenthread.documents.renderers.typed import number_format, typed
from goldenthread.documents.renderers.wording import rating_words
from goldenthread.documents.tree import Cell, Column, ColumnKind
from goldenthread.domain.rating import Rating


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and how it is shown."""

    value: Decimal
    shown: str


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating's word, or why there is none."""

    rating: Rating | None
    words: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to where an anchor is."""

    anchor: str
    words: str


Said: TypeAlias = str | Figure | date | Rated | Link


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """A column of a sheet: its heading, a weight as in a paper, and a cell for each row."""

    heading: str
    cells: tuple[Said, ...]
    weight: int = 7
    is_figure: bool = False


def sheet_columns(table: FlatTable, ready: Ready) -> list[SheetColumn]:
    """Spread a table over the columns of a sheet; a column in which nothing would stand is left out."""
    columns = list(_found_by(table))
    remarks: list[list[str]] = [[] for _ in table.lines]
    for place, column in enumerate(table.columns):
        cells = [line.row.cells[place] for line in table.lines]
        columns += _spread(column, cells, ready)
        for remark, cell in zip(remarks, cells, strict=True):
            if _is_figure(column, cell) and cell.note:
                remark.append(f"{column.title}: {cell.note}")
    if any(remarks):
        columns.append(_words("Remarks", ["\n".join(remark) for remark in remarks], 10))
    return columns


def _found_by(table: FlatTable) -> Iterator[SheetColumn]:
    """Say of each row in which table and under which heading of it the row stood."""
    if table.is_of_many:
        yield _words("Table", [line.table for line in table.lines], 10)
    if table.has_groups:
        yield _words("Group", [line.group for line in table.lines], 10)


def _spread(column: Column, cells: Sequence[Cell], ready: Ready) -> Iterator[SheetColumn]:
    title = column.title
    is_rating = column.kind is ColumnKind.RATING
    rated = [Rated(cell.rating, rating_words(cell)) for cell in cells]
    if is_rating or any(each.words for each in rated):
        yield SheetColumn(
            heading="Rating" if is_rating else f"{title}: rating", cells=tuple(rated), weight=4
        )
    if any(cell.was for cell in cells):
        before = tuple(Rated(cell.was, cell.was.label if cell.was else "") for cell in cells)
        yield SheetColumn(heading="Rating last time", cells=before, weight=4)
    links = [Link(cell.reference, _link_words(cell, ready)) for cell in cells]
    said: list[Said] = [_said(column, cell) for cell in cells]
    if not is_rating:
        # A link that stands alone, such as a plan's name, is what the cell says.
        alone = [not words and bool(link.words) for words, link in zip(said, links, strict=True)]
        said = [
            link if is_link else words
            for words, link, is_link in zip(said, links, alone, strict=True)
        ]
        links = [
            Link("", "") if is_link else link for link, is_link in zip(links, alone, strict=True)
        ]
    if not is_rating or any(said):
        is_figure = column.kind is ColumnKind.FIGURE
        heading = "Comments" if is_rating and title.lower() == "rating" else title
        yield SheetColumn(
            heading=heading, cells=tuple(said), weight=column.weight, is_figure=is_figure
        )
    yield from _days(title, cells)
    if any(link.words for link in links):
        heading = "See" if is_rating else f"{title}: see"
        yield SheetColumn(heading=heading, cells=tuple(links), weight=6)


def _link_words(cell: Cell, ready: Ready) -> str:
    return ready.link_words(cell.reference, cell.reference_text)


def _is_figure(column: Column, cell: Cell) -> bool:
    return column.kind is ColumnKind.FIGURE or isinstance(typed(cell, column), Decimal)


def _said(column: Column, cell: Cell) -> Said:
    value = typed(cell, column)
    if isinstance(value, Decimal):
        return Figure(value, number_format(value, cell.text))
    if isinstance(value, date) and cell.text in ("", long_date(value)):
        return value
    trend = sparkline_words(cell.sparkline) if cell.sparkline else ""
    note = "" if column.kind is ColumnKind.FIGURE else cell.note
    return "\n".join(filter(None, [trend, cell.text, note]))


def _days(title: str, cells: Sequence[Cell]) -> Iterator[SheetColumn]:
    """Give days that stand beside other words a column of their own, by which one can sort."""
    days = [
        cell.value if isinstance(cell.value, date) and cell.text != long_date(cell.value) else ""
        for cell in cells
    ]
    if any(day and cell.text for day, cell in zip(days, cells, strict=True)):
        yield SheetColumn(heading=f"{title}: day", cells=tuple(days), weight=4)


def _words(heading: str, cells: Sequence[str], weight: int) -> SheetColumn:
    return SheetColumn(heading=heading, cells=tuple(cells), weight=weight)
