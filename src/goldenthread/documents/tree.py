"""What a pack says, before anyone decides what file it becomes.

A tree of frozen values. A renderer knows these and nothing else, so an issued pack can be drawn
again from its JSON years later, whatever has become of the tables that it was composed from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import ConfigDict, Field, TypeAdapter

from goldenthread.domain.rating import Rating


class DocumentError(ValueError):
    """A document was put together so that it cannot be drawn."""


class Orientation(StrEnum):
    """Which way round the paper is."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class Tone(StrEnum):
    """How loudly a paragraph speaks."""

    LEAD = "lead"
    BODY = "body"
    NOTE = "note"


class ColumnKind(StrEnum):
    """What the cells of a column hold, and so how they are set."""

    TEXT = "text"
    FIGURE = "figure"
    RATING = "rating"
    TREND = "trend"


class _Node:
    """JSON with a field that nobody knows is refused, rather than losing what it said."""

    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class Fact(_Node):
    """A label and its value, as on a cover."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Heading(_Node):
    """A heading within a section, whose own title is level 1."""

    text: str
    level: Literal[2, 3] = 2
    anchor: str = ""
    kind: Literal["heading"] = field(default="heading", kw_only=True)


@dataclass(frozen=True, slots=True)
class Paragraph(_Node):
    """Words; a line break begins another paragraph."""

    text: str
    tone: Tone = Tone.BODY
    kind: Literal["paragraph"] = field(default="paragraph", kw_only=True)


@dataclass(frozen=True, slots=True)
class BulletList(_Node):
    items: tuple[str, ...]
    kind: Literal["bullet_list"] = field(default="bullet_list", kw_only=True)


@dataclass(frozen=True, slots=True)
class Notice(_Node):
    """Says that something is missing, such as a return that has not come."""

    text: str
    kind: Literal["notice"] = field(default="notice", kw_only=True)


@dataclass(frozen=True, slots=True)
class Sparkline(_Node):
    """A small trend for a table's cell; `alt` is its sentence, and `None` a gap.

    `periods` names the period of each point; papers of an earlier version name none.
    """

    points: tuple[Decimal | None, ...]
    target: Decimal | None = None
    alt: str = ""
    periods: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column(_Node):
    """A column of a table; `width` is a weight among its neighbours, 0 the usual one for its kind."""

    title: str
    kind: ColumnKind = ColumnKind.TEXT
    width: int = 0

    @property
    def weight(self) -> int:
        return self.width if self.width > 0 else _USUAL_WEIGHTS[self.kind]


_USUAL_WEIGHTS = {
    ColumnKind.TEXT: 7,
    ColumnKind.FIGURE: 4,
    ColumnKind.RATING: 5,
    ColumnKind.TREND: 6,
}


# A figure is tried first: a date's JSON is no figure, but a figure's could be a moment.
Value: TypeAlias = Annotated[Decimal | date | None, Field(union_mode="left_to_right")]


@dataclass(frozen=True, slots=True)
class Cell(_Node):
    """A cell of a table. What is empty is not drawn.

    `value` is the figure or the day that `text` says, for files that people reckon with.
    `rating_label` says why there is no rating ("Not due to start") and is only read without one.
    `reference` is the anchor of what the cell refers to (clause E-3); without `reference_text` the
    link reads "See" and the title found there.
    """

    text: str = ""
    rating: Rating | None = None
    rating_label: str = ""
    was: Rating | None = None
    reference: str = ""
    reference_text: str = ""
    sparkline: Sparkline | None = None
    note: str = ""
    value: Value = None


@dataclass(frozen=True, slots=True)
class Row(_Node):
    """A row, or with `is_group` a heading across the table, for the rows that follow it."""

    cells: tuple[Cell, ...]
    anchor: str = ""
    is_group: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(_Node):
    """A table.

    :raises DocumentError: if it has no column, or a row has not a cell for each column
        (a group row: exactly one)
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    has_row_headers: bool = True
    note: str = ""
    kind: Literal["table"] = "table"

    def __post_init__(self) -> None:
        if not self.columns:
            raise DocumentError(f"The table “{self.caption}” has no column.")
        for row in self.rows:
            expected = 1 if row.is_group else len(self.columns)
            if len(row.cells) != expected:
                raise DocumentError(
                    f"A row of the table “{self.caption}” has {len(row.cells)} cells, not {expected}."
                )


@dataclass(frozen=True, slots=True)
class ChartPoint(_Node):
    """A period's figure; `None` where there is none. A signal is more than chance."""

    label: str
    value: Decimal | None
    is_signal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart(_Node):
    """A trend, with its figures in a table under it. The title is what was found."""

    title: str
    alt: str
    points: tuple[ChartPoint, ...]
    unit: str = ""
    target: Decimal | None = None
    lower: Decimal | None = None
    centre: Decimal | None = None
    upper: Decimal | None = None
    kind: Literal["chart"] = "chart"


@dataclass(frozen=True, slots=True)
class CountRow(_Node):
    """How many items are red, amber, green or unrated; `anchor` is where they are listed."""

    name: str
    anchor: str = ""
    red: int = 0
    amber: int = 0
    green: int = 0
    unrated: int = 0

    @property
    def total(self) -> int:
        return self.red + self.amber + self.green + self.unrated


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingCounts(_Node):
    """A plan's or a report's ratings, counted and never averaged."""

    rows: tuple[CountRow, ...]
    caption: str = "Ratings"
    first_column: str = "Plan"
    kind: Literal["rating_counts"] = "rating_counts"


@dataclass(frozen=True, slots=True)
class Answer(_Node):
    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionForm(_Node):
    """An exception report, on a page of its own (clauses E-2, D-4). It is a level-2 heading.

    Its tables, such as that of its planned steps, follow its answers.
    """

    title: str
    anchor: str
    answers: tuple[Answer, ...]
    facts: tuple[Fact, ...] = ()
    tables: tuple[Table, ...] = ()
    rating: Rating | None = None
    back_reference: str = ""
    back_text: str = "Back to the item in its table"
    kind: Literal["exception_form"] = "exception_form"


Block: TypeAlias = (
    Heading | Paragraph | BulletList | Notice | Table | Chart | RatingCounts | ExceptionForm
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(_Node):
    """A part of a document. Its title is a level-1 heading."""

    title: str
    anchor: str = ""
    orientation: Orientation = Orientation.PORTRAIT
    starts_page: bool = True
    blocks: tuple[Annotated[Block, Field(discriminator="kind")], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(_Node):
    """A whole paper, in British English. `version` is of this vocabulary, for readers to come.

    One that `is_close` is set with less room between its lines, so that it takes fewer pages.
    """

    title: str
    council: str
    forum: str
    cycle: str
    running_head: str = ""
    facts: tuple[Fact, ...] = ()
    sections: tuple[Section, ...] = ()
    version: Literal[1] = 1
    is_close: bool = False


_ADAPTER = TypeAdapter(Document)


def to_json(document: Document) -> bytes:
    """Write a document as JSON: the same bytes for the same document, figures as strings."""
    return _ADAPTER.dump_json(document)


def from_json(content: bytes) -> Document:
    """Read a document back.

    :raises pydantic.ValidationError: if the JSON is no document of this version
    """
    return _ADAPTER.validate_json(content)
