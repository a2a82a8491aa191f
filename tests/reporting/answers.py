"""An indicator officer's answers in the first quarter, whole unless told otherwise."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from goldenthread.domain.rating import Rating
from goldenthread.domain.returns import FigureAnswer
from goldenthread.reporting.operations.indicator_updates import IndicatorReturn

APRIL, MAY, JUNE = (date(2009, month, 1) for month in (4, 5, 6))


def value(number: int) -> FigureAnswer:
    return FigureAnswer(value=Decimal(number))


def reason(words: str) -> FigureAnswer:
    return FigureAnswer(unavailable_reason=words)


QUARTER = {APRIL: value(100), MAY: value(110), JUNE: value(90)}
"""Figures that come to 1,200 in a year at the same rate."""


def whole(**given: Any) -> IndicatorReturn:
    return IndicatorReturn(
        **{
            "rating": Rating.GREEN,
            "commentary": "A dry spring helped.",
            "estimated_outturn": Decimal(1250),
            "figures": QUARTER,
            **given,
        }
    )
