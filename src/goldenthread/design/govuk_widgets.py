"""Widgets that Django has no like of: a date in three parts, choices with hints, ratings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django import forms

from goldenthread.domain.rating import Rating


class TypedDay(NamedTuple):
    """A date as somebody typed it, right or wrong."""

    day: str = ""
    month: str = ""
    year: str = ""

    @property
    def first_missing(self) -> str:
        """The part to start mending at: the first that is empty, or else the day."""
        return next((name for name, text in self._asdict().items() if not text), "day")


class DayInput(forms.Widget):
    """Asks for a date in three parts: day, month and year."""

    template_name = "design/forms/widgets/day.html"
    use_fieldset = True

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        typed = TypedDay(*(str(data.get(f"{name}_{part}") or "").strip() for part in PARTS))
        return typed if any(typed) else data.get(name) or None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(key in data for key in [name, *(f"{name}_{part}" for part in PARTS)])

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        context["widget"]["is_wrong"] = "aria-invalid" in context["widget"]["attrs"]
        context["widget"]["parts"] = [
            {
                "name": f"{name}_{part}",
                "id": f"{context['widget']['attrs'].get('id', name)}_{part}",
                "label": part.title(),
                "value": text,
                "width": 2 if part == "day" else 4,
            }
            for part, text in typed_day(value)._asdict().items()
        ]
        return context


PARTS = TypedDay._fields


def typed_day(value: object) -> TypedDay:
    """Split a date, or text in the form 2009-06-08, into what a person would have typed."""
    if isinstance(value, TypedDay):
        return value
    if isinstance(value, date):
        return TypedDay(str(value.day), str(value.month), str(value.year))
    if not value:
        return TypedDay()
    try:
        return typed_day(date.fromisoformat(str(value)))
    except ValueError:
        return TypedDay(day=str(value))


class ChoiceRadios(forms.RadioSelect):
    """Radios where each choice may have a hint, by the choice's value."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
        *,
        hints: Mapping[str, str] | None = None,
        inline: bool = False,
    ) -> None:
        super().__init__(attrs, choices)
        self.hints = dict(hints or {})
        self.inline = inline

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["inline"] = self.inline
        return context

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        option["hint"] = self.hints.get(str(option["value"]), "")
        return option


class RatingRadios(ChoiceRadios):
    """Radios for a rating, each with the shape that stands for it (clause D-6)."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        option["rating"] = str(option["value"]) if option["value"] in list(Rating) else ""
        return option
