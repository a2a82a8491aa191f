"""From figures to places on a drawing: spans, round ticks, and a frame that holds them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from goldenthread.design.svg import Figure


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, in pixels from the drawing's top left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Frame:
    """Where figures fall on the drawing."""

    box: Box
    low: float
    high: float

    @classmethod
    def around(cls, values: Sequence[float], *, box: Box) -> Frame:
        """Make the frame that just holds all values."""
        low, high = _span(values)
        return cls(box, low, high)

    def y(self, value: float) -> float:
        """Return how far down a value is, in pixels."""
        share = (value - self.low) / (self.high - self.low)
        return self.box.bottom - share * (self.box.bottom - self.box.top)

    def positions(self, count: int) -> list[float]:
        """Return the x of each of `count` points; a single one stands in the middle."""
        if count == 1:
            return [(self.box.left + self.box.right) / 2]
        step = (self.box.right - self.box.left) / max(count - 1, 1)
        return [self.box.left + index * step for index in range(count)]


def number(value: Figure | None) -> float | None:
    """Take a figure for drawing; what is not finite is not there."""
    return float(value) if value is not None and math.isfinite(value) else None


def known(values: Sequence[float | None]) -> list[float]:
    """Leave the gaps out."""
    return [value for value in values if value is not None]


def latest_index(values: Sequence[float | None]) -> int | None:
    """Return the index of the latest figure that is there."""
    return max((index for index, value in enumerate(values) if value is not None), default=None)


# Figures are kept to six decimals; what is closer together than this is one and the same.
FINEST = 1e-12


def _span(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values, default=0.0), max(values, default=1.0)
    if high - low > max(1e-9 * max(abs(low), abs(high)), FINEST):
        return low, high
    room = abs(low) * 0.1 if abs(low) > FINEST else 1.0
    return low - room, high + room


def round_ticks(values: Sequence[float]) -> list[float]:
    """Choose four to seven round figures that take in all values."""
    low, high = _span(values)
    if 0 <= low < (high - low) * 0.5:
        low = 0.0
    step = _round_step((high - low) / 4)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    places = 3 - math.floor(math.log10(step))
    return [round(index * step, places) for index in range(first, last + 1)]


def _round_step(rough: float) -> float:
    size = 10.0 ** math.floor(math.log10(rough))
    return next(size * nice for nice in (1, 2, 2.5, 5, 10) if size * nice >= rough * 0.999)
