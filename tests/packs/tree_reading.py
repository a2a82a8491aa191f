"""Finds things in the tree of a paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from goldenthread.documents.tree import Cell, Document, ExceptionForm, Row, Section, Table

T = TypeVar("T")


def all_of(kind: type[T], part: Any) -> list[T]:
    """List everything of a kind in a part of a tree, in reading order."""
    return list(_walk(kind, part))


def _walk(kind: type[T], part: Any) -> Iterator[T]:
    if isinstance(part, kind):
        yield part
    if isinstance(part, tuple):
        for each in part:
            yield from _walk(kind, each)
    elif is_dataclass(part):
        for field in fields(part):
            yield from _walk(kind, getattr(part, field.name))


def words_in(part: Any) -> str:
    """Bring together all words of a part of a tree."""
    return "\n".join(all_of(str, part))


def titles(document: Document) -> list[str]:
    return [section.title for section in document.sections]


def section(document: Document, title: str) -> Section:
    [found] = [each for each in document.sections if each.title == title]
    return found


def of_plan(document: Document, title: str) -> tuple[Section, ...]:
    """Find the sections of a plan, but not that of its exception reports."""
    return tuple(
        each
        for each in document.sections
        if each.title == title or each.title.startswith(f"{title}: ")
    )


def table(part: Any, caption: str) -> Table:
    [found] = [each for each in all_of(Table, part) if each.caption == caption]
    return found


def row(part: Table, name: str) -> Row:
    [found] = [
        each for each in part.rows if name in (each.cells[0].text, each.cells[0].reference_text)
    ]
    return found


def cell(part: Table, name: str, column: str) -> Cell:
    """Find a cell by the name of its row and the heading of its column."""
    [place] = [place for place, each in enumerate(part.columns) if each.title == column]
    return row(part, name).cells[place]


def headings(part: Table) -> list[str]:
    return [column.title for column in part.columns]


def forms(document: Document) -> list[str]:
    return [form.title for form in all_of(ExceptionForm, document)]
