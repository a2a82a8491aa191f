"""What an indicator's figures come to: where the year is heading, and the rating they suggest."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from goldenthread.domain.kinds import Frequency, Unit
from goldenthread.domain.outturn import (
    Accumulation,
    Outturn,
    Projection,
    project_outturn,
    year_to_date,
)
from goldenthread.domain.rating import Polarity, RatingRule, TargetFigures
from goldenthread.domain.suggestion import Evidence, Suggestion, suggest_rating


class Rates(StrEnum):
    """Which figure a council's ratings look at."""

    ESTIMATED_OUTTURN = "estimated_outturn"
    LATEST_VALUE = "latest_value"


@dataclass(frozen=True, slots=True, kw_only=True)
class YearsFigures:
    """An indicator's nature, its target, and its figures of this year and the last.

    Figures stand one a period from the year's first, None where there is none.
    """

    polarity: Polarity
    unit: Unit
    decimals: int
    frequency: Frequency
    accumulation: Accumulation
    projection: Projection
    target: TargetFigures | None
    this_year: tuple[Decimal | None, ...]
    last_year: tuple[Decimal | None, ...] = ()

    @property
    def outturn(self) -> Outturn | None:
        """Where the year is heading by its figures alone."""
        return project_outturn(
            self.this_year,
            periods_in_year=self.frequency.periods_in_year,
            accumulation=self.accumulation,
            projection=self.projection,
            last_year=self.last_year,
        )


def assess(
    figures: YearsFigures, *, estimate: Decimal | None, rule: RatingRule, rates: Rates
) -> Suggestion:
    """Suggest a rating from the officer's estimate, or from the projection where there is none."""
    subject, value, last_year = _rated(figures, estimate, rates)
    return suggest_rating(
        Evidence(
            value=value,
            subject=subject,
            target=figures.target,
            polarity=figures.polarity,
            rule=rule,
            unit=figures.unit,
            decimals=figures.decimals,
            last_year=last_year,
            estimate=estimate,
        )
    )


def _rated(
    figures: YearsFigures, estimate: Decimal | None, rates: Rates
) -> tuple[str, Decimal | None, Decimal | None]:
    """Choose the figure to rate, what to call it, and its like of a year before."""
    if rates is Rates.LATEST_VALUE and figures.accumulation is not Accumulation.SUM:
        return _latest(figures)
    # Counts that add up mean nothing beside a year's target until the year is over.
    last_year = year_to_date(figures.last_year, figures.accumulation)
    if rates is Rates.ESTIMATED_OUTTURN and estimate is not None:
        return "estimated outturn", estimate, last_year
    outturn = figures.outturn
    return "projected outturn", outturn.value if outturn else None, last_year


def _latest(figures: YearsFigures) -> tuple[str, Decimal | None, Decimal | None]:
    known = [i for i, figure in enumerate(figures.this_year) if figure is not None]
    if not known:
        return "latest figure", None, None
    place = known[-1]
    last_year = figures.last_year[place] if place < len(figures.last_year) else None
    return "latest figure", figures.this_year[place], last_year
