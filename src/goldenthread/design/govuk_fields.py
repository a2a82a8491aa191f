"""Form fields that read what people type: a day in three parts, a figure with its commas."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from goldenthread.design.govuk_widgets import DayInput, TypedDay
from goldenthread.domain.kinds import Unit

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
PREFIXES = {Unit.POUNDS: "£"}
SUFFIXES = {Unit.PERCENT: "%", Unit.KILOGRAMS: "kg", Unit.DAYS: "days"}
UNITS_AS_TYPED = re.compile(r"^£|(%|kg|days?)$", re.IGNORECASE)
GROUPED = re.compile(r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$")


class DayField(forms.DateField):
    """A day, asked for in three parts; a month may be typed as a number or a name.

    What was typed is kept when it is not a date.
    """

    widget = DayInput
    default_error_messages = {
        "invalid": "Enter a real date, such as 8 June 2009",
        "incomplete": "The date must include a %(part)s",
        "short_year": "The year must have 4 digits, such as 2009",
    }

    def to_python(self, value: Any) -> date | None:
        if not isinstance(value, TypedDay):
            return super().to_python(value)
        if not all(value):
            raise self._error("incomplete", part=value.first_missing)
        if value.year.isdigit() and len(value.year) != 4:
            raise self._error("short_year")
        try:
            return date(int(value.year), _month_number(value.month), int(value.day))
        except ValueError as error:
            raise self._error("invalid") from error

    def _error(self, code: str, **params: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=params)


class FigureField(forms.DecimalField):
    """A figure as people write it: 54,000, £1,250.50, 46.4%.

    `unit` sets the mark before or after the box. A percentage is 0 to 100; money is in pounds.
    """

    widget = forms.TextInput
    default_error_messages = {"invalid": "Enter a figure in numbers, such as 54,000 or 46.4"}

    def __init__(self, *, unit: Unit | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        attrs = {"inputmode": "decimal", "spellcheck": "false", "width": "10"}
        if unit in PREFIXES:
            attrs["prefix"] = PREFIXES[unit]
        if unit in SUFFIXES:
            attrs["suffix"] = SUFFIXES[unit]
        self.widget.attrs = attrs | self.widget.attrs

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        return super().to_python(_without_marks(value) if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():,f}" if isinstance(value, Decimal) else value


def _month_number(text: str) -> int:
    if text.isdigit():
        return int(text)
    if len(text) < 3:
        raise ValueError(text)
    return MONTHS.index(text[:3].lower()) + 1


def _without_marks(text: str) -> str:
    spaceless = "".join(text.split()).replace("\N{MINUS SIGN}", "-")
    number = UNITS_AS_TYPED.sub("", spaceless)
    # A comma in the wrong place is a slip of the finger, not a mark of thousands.
    return number.replace(",", "") if GROUPED.match(number) else number
