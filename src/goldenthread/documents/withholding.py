"""A document without what the public does not read, and with its place and ground in sight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeAlias, TypeVar

from goldenthread.documents.tree import (
    Answer,
    Block,
    Cell,
    Document,
    ExceptionForm,
    Fact,
    Notice,
    Row,
    Section,
    Table,
)

NOT_FOR_PUBLICATION = "Exempt, not for publication"
"""How the running head of papers begins that hold exempt matter: it stands on every page."""

T = TypeVar("T")

SHORTEST_FOUND = 12
"""A shorter text is left out only where it stands alone: "Yes" is also part of "Yesterday"."""
FEWEST_QUOTED = 5
"""So many words of a longer text, standing alone elsewhere, are taken to quote it."""
_NAMES = {"anchor", "reference", "back_reference", "kind"}
_OF_EVERY_COPY = {"council", "forum", "cycle"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A part that is left out: a section, a row or an exception report, by its anchor.

    `marker` says so in its place, after the part's `name`. Rows that refer to it go with it if
    `takes_references`. Wherever one of its `words` stands besides, that text goes, too.
    """

    anchor: str
    marker: str
    name: str = ""
    takes_references: bool = False
    words: frozenset[str] = frozenset()

    @property
    def in_its_place(self) -> str:
        return f"{self.name}: {self.marker}" if self.name else self.marker


_ByAnchor: TypeAlias = Mapping[str, Withheld]


def anchors_in(document: Document) -> set[str]:
    """List what can be left out of a document by its anchor."""
    found = {section.anchor for section in document.sections}
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, ExceptionForm):
                found.add(block.anchor)
            if isinstance(block, Table):
                found |= {row.anchor for row in block.rows}
    return found - {""}


def withhold(document: Document, withheld: Iterable[Withheld]) -> Document:
    """Leave parts out of a document. Counts stay whole, and no text of a part stands elsewhere."""
    parts = list(withheld)
    by_anchor = {part.anchor: part for part in parts}
    sections = tuple(_section_without(section, by_anchor) for section in document.sections)
    return _swept(
        replace(document, sections=sections), [(_plain(w), p) for p in parts for w in p.words]
    )


def _section_without(section: Section, parts: _ByAnchor) -> Section:
    if section.anchor in parts:
        return replace(section, blocks=(Notice(parts[section.anchor].marker),))
    return replace(section, blocks=tuple(_block_without(block, parts) for block in section.blocks))


def _block_without(block: Block, parts: _ByAnchor) -> Block:
    match block:
        case Table():
            return _table_without(block, parts)
        case ExceptionForm():
            part = parts.get(block.anchor) or _referred([block.back_reference], parts)
            if part is None:
                tables = tuple(_table_without(table, parts) for table in block.tables)
                return replace(block, tables=tables)
            answers = (Answer("Exempt", part.marker),)
            return replace(block, answers=answers, facts=(), tables=(), rating=None)
        case _:
            return block


def _table_without(table: Table, parts: _ByAnchor) -> Table:
    return replace(table, rows=tuple(_row_without(row, parts) for row in table.rows))


def _row_without(row: Row, parts: _ByAnchor) -> Row:
    part = parts.get(row.anchor) or _referred([cell.reference for cell in row.cells], parts)
    if part is None:
        return row
    blank = (Cell(),) * (len(row.cells) - 1)
    return replace(row, cells=(Cell(part.in_its_place), *blank))


def _referred(references: Iterable[str], parts: _ByAnchor) -> Withheld | None:
    found = (parts[reference] for reference in references if reference in parts)
    return next((part for part in found if part.takes_references), None)


_Words: TypeAlias = Sequence[tuple[str, Withheld]]


def _swept(value: T, words: _Words) -> T:
    """Copy a tree without the texts that tell what was left out."""
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changes = {
        field.name: _swept_field(field.name, getattr(value, field.name), words)
        for field in fields(value)
        if field.name not in _NAMES | _OF_EVERY_COPY
    }
    return replace(value, **changes)


def _swept_field(name: str, value: Any, words: _Words) -> Any:
    if isinstance(value, tuple):
        return tuple(_swept_field(name, item, words) for item in value)
    if not isinstance(value, str) or isinstance(value, Enum):
        return _swept(value, words)
    plain = _plain(value)
    return next((part.marker for word, part in words if _tells(plain, word)), value)


def _tells(text: str, word: str) -> bool:
    if text == word:
        return bool(word)
    if len(word) >= SHORTEST_FOUND and word in text:
        return True
    quoted = text.rstrip("…. ")
    is_cut = text.endswith("…") and len(quoted) >= SHORTEST_FOUND
    return (is_cut or len(quoted.split()) >= FEWEST_QUOTED) and quoted in word


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def mark(document: Document, parts: Iterable[Withheld]) -> Document:
    """Say beside each part that it is not for the public, and leave nothing out."""
    by_anchor = {part.anchor: part for part in parts}
    sections = tuple(_marked_section(section, by_anchor) for section in document.sections)
    return replace(document, sections=sections)


def _marked_section(section: Section, parts: _ByAnchor) -> Section:
    blocks = tuple(_marked_block(block, parts) for block in section.blocks)
    part = parts.get(section.anchor)
    return replace(section, blocks=(Notice(part.marker), *blocks) if part else blocks)


def _marked_block(block: Block, parts: _ByAnchor) -> Block:
    match block:
        case Table():
            return replace(block, rows=tuple(_marked_row(row, parts) for row in block.rows))
        case ExceptionForm(anchor=anchor) if anchor in parts:
            return replace(block, facts=(_fact(parts[anchor]), *block.facts))
        case _:
            return block


def _fact(part: Withheld) -> Fact:
    """Give the marker beside its label, which says its first word already."""
    words = part.marker.removeprefix("Exempt: ")
    return Fact("Exempt", f"{words[:1].upper()}{words[1:]}")


def _marked_row(row: Row, parts: _ByAnchor) -> Row:
    part = parts.get(row.anchor)
    if part is None:
        return row
    first, *rest = row.cells
    note = f"{first.note}\n{part.marker}" if first.note else part.marker
    return replace(row, cells=(replace(first, note=note), *rest))
