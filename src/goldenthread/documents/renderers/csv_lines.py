"""A document as one CSV of fixed columns: a line for each cell of a table and for each saying.

A pack's tables have many shapes. One long table has one, so that whoever reads packs into a
spreadsheet or a statistics program does so the same way for every forum and every year.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from io import StringIO

from goldenthread.documents.renderers.flat import FlatTable, reference_of, references_in, tables_of
from goldenthread.documents.renderers.ready import Ready, make_ready
from goldenthread.documents.renderers.typed import typed
from goldenthread.documents.renderers.wording import rating_words
from goldenthread.documents.tree import (
    BulletList,
    Cell,
    Column,
    Document,
    Fact,
    Heading,
    Notice,
    Paragraph,
    Section,
)
from goldenthread.domain.plain_text import no_formula


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvLine:
    """The columns of the file; what does not apply is empty."""

    section: str = ""
    kind: str = ""
    table: str = ""
    group: str = ""
    row: str = ""
    item: str = ""
    column: str = ""
    text: str = ""
    value: str = ""
    rating: str = ""
    rating_before: str = ""
    see: str = ""
    note: str = ""
    trend: str = ""
    reference: str = ""
    trend_periods: str = ""


_NAMES = tuple(field.name for field in fields(CsvLine))
COLUMNS = {
    "section": "the title of the section; empty for the cover",
    "kind": "fact, heading, paragraph, list item, notice, table note or cell",
    "table": "the table that a cell stands in",
    "group": "the heading within the table that its row stands under",
    "row": "the number of its row in the table, from 1",
    "item": "what the row is about: the words of its first cell",
    "column": "the title of its column; of a fact, its label",
    "text": "what it says, in words",
    "value": "the same as a figure without separators or sign (46.4 for 46.4%), or as a day (2009-06-08)",
    "rating": "Red, Amber or Green, or why there is none",
    "rating_before": "the rating last time",
    "see": "what it refers to",
    "note": "a remark on it, such as Provisional",
    "trend": "the figures of a small trend, oldest first, with a space between them; a dash is a gap",
    "reference": "the reference of the item that the row is about, such as CYPF 2.4, by which lines are joined",
    "trend_periods": "the periods of those figures, with a semicolon between them",
}


def render(document: Document) -> bytes:
    """Write a document as CSV that Excel opens as it is: words that look like a formula stay words."""
    ready = make_ready(document)
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(_NAMES)
    writer.writerows(map(_harmless, _lines(ready)))
    # Excel takes a file for UTF-8 only where it begins with a byte order mark.
    return written.getvalue().encode("utf-8-sig")


def _harmless(line: CsvLine) -> list[str]:
    return [
        said if name == "value" else no_formula(said)
        for name in _NAMES
        for said in [getattr(line, name)]
    ]


def _lines(ready: Ready) -> Iterator[CsvLine]:
    document = ready.document
    yield from _facts("", _cover(document))
    references = references_in(document)
    for section in document.sections:
        yield from _words(section)
        for table in tables_of(section):
            yield from _cells(table, ready, references)


def _cover(document: Document) -> list[Fact]:
    heads = {
        "Title": document.title,
        "Council": document.council,
        "Forum": document.forum,
        "Cycle": document.cycle,
    }
    named = [Fact(label, value) for label, value in heads.items() if value]
    return [*named, *(fact for fact in document.facts if fact not in named)]


def _facts(section: str, facts: Iterable[Fact]) -> Iterator[CsvLine]:
    return (
        CsvLine(section=section, kind="fact", column=fact.label, text=fact.value) for fact in facts
    )


def _words(section: Section) -> Iterator[CsvLine]:
    yield CsvLine(section=section.title, kind="heading", text=section.title)
    for block in section.blocks:
        match block:
            case Heading(text=text) | Paragraph(text=text) | Notice(text=text):
                yield CsvLine(section=section.title, kind=block.kind, text=text)
            case BulletList(items=items):
                for item in items:
                    yield CsvLine(section=section.title, kind="list item", text=item)
            case _:
                pass


def _cells(table: FlatTable, ready: Ready, references: Mapping[str, str]) -> Iterator[CsvLine]:
    for number, line in enumerate(table.lines, start=1):
        item = line.row.cells[0].text or line.row.cells[0].reference_text
        for column, cell in zip(table.columns, line.row.cells, strict=True):
            said = _cell(cell, column, ready)
            if said is not None:
                yield CsvLine(
                    section=table.section,
                    kind="cell",
                    table=line.table or table.name,
                    group=line.group,
                    row=str(number),
                    item=item,
                    reference=reference_of(line, references),
                    column=column.title,
                    **said,
                )
    for note in table.notes:
        yield CsvLine(section=table.section, kind="table note", table=table.name, text=note)


def _cell(cell: Cell, column: Column, ready: Ready) -> dict[str, str] | None:
    """Say what a cell holds; nothing where it is empty."""
    value = typed(cell, column)
    said = {
        "text": cell.text or (cell.sparkline.alt if cell.sparkline else ""),
        "value": _written(value),
        "rating": rating_words(cell),
        "rating_before": cell.was.label if cell.was else "",
        "see": ready.link_words(cell.reference, cell.reference_text),
        "note": cell.note,
        "trend": _trend(cell),
        "trend_periods": "; ".join(cell.sparkline.periods) if cell.sparkline else "",
    }
    return said if any(said.values()) else None


def _written(value: Decimal | date | None) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else f"{value:f}"


def _trend(cell: Cell) -> str:
    if cell.sparkline is None:
        return ""
    return " ".join("-" if point is None else _plain(point) for point in cell.sparkline.points)


def _plain(figure: Decimal) -> str:
    """Write a figure without the noughts that say nothing."""
    written = f"{figure:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
