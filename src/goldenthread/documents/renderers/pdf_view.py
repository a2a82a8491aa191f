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
    answer_height,
    break_over,
    form_size,
    has_long,
    height_of,
    may_split,
    rooms_of,
)
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


def view_of(ready: Ready) -> View:
    """Return a document as the template reads it."""
    document = ready.document
    return {
        "title": document.title,
        "council": document.council,
        "forum": document.forum,
        "cycle": document.cycle,
        "head": document.running_head or f"{document.forum}, {document.cycle}".strip(", "),
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
    return [{"label": fact.label, "value": paragraphs(fact.value)} for fact in facts]


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
        "title": section.title,
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
            view = {"text": block.text, "level": block.level, "anchor": block.anchor}
        case Paragraph():
            view = {"paragraphs": paragraphs(block.text), "tone": block.tone.value}
        case BulletList():
            view = {"items": [paragraphs(item) for item in block.items]}
        case Notice():
            view = {"paragraphs": paragraphs(block.text)}
    return {"kind": block.kind, **view}


def _table(table: Table, orientation: Orientation, ready: Ready) -> View:
    rooms = rooms_of([column.weight for column in table.columns], orientation)
    return {
        "kind": table.kind,
        "caption": table.caption,
        "columns": [
            _column(column, room) for column, room in zip(table.columns, rooms, strict=True)
        ],
        "has_row_headers": table.has_row_headers,
        "rows": [_row(row, rooms, orientation, ready) for row in table.rows],
        "note": paragraphs(table.note),
    }


def _column(column: Column, room: float) -> View:
    return {
        "title": column.title,
        "kind": column.kind.value,
        "weight": column.weight,
        "hyphenate": has_long([column.title], room * 0.9),
    }


def _row(row: Row, rooms: list[float], orientation: Orientation, ready: Ready) -> View:
    widths = [sum(rooms)] if row.is_group else rooms
    cells = [_cell(cell, room, ready) for cell, room in zip(row.cells, widths, strict=True)]
    height = max(
        height_of(_everything(cell), room) for cell, room in zip(cells, widths, strict=True)
    )
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
        "reference_words": ready.link_words(cell.reference, cell.reference_text),
        "sparkline": draw_sparkline(cell.sparkline) if cell.sparkline else "",
        "sparkline_words": sparkline_words(cell.sparkline) if cell.sparkline else "",
        "note": paragraphs(cell.note),
    }
    texts = _everything(view)
    return {**view, "break_over": break_over(texts, room), "hyphenate": has_long(texts, room)}


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
        "title": chart.title,
        "svg": draw_chart(chart),
        "alt": chart_words(chart),
        "tables": [_table(table, orientation, ready) for table in figures_tables(chart)],
    }


def _counts(counts: RatingCounts, ready: Ready) -> View:
    return {
        "kind": counts.kind,
        "caption": counts.caption,
        "columns": [counts.first_column, *COUNT_COLUMNS],
        "rows": [_count_row(row, ready) for row in counts.rows],
    }


def _count_row(row: CountRow, ready: Ready) -> View:
    numbers = (row.red, row.amber, row.green, row.unrated, row.total)
    return {
        "name": row.name,
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
        "title": form.title,
        "anchor": form.anchor,
        "rating": form.rating.value if form.rating else "none",
        "rating_words": form.rating.label if form.rating else "",
        "facts": _facts(form.facts),
        "answers": answers,
        "tables": tables,
        "size": form_size(form, orientation),
        "starts_page": True,
        "back": form.back_reference if form.back_reference in ready.titles else "",
        "back_words": form.back_text,
    }


def _answer(answer: Answer, rooms: list[float], orientation: Orientation) -> View:
    texts = paragraphs(answer.answer) or ["No answer"]
    height = answer_height(answer, rooms)
    return {
        "question": answer.question,
        "answer": texts,
        "may_split": may_split(height * 1.2, orientation),
    }
