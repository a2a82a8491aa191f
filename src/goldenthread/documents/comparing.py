"""What differs between two papers: what was added, left out and changed, item by item and cell by cell."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from goldenthread.documents.sayings import Place, Said, sayings
from goldenthread.documents.tree import Document
from goldenthread.domain.rating import Rating


class Deed(StrEnum):
    """What became of something that a paper says."""

    ADDED = "added"
    LEFT_OUT = "left out"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartChange:
    """What was said under a label, and what is said now; nothing where nothing was, or is."""

    label: str
    was: str = ""
    now: str = ""
    was_rating: Rating | None = None
    now_rating: Rating | None = None

    @property
    def is_of_rating(self) -> bool:
        return self.was_rating is not None or self.now_rating is not None

    @property
    def movement(self) -> str:
        """Say which way a rating moved; nothing where there were not two."""
        if self.was_rating is None or self.now_rating is None:
            return ""
        better = self.now_rating.badness < self.was_rating.badness
        return (
            f"{'better' if better else 'worse'}: from {self.was_rating.label} "
            f"to {self.now_rating.label}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An item, a paragraph or another part of a paper that is not the same in the other one."""

    deed: Deed
    place: Place
    section: str
    name: str
    anchor: str
    parts: tuple[PartChange, ...]


def differences(
    before: Document,
    after: Document,
    *,
    ignoring_facts: Collection[str] = (),
    ignoring_sections: Collection[str] = (),
) -> tuple[Change, ...]:
    """Tell one paper's words from another's, in the order in which the later one is read.

    Facts of the cover are ignored by their label, sections by their anchor. An item that is in
    both is compared part by part, wherever in its section it stands; of paragraphs, which have no
    name, those that are most alike are taken to be the same. All that is told, taken from the one
    and added to it, makes the other.
    """
    was, now = (
        [
            each
            for each in sayings(document)
            if not (each.is_fact and each.name in ignoring_facts)
            and each.place[0] not in ignoring_sections
        ]
        for document in (before, after)
    )
    return tuple(_in_order(_changes(was, now), now))


_Keyed: TypeAlias = dict[tuple[Place, str, int], Said]


def _changes(was: Sequence[Said], now: Sequence[Said]) -> list[Change]:
    before, after = _keyed(was), _keyed(now)
    changes = [
        change
        for key, said in after.items()
        if key in before and (change := _changed(before[key], said))
    ]
    left_out = [said for key, said in before.items() if key not in after]
    added = [said for key, said in after.items() if key not in before]
    pairs = list(_alike(left_out, added))
    paired = {id(said) for pair in pairs for said in pair}
    changes += [change for one, other in pairs if (change := _changed(one, other))]
    changes += [_only(Deed.LEFT_OUT, said) for said in left_out if id(said) not in paired]
    changes += [_only(Deed.ADDED, said) for said in added if id(said) not in paired]
    return changes


def _keyed(said: Iterable[Said]) -> _Keyed:
    """Give each saying a key of its own; what stands twice at one place is counted through."""
    counts: Counter[tuple[Place, str]] = Counter()
    keyed: _Keyed = {}
    for each in said:
        # A paragraph's name is what it says.
        same = (each.place, each.parts[0].text if each.is_loose else "")
        keyed[(*same, counts[same])] = each
        counts[same] += 1
    return keyed


def _changed(was: Said, now: Said) -> Change | None:
    before = {part.label: part for part in was.parts}
    after = {part.label: part for part in now.parts}
    parts = tuple(
        PartChange(
            label=label,
            was=before[label].text if label in before else "",
            now=after[label].text if label in after else "",
            was_rating=before[label].rating if label in before else None,
            now_rating=after[label].rating if label in after else None,
        )
        for label in {**after, **before}
        if before.get(label) != after.get(label)
    )
    return _change(Deed.CHANGED, now, parts) if parts else None


def _only(deed: Deed, said: Said) -> Change:
    parts = tuple(
        PartChange(label=part.label, now=part.text, now_rating=part.rating)
        if deed is Deed.ADDED
        else PartChange(label=part.label, was=part.text, was_rating=part.rating)
        for part in said.parts
    )
    return _change(deed, said, parts)


def _change(deed: Deed, said: Said, parts: tuple[PartChange, ...]) -> Change:
    return Change(
        deed=deed,
        place=said.place,
        section=said.section,
        name=said.name,
        anchor=said.anchor,
        parts=parts,
    )


LEAST_ALIKE = 0.4
"""Paragraphs that share fewer of their words than this are two, and not one that was changed."""


def _alike(left_out: Iterable[Said], added: Iterable[Said]) -> Iterator[tuple[Said, Said]]:
    """Pair paragraphs of one place that were left out and added with those that they became."""
    free: defaultdict[Place, list[Said]] = defaultdict(list)
    for said in added:
        if said.is_loose:
            free[said.place].append(said)
    for said in left_out:
        candidates = free[said.place] if said.is_loose else []
        best = max(candidates, key=lambda other: _likeness(said, other), default=None)
        if best is not None and _likeness(said, best) >= LEAST_ALIKE:
            candidates.remove(best)
            yield said, best


_WORD = re.compile(r"\w+")


def _likeness(one: Said, other: Said) -> float:
    first, second = (set(_WORD.findall(said.parts[0].text)) for said in (one, other))
    together = first | second
    return len(first & second) / len(together) if together else 0.0


def _in_order(changes: Iterable[Change], now: Iterable[Said]) -> list[Change]:
    """Put changes in the order of the later paper, what it leaves out at its section's end."""
    places: dict[Place, int] = {}
    sections: dict[str, int] = {}
    for number, said in enumerate(now):
        places.setdefault(said.place, number)
        sections[said.place[0]] = number
    last = len(places) + len(sections) + 1

    def order(change: Change) -> tuple[int, int]:
        section = sections.get(change.place[0], last)
        return section, places.get(change.place, last)

    return sorted(changes, key=order)
