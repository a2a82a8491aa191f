"""How an indicator's figures and its estimate differ from the cycle before, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from goldenthread.design.words import change_in_words
from goldenthread.indicators.facts import say
from goldenthread.indicators.models import Indicator
from goldenthread.indicators.queries import HeldFigure, as_at, figure_versions
from goldenthread.reporting.models import IndicatorUpdate, ReportingCycle
from goldenthread.reporting.queries.lines import IndicatorLine, Line

Versions = Mapping[int, Mapping[date, Sequence[HeldFigure]]]
"""How figures stood from time to time, by indicator and the first day of their period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureChange:
    """A figure as it was and as it is, in words; with nothing as `was`, it is new."""

    label: str
    was: str
    now: str
    moved: str = ""


def _opened_at(cycle: ReportingCycle) -> datetime:
    return timezone.make_aware(datetime.combine(cycle.opens_on, time.min))


def versions_since(cycle: ReportingCycle, lines: Iterable[IndicatorLine]) -> Versions:
    """Find how the figures stood from time to time that were given since the cycle opened."""
    given = [
        line.indicator
        for line in lines
        if any(figure.recorded_on >= cycle.opens_on for figure in line.figures.held.values())
    ]
    return figure_versions(given, since=cycle.financial_year.starts_on) if given else {}


def figure_changes(
    cycle: ReportingCycle, line: Line, versions: Versions
) -> tuple[FigureChange, ...]:
    """Tell the figures that a return gave for the first time, or otherwise than before."""
    if not isinstance(line, IndicatorLine) or line.update is None or not line.update.is_submitted:
        return ()
    of_line, opened_at = versions.get(line.indicator.pk, {}), _opened_at(cycle)
    changes = []
    for asked in line.figures.asked:
        stood = of_line.get(asked.period.starts_on, ())
        was, now = as_at(stood, opened_at), as_at(stood, line.update.saved_at)
        if now is not None and now != was:
            changes.append(_figure_change(line.indicator, asked.period.label, was, now))
    return tuple(changes)


def _figure_change(
    indicator: Indicator, label: str, was: HeldFigure | None, now: HeldFigure
) -> FigureChange:
    return FigureChange(
        label=label,
        was=_figure(indicator, was) if was else "",
        now=_figure(indicator, now),
        moved=_moved(indicator, was, now),
    )


def _figure(indicator: Indicator, figure: HeldFigure) -> str:
    if figure.value is None:
        return f"none: {figure.unavailable_reason}"
    return f"{say(indicator, figure.value)}{', provisional' if figure.is_provisional else ''}"


def _moved(indicator: Indicator, was: HeldFigure | None, now: HeldFigure) -> str:
    if was is None or was.value is None or now.value is None:
        return ""
    return change_in_words(now.value - was.value, indicator.unit, indicator.decimals)


def estimate_change(
    indicator: Indicator, before: IndicatorUpdate | None, update: IndicatorUpdate
) -> FigureChange | None:
    known = before if before and before.is_submitted else None
    was, now = _estimate(indicator, known), _estimate(indicator, update)
    if was == now:
        return None
    estimates = (known and known.estimated_outturn, update.estimated_outturn)
    moved = ""
    if estimates[0] is not None and estimates[1] is not None:
        change = estimates[1] - estimates[0]
        moved = change_in_words(change, indicator.unit, indicator.decimals)
    return FigureChange(label="Estimated outturn", was=was, now=now, moved=moved)


def _estimate(indicator: Indicator, update: IndicatorUpdate | None) -> str:
    if update is None:
        return ""
    if update.estimated_outturn is None:
        return f"none: {update.no_estimate_reason}"
    return say(indicator, update.estimated_outturn)
