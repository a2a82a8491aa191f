"""What every renderer does before it draws: make a document's words and links sound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

from goldenthread.documents.tree import Block, Document, ExceptionForm, Heading, Section, Table
from goldenthread.domain.plain_text import clean, one_line

T = TypeVar("T")

_ANCHOR_FIELDS = {"anchor", "reference", "back_reference"}


def paragraphs(text: str) -> list[str]:
    """Split words into paragraphs at their line ends; blank ones are left out."""
    return [line.strip() for line in text.split("\n") if line.strip()]


@dataclass(frozen=True, slots=True)
class Ready:
    """A document that can be drawn, what each anchor leads to, and which of them lead to headings."""

    document: Document
    titles: dict[str, str]
    headed: frozenset[str] = frozenset()

    def link_words(self, anchor: str, text: str) -> str:
        """Say what a link leads to; a link that leads nowhere keeps its own words."""
        return text or (f"See {self.titles[anchor]}" if anchor in self.titles else "")


def make_ready(document: Document) -> Ready:
    """Clean every text, keep the first of equal anchors, and skip no heading level."""
    cleaned = _cleaned(document)
    seen: set[str] = set()
    sections = tuple(
        _sound_section(section, seen, f"section-{number}")
        for number, section in enumerate(cleaned.sections, start=1)
    )
    sound = replace(cleaned, title=cleaned.title.strip() or "Untitled", sections=sections)
    return Ready(sound, dict(_anchored(sound)), frozenset(anchor for anchor, _ in _headed(sound)))


def _cleaned(value: T) -> T:
    """Copy a tree with all its texts cleaned; an anchor has no spaces either."""
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changes = {
        field.name: _clean_field(field.name, getattr(value, field.name)) for field in fields(value)
    }
    return type(value)(**changes)


def _clean_field(name: str, value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_clean_field(name, item) for item in value)
    if type(value) is not str:
        return _cleaned(value)
    return re.sub(r"\s+", "-", clean(value).strip()) if name in _ANCHOR_FIELDS else clean(value)


def _sound_section(section: Section, seen: set[str], spare: str) -> Section:
    anchor = _first_use(section.anchor, seen) or _first_use(spare, seen)
    blocks: list[Block] = []
    level = 1
    for block in section.blocks:
        sound = _sound_block(block, level, seen)
        level = _level_after(sound, level)
        blocks.append(sound)
    return replace(
        section, title=one_line(section.title) or "Untitled", anchor=anchor, blocks=tuple(blocks)
    )


def _sound_block(block: Block, level: int, seen: set[str]) -> Block:
    match block:
        case Heading():
            return replace(
                block,
                text=one_line(block.text) or "Untitled",
                anchor=_first_use(block.anchor, seen),
                level=2 if level < 2 else block.level,
            )
        case ExceptionForm():
            return replace(
                block,
                title=one_line(block.title) or "Exception report",
                anchor=_first_use(block.anchor, seen),
            )
        case Table():
            rows = [replace(row, anchor=_first_use(row.anchor, seen)) for row in block.rows]
            return replace(block, rows=tuple(rows))
        case _:
            return block


def _level_after(block: Block, level: int) -> int:
    match block:
        case Heading(level=own):
            return own
        case ExceptionForm():
            return 2
        case _:
            return level


def _first_use(anchor: str, seen: set[str]) -> str:
    if not anchor or anchor in seen:
        return ""
    seen.add(anchor)
    return anchor


def _anchored(document: Document) -> Iterator[tuple[str, str]]:
    yield from _headed(document)
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                yield from _with_anchor(*((row.anchor, row.cells[0].text) for row in block.rows))


def _headed(document: Document) -> Iterator[tuple[str, str]]:
    for section in document.sections:
        yield from _with_anchor((section.anchor, section.title))
        for block in section.blocks:
            match block:
                case Heading(text=title, anchor=anchor) | ExceptionForm(title=title, anchor=anchor):
                    yield from _with_anchor((anchor, title))
                case _:
                    pass


def _with_anchor(*pairs: tuple[str, str]) -> Iterator[tuple[str, str]]:
    return ((anchor, title) for anchor, title in pairs if anchor)
