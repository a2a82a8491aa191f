"""A document taken apart into what it says, each with the place at which it says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from goldenthread.documents.tree import (
    Block,
    BulletList,
    Cell,
    Chart,
    Document,
    ExceptionForm,
    Heading,
    Notice,
    Paragraph,
    RatingCounts,
    Row,
    Section,
    Table,
)
from goldenthread.domain.rating import Rating

Place: TypeAlias = tuple[str, ...]
"""The section's anchor, or its title where it has none, and then what leads to the item in it."""

COVER = "Cover"
RATING = "Rating"


@dataclass(frozen=True, slots=True)
class Part:
    """What is said of something under a label: a column's title, a question."""

    label: str
    text: str
    rating: Rating | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Something that a document says: a row, an exception report, a paragraph.

    A loose one has no name of its own, so that several can stand at one place.
    """

    place: Place
    section: str
    name: str
    parts: tuple[Part, ...]
    anchor: str = ""
    is_loose: bool = False

    @property
    def is_fact(self) -> bool:
        return self.place[0] == COVER


def sayings(document: Document) -> Iterator[Said]:
    """Walk through all that a document says, in the order in which it is read."""
    for fact in document.facts:
        if not fact.value:
            continue
        place = (COVER, fact.label)
        yield Said(place=place, section=COVER, name=fact.label, parts=(Part("", fact.value),))
    for section in document.sections:
        yield from _of_section(section)


def _of_section(section: Section) -> Iterator[Said]:
    name = section.anchor or section.title
    heading = ""
    counts: Counter[str] = Counter()
    for block in section.blocks:
        if isinstance(block, Heading):
            heading = block.text
        counts[block.kind + heading] += 1
        within = (name, heading, str(counts[block.kind + heading]))
        for said in _of_block(block, within):
            if said.parts:
                yield _titled(said, section.title)


def _titled(said: Said, title: str) -> Said:
    return Said(
        place=said.place,
        section=title,
        name=said.name,
        parts=said.parts,
        anchor=said.anchor,
        is_loose=said.is_loose,
    )


def _of_block(block: Block, within: Place) -> Iterator[Said]:
    match block:
        case Heading(text=text) | Paragraph(text=text) | Notice(text=text):
            yield _loose(within, block.kind, text)
        case BulletList(items=items):
            for item in items:
                yield _loose(within, block.kind, item)
        case Table():
            yield from _of_table(block, within)
        case RatingCounts():
            yield from _of_counts(block, within)
        case Chart():
            yield _of_chart(block, within)
        case ExceptionForm():
            yield from _of_form(block, within)


def _loose(within: Place, kind: str, text: str) -> Said:
    section, heading, _ = within
    parts = (Part("", text),) if text.strip() else ()
    # A heading stands under the section, not under itself.
    place = (section, kind) if kind == "heading" else (section, heading, kind)
    return Said(place=place, section="", name=heading, parts=parts, is_loose=True)


def _of_table(table: Table, within: Place) -> Iterator[Said]:
    section, *rest = within
    for row in table.rows:
        if row.is_group:
            continue
        first = _named(row.cells[0])
        place = (section, "row", row.anchor) if row.anchor else (section, *rest, first)
        titles = [column.title for column in table.columns]
        parts = [
            part
            for title, cell in zip(titles, row.cells, strict=True)
            for part in _of_cell(title, cell)
        ]
        yield Said(
            place=place, section="", name=first, parts=_unique(parts), anchor=_anchor_of(row)
        )


def _anchor_of(row: Row) -> str:
    return row.anchor or next((cell.reference for cell in row.cells if cell.reference), "")


def _named(cell: Cell) -> str:
    """Name a row by its first cell: by a short reference, the one under long words, or the words."""
    words = cell.reference_text or cell.text
    return words if len(words) <= LONGEST_REFERENCE else cell.note or words


LONGEST_REFERENCE = 10


def _of_cell(title: str, cell: Cell) -> Iterator[Part]:
    words = "\n".join(filter(None, (cell.text, cell.note))) or cell.reference_text
    if words:
        yield Part(title, words)
    if cell.rating or cell.rating_label:
        label = cell.rating.label if cell.rating else cell.rating_label
        yield Part(RATING, label, cell.rating)
    if cell.sparkline and cell.sparkline.alt:
        yield Part(f"{title}: trend", cell.sparkline.alt)


def _unique(parts: list[Part]) -> tuple[Part, ...]:
    """Let no two parts have one label, as two columns of one title would."""
    counts: Counter[str] = Counter()
    unique = []
    for part in parts:
        counts[part.label] += 1
        again = f" ({counts[part.label]})" if counts[part.label] > 1 else ""
        unique.append(Part(part.label + again, part.text, part.rating))
    return tuple(unique)


def _of_counts(counts: RatingCounts, within: Place) -> Iterator[Said]:
    section, *rest = within
    for row in counts.rows:
        words = f"{row.red} red, {row.amber} amber, {row.green} green, {row.unrated} not rated"
        yield Said(
            place=(section, *rest, counts.caption, row.name),
            section="",
            name=f"{counts.caption}, {row.name}",
            parts=(Part("Counts", words),),
            anchor=row.anchor,
        )


def _of_chart(chart: Chart, within: Place) -> Said:
    figures = "; ".join(
        f"{point.label}: {'none' if point.value is None else point.value}" for point in chart.points
    )
    said = [Part("Finding", chart.title), Part("Figures", figures), Part("Description", chart.alt)]
    parts = tuple(part for part in said if part.text)
    return Said(place=(*within, "chart"), section="", name=chart.title, parts=parts)


def _of_form(form: ExceptionForm, within: Place) -> Iterator[Said]:
    section = within[0]
    parts = [Part(fact.label, fact.value) for fact in form.facts if fact.value]
    if form.rating:
        parts.append(Part(RATING, form.rating.label, form.rating))
    parts += [Part(each.question, each.answer) for each in form.answers if each.answer]
    parts = parts or [Part("", form.title)]
    yield Said(
        place=(section, "exception", form.anchor),
        section="",
        name=form.title,
        parts=_unique(parts),
        anchor=form.anchor,
    )
    for number, table in enumerate(form.tables):
        yield from _of_table(table, (section, form.anchor, str(number)))
