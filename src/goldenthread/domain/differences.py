"""What has changed between two tellings of the same thing: words, and figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby


class Passage(StrEnum):
    """What became of a passage of a text."""

    KEPT = "kept"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that were kept, deleted or inserted together."""

    passage: Passage
    text: str

    @property
    def is_kept(self) -> bool:
        return self.passage is Passage.KEPT


_WORDS = re.compile(r"\s*\S+|\s+\Z")
_SENTENCES = re.compile(r"\s*\S.*?(?:[.!?](?=\s)|\n|\Z)|\s+\Z", re.DOTALL)
FEWEST_KEPT = 3
"""Fewer words than these between two changes are read more easily as changed with them."""
LEAST_ALIKE = 0.3
"""Texts that share less than this are told one after the other: a mixture could not be read."""
MOST_COMPARED = 90_000
"""Comparing so many words of one with so many of the other takes about a tenth of a second."""


def word_difference(was: str, now: str) -> tuple[Piece, ...]:
    """Tell a text's earlier words from its present ones, in the order in which they are read.

    All that was not inserted makes the earlier text again, and all that was not deleted the present
    one. Long texts are compared by sentence, and very long ones not at all.
    """
    if was == now:
        return _pieces([(Passage.KEPT, now)])
    for unit in (_WORDS, _SENTENCES):
        before, after = unit.findall(was), unit.findall(now)
        if len(before) * len(after) <= MOST_COMPARED:
            return _compared(before, after, is_by_word=unit is _WORDS)
    return _pieces([(Passage.DELETED, was), (Passage.INSERTED, now)])


def _compared(
    before: Sequence[str], after: Sequence[str], *, is_by_word: bool
) -> tuple[Piece, ...]:
    match = SequenceMatcher(None, before, after, autojunk=False)
    if match.ratio() < LEAST_ALIKE:
        return _pieces([(Passage.DELETED, "".join(before)), (Passage.INSERTED, "".join(after))])
    runs = [
        (tag == "equal", before[start:end], after[first:last])
        for tag, start, end, first, last in match.get_opcodes()
    ]
    return _pieces(_told(_without_islands(runs) if is_by_word else runs))


_Run = tuple[bool, Sequence[str], Sequence[str]]


def _without_islands(runs: Sequence[_Run]) -> list[_Run]:
    """Take short kept runs between two changes as changed, so that a sentence can be read."""
    last = len(runs) - 1
    return [
        (is_kept and (place in (0, last) or len(before) >= FEWEST_KEPT), before, after)
        for place, (is_kept, before, after) in enumerate(runs)
    ]


def _told(runs: Iterable[_Run]) -> Iterator[tuple[Passage, str]]:
    for is_kept, group in groupby(runs, key=lambda run: run[0]):
        together = list(group)
        before = "".join(word for _, words, _ in together for word in words)
        after = "".join(word for _, _, words in together for word in words)
        if is_kept:
            yield Passage.KEPT, after
        else:
            yield Passage.DELETED, before
            yield Passage.INSERTED, after


def _pieces(told: Iterable[tuple[Passage, str]]) -> tuple[Piece, ...]:
    return tuple(Piece(passage, text) for passage, text in told if text)
