"""To whom a nudge would go, and about what: one letter a person, whatever was picked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from django.utils import timezone

from goldenthread.chasing.queries.board import ChaseBoard, ItemRow
from goldenthread.chasing.queries.contacts import Contact
from goldenthread.chasing.queries.filters import Filters
from goldenthread.chasing.queries.obligations import Obligation
from goldenthread.chasing.queries.people import Holder

POST = "post-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What one person would be nudged about, and when they were written to before."""

    person: Holder
    obligations: tuple[Obligation, ...]
    contact: Contact
    was_nudged_today: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """The letters that a nudge would write; what nobody can be written to about; what came in."""

    letters: tuple[Letter, ...]
    unreachable: tuple[ItemRow, ...]
    gone: int

    @property
    def nudged_today(self) -> list[Letter]:
        return [letter for letter in self.letters if letter.was_nudged_today]


def picked_on(board: ChaseBoard, filters: Filters, ticked: Iterable[str]) -> list[str]:
    """Write down what was ticked on a board: action-12, or action-12@3 for one post's people only.

    A row of a post stands for all of it that the board shows and that is not in.
    """
    shown = [one for one in board.chosen(filters) if one.is_outstanding]
    picked: dict[str, None] = {}
    for tick in ticked:
        if tick.startswith(POST):
            post = tick.removeprefix(POST)
            held = (one for one in shown if post in map(str, one.item.post_ids))
            picked |= {f"{one.key}@{post}": None for one in held}
        else:
            picked[tick] = None
    return list(picked)


def all_on(board: ChaseBoard, filters: Filters) -> list[str]:
    """Write down everything that a board shows and that is not in."""
    shown = [one for one in board.chosen(filters) if one.is_outstanding]
    post = f"@{filters.post}" if filters.post is not None else ""
    return [f"{one.key}{post}" for one in shown]


def letters_about(board: ChaseBoard, picked: Collection[str]) -> Letters:
    """Sort what was picked by the people who hold it: its holders, joint holders and deputies."""
    outstanding = {one.key: one for one in board.outstanding}
    written: dict[int, _Draft] = {}
    unreachable: dict[str, ItemRow] = {}
    gone = 0
    for pick in picked:
        key, _, post = pick.partition("@")
        one = outstanding.get(key)
        if one is None:
            gone += 1
            continue
        people = board.people.reached_by(_posts(one, post))
        for person in people:
            written.setdefault(person.person_id, _Draft(person)).about[one.key] = one
        if not people:
            unreachable[one.key] = board.row_of(one)
    return Letters(
        letters=tuple(_letters(board, written.values())),
        unreachable=tuple(unreachable.values()),
        gone=gone,
    )


@dataclass(slots=True)
class _Draft:
    person: Holder
    about: dict[str, Obligation] = field(default_factory=dict)


def _posts(one: Obligation, post: str) -> frozenset[int]:
    if not post:
        return one.item.post_ids
    return frozenset(post_id for post_id in one.item.post_ids if str(post_id) == post)


def _letters(board: ChaseBoard, drafts: Iterable[_Draft]) -> Iterator[Letter]:
    for draft in sorted(drafts, key=lambda draft: draft.person.name):
        contact = board.contact_with(draft.person.person_id)
        nudged_at = contact.nudged_at
        yield Letter(
            person=draft.person,
            obligations=tuple(draft.about.values()),
            contact=contact,
            was_nudged_today=nudged_at is not None and timezone.localdate(nudged_at) == board.today,
        )
