"""An indicator's trend in words: where its figures went, and whether that is more than chance."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from goldenthread.design import words
from goldenthread.domain.outturn import Accumulation, Projection
from goldenthread.domain.periods import Period
from goldenthread.domain.spc import FEWEST_FOR_LIMITS, ProcessLimits, process_limits, signals
from goldenthread.indicators.facts import say
from goldenthread.indicators.models import Indicator
from goldenthread.reporting.assessments import TREND_POINTS, CycleFigures


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """A run of an indicator's figures, earliest first, a gap where a period has none."""

    indicator: Indicator
    points: tuple[tuple[Period, Decimal | None], ...]
    target: Decimal | None

    @property
    def values(self) -> tuple[Decimal | None, ...]:
        return tuple(value for _, value in self.points)

    @property
    def known(self) -> list[tuple[Period, Decimal]]:
        return [(period, value) for period, value in self.points if value is not None]

    @property
    def sentence(self) -> str:
        """Say the latest figure and how it moved, as the text of its picture."""
        if not self.known:
            return "No figures yet"
        period, latest = self.known[-1]
        said = f"{say(self.indicator, latest)} in {period.label}"
        if len(self.known) < 2:
            return said
        before_period, before = self.known[-2]
        change = words.change_in_words(
            latest - before, self.indicator.unit, self.indicator.decimals
        )
        return f"{said}, {change} on {before_period.label}"

    @property
    def limits(self) -> ProcessLimits | None:
        """The natural limits of its variation, once there are figures enough to speak of any.

        What follows the year, by season or because it builds up, has none: each spring would
        look like news.
        """
        follows_the_year = self.indicator.projection is Projection.LAST_YEARS_PROFILE
        if follows_the_year or len(self.known) < FEWEST_FOR_LIMITS:
            return None
        return process_limits([value for _, value in self.known])

    @property
    def signals(self) -> frozenset[int]:
        """The places, among all points, of figures that speak of a real change."""
        if self.limits is None:
            return frozenset()
        places = [place for place, (_, value) in enumerate(self.points) if value is not None]
        found = signals([value for _, value in self.known], self.limits)
        return frozenset(places[each] for each in found)


def trend_of(figures: CycleFigures, points: int = TREND_POINTS) -> Trend:
    """Bring together an indicator's latest figures, up to the last that the cycle asks for.

    A year's target for figures that add up is no measure of a single one, and is left out.
    """
    target = figures.target
    adds_up = figures.indicator.accumulation is Accumulation.SUM
    return Trend(
        indicator=figures.indicator,
        points=figures.trend(points),
        target=None if adds_up or target is None else target.value,
    )
