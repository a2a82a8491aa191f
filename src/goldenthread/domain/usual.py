"""Within what a measure's next figure can lie without anybody asking whether it is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from goldenthread.domain.periods import Period
from goldenthread.domain.spc import FEWEST_FOR_LIMITS, process_limits

# Two figures say a little of what a measure does, one says nothing.
FEWEST_TO_COMPARE = 2
FAR_TIMES = 3
"""Where there are few figures, one is far from them at more than three times or less than a third."""
NOTABLE = Decimal("0.1")
"""A measure that hardly moves leaves its limits at once; within a tenth of what has been is no slip."""
# What a move from one period to the next seldom exceeds, in mean moving ranges of an XmR chart.
MOVE_FACTOR = Decimal("3.27")

Series = Sequence[tuple[Period, Decimal]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """Bounds of what is usual for one period, and the earlier figures that they were made from."""

    lower: Decimal
    upper: Decimal
    compared: tuple[tuple[Period, Decimal], ...]

    @property
    def lowest(self) -> Decimal:
        return min(value for _, value in self.compared)

    @property
    def highest(self) -> Decimal:
        return max(value for _, value in self.compared)


def usual_for(
    period: Period, earlier: Series, *, follows_the_year: bool, counts: bool
) -> Usual | None:
    """Work out what is usual for a period by earlier figures, earliest first.

    A measure that follows the year, by season or because it builds up, is compared with the same
    period of the years before; others by their natural process limits, or by what few figures there
    are. It is None for the first figures. Small numbers of things that it `counts` jump by chance.
    """
    compared = tuple(
        (then, value)
        for then, value in earlier
        if not follows_the_year or then.number == period.number
    )
    values = [value for _, value in compared]
    if len(values) < (1 if follows_the_year else FEWEST_TO_COMPARE):
        return None
    is_charted = not follows_the_year and len(values) >= FEWEST_FOR_LIMITS
    lower, upper = _natural_bounds(values) if is_charted else _wide_bounds(values)
    if counts:
        lower = min(lower, min(values) - chance(min(values)))
        upper = max(upper, max(values) + chance(max(values)))
    return Usual(lower=lower, upper=upper, compared=compared)


def _natural_bounds(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """Bound a figure by the process limits, by the natural step from the latest, and by what has been."""
    limits, latest, lowest, highest = process_limits(values), values[-1], min(values), max(values)
    moves = [abs(now - then) for then, now in pairwise(values)]
    step = MOVE_FACTOR * sum(moves, Decimal()) / len(moves)
    lower = min(limits.lower, latest - step, lowest - NOTABLE * abs(lowest))
    upper = max(limits.upper, latest + step, highest + NOTABLE * abs(highest))
    return (max(lower, Decimal()) if lowest >= 0 else lower), upper


def _wide_bounds(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    lowest, highest = min(values), max(values)
    room = (FAR_TIMES - 1) * max(abs(lowest), abs(highest))
    lower = lowest / FAR_TIMES if lowest > 0 else lowest - room
    return lower, highest + room


def chance(count: Decimal) -> Decimal:
    """Say how far a number of things jumps by chance: three of its standard deviations."""
    return 3 * abs(count + 1).sqrt()
