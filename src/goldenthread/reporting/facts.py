"""An indicator's figures in words: what its pages and papers say of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from goldenthread.domain.periods import period_of
from goldenthread.indicators.facts import NOT_SET, say, target_in_words
from goldenthread.indicators.models import Indicator
from goldenthread.reporting.assessments import CycleFigures
from goldenthread.reporting.models import IndicatorUpdate, OfficersReturn


def target_words(indicator: Indicator, year: int) -> str:
    """Write an indicator's target of a year: a figure, or the ends of a range."""
    target = next((t for t in indicator.targets.all() if t.year == year), None)
    return target_in_words(indicator, target.figures) if target else NOT_SET


def facts_of(figures: CycleFigures) -> list[tuple[str, str]]:
    """Say what an officer needs beside the questions: target, last year, which way is good."""
    indicator, year = figures.indicator, figures.year
    return [
        (f"Target for {year.label}", target_words(indicator, year.starts_in)),
        (f"Outturn for {year.previous.label}", say(indicator, indicator.previous_outturn)),
        ("Good is", indicator.polarity.label.lower()),
        ("Latest figures", _latest(figures)),
    ]


def _latest(figures: CycleFigures) -> str:
    held = [
        f"{asked.period.label} {say(figures.indicator, measurement.value)}"
        for asked in figures.asked
        if (measurement := figures.measurement(asked.period)) and measurement.value is not None
    ]
    return "; ".join(held) or "None yet this year"


def draft_in_words(update: OfficersReturn | None) -> list[tuple[str, str]]:
    """Say what a draft of an indicator's return holds beside its rating and words."""
    if not isinstance(update, IndicatorUpdate):
        return []
    indicator = update.indicator
    said = [
        ("Estimated outturn", say(indicator, update.estimated_outturn)),
        ("Why no estimate", update.no_estimate_reason),
        ("Why rated otherwise", update.judgement_reason),
    ]
    for starts_on, (value, reason) in sorted(update.draft_figures.items()):
        period = period_of(date.fromisoformat(starts_on), indicator.frequency)
        figure = say(indicator, Decimal(value)) if value is not None else reason
        said.append((f"Figure for {period.label}", figure))
    return [(label, words) for label, words in said if words]
