"""A document as plain text: to read aloud, to search, and to compare."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from goldenthread.documents.renderers.ready import Ready, make_ready, paragraphs
from goldenthread.documents.renderers.wording import (
    COUNT_COLUMNS,
    change_words,
    chart_levels,
    point_words,
    rating_words,
)
from goldenthread.documents.tree import (
    Block,
    BulletList,
    Cell,
    Chart,
    Document,
    ExceptionForm,
    Fact,
    Heading,
    Notice,
    Paragraph,
    RatingCounts,
    Row,
    Section,
    Table,
)

_WIDTH = 96


def render(document: Document) -> str:
    """Write a document out as plain text. A table's row is its name and a line a cell that says something."""
    ready = make_ready(document)
    parts = [_cover(ready.document), *(_section(part, ready) for part in ready.document.sections)]
    return "\n\n\n".join(parts) + "\n"


def _cover(document: Document) -> str:
    heads = [document.council, document.title, document.forum, document.cycle]
    lines = [head for head in heads if head]
    return "\n".join([*lines, "=" * min(_WIDTH, len(document.title)), *_facts(document.facts)])


def _facts(facts: tuple[Fact, ...]) -> Iterator[str]:
    return (_labelled(fact.label, fact.value, "") for fact in facts)


def _section(section: Section, ready: Ready) -> str:
    heading = f"{section.title}\n{'=' * min(_WIDTH, len(section.title))}"
    return "\n\n".join([heading, *(_block(block, ready) for block in section.blocks)])


def _block(block: Block, ready: Ready) -> str:
    match block:
        case Table():
            return _table(block, ready)
        case Chart():
            return _chart(block)
        case RatingCounts():
            return _counts(block)
        case ExceptionForm():
            return _form(block, ready)
        case _:
            return _words(block)


def _words(block: Heading | Paragraph | BulletList | Notice) -> str:
    match block:
        case Heading(text=text, level=level):
            return f"{text}\n{('-' if level == 2 else '.') * min(_WIDTH, len(text))}"
        case Paragraph(text=text):
            return "\n\n".join(map(_wrapped, paragraphs(text)))
        case BulletList(items=items):
            return "\n".join(_wrapped(item, "- ", "  ") for item in items)
        case Notice(text=text):
            return _wrapped(text, "Notice: ", "  ")


def _wrapped(text: str, first: str = "", others: str = "") -> str:
    return textwrap.fill(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=False,
        break_on_hyphens=False,
        replace_whitespace=False,
    )


def _labelled(label: str, value: str, indent: str) -> str:
    lines = paragraphs(value) or [""]
    first = _wrapped(lines[0], f"{indent}{label}: ", f"{indent}  ") or f"{indent}{label}:"
    return "\n".join([first, *(_wrapped(more, f"{indent}  ", f"{indent}  ") for more in lines[1:])])


def _table(table: Table, ready: Ready) -> str:
    rows = [_row(row, table, ready) for row in table.rows] or ["  Nothing to list."]
    return "\n\n".join([f"Table: {table.caption}", *rows, *paragraphs(table.note)])


def _row(row: Row, table: Table, ready: Ready) -> str:
    said = [_cell(cell, ready) for cell in row.cells]
    if row.is_group:
        return f"  [{said[0]}]"
    if not table.has_row_headers:
        pairs = zip(table.columns, said, strict=True)
        return "\n".join(_labelled(column.title, words, "  ") for column, words in pairs if words)
    head = _wrapped(" / ".join(paragraphs(said[0])), "* ", "  ") or "*"
    others = zip(table.columns[1:], said[1:], strict=True)
    told = (_labelled(column.title, words, "    ") for column, words in others if words)
    return "\n".join([head, *told])


def _cell(cell: Cell, ready: Ready) -> str:
    change = change_words(cell)
    parts = [
        rating_words(cell) + (f" ({change})" if change else ""),
        cell.text,
        cell.sparkline.alt if cell.sparkline else "",
        ready.link_words(cell.reference, cell.reference_text),
        cell.note,
    ]
    return "\n".join(part.strip() for part in parts if part.strip())


def _chart(chart: Chart) -> str:
    lines = [f"Chart: {chart.title}", *paragraphs(chart.alt)]
    lines += [f"  {chart.unit}"] if chart.unit else []
    pairs = [(point.label, point_words(point, chart.unit)) for point in chart.points]
    return "\n".join(
        [*lines, *(f"  {name}: {words}" for name, words in pairs + chart_levels(chart))]
    )


def _counts(counts: RatingCounts) -> str:
    width = max((len(row.name) for row in counts.rows), default=0)
    width = min(max(width, len(counts.first_column)), 50)
    lines = [f"  {counts.first_column:<{width}}" + "".join(f"{name:>11}" for name in COUNT_COLUMNS)]
    for row in counts.rows:
        numbers = (row.red, row.amber, row.green, row.unrated, row.total)
        lines.append(f"  {row.name:<{width}}" + "".join(f"{number:>11,}" for number in numbers))
    return "\n".join([f"Table: {counts.caption}", *lines])


def _form(form: ExceptionForm, ready: Ready) -> str:
    lines = [f"{form.title}\n{'-' * min(_WIDTH, len(form.title))}"]
    lines += [f"Rating: {form.rating.label}"] if form.rating else []
    lines += _facts(form.facts)
    answers = [_labelled(answer.question, answer.answer, "") for answer in form.answers]
    tables = [_table(table, ready) for table in form.tables]
    back = ready.titles.get(form.back_reference)
    return "\n\n".join(
        ["\n".join(lines), *answers, *tables, *([f"Refers to: {back}"] if back else [])]
    )
