"""Traffic-light ratings, and the rules and targets that figures are held against."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

NOTHING = Decimal(0)


class Rating(StrEnum):
    """How well an action, an indicator or a risk action is going (clause R-4).

    Listed worst first, the order in which committees take them (clause X-2).
    """

    RED = "red"
    AMBER = "amber"
    GREEN = "green"

    @property
    def label(self) -> str:
        return self.value.title()

    @property
    def is_off_track(self) -> bool:
        return self is not Rating.GREEN

    @property
    def badness(self) -> int:
        """Three for red, two for amber, one for green: for sorting and for better or worse."""
        return {"red": 3, "amber": 2, "green": 1}[self.value]


class Polarity(StrEnum):
    """Which way good performance points (clause P-4)."""

    HIGH = "high"
    LOW = "low"
    RANGE = "range"
    NONE = "none"

    @property
    def label(self) -> str:
        return {"range": "Within a range", "none": "Not rated"}.get(self.value, self.value.title())


class Measure(StrEnum):
    """What a tolerance is counted in."""

    RELATIVE = "relative"
    """A share of the target: 0.05 is 5% of it."""
    ABSOLUTE = "absolute"
    """The indicator's own unit."""
    EXPLICIT = "explicit"
    """No tolerance: each indicator has a green value and an amber value."""


class AmberAlso(StrEnum):
    """What makes a figure amber although no tolerance reaches it."""

    NOTHING = "nothing"
    LAST_YEAR = "last_year"
    """It is the same as or better than in the same period last year."""
    ESTIMATE = "estimate"
    """The estimated outturn reaches the target all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingRule:
    """A council's rule for what its figures suggest.

    `green_within` and `amber_within` say how far a figure may fall short and still be green or
    amber, in the rule's measure. A negative `green_within` asks for more than the target. With
    no `amber_within`, no shortfall is amber by its size.
    """

    measure: Measure = Measure.RELATIVE
    green_within: Decimal = NOTHING
    green_is_inclusive: bool = True
    amber_within: Decimal | None = Decimal("0.05")
    amber_is_inclusive: bool = True
    amber_also: AmberAlso = AmberAlso.NOTHING


class Basis(StrEnum):
    """What a figure is held against: a target the council set, or a forecast (contextual indicators)."""

    TARGET = "target"
    FORECAST = "forecast"


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetFigures:
    """What an indicator's figures are held against in one year, in the indicator's own unit.

    A range has both ends. `amber_within` is the indicator's own tolerance in the rule's measure and
    overrides the rule's. `absolute_tolerance` stands in where a share of the target means nothing:
    a target of zero has no 5%.
    """

    value: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    green_value: Decimal | None = None
    amber_value: Decimal | None = None
    amber_within: Decimal | None = None
    absolute_tolerance: Decimal | None = None
    basis: Basis = Basis.TARGET
