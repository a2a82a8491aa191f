"""The tables of a paper in Word's markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goldenthread.design.marks import counts_in_words
from goldenthread.documents.renderers.drawings import (
    draw_count_bar,
    draw_sparkline,
    sparkline_words,
)
from goldenthread.documents.renderers.measures import height_of, may_split, rooms_of
from goldenthread.documents.renderers.ready import paragraphs
from goldenthread.documents.renderers.word import markup
from goldenthread.documents.renderers.word.markup import Xml, bold, joined, run
from goldenthread.documents.renderers.word.pen import Pen
from goldenthread.documents.renderers.wording import (
    COUNT_COLUMNS,
    change_direction,
    change_words,
    rating_words,
)
from goldenthread.documents.tree import (
    Cell,
    Column,
    ColumnKind,
    CountRow,
    Orientation,
    RatingCounts,
    Row,
    Table,
)
from goldenthread.domain.rating import Rating

_SHAPES = {"red": "\u25b2", "amber": "\u25c6", "green": "\u25cf", "none": "\u25cb"}
_COLOURS = {"red": "C3261B", "amber": "B36B00", "green": "1D7A46", "none": "505A5F"}
_TINTS = {"red": "FBE7E5", "amber": "FDF0D9", "green": "E2F2E8"}
_ARROWS = {"up": "\u2191 ", "down": "\u2193 ", "level": "\u2192 "}
_GROUP = "F1F3F4"
_RIGHT = '<w:jc w:val="right"/>'
_KEPT = "<w:keepNext/>"
_TEXT, _REMARK = "Paper table text", "Paper remark"
_COUNT_WEIGHTS = [12, 3, 3, 3, 4, 3]
# In twentieths of a point: a bold letter of a heading, and the room at both sides of a cell.
_LETTER, _PADDING, _LONGEST_WORD = 112, 150, 14
_NOTHING = "Nothing to list."


def shares_of(weights: Sequence[int], width: int) -> list[int]:
    """Share out a width by weights, to the last twentieth of a point."""
    total, shares, done = sum(weights), [], 0
    for index in range(1, len(weights) + 1):
        upto = width * sum(weights[:index]) // total
        shares.append(upto - done)
        done = upto
    return shares


def column_widths(columns: Sequence[Column], width: int) -> list[int]:
    """Share out a width by the weights of columns, so that a heading's longest word keeps whole."""
    widths = shares_of([column.weight for column in columns], width)
    least = [min(_longest(column.title), _LONGEST_WORD) * _LETTER + _PADDING for column in columns]
    for place, (has, needs) in enumerate(zip(widths, least, strict=True)):
        widest = max(range(len(widths)), key=lambda index: widths[index] - least[index])
        lent = min(needs - has, widths[widest] - least[widest])
        if lent > 0:
            widths[place] += lent
            widths[widest] -= lent
    return widths


def _longest(title: str) -> int:
    return max(map(len, title.split()), default=0)


def rating_runs(rating: Rating | None, words: str) -> Xml:
    """Write a rating as a shape, its word and a colour (clause D-6)."""
    kind = rating.value if rating else "none"
    tint = f'<w:shd w:val="clear" w:color="auto" w:fill="{_TINTS[kind]}"/>' if rating else ""
    colour = f'<w:color w:val="{_COLOURS[kind]}"/>'
    strong = "<w:b/><w:bCs/>" if rating else ""
    return joined(run(f"{_SHAPES[kind]}\u00a0", f"{colour}{tint}"), run(words, f"{strong}{tint}"))


def table_markup(pen: Pen, table: Table, orientation: Orientation, width: int) -> Xml:
    """Write a table under its caption; one without a caption has none to show."""
    widths = column_widths(table.columns, width)
    rooms = rooms_of([column.weight for column in table.columns], orientation)
    rows = [_head(pen, table.columns, widths)]
    rows += [_row(pen, row, table, widths, rooms, orientation) for row in table.rows]
    if not table.rows:
        nothing = pen.paragraph(_TEXT, run(_NOTHING))
        rows.append(markup.row(markup.cell(width, nothing, span=len(widths))))
    drawn = markup.table(
        pen.styles["paper table"],
        widths,
        rows,
        title=table.caption,
        has_row_headers=table.has_row_headers,
    )
    captioned = pen.paragraph("caption", run(table.caption), rules=_KEPT) if table.caption else ""
    return joined(captioned, drawn, _after(pen, table.note))


def _after(pen: Pen, note: str) -> Xml:
    """Part a table from what follows, which a word processor would otherwise join to it."""
    lines = paragraphs(note) or [""]
    return joined(*(pen.paragraph("Paper note", run(line)) for line in lines))


