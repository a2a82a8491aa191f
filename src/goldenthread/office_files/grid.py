"""A sheet as it is read: its cells, and what is wrong with them before anybody asks what they say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

Place: TypeAlias = tuple[int, int]
"""A cell by its row and column, both counted from 0."""


class Flaw(StrEnum):
    """Why a cell cannot be taken, whatever it shows."""

    FORMULA = "formula"
    ERROR = "error"
    MERGED = "merged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What stands in one cell; `is_percent` says that 0.464 is shown as 46.4%."""

    value: object = ""
    flaw: Flaw | None = None
    is_percent: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it; nothing but spaces is nothing."""
        return self.flaw is None and not str(self.value).strip()


EMPTY = Cell()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The cells of one sheet in which anything stands."""

    name: str
    cells: Mapping[Place, Cell] = field(default_factory=dict)

    def at(self, row: int, column: int) -> Cell:
        return self.cells.get((row, column), EMPTY)

    @property
    def height(self) -> int:
        return 1 + max((row for row, _ in self.cells), default=-1)

    @property
    def width(self) -> int:
        return 1 + max((column for _, column in self.cells), default=-1)


def cell_name(row: int, column: int) -> str:
    """Name a cell as a spreadsheet does: row 4, column 4 is E5."""
    return f"{column_name(column)}{row + 1}"


def column_name(column: int) -> str:
    """Name a column as a spreadsheet does: 0 is A, 26 is AA."""
    name, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        name = chr(ord("A") + letter) + name
    return name
