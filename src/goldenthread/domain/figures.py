"""How a figure is said: 54,000, 46.4%, £1,200.50."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from goldenthread.domain.kinds import Unit

_SUFFIXES = {Unit.PERCENT: "%", Unit.DAYS: " days", Unit.KILOGRAMS: " kg"}


def figure_in_words(value: Decimal, unit: Unit, decimals: int | None = None) -> str:
    """Say a figure with its unit and thousands separators.

    A percentage is 0 to 100. With no number of decimals, the figure keeps its own, less
    trailing noughts; money keeps its pence. A negative figure has a true minus sign.
    """
    if decimals is None and unit is Unit.POUNDS and value != value.to_integral_value():
        decimals = 2
    digits = f"{_rounded(abs(value), decimals):,f}"
    sign = "\N{MINUS SIGN}" if value < 0 and _rounded(value, decimals) != 0 else ""
    prefix = "£" if unit is Unit.POUNDS else ""
    suffix = " day" if unit is Unit.DAYS and digits == "1" else _SUFFIXES.get(unit, "")
    return f"{sign}{prefix}{digits}{suffix}"


def _rounded(value: Decimal, decimals: int | None) -> Decimal:
    if decimals is not None:
        return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    plain = value.normalize()
    exponent = plain.as_tuple().exponent
    return plain.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else plain


def percent_in_words(share: Decimal) -> str:
    """Say a share of one as a percentage to at most one decimal: 0.0731… as 7.3%."""
    return figure_in_words(_rounded(share * 100, 1), Unit.PERCENT)
