"""Statistical process control: telling a real change in a measure from its routine variation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

# Three sigma, estimated from the mean moving range of an XmR chart (3 / 1.128).
LIMIT_FACTOR = Decimal("2.66")
RUN_LENGTH = 8
FEWEST_FOR_LIMITS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessLimits:
    """Natural limits of a measure, in its own unit."""

    lower: Decimal
    centre: Decimal
    upper: Decimal

    def is_breached_by(self, value: Decimal) -> bool:
        return not self.lower <= value <= self.upper


def process_limits(values: Sequence[Decimal]) -> ProcessLimits:
    """Work out the natural process limits of an XmR chart.

    What was never below zero is not given a lower limit below it.

    :raises ValueError: if there are fewer than two values, and so no moving range
    """
    if len(values) < 2:
        raise ValueError("Process limits need at least two values")
    centre = sum(values, Decimal()) / len(values)
    moves = [abs(b - a) for a, b in pairwise(values)]
    spread = LIMIT_FACTOR * sum(moves, Decimal()) / len(moves)
    lower = centre - spread
    if min(values) >= 0:
        lower = max(lower, Decimal())
    return ProcessLimits(lower=lower, centre=centre, upper=centre + spread)


def signals(values: Sequence[Decimal], limits: ProcessLimits) -> set[int]:
    """Find the places of values that speak of a real change.

    A value beyond a limit does, and so does each of eight or more in a row on one side of the centre.
    """
    beyond = {i for i, value in enumerate(values) if limits.is_breached_by(value)}
    return beyond | _long_runs(values, limits.centre)


def _long_runs(values: Sequence[Decimal], centre: Decimal) -> set[int]:
    found: set[int] = set()
    run: list[int] = []
    side = 0
    for place, value in enumerate(values):
        now = (value > centre) - (value < centre)
        run = [*run, place] if now == side and now != 0 else [place]
        side = now
        if len(run) >= RUN_LENGTH:
            found.update(run)
    return found
