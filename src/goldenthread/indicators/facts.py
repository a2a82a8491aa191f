"""An indicator's figures and targets in words."""

from __future__ import annotations

from decimal import Decimal

from goldenthread.design import words
from goldenthread.domain.rating import TargetFigures
from goldenthread.indicators.models import Indicator

NOT_SET = "None set"


def say(indicator: Indicator, value: Decimal | None) -> str:
    """Write an indicator's figure in its unit; the unit of a percentage stands in the heading too."""
    return words.figure(value, indicator.unit, indicator.decimals) if value is not None else ""


def target_in_words(indicator: Indicator, target: TargetFigures) -> str:
    """Write a target: a figure, or the ends of a range."""
    if target.lower is not None and target.upper is not None:
        return f"{say(indicator, target.lower)} to {say(indicator, target.upper)}"
    value = target.value if target.value is not None else target.green_value
    return say(indicator, value) or NOT_SET
