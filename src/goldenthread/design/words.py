"""Dates, figures and lists as a council writes them, for pages and papers alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from goldenthread.domain.kinds import Unit

NO_FIGURE = "No figure"
MINUS = "\N{MINUS SIGN}"
MILLION = Decimal(1_000_000)
MOST_DECIMALS = 2
PREFIXES = {Unit.POUNDS: "£"}
SUFFIXES = {Unit.PERCENT: "%", Unit.KILOGRAMS: " kg"}
POINTS = "percentage points"


def long_date(day: date) -> str:
    """Write a day in full, as 8 June 2009."""
    return f"{day.day} {day:%B} {day.year}"


def date_range(start: date, end: date) -> str:
    """Write a closed range of days, naming a month or a year twice only when it changes.

    :raises ValueError: if the range ends before it starts
    """
    if end < start:
        raise ValueError(f"A range from {start} cannot end on {end}")
    if start == end:
        return long_date(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {long_date(end)}"
    if start.year == end.year:
        return f"{start.day} {start:%B} to {long_date(end)}"
    return f"{long_date(start)} to {long_date(end)}"


def days_until(today: date, day: date) -> str:
    """Say how far off a day is: "in 3 days", "tomorrow", "today", "2 days late"."""
    days = (day - today).days
    if days < 0:
        return f"{plural(-days, 'day')} late"
    if days == 0:
        return "today"
    return "tomorrow" if days == 1 else f"in {days} days"


def figure(value: Decimal | None, unit: Unit, decimals: int | None = None) -> str:
    """Write a figure with its unit: 54,000, 46.4%, £1.2m, 12 days, 310 kg.

    A percentage is 0 to 100 and money is in pounds. From a million pounds upwards the figure is
    shortened, unless `decimals` asks for it exactly. Without `decimals`, at most two are shown and
    trailing noughts are dropped. No value is "No figure".
    """
    if value is None:
        return NO_FIGURE
    if unit is Unit.POUNDS and decimals is None and abs(value) >= MILLION:
        return _with_unit(value / MILLION, unit, 1) + "m"
    return _with_unit(value, unit, decimals)


def exact_figure(value: Decimal | None, unit: Unit) -> str:
    """Write a figure without shortening it: £1,234,567 where `figure` says £1.2m."""
    return NO_FIGURE if value is None else _with_unit(value, unit, None)


def plain_number(value: Decimal, decimals: int | None = None) -> str:
    """Write a number with thousands marked and without its unit: 54,000 or 46.4."""
    places = _decimals_of(value) if decimals is None else decimals
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{rounded:,f}".replace("-", MINUS if rounded else "")


def signed_figure(value: Decimal | None, unit: Unit, decimals: int | None = None) -> str:
    """Write a difference with its sign: +1,200, \N{MINUS SIGN}7.3%, 0."""
    written = figure(value, unit, decimals)
    rises = value is not None and value > 0 and any(mark in written for mark in "123456789")
    return f"+{written}" if rises else written


def change_in_words(change: Decimal, unit: Unit, decimals: int | None = None) -> str:
    """Say how a figure moved: "up 3.1 percentage points", "down 1,200", "no change"."""
    amount = figure(abs(change), unit, decimals)
    if not any(mark in amount for mark in "123456789"):
        return "no change"
    if unit is Unit.PERCENT:
        number = amount.removesuffix("%")
        amount = f"{number} percentage point" if number == "1" else f"{number} {POINTS}"
    return f"up {amount}" if change > 0 else f"down {amount}"


def plural(count: int, noun: str, nouns: str | None = None) -> str:
    """Count things: "1 action", "3 actions", "no actions"; `nouns` where an s will not do."""
    words = noun if count == 1 else nouns or f"{noun}s"
    return f"{count:,} {words}" if count else f"no {words}"


def join_words(words: Sequence[str], last: str = "and") -> str:
    """List words as in a sentence: "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def _with_unit(value: Decimal, unit: Unit, decimals: int | None) -> str:
    number = plain_number(abs(value), decimals)
    is_negative = value < 0 and any(mark in number for mark in "123456789")
    suffix = SUFFIXES.get(unit, "")
    if unit is Unit.DAYS:
        suffix = " day" if number == "1" else " days"
    return f"{MINUS if is_negative else ''}{PREFIXES.get(unit, '')}{number}{suffix}"


def _decimals_of(value: Decimal) -> int:
    rounded = value.quantize(Decimal(1).scaleb(-MOST_DECIMALS), rounding=ROUND_HALF_UP)
    exponent = rounded.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
