"""What a rating is shown by: its word, its shape and its movement since last time."""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.design.words import join_words
from goldenthread.domain.rating import Rating

NOT_RATED = "Not rated"
WORST_FIRST = list(Rating)


@dataclass(frozen=True)
class Movement:
    """How a rating compares with the one before: a direction and the words for it."""

    direction: str
    words: str
    compared: str


@dataclass(frozen=True)
class BarPart:
    """One part of the bar of counts; its share is a percentage, for its width only."""

    kind: str
    count: int
    share: int


def movement(rating: Rating | None, was: Rating | None) -> Movement | None:
    """Compare a rating with the one before it; nothing to say if there was none before."""
    if was is None:
        return None
    words = f"was {was.label}"
    if rating is None:
        return Movement("none", words, "")
    change = WORST_FIRST.index(rating) - WORST_FIRST.index(was)
    if change == 0:
        return Movement("level", words, "no change: ")
    return Movement("up", words, "better: ") if change > 0 else Movement("down", words, "worse: ")


def counts_in_words(red: int, amber: int, green: int, unrated: int) -> str:
    """Say counts of ratings worst first: "2 red, 3 amber, 10 green and 1 not rated"."""
    named = [(red, "red"), (amber, "amber"), (green, "green"), (unrated, "not rated")]
    return join_words([f"{count:,} {word}" for count, word in named if count]) or "nothing rated"


def bar_parts(red: int, amber: int, green: int, unrated: int) -> list[BarPart]:
    """Cut the bar of counts into its parts, worst first, each at least 1% wide."""
    named = {"red": red, "amber": amber, "green": green, "unrated": unrated}
    total = sum(named.values())
    return [
        BarPart(kind, count, max(1, round(100 * count / total)))
        for kind, count in named.items()
        if count
    ]
