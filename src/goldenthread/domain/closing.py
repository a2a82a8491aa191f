"""How far a cycle is closed, and who may still file in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import assert_never


class Closing(StrEnum):
    """How far a cycle is closed on a day."""

    NOT_OPEN = "not_open"
    OPEN = "open"
    CLOSED_TO_OFFICERS = "closed_to_officers"
    LOCKED = "locked"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The days on which a cycle opens, closes to officers and is locked, and what was done at once.

    It opens on `opens_on`, which is `earliest` or later, takes returns to the end of `due_on`, and is
    locked from `locks_on` on; without one, never by itself. Whoever closes or locks it by hand does so
    in that moment, whatever its days say.
    """

    earliest: date
    opens_on: date
    due_on: date
    locks_on: date | None = None
    is_closed: bool = False
    is_locked: bool = False

    def is_locked_on(self, day: date) -> bool:
        return self.is_locked or (self.locks_on is not None and self.locks_on <= day)


def closing_on(today: date, course: Course) -> Closing:
    """Say how far a cycle is closed on a day: nobody need have been there when its dates came."""
    if course.is_locked_on(today):
        return Closing.LOCKED
    if today < course.opens_on:
        return Closing.NOT_OPEN
    is_open = today <= course.due_on and not course.is_closed
    return Closing.OPEN if is_open else Closing.CLOSED_TO_OFFICERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What somebody brings to a cycle's door for one return.

    `holds` the item's post; `answers` for its plan, as its leads and the performance manager do;
    `is_let_in` by name until a day; and whether the return `is_to_revise`, sent back by a lead.
    """

    holds: bool
    answers: bool = False
    is_let_in: bool = False
    is_to_revise: bool = False


def may_file(claim: Claim, closing: Closing) -> bool:
    """Test whether a return can be filed or corrected (clause R-6).

    Officers enter their own returns while the cycle is open, and after it only what was sent back
    to them, or when they are let in by name. Those who answer for the plan may then put right what
    is missing. A locked cycle takes nothing, but from somebody let in.
    """
    match closing:
        case Closing.NOT_OPEN:
            return False
        case Closing.OPEN:
            return claim.holds
        case Closing.CLOSED_TO_OFFICERS:
            return claim.answers or (claim.holds and (claim.is_let_in or claim.is_to_revise))
        case Closing.LOCKED:
            return claim.is_let_in and (claim.holds or claim.answers)
        case _:
            assert_never(closing)


MOST_DAYS_IN = 92
"""Nobody is let in for longer than about a quarter at a time."""


def problems_with_letting_in(*, until: date, reason: str, today: date) -> dict[str, str]:
    """Find what is wrong with letting somebody in until a day, by field."""
    problems: dict[str, str] = {}
    if until < today:
        problems["until"] = "The last day must be today or later"
    elif (until - today).days > MOST_DAYS_IN:
        problems["until"] = f"Let somebody in for {MOST_DAYS_IN} days at most"
    if not reason.strip():
        problems["reason"] = "Say why they are let in"
    return problems
