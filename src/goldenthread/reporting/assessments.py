"""What the figures of an indicator say in a cycle, before and while its officer returns it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial

from goldenthread.domain.assessment import YearsFigures
from goldenthread.domain.kinds import Frequency
from goldenthread.domain.obligations import AskedFigure, figures_asked
from goldenthread.domain.periods import FinancialYear, Period, periods_of
from goldenthread.domain.rating import TargetFigures
from goldenthread.indicators.models import Indicator
from goldenthread.indicators.queries import HeldFigure, held_figures
from goldenthread.reporting.models import IndicatorUpdate, ReportingCycle

# A trend of annual figures reaches this far back; of monthly ones, not nearly.
YEARS_BACK = 10
TREND_POINTS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleFigures:
    """An indicator's figures as a cycle sees them, and which of them it still asks for.

    While a return is called back or corrected, the figures that it gave are `reopened`: they can be
    given again.
    """

    indicator: Indicator
    year: FinancialYear
    asked: tuple[AskedFigure, ...]
    held: Mapping[date, HeldFigure]
    reopened: frozenset[date] = frozenset()

    def measurement(self, period: Period) -> HeldFigure | None:
        return self.held.get(period.starts_on)

    @property
    def wanted(self) -> tuple[AskedFigure, ...]:
        """The figures that can be given: none is held, or a provisional one, or only a reason."""
        return tuple(figure for figure in self.asked if self._is_wanted(figure))

    def _is_wanted(self, figure: AskedFigure) -> bool:
        held = self.measurement(figure.period)
        is_missing = held is None or held.is_provisional or held.value is None
        return is_missing or figure.period.starts_on in self.reopened

    def is_owed(self, figure: AskedFigure) -> bool:
        """Test whether a figure is due and neither it nor a reason for its absence is held."""
        held = self.measurement(figure.period)
        return figure.is_due and (held is None or held.is_provisional)

    def with_typed(self, typed: Mapping[date, Decimal | None]) -> YearsFigures:
        """Bring the figures together with those just typed, by the first day of their period.

        What was typed wins where a figure is still wanted; a firm one stays as it is.
        """
        wanted = {figure.period.starts_on for figure in self.wanted}
        typed = {starts_on: value for starts_on, value in typed.items() if starts_on in wanted}
        return YearsFigures(
            polarity=self.indicator.polarity,
            unit=self.indicator.unit,
            decimals=self.indicator.decimals,
            frequency=self.indicator.frequency,
            accumulation=self.indicator.accumulation,
            projection=self.indicator.projection,
            target=self.target,
            this_year=tuple(
                typed.get(asked.period.starts_on, self._value(asked.period)) for asked in self.asked
            ),
            last_year=tuple(
                self._value(period)
                for period in periods_of(self.year.previous, self.indicator.frequency)
            ),
        )

    def trend(self, points: int) -> tuple[tuple[Period, Decimal | None], ...]:
        """List the latest figures up to the last period that the cycle asks for, earliest first.

        It runs from the first figure there is to the last; a period between without one is None.
        """
        periods = [*self._periods_before(points), *(asked.period for asked in self.asked)]
        run = [(period, self._value(period)) for period in periods]
        known = [place for place, (_, value) in enumerate(run) if value is not None]
        return tuple(run[known[0] : known[-1] + 1][-points:]) if known else ()

    def _periods_before(self, points: int) -> list[Period]:
        frequency = self.indicator.frequency
        first = self.year.starts_in - _years_back(frequency, points)
        return [
            period
            for starts_in in range(first, self.year.starts_in)
            for period in periods_of(FinancialYear(starts_in, self.year.first_month), frequency)
        ]

    def _value(self, period: Period) -> Decimal | None:
        held = self.measurement(period)
        return held.value if held else None

    @property
    def target(self) -> TargetFigures | None:
        """What the figures are held against this year."""
        of_year = (t for t in self.indicator.targets.all() if t.year == self.year.starts_in)
        target = next(of_year, None)
        return target.figures if target else None


def cycle_figures(
    cycle: ReportingCycle, indicator: Indicator, update: IndicatorUpdate | None = None
) -> CycleFigures:
    """Bring together what a cycle knows of one indicator's figures, and of the return that is held."""
    held = {indicator.pk: update} if update else {}
    return figures_with_returns(cycle, [indicator], held)[indicator.pk]


def figures_with_returns(
    cycle: ReportingCycle, indicators: Sequence[Indicator], held: Mapping[int, IndicatorUpdate]
) -> dict[int, CycleFigures]:
    """Bring together what a cycle knows of some indicators, and of the returns held, by indicator."""
    known = figures_by_indicator(cycle, indicators)
    return {
        pk: replace(figures, reopened=_reopened(figures, cycle, held[pk]))
        if pk in held
        else figures
        for pk, figures in known.items()
    }


def _reopened(
    figures: CycleFigures, cycle: ReportingCycle, update: IndicatorUpdate
) -> frozenset[date]:
    """Find the figures that a return gave in its cycle; of a draft, those that it took up again.

    A figure that was provisional in the cycle and has become firm since stays firm.
    """
    given = {
        asked.period.starts_on
        for asked in figures.asked
        if (held := figures.measurement(asked.period)) is not None
        and held.recorded_on >= cycle.opens_on
        and (asked.is_due or held.is_provisional)
    }
    if update.is_submitted:
        return frozenset(given)
    drafted = (date.fromisoformat(starts_on) for starts_on in update.draft_figures)
    return frozenset(given.intersection(drafted))


def figures_by_indicator(
    cycle: ReportingCycle, indicators: Sequence[Indicator]
) -> dict[int, CycleFigures]:
    """Bring together what a cycle knows of some indicators' figures, in one query for them all."""
    year, window = cycle.financial_year, cycle.window
    asked = {
        frequency: tuple(figures_asked(year=year, frequency=frequency, window=window))
        for frequency in Frequency
    }
    held = held_figures(indicators, since=partial(_earliest, year))
    return {
        indicator.pk: CycleFigures(
            indicator=indicator,
            year=year,
            asked=asked[indicator.frequency],
            held=held.get(indicator.pk, {}),
        )
        for indicator in indicators
    }


def _earliest(year: FinancialYear, frequency: Frequency) -> date:
    """Find the first day that a page or paper looks back to."""
    return FinancialYear(
        year.starts_in - _years_back(frequency, TREND_POINTS), year.first_month
    ).starts_on


def _years_back(frequency: Frequency, points: int) -> int:
    """Count the years before this one that hold so many figures, within reason for annual ones."""
    return min(YEARS_BACK, -(-points // frequency.periods_in_year))