def _head(pen: Pen, columns: Sequence[Column], widths: list[int]) -> Xml:
    cells = [
        markup.cell(
            width,
            pen.paragraph(
                _TEXT,
                bold(column.title),
                rules=f"{_KEPT}{_RIGHT if column.kind is ColumnKind.FIGURE else ''}",
            ),
        )
        for column, width in zip(columns, widths, strict=True)
    ]
    return markup.row(*cells, is_header=True)


def _row(
    pen: Pen,
    row: Row,
    table: Table,
    widths: list[int],
    rooms: list[float],
    orientation: Orientation,
) -> Xml:
    if row.is_group:
        said = pen.bookmarked(row.anchor, bold(row.cells[0].text))
        words = pen.paragraph(_TEXT, said, rules=_KEPT)
        return markup.row(markup.cell(sum(widths), words, span=len(widths), ground=_GROUP))
    cells = [
        markup.cell(width, *_cell(pen, cell, column, width, row.anchor if place == 0 else ""))
        for place, (cell, column, width) in enumerate(
            zip(row.cells, table.columns, widths, strict=True)
        )
    ]
    heights = (height_of(_texts(cell), room) for cell, room in zip(row.cells, rooms, strict=True))
    return markup.row(*cells, may_split=may_split(max(heights), orientation))


def _texts(cell: Cell) -> list[str]:
    return [*paragraphs(cell.text), *paragraphs(cell.note), rating_words(cell), cell.reference_text]


def _cell(pen: Pen, cell: Cell, column: Column, width: int, anchor: str) -> Iterator[Xml]:
    """Write what a cell holds, a paragraph each; its row's bookmark stands in the first."""
    said = list(_said(pen, cell, width))
    rules = _RIGHT if column.kind is ColumnKind.FIGURE else ""
    if not said:
        yield pen.paragraph(_TEXT, pen.bookmarked(anchor, ""))
    for place, (style, runs) in enumerate(said):
        inside = pen.bookmarked(anchor, runs) if place == 0 else runs
        yield pen.paragraph(style, inside, rules=rules)


def _said(pen: Pen, cell: Cell, width: int) -> Iterator[tuple[str, Xml]]:
    if rating_words(cell):
        yield _TEXT, rating_runs(cell.rating, rating_words(cell))
    if cell.was:
        arrow = _ARROWS.get(change_direction(cell), "")
        yield _REMARK, run(f"{arrow}{change_words(cell)}")
    if cell.sparkline:
        svg, alt = draw_sparkline(cell.sparkline), sparkline_words(cell.sparkline)
        yield _TEXT, pen.picture(svg, alt, at_most=width - 140)
    for line in paragraphs(cell.text):
        yield _TEXT, run(line)
    words = pen.ready.link_words(cell.reference, cell.reference_text)
    if words:
        yield _TEXT, pen.link(cell.reference, words)
    for line in paragraphs(cell.note):
        yield _REMARK, run(line)


def counts_markup(pen: Pen, counts: RatingCounts, width: int) -> Xml:
    """Write how many are red, amber, green or unrated, with a bar under each name."""
    widths = shares_of(_COUNT_WEIGHTS, width)
    head = [pen.paragraph(_TEXT, bold(counts.first_column), rules=_KEPT)]
    head += [
        pen.paragraph(_TEXT, _count_head(name), rules=f"{_KEPT}{_RIGHT}") for name in COUNT_COLUMNS
    ]
    rows = [markup.row(*map(markup.cell, widths, head), is_header=True)]
    rows += [_count_row(pen, row, widths) for row in counts.rows]
    drawn = markup.table(
        pen.styles["paper table"], widths, rows, title=counts.caption, has_row_headers=True
    )
    return joined(
        pen.paragraph("caption", run(counts.caption), rules=_KEPT), drawn, _after(pen, "")
    )


def _count_head(name: str) -> Xml:
    kind = {"Not rated": "none", "All": ""}.get(name, name.lower())
    if not kind:
        return bold(name)
    shape = run(f"{_SHAPES[kind]}\u00a0", f'<w:color w:val="{_COLOURS[kind]}"/>')
    return joined(shape, bold(name))


def _count_row(pen: Pen, row: CountRow, widths: list[int]) -> Xml:
    numbers = (row.red, row.amber, row.green, row.unrated, row.total)
    name = pen.paragraph(_TEXT, pen.link(row.anchor, row.name))
    said = counts_in_words(row.red, row.amber, row.green, row.unrated)
    bar = pen.paragraph(_TEXT, pen.picture(draw_count_bar(row), said, at_most=widths[0] - 140))
    others = (pen.paragraph(_TEXT, run(f"{number:,}"), rules=_RIGHT) for number in numbers)
    return markup.row(
        markup.cell(widths[0], name, *([bar] if row.total else [])),
        *map(markup.cell, widths[1:], others),
    )
