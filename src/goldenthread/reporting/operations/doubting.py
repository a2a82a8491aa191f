"""Asking an officer about what looks odd in a return, once, before it is submitted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal

from goldenthread.domain.doubts import (
    NOTHING_BEFORE,
    Doubt,
    SaidBefore,
    unconfirmed,
)
from goldenthread.domain.doubts_about_figures import TypedFigure
from goldenthread.domain.returns import Problems
from goldenthread.domain.usual import Series
from goldenthread.reporting.assessments import TREND_POINTS, CycleFigures
from goldenthread.reporting.models import OfficersReturn
from goldenthread.reporting.returns import IncompleteReturnError, UnconfirmedDoubtsError


def said_in(update: OfficersReturn | None) -> SaidBefore:
    """Read what a return said, for the one after it; a draft said nothing yet."""
    if update is None or not update.is_submitted:
        return NOTHING_BEFORE
    return SaidBefore(commentary=update.commentary, confirmed=frozenset(update.confirmed_doubts))


def check_is_whole_and_meant(
    *,
    problems: Problems,
    doubts: Sequence[Doubt],
    ticked: Collection[str],
    before: SaidBefore,
) -> None:
    """Make sure that a return lacks nothing, and that its officer ticked whatever looks odd in it.

    :raises IncompleteReturnError: if it lacks something; it carries the doubts, to be asked with it
    :raises UnconfirmedDoubtsError: if a doubt is not ticked
    """
    to_tick = unconfirmed(doubts, ticked=ticked, before=before)
    asked = [doubt for doubt in doubts if doubt in to_tick or doubt.key in ticked]
    if problems:
        raise IncompleteReturnError(problems, doubts=asked if to_tick else ())
    if to_tick:
        raise UnconfirmedDoubtsError(asked, to_tick)


def ticked_in_words(update: OfficersReturn) -> dict[str, list[object]]:
    """Say for the audit trail what looked odd and was submitted all the same."""
    if not update.is_submitted or not update.confirmed_doubts:
        return {}
    return {"confirmed_doubts": [None, update.confirmed_doubts]}


def typed_figures(
    figures: CycleFigures, typed: Mapping[date, Decimal | None]
) -> tuple[TypedFigure, ...]:
    """List the figures that a return gives, of those that are still wanted."""
    return tuple(
        TypedFigure(
            field=figure_field(asked.period.starts_on),
            period=asked.period,
            value=value,
            has_ended=not asked.is_provisional,
        )
        for asked in figures.wanted
        if (value := typed.get(asked.period.starts_on)) is not None
    )


def earlier_figures(figures: CycleFigures) -> Series:
    """List the latest figures that stand whatever is typed now, earliest first."""
    wanted = {asked.period for asked in figures.wanted}
    return [
        (period, value)
        for period, value in figures.trend(TREND_POINTS)
        if value is not None and period not in wanted
    ]


def figure_field(starts_on: date) -> str:
    """Name the field that takes a period's figure: figure_2009_04_01."""
    return f"figure_{starts_on:%Y_%m_%d}"
