from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone

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

    Each indicator's are those of its own frequency: a quarter's figure is not its first month's.
    They come as tuples: a council has thousands, and a page needs no more of them.
    """
    by_indicator: dict[int, HeldFigures] = defaultdict(dict)
    lengths = {each.pk: 12 // each.frequency.periods_in_year for each in indicators}
    rows = Measurement.objects.filter(
        indicator__in=list(lengths), starts_on__gte=since
    ).values_list(
        "indicator_id",
        "starts_on",
        "ends_on",
        "value",
        "unavailable_reason",
        "is_provisional",
        "recorded_at",
    )
    for pk, starts_on, ends_on, value, reason, is_provisional, recorded_at in rows.iterator():
        if _months(starts_on, ends_on) == lengths[pk]:
            by_indicator[pk][starts_on] = HeldFigure(
                value, reason, is_provisional, timezone.localdate(recorded_at)
            )
    return by_indicator


def _months(starts_on: date, ends_on: date) -> int:
    return 12 * (ends_on.year - starts_on.year) + ends_on.month - starts_on.month + 1
