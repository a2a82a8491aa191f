"""A document's tables as data wants them: charts, counts and exception reports are tables too.

Tables of the same columns that follow each other under one heading, such as the actions of one
challenge after another, are one table here, so that they can be filtered and sorted together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from goldenthread.documents.renderers.ready import paragraphs
from goldenthread.documents.renderers.wording import (
    COUNT_COLUMNS,
    chart_levels,
    point_words,
    signal_words,
)
from goldenthread.documents.tree import (
    Cell,
    Chart,
    Column,
    ColumnKind,
    CountRow,
    Document,
    ExceptionForm,
    Heading,
    RatingCounts,
    Row,
    Section,
    Table,
)

REPORTS = "Exception reports"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row with the table and the group that it stood in, and the anchor of the item that it is about."""

    table: str
    row: Row
    group: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatTable:
    """A table with the section and under the name that it is found by; `code` is that of its plan."""

    section: str
    name: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()
    code: str = ""

    @property
    def has_groups(self) -> bool:
        return any(line.group for line in self.lines)

    @property
    def is_of_many(self) -> bool:
        """Whether it was put together from tables of several names."""
        return len({line.table for line in self.lines}) > 1


def flat_tables(document: Document) -> list[FlatTable]:
    """Bring every table, chart, count and exception report of a document into tables, in its order."""
    return [table for section in document.sections for table in tables_of(section)]


def tables_of(section: Section) -> Iterator[FlatTable]:
    """Bring every table, chart, count and exception report of a section into tables, in its order."""
    found: list[FlatTable] = []
    heading = ""
    for block in section.blocks:
        match block:
            case Heading(level=2, text=text):
                heading = text
            case Table():
                found.append(_flat(section.title, heading, block))
            case Chart():
                found.append(_figures(section.title, block))
            case RatingCounts():
                found.append(_counts(section.title, block))
            case _:
                pass
    code = _code(section)
    for each in (*_joined(found), *_reports(section)):
        yield replace(each, code=code)


_OF_A_PLAN = re.compile(r"(?:plan|exception-reports)-(.+?)(?:-actions|-risks)?")


def _code(section: Section) -> str:
    """Read the code of the plan that a section is of from its anchor; nothing where it is of none."""
    found = _OF_A_PLAN.fullmatch(section.anchor)
    return found[1].upper() if found else ""


def _flat(section: str, heading: str, table: Table) -> FlatTable:
    return FlatTable(
        section=section,
        name=heading or table.caption or section,
        columns=table.columns,
        lines=tuple(_lines(table)),
        notes=tuple(paragraphs(table.note)),
    )


def _lines(table: Table) -> Iterator[Line]:
    group = ""
    for row in table.rows:
        if row.is_group:
            group = row.cells[0].text
        else:
            yield Line(table=table.caption, row=row, group=group, about=_about(row))


def _about(row: Row) -> str:
    """Find the item of a row: itself where it can be referred to, or what it refers to."""
    return row.anchor or next((cell.reference for cell in row.cells if cell.reference), "")


def _joined(tables: Iterable[FlatTable]) -> list[FlatTable]:
    joined: list[FlatTable] = []
    for table in tables:
        before = joined[-1] if joined else None
        if before and (before.name, before.columns) == (table.name, table.columns):
            joined[-1] = replace(
                before,
                lines=before.lines + table.lines,
                notes=tuple(dict.fromkeys(before.notes + table.notes)),
            )
        else:
            joined.append(table)
    return joined


def _figures(section: str, chart: Chart) -> FlatTable:
    """List a chart's figures downwards, a period a row."""
    levels = [f"{name}: {words}" for name, words in chart_levels(chart)]
    rows = [
        Row((Cell(point.label), Cell(point_words(point, chart.unit), value=point.value)))
        for point in chart.points
    ]
    name = chart.title or "Trend"
    return FlatTable(
        section=section,
        name=name,
        columns=(Column("Period"), Column(chart.unit or "Figure", ColumnKind.FIGURE)),
        lines=tuple(Line(table=name, row=row) for row in rows),
        notes=tuple(filter(None, [*paragraphs(chart.alt), *levels, signal_words(chart)])),
    )


