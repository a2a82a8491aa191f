"""How much room words take on paper: judged, since only whoever sets a page knows it."""

from __future__ import annotations

import math
import re
import unicodedata
from functools import cache
from typing import TypeAlias

from goldenthread.documents.tree import Answer, Cell, ExceptionForm, Orientation, Row, Table

# In points, between a page's margins and of a table's letters.
PAGE_WIDTHS = {Orientation.PORTRAIT: 482, Orientation.LANDSCAPE: 757}
PAGE_HEIGHTS = {Orientation.PORTRAIT: 690, Orientation.LANDSCAPE: 450}
ANSWER_WIDTHS = (3, 8)
_LETTER, _LINE, _SHORT_LINE, _GUTTER = 4.9, 13, 11.5, 7
# From here on letters are as wide as capitals, or have no sign of ours: arrows, Chinese, emoji.
_LAST_NARROW, _FIRST_BY_NAME = "\u024f", "\u2190"
# The longest words, in letters, that a line of a page holds, of a title, a heading and a question.
PAGE_WORD, TITLE_WORD, HEADING_WORD, QUESTION_WORD = 36, 22, 25, 18

# Text, or its parts, in which a word to be broken anywhere stands in a list of its own.
Words: TypeAlias = str | list[str | list[str]]


def rooms_of(weights: list[int], orientation: Orientation) -> list[float]:
    """Return how many letters each column has room for."""
    width, total = PAGE_WIDTHS[orientation], sum(weights)
    return [max(1.0, (width * weight / total - _GUTTER) / _LETTER) for weight in weights]


def weight_of_room(room: float) -> int:
    """Return the weight of a column that shall have room for so many letters, beside others of this kind."""
    return round((room * _LETTER + _GUTTER) * 10)


def has_long(texts: list[str], room: float) -> bool:
    """Test whether a word is longer than a line."""
    return any(len(word) > room for text in texts for word in text.split())


def break_over(texts: list[str], room: float) -> int:
    """Return the length from which words are broken anywhere; 0 leaves them to hyphenation."""
    words = [word for text in texts for word in text.split() if len(word) > room]
    if any(len(word) > 30 or not word.isalpha() or room < 7 for word in words):
        return max(1, math.floor(room * 0.8))
    return 0


def broken(text: str, longest: int = PAGE_WORD) -> Words:
    """Set words apart that are longer than a line, which may be broken between any two letters."""
    parts = _longer_than(longest).split(text)
    if len(parts) == 1:
        return text
    return [[part] if index % 2 else part for index, part in enumerate(parts) if part]


@cache
def _longer_than(longest: int) -> re.Pattern[str]:
    return re.compile(rf"(\S{{{longest + 1},}})")


def height_of(texts: list[str], room: float) -> float:
    """Judge how tall texts will be, in points, rather too tall than too short."""
    return sum(math.ceil(len(text) * 1.25 / room) * _LINE + 4 for text in texts)


def row_height(row: Row, rooms: list[float]) -> float:
    """Judge how tall a row will be, in points, whatever letters are in it."""
    pairs = zip(row.cells, rooms, strict=True)
    return max(_cell_height(cell, room) for cell, room in pairs) + 6


def _cell_height(cell: Cell, room: float) -> float:
    texts = [text for text in (cell.text, *cell.note.split("\n"), cell.reference_text) if text]
    marks = 32 if cell.was else 22 if cell.rating or cell.sparkline else 0
    return marks + sum(
        math.ceil(letters_in(text) * 1.03 / room) * _SHORT_LINE + 2 for text in texts
    )


def letters_in(text: str) -> int:
    """Count letters as room for small Latin ones: what no font has is written out by its name."""
    return sum(_letters_of(letter) for letter in text)


def _letters_of(letter: str) -> int:
    if letter >= _FIRST_BY_NAME:
        return len(unicodedata.name(letter, "")) + 2
    return 2 if letter.isupper() or letter > _LAST_NARROW else 1


def may_split(height: float, orientation: Orientation) -> bool:
    """A row goes whole onto the next page, unless a page might not hold it."""
    return height > PAGE_HEIGHTS[orientation] * 0.7


def form_height(form: ExceptionForm, orientation: Orientation) -> float:
    """Judge how tall an exception report will be, in points."""
    rooms = rooms_of(list(ANSWER_WIDTHS), orientation)
    height = sum(answer_height(answer, rooms) for answer in form.answers) + 18 * len(form.facts)
    return height + sum(table_height(table, orientation) for table in form.tables)


def answer_height(answer: Answer, rooms: list[float]) -> float:
    texts = [line for line in answer.answer.split("\n") if line.strip()] or [""]
    return max(height_of([answer.question], rooms[0]), height_of(texts, rooms[1]))


def table_height(table: Table, orientation: Orientation) -> float:
    """Judge how tall a table of words will be, in points, with its caption and its headings."""
    rooms = rooms_of([column.weight for column in table.columns], orientation)
    return 50 + sum(
        max(height_of([cell.text], room) for cell, room in zip(row.cells, rooms, strict=True))
        for row in table.rows
        if not row.is_group
    )


def form_size(form: ExceptionForm, orientation: Orientation) -> float:
    """Choose the letters, in points, with which an exception report keeps to its page (D-4)."""
    share = form_height(form, orientation) / PAGE_HEIGHTS[orientation]
    return 10.5 if share < 0.8 else 9.75 if share < 0.95 else 9
