"""Where a measure is heading by year end (clause R-2).

A projection stands beside the officer's estimate and never replaces it: an estimate is a judgement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import assert_never


class Accumulation(StrEnum):
    """How a year's figure is made from the figures of its periods."""

    SUM = "sum"
    MEAN = "mean"
    LATEST = "latest"

    @property
    def label(self) -> str:
        return {"sum": "Adds up", "mean": "Average", "latest": "Latest figure"}[self.value]


class Projection(StrEnum):
    """How the rest of the year is thought to go."""

    STRAIGHT_LINE = "straight_line"
    LAST_YEARS_PROFILE = "last_years_profile"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outturn:
    """A projected year-end figure in the indicator's unit, and how it was worked out, in words."""

    value: Decimal
    reason: str


def year_to_date(figures: Sequence[Decimal | None], accumulation: Accumulation) -> Decimal | None:
    """Make one figure of those known so far, or return None while there are none."""
    known = [figure for figure in figures if figure is not None]
    if not known:
        return None
    match accumulation:
        case Accumulation.SUM:
            return sum(known, Decimal())
        case Accumulation.MEAN:
            return sum(known, Decimal()) / len(known)
        case Accumulation.LATEST:
            return known[-1]
        case _:
            assert_never(accumulation)


def project_outturn(
    figures: Sequence[Decimal | None],
    *,
    periods_in_year: int,
    accumulation: Accumulation,
    projection: Projection = Projection.STRAIGHT_LINE,
    last_year: Sequence[Decimal | None] = (),
) -> Outturn | None:
    """Project the year's outturn, or return None while there is nothing to go on.

    `figures` are this year's, one a period from the first; None where a period has no figure.
    `last_year` holds the whole year before, and is looked at only for its profile; where that has
    gaps or nothing to scale, the straight line is taken and the reason says so.
    """
    so_far = year_to_date(figures, accumulation)
    if so_far is None:
        return None
    if projection is Projection.LAST_YEARS_PROFILE:
        scaled = _by_profile(figures, so_far, accumulation, last_year, periods_in_year)
        if scaled is not None:
            return Outturn(value=scaled, reason="the year so far, grown as last year grew")
    return _straight_line(figures, so_far, accumulation, periods_in_year)


def _straight_line(
    figures: Sequence[Decimal | None],
    so_far: Decimal,
    accumulation: Accumulation,
    periods_in_year: int,
) -> Outturn:
    match accumulation:
        case Accumulation.SUM:
            known = sum(figure is not None for figure in figures)
            value = so_far * periods_in_year / known
            return Outturn(value=value, reason="the year so far, carried on at the same rate")
        case Accumulation.MEAN:
            return Outturn(value=so_far, reason="the average of the year so far")
        case Accumulation.LATEST:
            return Outturn(value=so_far, reason="the latest figure")
        case _:
            assert_never(accumulation)


def _by_profile(
    figures: Sequence[Decimal | None],
    so_far: Decimal,
    accumulation: Accumulation,
    last_year: Sequence[Decimal | None],
    periods_in_year: int,
) -> Decimal | None:
    whole = [figure for figure in last_year if figure is not None]
    if len(whole) < periods_in_year:
        return None
    same = [then for now, then in zip(figures, last_year, strict=False) if now is not None]
    then_so_far, then_whole = year_to_date(same, accumulation), year_to_date(whole, accumulation)
    if not then_so_far or then_whole is None:
        return None
    if then_so_far == then_whole:
        # An average seldom comes back from being multiplied and divided by itself to the last digit.
        return so_far
    return so_far * then_whole / then_so_far
