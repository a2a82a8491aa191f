"""An indicator's figures in words: what its pages and papers say of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from goldenthread.design import words
from goldenthread.domain.periods import period_of
from goldenthread.indicators.models import Indicator
from goldenthread.reporting.assessments import CycleFigures
from goldenthread.reporting.models import IndicatorUpdate, OfficersReturn

NOT_SET = "None set"


def say(indicator: Indicator, value: Decimal | None) -> str:
    """Write an indicator's figure in its unit; the unit of a percentage stands in the heading too."""
    return words.figure(value, indicator.unit, indicator.decimals) if value is not None else ""


def target_words(indicator: Indicator, year: int) -> str:
    """Write an indicator's target of a year: a figure, or the ends of a range."""
    target = next((t for t in indicator.targets.all() if t.year == year), None)
    if target is None:
        return NOT_SET
    if target.lower is not None and target.upper is not None:
        return f"{say(indicator, target.lower)} to {say(indicator, target.upper)}"
    value = target.value if target.value is not None else target.green_value
    return say(indicator, value) or NOT_SET


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
