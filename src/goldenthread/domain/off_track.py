"""For how long an item has been off track, quarter after quarter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

from goldenthread.domain.exceptions import FRAMEWORK_RULE, ExceptionRule
from goldenthread.domain.rating import Rating

_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth"),
    *("sixth", "seventh", "eighth", "ninth", "tenth"),
)
ASKS_FOR_MORE_FROM = 2
"""From this quarter in a row on, an officer is asked what will be different this time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How many quarters in a row an item has been off track, and how many of them at its rating now.

    `counted` says what was counted where it was not quarters: "report".
    """

    rating: Rating
    off_track: int
    at_rating: int
    counted: str = "quarter"

    @property
    def is_repeated(self) -> bool:
        return self.off_track >= ASKS_FOR_MORE_FROM

    @property
    def words(self) -> str:
        """Say it as a paper does: "Red for the third quarter in a row"."""
        if not self.is_repeated:
            return f"{self.rating.label} this {self.counted}"
        if self.at_rating == self.off_track:
            return f"{self.rating.label} for the {ordinal(self.at_rating)} {self.counted} in a row"
        if self.at_rating == 1:
            times = f"{ordinal(self.off_track)} {self.counted}"
            return f"Off track for the {times} in a row, now {self.rating.value}"
        return (
            f"Off track for the {ordinal(self.off_track)} {self.counted} in a row, "
            f"{self.rating.value} for the {ordinal(self.at_rating)}"
        )


def run_of(
    ratings: Iterable[Rating | None],
    *,
    rule: ExceptionRule = FRAMEWORK_RULE,
    counted: str = "quarter",
) -> Run | None:
    """Count the quarters in a row that an item has been off track; None if it is not now.

    The ratings come latest first, one for each quarter; a quarter without one ends the row.
    """
    off = list(takewhile(lambda rating: rating is not None and rating in rule.ratings, ratings))
    latest = off[0] if off else None
    if latest is None:
        return None
    same = list(takewhile(lambda rating: rating is latest, off))
    return Run(rating=latest, off_track=len(off), at_rating=len(same), counted=counted)


def ordinal(number: int) -> str:
    """Write a place in a row: first, second, tenth, and then 11th, 22nd.

    :raises ValueError: if it is below 1
    """
    if number < 1:
        raise ValueError(f"There is no {number}th in a row")
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    ends = {1: "st", 2: "nd", 3: "rd"}
    ending = "th" if number % 100 in (11, 12, 13) else ends.get(number % 10, "th")
    return f"{number}{ending}"
