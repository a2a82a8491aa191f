"""What a figure suggests about its target.

Officers decide the rating; figures suggest it (clause R-4). A suggestion carries the figures it
was made from and its reason in words, so that both can be kept with the officer's choice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import assert_never

from goldenthread.domain.figures import figure_in_words, percent_in_words
from goldenthread.domain.kinds import Unit
from goldenthread.domain.rating import (
    NOTHING,
    AmberAlso,
    Measure,
    Polarity,
    Rating,
    RatingRule,
    TargetFigures,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that a suggestion looks at: a figure, what it is, and what it is held against.

    `last_year` is the figure of the same period a year before and `estimate` the estimated outturn;
    only rules that speak of them look at them.
    """

    value: Decimal | None
    target: TargetFigures | None
    polarity: Polarity
    rule: RatingRule
    subject: str = "estimated outturn"
    unit: Unit = Unit.NUMBER
    decimals: int | None = None
    last_year: Decimal | None = None
    estimate: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What the figures suggest, why, and what it was worked out from."""

    rating: Rating | None
    reason: str
    inputs: tuple[tuple[str, str], ...] = ()

    @property
    def sentence(self) -> str:
        """The suggestion as an officer reads it."""
        suggested = self.rating.label if self.rating else "no rating"
        return f"The figures suggest {suggested}: {self.reason}."


class _CannotRateError(Exception):
    """The figures allow no rating; the words say why."""


def suggest_rating(evidence: Evidence) -> Suggestion:
    """Say what a figure suggests about its target, by the council's rule (clause R-4).

    Where nothing can be suggested the rating is None and the reason says why: an indicator that is
    only monitored, no figure, no target, a target of zero with no tolerance in its own unit, or an
    amber value better than the green one.
    """
    try:
        return _Comparison(evidence).suggestion()
    except _CannotRateError as why:
        return Suggestion(rating=None, reason=str(why))


class _Comparison:
    """One figure held against one target.

    A shortfall is how far a figure is on the wrong side, in its own unit; a negative one is better
    than asked. `green` and `amber` are the greatest shortfalls of those ratings.
    """

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        if evidence.polarity is Polarity.NONE:
            raise _CannotRateError("it is monitored, not rated")
        if evidence.value is None:
            raise _CannotRateError("there is no figure yet")
        if evidence.target is None:
            raise _CannotRateError("there is no target for this year")
        self.value = evidence.value
        self.target = evidence.target
        self.is_relative = False
        self.amber_reach = ""
        self.amber: Decimal | None = None
        self.green = NOTHING
        self._set_limits()

    def suggestion(self) -> Suggestion:
        rating, because = self._grade()
        return Suggestion(rating=rating, reason=self._distance() + because, inputs=self._inputs())

    # What green and amber reach to

    def _set_limits(self) -> None:
        rule, target = self.evidence.rule, self.target
        if rule.measure is Measure.EXPLICIT and self.evidence.polarity is not Polarity.RANGE:
            self._set_explicit_limits()
            return
        self.reference = self._nearest_end(self.value)
        within = target.amber_within if target.amber_within is not None else rule.amber_within
        if target.absolute_tolerance is not None:
            tolerance = target.absolute_tolerance
            self._set_absolute_limits(-tolerance if self._is_symmetrical else NOTHING, tolerance)
            return
        own = target.amber_within
        green = -own if own is not None and self._is_symmetrical else rule.green_within
        if rule.measure is Measure.RELATIVE:
            self._set_relative_limits(green, within)
        else:
            self._set_absolute_limits(green, within)

    @property
    def _is_symmetrical(self) -> bool:
        """Whether green asks for as much more than the target as amber forgives."""
        rule = self.evidence.rule
        return rule.green_within < 0 and rule.amber_within == -rule.green_within

    def _set_explicit_limits(self) -> None:
        green, amber = self.target.green_value, self.target.amber_value
        if green is None or amber is None:
            raise _CannotRateError("it has no green value and amber value")
        self.reference = green
        self.amber = self._shortfall(amber)
        if self.amber < 0:
            raise _CannotRateError("its amber value is better than its green value")
        self.amber_reach = f" (amber reaches {self._say_whole(amber)})"

    def _set_relative_limits(self, green: Decimal, within: Decimal | None) -> None:
        if self.reference == 0 and self._shortfall(self.value) > 0:
            raise _CannotRateError("a target of zero needs an absolute tolerance")
        self.is_relative = True
        self.green = green * abs(self.reference)
        if within is not None:
            self.amber = within * abs(self.reference)
            reach = figure_in_words(within * 100, Unit.PERCENT)
            self.amber_reach = f" (amber reaches {reach})"

    def _set_absolute_limits(self, green: Decimal, within: Decimal | None) -> None:
        self.green = green
        if within is not None:
            self.amber = within
            self.amber_reach = f" (amber reaches {self._say_whole(within)})"

    def _nearest_end(self, value: Decimal) -> Decimal:
        """Find what a figure is held against: the target, or the nearer end of its range."""
        target = self.target
        if self.evidence.polarity is not Polarity.RANGE:
            if target.value is None:
                raise _CannotRateError("there is no target for this year")
            return target.value
        if target.lower is None or target.upper is None:
            raise _CannotRateError("its range has no ends")
        return min(target.lower, target.upper, key=lambda end: abs(value - end))

    def _shortfall(self, value: Decimal) -> Decimal:
        match self.evidence.polarity:
            case Polarity.HIGH:
                return self.reference - value
            case Polarity.LOW:
                return value - self.reference
            case _:
                lower, upper = self._ends()
                return max(lower - value, value - upper)

    def _ends(self) -> tuple[Decimal, Decimal]:
        return self.target.lower or NOTHING, self.target.upper or NOTHING

    # Which of them the figure reaches

    def _grade(self) -> tuple[Rating, str]:
        rule = self.evidence.rule
        shortfall = self._shortfall(self.value)
        if self._is_green(shortfall):
            return Rating.GREEN, ""
        if self.amber is not None and (
            shortfall <= self.amber if rule.amber_is_inclusive else shortfall < self.amber
        ):
            return Rating.AMBER, self.amber_reach
        match rule.amber_also:
            case AmberAlso.LAST_YEAR:
                return self._against_last_year(shortfall)
            case AmberAlso.ESTIMATE:
                return self._against_estimate()
            case AmberAlso.NOTHING:
                return Rating.RED, self.amber_reach
            case _:
                assert_never(rule.amber_also)

    def _is_green(self, shortfall: Decimal) -> bool:
        if self.evidence.rule.green_is_inclusive:
            return shortfall <= self.green
        return shortfall < self.green

    def _against_last_year(self, shortfall: Decimal) -> tuple[Rating, str]:
        last_year = self.evidence.last_year
        if last_year is None:
            return Rating.RED, ", with no figure a year before to compare"
        if shortfall <= self._shortfall(last_year):
            return Rating.AMBER, f", and no worse than {self._say(last_year)} a year before"
        return Rating.RED, f", and worse than {self._say(last_year)} a year before"

    def _against_estimate(self) -> tuple[Rating, str]:
        estimate = self.evidence.estimate
        if estimate is None:
            return Rating.RED, ", with no estimated outturn"
        said = f"the estimated outturn of {self._say(estimate)}"
        # In a range the estimate may lie nearer to the other end than the figure does.
        outturn = _Comparison(replace(self.evidence, value=estimate))
        if outturn._is_green(outturn._shortfall(estimate)):
            return Rating.AMBER, f", and {said} reaches it"
        return Rating.RED, f", and {said} does not reach it"

    # How it is said, and what is kept

    def _say(self, value: Decimal) -> str:
        return figure_in_words(value, self.evidence.unit, self.evidence.decimals)

    def _say_whole(self, limit: Decimal) -> str:
        """Say a limit with its own decimals: half a day is not to be rounded to one."""
        return figure_in_words(limit, self.evidence.unit)

    def _distance(self) -> str:
        said = f"the {self.evidence.subject} of {self._say(self.value)} is "
        if self.evidence.polarity is Polarity.RANGE:
            return said + self._place_in_range()
        gap = self.value - self.reference
        aim = f"the {self.target.basis} of {self._say(self.reference)}"
        if gap == 0:
            return f"{said}on {aim}"
        side = "above" if gap > 0 else "below"
        return f"{said}{self._size(abs(gap))} {side} {aim}"

    def _size(self, size: Decimal) -> str:
        """Say how far off a figure is, never so rounded that it seems to lie on a limit it misses."""
        said = self._measured(size)
        if said == self._measured(NOTHING):
            return "a little"
        for limit in (abs(self.green), abs(self.amber or NOTHING)):
            is_plain = said == self._measured(limit) and self._is_said_exactly(limit)
            if is_plain and size != limit:
                return f"just {'over' if size > limit else 'under'} {said}"
        return said

    def _measured(self, size: Decimal) -> str:
        if self.is_relative and self.reference != 0:
            return percent_in_words(size / abs(self.reference))
        return self._say(size)

    def _is_said_exactly(self, limit: Decimal) -> bool:
        if self.is_relative and self.reference != 0:
            return limit / abs(self.reference) % Decimal("0.001") == 0
        decimals = self.evidence.decimals
        return decimals is None or limit % Decimal(1).scaleb(-decimals) == 0

    def _place_in_range(self) -> str:
        lower, upper = self._ends()
        span = f"the range of {self._say(lower)} to {self._say(upper)}"
        if lower <= self.value <= upper:
            return f"within {span}"
        return f"{'below' if self.value < lower else 'above'} {span}"

    def _inputs(self) -> tuple[tuple[str, str], ...]:
        evidence, target, rule = self.evidence, self.target, self.evidence.rule
        named = (
            (evidence.subject, self.value),
            ("polarity", evidence.polarity),
            (target.basis, target.value),
            ("lower end", target.lower),
            ("upper end", target.upper),
            ("green value", target.green_value),
            ("amber value", target.amber_value),
            ("absolute tolerance", target.absolute_tolerance),
            ("own tolerance", target.amber_within),
            ("same period last year", evidence.last_year),
            ("estimate", evidence.estimate),
            ("measure", rule.measure),
            ("green within", rule.green_within),
            ("amber within", rule.amber_within),
            ("amber also", rule.amber_also),
        )
        return tuple((str(name), str(value)) for name, value in named if value is not None)