def _counts(section: str, counts: RatingCounts) -> FlatTable:
    columns = (Column(name, ColumnKind.FIGURE) for name in COUNT_COLUMNS)
    return FlatTable(
        section=section,
        name=counts.caption,
        columns=(Column(counts.first_column, width=10), *columns),
        lines=tuple(Line(table=counts.caption, row=_count_row(row)) for row in counts.rows),
    )


def _count_row(row: CountRow) -> Row:
    numbers = (row.red, row.amber, row.green, row.unrated, row.total)
    name = Cell(reference=row.anchor, reference_text=row.name) if row.anchor else Cell(row.name)
    return Row((name, *(Cell(f"{number:,}", value=Decimal(number)) for number in numbers)))


def _reports(section: Section) -> Iterator[FlatTable]:
    """Bring a section's exception reports into one table, and their steps into another."""
    forms = [block for block in section.blocks if isinstance(block, ExceptionForm)]
    if not forms:
        return
    facts = dict.fromkeys(fact.label for form in forms for fact in form.facts)
    questions = dict.fromkeys(answer.question for form in forms for answer in form.answers)
    yield FlatTable(
        section=section.title,
        name=REPORTS,
        columns=(
            Column("Exception report"),
            Column("Rating", ColumnKind.RATING),
            *(Column(label) for label in facts),
            *(Column(question, width=14) for question in questions),
            Column("Refers to"),
        ),
        lines=tuple(
            Line(
                table=REPORTS,
                row=_report_row(form, tuple(facts), tuple(questions)),
                about=form.back_reference,
            )
            for form in forms
        ),
    )
    yield from _joined(_steps(section.title, forms))


def _report_row(form: ExceptionForm, facts: tuple[str, ...], questions: tuple[str, ...]) -> Row:
    values: dict[str, list[str]] = {}
    for fact in form.facts:
        values.setdefault(fact.label, []).append(fact.value)
    answers: dict[str, list[str]] = {}
    for answer in form.answers:
        answers.setdefault(answer.question, []).append(answer.answer)
    return Row(
        (
            Cell(form.title),
            Cell(rating=form.rating),
            *(Cell("\n".join(values.get(label, []))) for label in facts),
            *(Cell("\n".join(answers.get(question, []))) for question in questions),
            Cell(reference=form.back_reference),
        ),
        anchor=form.anchor,
    )


def _steps(section: str, forms: list[ExceptionForm]) -> Iterator[FlatTable]:
    """List the tables in exception reports, each row with the report that it belongs to."""
    by_columns: dict[tuple[Column, ...], list[FlatTable]] = {}
    for form in forms:
        for table in form.tables:
            flat = _flat(section, table.caption or REPORTS, table)
            lines = (
                replace(line, table=form.title, about=form.back_reference) for line in flat.lines
            )
            of_form = replace(flat, lines=tuple(lines))
            by_columns.setdefault(table.columns, []).append(of_form)
    for tables in by_columns.values():
        yield from (replace(table, name=tables[0].name) for table in tables)


LONGEST_REFERENCE = 16


def references_in(document: Document) -> dict[str, str]:
    """Find the reference, such as CYPF 2.4, of each item that has a row of its own, by its anchor."""
    lines = (line for table in flat_tables(document) for line in table.lines)
    return {line.row.anchor: _reference(line.row) for line in lines if line.row.anchor}


def reference_of(line: Line, references: Mapping[str, str]) -> str:
    """Say the reference of the item that a row is about; nothing where it is about none."""
    return references.get(line.about, "") or _reference(line.row)


def _reference(row: Row) -> str:
    """Find a reference in a row's first cell: its words if they are one, or those under long words."""
    said = (row.cells[0].text, *paragraphs(row.cells[0].note)[:1])
    return next((words for words in said if _is_reference(words)), "")


def _is_reference(words: str) -> bool:
    has_figure = any(sign.isdigit() for sign in words)
    return has_figure and words[:1].isupper() and len(words) <= LONGEST_REFERENCE
