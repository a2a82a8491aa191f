"""Trends as pictures with their sentence; the drawing is in design.charts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django import template
from django.utils.safestring import SafeString, mark_safe

from goldenthread.design import charts

register = template.Library()


@register.simple_tag
def sparkline(
    points: Sequence[Decimal | None], target: Decimal | None = None, alt: str = ""
) -> SafeString:
    """Draw a small trend for a table's cell; nothing where there are fewer than two figures."""
    if sum(point is not None for point in points) < 2:
        return SafeString("")
    return mark_safe(charts.sparkline(points, target=target, alt=alt))  # noqa: S308 - escaped there
