"""The demonstration's indicators, with their targets and their figures of two years before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from goldenthread.demo.council import Cast
from goldenthread.demo.moments import office_hours
from goldenthread.demo.plan_files import YEAR, Files, IndicatorEntry
from goldenthread.domain.rating import Polarity, TargetFigures
from goldenthread.indicators.models import Indicator
from goldenthread.indicators.operations import add_indicator, record_history, set_target
from goldenthread.plans.models import Plan
from goldenthread.plans.operations import place_indicator

_INDICATORS_ON, _HISTORY_ON = date(2009, 5, 6), date(2009, 5, 7)


def add_indicators(files: Files, cast: Cast, plans: dict[str, Plan]) -> None:
    """Add the plans' indicators with their targets of the year, and then their history."""
    at = office_hours(_INDICATORS_ON)
    added = [
        (entry, _place(plans[plan.code], number, entry, cast, at))
        for plan in files.plans
        for number, entry in enumerate(plan.indicators, start=1)
    ]
    at = office_hours(_HISTORY_ON)
    for entry, indicator in added:
        record_history(
            indicator=indicator, figures=entry.history, by=cast.manager.user, at=next(at)
        )


def _place(
    plan: Plan, number: int, entry: IndicatorEntry, cast: Cast, at: Iterator[datetime]
) -> Indicator:
    indicator = _add_indicator(entry, cast, at)
    place_indicator(
        plan=plan, indicator=indicator, number=number, by=cast.manager.user, at=next(at)
    )
    return indicator


def _add_indicator(entry: IndicatorEntry, cast: Cast, at: Iterator[datetime]) -> Indicator:
    indicator = add_indicator(
        _indicator(entry, cast), kinds=entry.kinds, by=cast.manager.user, at=next(at)
    )
    if entry.polarity is not Polarity.NONE:
        set_target(
            indicator=indicator,
            year=YEAR,
            figures=_target(entry),
            by=cast.manager.user,
            at=next(at),
        )
    return indicator


def _indicator(entry: IndicatorEntry, cast: Cast) -> Indicator:
    said = entry.model_dump(
        include={
            *("reference", "other_reference", "definition", "rule", "source", "polarity", "unit"),
            *("decimals", "frequency", "accumulation", "projection"),
            *("baseline", "previous_outturn"),
            "collected_by_county",
        }
    )
    return Indicator(council=cast.council, indicator_officer=cast.posts[entry.officer], **said)


def _target(entry: IndicatorEntry) -> TargetFigures:
    return TargetFigures(
        value=entry.target,
        lower=entry.target_lower,
        upper=entry.target_upper,
        absolute_tolerance=entry.absolute_tolerance,
    )
