"""The cells that several tables share: ratings with their words, figures, dates."""

from __future__ import annotations

from decimal import Decimal

from goldenthread.design import words
from goldenthread.domain.obligations import ReturnState
from goldenthread.indicators.models import Indicator
from goldenthread.packs.compose.material import Material, exception_anchor
from goldenthread.packs.document import Cell
from goldenthread.reporting.models import IndicatorUpdate
from goldenthread.reporting.queries.lines import Line

NOT_SET = "None set"
WHY_UNRATED = {
    ReturnState.NOT_DUE_TO_START: "Not due to start",
    ReturnState.LATE: "Not returned",
    ReturnState.OWED: "Not returned yet",
    ReturnState.DRAFTED: "Not returned yet",
    ReturnState.IN: "Monitored, not rated",
}


def rating_cell(material: Material, line: Line) -> Cell:
    """Give an item's rating and words, with a reference to its exception report (clauses D-6, E-3)."""
    number = material.exception_number(line)
    told = line.update is not None and line.update.is_submitted
    return Cell(
        text=line.update.commentary if line.update and told else "",
        rating=line.rating,
        rating_label="" if line.rating else WHY_UNRATED[line.state],
        was=line.was,
        reference=exception_anchor(line) if number else "",
        reference_text=f"See exception report {number}" if number else "",
        note=_judgement(line.update) if told else "",
    )


def _judgement(update: object) -> str:
    """Say what the figures suggested where the officer rated otherwise, and why."""
    if not isinstance(update, IndicatorUpdate) or not update.judgement_reason:
        return ""
    suggested = update.suggested_rating
    if suggested is None:
        return ""
    return (
        f"The figures suggested {suggested.label}. The officer's reason: {update.judgement_reason}"
    )


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
