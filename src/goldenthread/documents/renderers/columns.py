"""How a table's columns share the paper: by what they are meant for, and by what they turn out to say.

Tables of the same columns share alike throughout a paper, so that a page of them stays even.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from goldenthread.documents.renderers.measures import rooms_of, weight_of_room
from goldenthread.documents.renderers.ready import Ready
from goldenthread.documents.tree import (
    Block,
    Cell,
    Column,
    ColumnKind,
    Document,
    ExceptionForm,
    Orientation,
    Row,
    Section,
    Table,
)

Columns: TypeAlias = tuple[Column, ...]
_Key: TypeAlias = tuple[Columns, Orientation]

# In letters: a longer word may be hyphenated, and a drawing or a rating asks for so much.
_LONGEST_WORD = 13
_LEAST = {ColumnKind.TREND: 10, ColumnKind.RATING: 12}
_BOLD = 1.12
_LONGEST_LINK = 18
# How far widths go by what is said, of 1; the rest goes by the weights.
_WORDS_COUNT = 0.65


def with_fitted_columns(ready: Ready) -> Ready:
    """Give a document's columns the widths that keep its rows low."""
    document = ready.document
    rows: dict[_Key, list[Row]] = defaultdict(list)
    for section in document.sections:
        for table in _tables(section):
            rows[table.columns, section.orientation] += table.rows
    fitted = {key: fitted_columns(*key, rows=each) for key, each in rows.items()}
    return replace(ready, document=_with_columns(document, fitted))


def fitted_columns(columns: Columns, orientation: Orientation, *, rows: Iterable[Row]) -> Columns:
    """Choose widths by the weights and by the words; words that do not fit leave the weights."""
    meant = rooms_of([column.weight for column in columns], orientation)
    said = list(zip(*(row.cells for row in rows if not row.is_group), strict=True))
    if not said:
        return columns
    wants = [_want(*each) for each in zip(columns, said, meant, strict=True)]
    if sum(want.least for want in wants) > sum(meant):
        return columns
    rooms = _shared(sum(meant), wants)
    return tuple(
        replace(column, width=weight_of_room(room))
        for column, room in zip(columns, rooms, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Want:
    """What a column would have, in letters, and the least and the most that it can use."""

    share: float
    least: float
    most: float


def _want(column: Column, cells: Sequence[Cell], meant: float) -> _Want:
    texts = [text for cell in cells for text in _texts(cell)]
    links = max((len(_link(cell)) for cell in cells), default=0)
    heading = max(map(len, column.title.split()), default=1) * _BOLD
    longest = min(
        max((len(word) for text in texts for word in text.split()), default=1), _LONGEST_WORD
    )
    least = max(heading, longest + 1, min(links, _LONGEST_LINK), _LEAST.get(column.kind, 1))
    most = max(least, *(len(line) + 1 for text in texts for line in text.split("\n")))
    mean = sum(map(len, texts)) / len(cells)
    return _Want(meant ** (1 - _WORDS_COUNT) * (1 + mean) ** _WORDS_COUNT, least, most)


def _texts(cell: Cell) -> tuple[str, ...]:
    return (cell.text, cell.note, _link(cell))


def _link(cell: Cell) -> str:
    """Return a link's words with a page, as paper has them."""
    return f"{cell.reference_text} (page 100)" if cell.reference_text else ""


def _shared(whole: float, wants: Sequence[_Want]) -> list[float]:
    """Share a width out as wanted, but for columns that would get less, or more, than they can use."""
    held: dict[int, float] = {}
    while True:
        free = whole - sum(held.values())
        asked = sum(want.share for place, want in enumerate(wants) if place not in held) or 1
        rooms = [held.get(place, free * want.share / asked) for place, want in enumerate(wants)]
        short = {n: want.least for n, want in enumerate(wants) if rooms[n] < want.least}
        over = {n: want.most for n, want in enumerate(wants) if rooms[n] > want.most}
        if not (short or over):
            return rooms
        held |= short or over


def _tables(section: Section) -> Iterator[Table]:
    for block in section.blocks:
        match block:
            case Table():
                yield block
            case ExceptionForm(tables=tables):
                yield from tables
            case _:
                pass


def _with_columns(document: Document, fitted: Mapping[_Key, Columns]) -> Document:
    return replace(
        document, sections=tuple(_refitted(section, fitted) for section in document.sections)
    )


def _refitted(section: Section, fitted: Mapping[_Key, Columns]) -> Section:
    def fit(table: Table) -> Table:
        return replace(table, columns=fitted[table.columns, section.orientation])

    def refit(block: Block) -> Block:
        match block:
            case Table():
                return fit(block)
            case ExceptionForm(tables=tables):
                return replace(block, tables=tuple(map(fit, tables)))
            case _:
                return block

    return replace(section, blocks=tuple(map(refit, section.blocks)))
