"""Filters that write dates and figures as a council does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from goldenthread.design import words
from goldenthread.domain.kinds import Unit

register = template.Library()


@register.filter
def long_date(day: date | None) -> str:
    """Write a day as 8 June 2009; nothing for no day."""
    return words.long_date(day) if day else ""


@register.filter
def date_range(start: date | None, end: date | None) -> str:
    """Write a closed range of days; the start alone where there is no end."""
    if not start:
        return ""
    return words.date_range(start, end or start)


@register.filter
def day_count(day: date | None, today: date | None) -> str:
    """Say how far a day is from today: "in 3 days", "today", "2 days late"."""
    return words.days_until(today, day) if day and today else ""


@register.simple_tag
def figure(
    value: Decimal | int | None, unit: Unit | str = Unit.NUMBER, decimals: int | None = None
) -> SafeString | str:
    """Write a figure with its unit, and the exact one in its title where it is shortened."""
    number = None if value is None else Decimal(value)
    shown = words.figure(number, Unit(unit), decimals)
    exact = words.exact_figure(number, Unit(unit))
    if decimals is None and shown != exact:
        return format_html('<abbr class="gt-exact" title="{}">{}</abbr>', exact, shown)
    return shown


@register.simple_tag
def signed_figure(
    value: Decimal | int | None, unit: Unit | str = Unit.NUMBER, decimals: int | None = None
) -> str:
    """Write a difference with its sign and unit."""
    return words.signed_figure(None if value is None else Decimal(value), Unit(unit), decimals)


@register.filter
def in_figures(value: Decimal | int | None, unit: Unit | str = Unit.NUMBER) -> str:
    """Write a figure as plain text, for headings, attributes and sentences."""
    return words.figure(None if value is None else Decimal(value), Unit(unit))


@register.filter
def counted(count: int, noun: str) -> str:
    """Count things: `3|counted:"action"` is "3 actions"; "reply,replies" names the plural."""
    singular, _, several = noun.partition(",")
    return words.plural(count, singular, several or None)


@register.filter
def joined(names: list[str]) -> str:
    """List words as in a sentence: "a, b and c"."""
    return words.join_words([str(name) for name in names])


@register.filter
def of_key(found: Mapping[object, object], key: object) -> object:
    """Look something up: `words|of_key:item.pk`; nothing where there is nothing."""
    return found.get(key, "")
