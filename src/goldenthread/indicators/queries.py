from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from goldenthread.indicators.models import Indicator, Measurement


class HeldFigure(NamedTuple):
    """A measurement in brief: its figure, or why there is none, and when it was recorded."""

    value: Decimal | None
    unavailable_reason: str
    is_provisional: bool
    recorded_on: date


HeldFigures = dict[date, HeldFigure]
"""An indicator's figures by the first day of their period."""


def held_figures(indicators: Iterable[Indicator], *, since: date) -> dict[int, HeldFigures]:
    """Find the figures of some indicators for periods from a day on, in one query.

    They come as tuples: a council has thousands, and a page needs no more of them.
    """
    by_indicator: dict[int, HeldFigures] = defaultdict(dict)
    rows = Measurement.objects.filter(
        indicator__in=[indicator.pk for indicator in indicators], starts_on__gte=since
    ).values_list(
        "indicator_id", "starts_on", "value", "unavailable_reason", "is_provisional", "recorded_at"
    )
    for indicator, starts_on, value, reason, is_provisional, recorded_at in rows.iterator():
        by_indicator[indicator][starts_on] = HeldFigure(
            value, reason, is_provisional, recorded_at.date()
        )
    return by_indicator
