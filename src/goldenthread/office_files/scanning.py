"""A look through a sheet's XML before any library reads it: how large it is, and where formulas are.

A library gives of a formula what it came to last, which anybody may have written there. So the XML
itself is asked. No entity is ever expanded: a document that declares one is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from goldenthread.office_files.grid import Place
from goldenthread.office_files.limits import (
    MOST_CELLS,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_ROWS,
    UnreadableWorkbookError,
)
from goldenthread.office_files.unpacking import BROKEN

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_HOLDS_SOMETHING = ("v", "is", "f")
_PERCENT_FORMATS = (9, 10)
_LONGEST_NUMBER = 10


@dataclass(slots=True)
class Scan:
    """What a sheet's XML says of its cells."""

    formulas: set[Place] = field(default_factory=set)
    errors: set[Place] = field(default_factory=set)
    merged: set[Place] = field(default_factory=set)
    styles: dict[Place, int] = field(default_factory=dict)
    cells: int = 0


def elements_of(
    content: bytes,
    start: Callable[[str, dict[str, str]], None],
    text: Callable[[str], None] | None = None,
) -> None:
    """Walk through a document's elements, telling each one's plain name and attributes, and its text.

    :raises UnreadableWorkbookError: if it is not well formed, or declares entities
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse
    parser.CharacterDataHandler = text
    parser.StartElementHandler = lambda name, attributes: start(
        _plain(name), {_plain(key): value for key, value in attributes.items()}
    )
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # Also an encoding it cannot read.
        raise UnreadableWorkbookError(BROKEN) from error


def _plain(name: str) -> str:
    return name.rpartition(" ")[2]


def _refuse(*told: object) -> NoReturn:
    raise UnreadableWorkbookError(BROKEN)


def lengths_of_strings(content: bytes) -> list[int]:
    """Measure the strings that a workbook keeps once and its cells refer to, in their order.

    :raises UnreadableWorkbookError: if they are not well formed
    """
    lengths: list[int] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            lengths.append(0)

    def text(words: str) -> None:
        if lengths:
            lengths[-1] += len(words)

    elements_of(content, start, text)
    return lengths


def scan_sheet(content: bytes, name: str, strings: Sequence[int] = ()) -> Scan:
    """Find the formulas, errors and merged cells of a sheet, and make sure that it is not too large.

    `strings` are the lengths of those that its cells may refer to: one long one named by thousands
    of cells would be as many long ones.

    :raises UnreadableWorkbookError: if it is not well formed, or larger than a sheet of returns can be
    """
    scanner = _Scanner(name, strings)
    elements_of(content, scanner.start, scanner.text)
    scanner.settle()
    return scanner.scan


class _Scanner:
    """Keeps its place in a sheet: a cell need not say which it is, but follows the one before."""

    def __init__(self, name: str, strings: Sequence[int]) -> None:
        self.scan = Scan()
        self._name, self._strings = name, strings
        self._row, self._column = -1, -1
        self._refers, self._said, self._characters = False, "", 0
        self._spanned = 0

    def text(self, words: str) -> None:
        """Keep the number of the string that a cell refers to; it may come in pieces."""
        if self._refers:
            self._said += words[:_LONGEST_NUMBER]

    def settle(self) -> None:
        """Count what the cell just left refers to."""
        number = self._said.strip()
        self._refers, self._said = False, ""
        if not number:
            return
        place = _number(number)
        self._characters += self._strings[place] if place < len(self._strings) else 0
        if self._characters > MOST_CHARACTERS:
            self._refuse_size(f"more than {MOST_CHARACTERS:,} characters")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name != "v":
            self.settle()
        if name == "row":
            self._row = _number(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
        elif name == "c":
            self._start_cell(attributes)
        elif name in _HOLDS_SOMETHING:
            self._fill(name, attributes)
        elif name == "mergeCell":
            self.scan.merged |= self._range(attributes.get("ref", ""))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._row, self._column = (
            place_of(attributes["r"]) if "r" in attributes else (self._row, self._column + 1)
        )
        self.scan.cells += 1
        if self.scan.cells > MOST_CELLS:
            self._refuse_size(f"more than {MOST_CELLS:,} cells")
        self._refers = attributes.get("t") == "s"
        if attributes.get("t") == "e":
            self.scan.errors.add(self._place)
        if "s" in attributes:
            self.scan.styles[self._place] = _number(attributes["s"])

    def _fill(self, name: str, attributes: dict[str, str]) -> None:
        if self._row >= MOST_ROWS or self._column >= MOST_COLUMNS:
            self._refuse_size(f"a cell beyond row {MOST_ROWS:,} or column {MOST_COLUMNS}")
        if name == "f":
            # One formula can fill many cells, which then only show what it came to.
            self.scan.formulas |= {self._place} | self._range(attributes.get("ref", ""))

    @property
    def _place(self) -> Place:
        return self._row, self._column

    def _range(self, reference: str) -> set[Place]:
        if not reference:
            return set()
        first, _, last = reference.partition(":")
        (top, left), (bottom, right) = place_of(first), place_of(last or first)
        self._spanned += max(0, bottom - top + 1) * max(0, right - left + 1)
        if self._spanned > MOST_CELLS:
            self._refuse_size(f"more than {MOST_CELLS:,} cells that are merged or share a formula")
        return set(_places(top, left, bottom, right))

    def _refuse_size(self, what: str) -> NoReturn:
        raise UnreadableWorkbookError(
            f"The sheet \N{LEFT DOUBLE QUOTATION MARK}{self._name}\N{RIGHT DOUBLE QUOTATION MARK} "
            f"has {what}.",
            is_too_much=True,
        )


def _places(top: int, left: int, bottom: int, right: int) -> Iterator[Place]:
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            yield row, column


def place_of(address: str) -> Place:
    """Find a cell by its name: E5 is row 4, column 4.

    :raises UnreadableWorkbookError: if it names no cell
    """
    match = _ADDRESS.fullmatch(address)
    if match is None or match[2].strip("0") == "":
        raise UnreadableWorkbookError(BROKEN)
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _number(words: str) -> int:
    if not re.fullmatch(r"\d{1,9}", words):
        raise UnreadableWorkbookError(BROKEN)
    return int(words)


def percent_styles(content: bytes) -> frozenset[int]:
    """Number the styles in which a workbook shows 0.464 as 46.4%.

    :raises UnreadableWorkbookError: if they are not well formed
    """
    own: set[int] = set()
    formats: list[int] = []
    inside = {"cellXfs": False}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt" and "%" in attributes.get("formatCode", ""):
            own.add(_number(attributes.get("numFmtId", "")))
        elif name in ("cellStyleXfs", "cellXfs", "cellStyles", "dxfs"):
            inside["cellXfs"] = name == "cellXfs"
        elif name == "xf" and inside["cellXfs"]:
            formats.append(_number(attributes.get("numFmtId", "0")))

    elements_of(content, start)
    percents = own.union(_PERCENT_FORMATS)
    return frozenset(place for place, number in enumerate(formats) if number in percents)
