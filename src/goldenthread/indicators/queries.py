from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple, Protocol

from django.db.models import Q, QuerySet
from django.utils import timezone

from goldenthread.domain.kinds import Frequency
from goldenthread.indicators.models import Measurement, TargetRevision


class Measured(Protocol):
    """An indicator, or as much of it as its figures are found by."""

    @property
    def pk(self) -> int: ...
    @property
    def frequency(self) -> Frequency: ...


class HeldFigure(NamedTuple):
    """A measurement in brief: its figure, or why there is none, and when it was recorded."""

    value: Decimal | None
    unavailable_reason: str
    is_provisional: bool
    recorded_at: datetime

    @property
    def recorded_on(self) -> date:
        return timezone.localdate(self.recorded_at)


_COLUMNS = (
    *("indicator_id", "starts_on", "ends_on"),
    *("value", "unavailable_reason", "is_provisional", "recorded_at"),
)

HeldFigures = dict[date, HeldFigure]
"""An indicator's figures by the first day of their period."""


def held_figures(
    indicators: Iterable[Measured], *, since: Callable[[Frequency], date]
) -> dict[int, HeldFigures]:
    """Find the figures of some indicators, back to a day by their frequency, in one query.

    Each indicator's are those of its own frequency: a quarter's figure is not its first month's.
    They come as tuples: a council has thousands, and a page needs no more of them.
    """
    by_indicator: dict[int, HeldFigures] = defaultdict(dict)
    frequencies = {each.pk: each.frequency for each in indicators}
    wanted = Q(pk__in=[])
    for frequency in set(frequencies.values()):
        of_it = [pk for pk, each in frequencies.items() if each is frequency]
        wanted |= Q(indicator__in=of_it, starts_on__gte=since(frequency))
    rows = Measurement.objects.filter(wanted).values_list(*_COLUMNS)
    for pk, starts_on, ends_on, value, reason, is_provisional, at in rows:
        if _months(starts_on, ends_on) == 12 // frequencies[pk].periods_in_year:
            by_indicator[pk][starts_on] = HeldFigure(value, reason, is_provisional, at)
    return by_indicator


def figure_versions(
    indicators: Iterable[Measured], *, since: date
) -> dict[int, dict[date, list[HeldFigure]]]:
    """Find how some indicators' figures stood from time to time, earliest first, in one query.

    They are those of periods that start on a day or later.
    """
    frequencies = {each.pk: each.frequency for each in indicators}
    versions: dict[int, dict[date, list[HeldFigure]]] = defaultdict(lambda: defaultdict(list))
    rows = (
        Measurement.history.filter(indicator__in=frequencies, starts_on__gte=since)
        .order_by("recorded_at", "history_id")
        .values_list(*_COLUMNS)
    )
    for pk, starts_on, ends_on, value, reason, is_provisional, at in rows:
        if _months(starts_on, ends_on) == 12 // frequencies[pk].periods_in_year:
            versions[pk][starts_on].append(HeldFigure(value, reason, is_provisional, at))
    return versions


def as_at(versions: Iterable[HeldFigure], moment: datetime) -> HeldFigure | None:
    """Find which of a figure's versions stood at a moment; they come earliest first."""
    stood = [version for version in versions if version.recorded_at <= moment]
    return stood[-1] if stood else None


def target_revisions(indicators: Iterable[int], *, year: int) -> QuerySet[TargetRevision]:
    """List the revisions of some indicators' targets of a year, the earliest first."""
    return (
        TargetRevision.objects.filter(target__indicator__in=indicators, target__year=year)
        .select_related("target", "revised_by")
        .order_by("target_id", "number")
    )


def _months(starts_on: date, ends_on: date) -> int:
    return 12 * (ends_on.year - starts_on.year) + ends_on.month - starts_on.month + 1
