"""Counting a cycle: how many are in, and how they are rated. Counts are never averaged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from goldenthread.domain.obligations import ReturnState
from goldenthread.domain.rating import Rating


class Standing(Protocol):
    """Whatever has a rating and a place on the way to it."""

    @property
    def state(self) -> ReturnState: ...
    @property
    def rating(self) -> Rating | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingTally:
    """How many items stand at each rating; the unrated are in, or still owed, without one."""

    red: int
    amber: int
    green: int
    unrated: int

    @property
    def total(self) -> int:
        return self.red + self.amber + self.green + self.unrated


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnTally:
    """How many returns a cycle asks for, and where they stand; those not due to start are not asked."""

    returned: int
    to_revise: int
    drafted: int
    owed: int
    late: int
    not_due_to_start: int

    @property
    def asked(self) -> int:
        return self.returned + self.outstanding

    @property
    def outstanding(self) -> int:
        return self.to_revise + self.drafted + self.owed + self.late

    @property
    def is_complete(self) -> bool:
        return self.outstanding == 0


def tally_ratings(lines: Iterable[Standing]) -> RatingTally:
    """Count items by rating; one that is not due to start is not counted (oddity 9)."""
    counts = Counter(
        line.rating for line in lines if line.state is not ReturnState.NOT_DUE_TO_START
    )
    return RatingTally(
        red=counts[Rating.RED],
        amber=counts[Rating.AMBER],
        green=counts[Rating.GREEN],
        unrated=counts[None],
    )


def tally_returns(lines: Iterable[Standing]) -> ReturnTally:
    """Count returns by where they stand."""
    counts = Counter(line.state for line in lines)
    return ReturnTally(
        returned=counts[ReturnState.IN],
        to_revise=counts[ReturnState.TO_REVISE],
        drafted=counts[ReturnState.DRAFTED],
        owed=counts[ReturnState.OWED],
        late=counts[ReturnState.LATE],
        not_due_to_start=counts[ReturnState.NOT_DUE_TO_START],
    )
