"""What the PDF template reads: a document as plain data, its drawings made and its widths judged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from goldenthread.documents.renderers.drawings import (
    chart_words,
    count_shares,
    draw_chart,
    draw_sparkline,
    figures_tables,
    sparkline_words,
)
from goldenthread.documents.renderers.measures import (
    ANSWER_WIDTHS,
    HEADING_WORD,
    PAGE_WORD,
    QUESTION_WORD,
    TITLE_WORD,
    Words,
    answer_height,
    break_over,
    broken,
    form_size,
    has_long,
    height_of,
    may_split,
    rooms_of,
)
from goldenthread.documents.renderers.pdf_links import address_of
from goldenthread.documents.renderers.ready import Ready, paragraphs
from goldenthread.documents.renderers.wording import (
    COUNT_COLUMNS,
    change_direction,
    change_words,
    rating_words,
)
from goldenthread.documents.tree import (
    Answer,
    Block,
    BulletList,
    Cell,
    Chart,
    Column,
    CountRow,
    Document,
    ExceptionForm,
    Fact,
    Heading,
    Notice,
    Orientation,
    Paragraph,
    RatingCounts,
    Row,
    Section,
    Table,
)

View: TypeAlias = dict[str, Any]

_CELL_WORDS = ("rating_words", "change", "reference_words")
_CELL_LINES = ("text", "note")


def view_of(ready: Ready) -> View:
    """Return a document as the template reads it."""
    document = ready.document
    return {
        "title": document.title,
        "is_close": document.is_close,
        "title_words": broken(document.title, TITLE_WORD),
        "council": document.council,
        "council_words": broken(document.council),
        "forum": broken(document.forum),
        "cycle": broken(document.cycle),
        "head": broken(document.running_head or f"{document.forum}, {document.cycle}".strip(", ")),
        "facts": _facts(document.facts),
        "runs": _runs(document, ready),
    }


def has_row_headers(view: View) -> Iterator[bool]:
    """Say of each table that the template draws, in their order, whether its rows have headers."""
    if view["facts"]:
        yield True
    for run in view["runs"]:
        for section in run["sections"]:
            for block in section["blocks"]:
                yield from _headers_in(block)


def _headers_in(block: View) -> Iterator[bool]:
    match block["kind"]:
        case "table":
            yield bool(block["has_row_headers"])
        case "rating_counts":
            yield True
        case "chart":
            yield from (True for _ in block["tables"])
        case "exception_form":
            yield from (True for part in ("facts", "answers") if block[part])
            yield from (bool(table["has_row_headers"]) for table in block["tables"])
        case _:
            pass


def _facts(facts: tuple[Fact, ...]) -> list[View]:
    return [{"label": broken(fact.label), "value": _lines(fact.value)} for fact in facts]


def _lines(text: str) -> list[Words]:
    return [broken(line) for line in paragraphs(text)]


def _runs(document: Document, ready: Ready) -> list[View]:
    """Gather neighbouring sections of one orientation, which may share a page."""
    runs: list[View] = []
    for section in document.sections:
        orientation = section.orientation.value
        if not runs or runs[-1]["orientation"] != orientation:
            runs.append({"orientation": orientation, "sections": []})
        runs[-1]["sections"].append(_section(section, ready))
    return runs


def _section(section: Section, ready: Ready) -> View:
    blocks = [_block(block, section.orientation, ready) for block in section.blocks]
    if section.starts_page and blocks and blocks[0]["kind"] == "exception_form":
        blocks[0]["starts_page"] = False
    return {
        "title": broken(section.title, HEADING_WORD),
        "anchor": section.anchor,
        "starts_page": section.starts_page,
        "blocks": blocks,
    }


def _block(block: Block, orientation: Orientation, ready: Ready) -> View:
    match block:
        case Table():
            return _table(block, orientation, ready)
        case Chart():
            return _chart(block, orientation, ready)
        case RatingCounts():
            return _counts(block, ready)
        case ExceptionForm():
            return _form(block, orientation, ready)
        case _:
            return _words(block)


def _words(block: Heading | Paragraph | BulletList | Notice) -> View:
    view: View
    match block:
        case Heading():
            view = {
                "text": broken(block.text, HEADING_WORD),
                "level": block.level,
                "anchor": block.anchor,
            }
        case Paragraph():
            view = {"paragraphs": _lines(block.text), "tone": block.tone.value}
        case BulletList():
            view = {"items": [_lines(item) for item in block.items]}
        case Notice():
            view = {"paragraphs": _lines(block.text)}
    return {"kind": block.kind, **view}


def _table(table: Table, orientation: Orientation, ready: Ready) -> View:
    rooms = rooms_of([column.weight for column in table.columns], orientation)
    return {
        "kind": table.kind,
        "caption": broken(table.caption),
        "columns": [
            _column(column, room) for column, room in zip(table.columns, rooms, strict=True)
        ],
        "has_row_headers": table.has_row_headers,
        "rows": [_row(row, rooms, orientation, ready) for row in table.rows],
        "note": _lines(table.note),
    }


def _column(column: Column, room: float) -> View:
    return {
        "title": broken(column.title),
        "kind": column.kind.value,
        "weight": column.weight,
        "hyphenate": has_long([column.title], room * 0.9),
    }


def _row(row: Row, rooms: list[float], orientation: Orientation, ready: Ready) -> View:
    widths = [sum(rooms)] if row.is_group else rooms
    cells = [_cell(cell, room, ready) for cell, room in zip(row.cells, widths, strict=True)]
    height = max(cell["height"] for cell in cells)
    return {
        "anchor": row.anchor,
        "is_group": row.is_group,
        "cells": cells,
        "may_split": may_split(height, orientation),
    }


def _cell(cell: Cell, room: float, ready: Ready) -> View:
    view = {
        "rating": cell.rating.value if cell.rating else "none",
        "rating_words": rating_words(cell),
        "change": change_words(cell),
        "direction": change_direction(cell),
        "text": paragraphs(cell.text),
        "reference": cell.reference if cell.reference in ready.titles else "",
        "leads_to": _leads_to(cell, ready),
        "reference_words": ready.link_words(cell.reference, cell.reference_text),
        "sparkline": draw_sparkline(cell.sparkline) if cell.sparkline else "",
        "sparkline_words": sparkline_words(cell.sparkline) if cell.sparkline else "",
        "note": paragraphs(cell.note),
    }
    texts = _everything(view)
    over = break_over(texts, room)
    longest = min(over - 1, PAGE_WORD) if over else PAGE_WORD
    return {
        **view,
        **_broken_cell(view, longest),
        "hyphenate": has_long(texts, room),
        "height": height_of(texts, room),
    }


def _leads_to(cell: Cell, ready: Ready) -> str:
    """Return the address of a link beside other words, for which the compiler need not know the page."""
    return address_of(cell.reference) if cell.text and cell.reference in ready.headed else ""


def _broken_cell(cell: View, longest: int) -> View:
    return {
        **{name: broken(cell[name], longest) for name in _CELL_WORDS},
        **{name: [broken(line, longest) for line in cell[name]] for name in _CELL_LINES},
    }


def _everything(cell: View) -> list[str]:
    return [
        *cell["text"],
        *cell["note"],
        cell["rating_words"],
        cell["change"],
        cell["reference_words"],
        *(["", ""] if cell["sparkline"] else []),
    ]


def _chart(chart: Chart, orientation: Orientation, ready: Ready) -> View:
    return {
        "kind": chart.kind,
        "title": broken(chart.title),
        "svg": draw_chart(chart),
        "alt": chart_words(chart),
        "tables": [_table(table, orientation, ready) for table in figures_tables(chart)],
    }


def _counts(counts: RatingCounts, ready: Ready) -> View:
    return {
        "kind": counts.kind,
        "caption": broken(counts.caption),
        "columns": [broken(name) for name in (counts.first_column, *COUNT_COLUMNS)],
        "rows": [_count_row(row, ready) for row in counts.rows],
    }


def _count_row(row: CountRow, ready: Ready) -> View:
    numbers = (row.red, row.amber, row.green, row.unrated, row.total)
    return {
        "name": broken(row.name),
        "anchor": row.anchor if row.anchor in ready.titles else "",
        "numbers": [f"{number:,}" for number in numbers],
        "bar": [{"kind": kind, "share": share} for kind, _, share in count_shares(row)],
    }


def _form(form: ExceptionForm, orientation: Orientation, ready: Ready) -> View:
    rooms = rooms_of(list(ANSWER_WIDTHS), orientation)
    answers = [_answer(answer, rooms, orientation) for answer in form.answers]
    tables = [_table(table, orientation, ready) for table in form.tables]
    return {
        "kind": form.kind,
        "title": broken(form.title, HEADING_WORD),
        "anchor": form.anchor,
        "rating": form.rating.value if form.rating else "none",
        "rating_words": broken(form.rating.label) if form.rating else "",
        "facts": _facts(form.facts),
        "answers": answers,
        "tables": tables,
        "size": form_size(form, orientation),
        "starts_page": True,
        "back": form.back_reference if form.back_reference in ready.titles else "",
        "back_words": broken(form.back_text),
    }


def _answer(answer: Answer, rooms: list[float], orientation: Orientation) -> View:
    texts = paragraphs(answer.answer) or ["No answer"]
    height = answer_height(answer, rooms)
    return {
        "question": broken(answer.question, QUESTION_WORD),
        "answer": [broken(text) for text in texts],
        "may_split": may_split(height * 1.2, orientation),
    }
