"""A return's form as a row of a table: the same questions, asked in a few words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from django import forms
from django.forms.boundfield import BoundField

from goldenthread.reporting.forms.returns import (
    RATING_CHOICES,
    ActionUpdateForm,
    IndicatorUpdateForm,
)

RowForm: TypeAlias = ActionUpdateForm | IndicatorUpdateForm

_LABELS = {
    "estimated_outturn": "Estimated outturn",
    "no_estimate_reason": "No estimate? Say why",
    "rating": "Rating",
    "judgement_reason": "Why, if you differ from the figures",
    "commentary": "Comment",
}
_ROWS = {"judgement_reason": 2, "commentary": 4}


def in_row(form: RowForm, key: str) -> RowForm:
    """Ask a return's questions in a row, each field named by the row's key."""
    form.prefix = key
    for name, field in form.fields.items():
        field.label = _LABELS.get(name, field.label)
        field.help_text = ""
        if name in _ROWS:
            field.widget.attrs["rows"] = _ROWS[name]
    if rating := form.fields.get("rating"):
        rating.widget = forms.Select(choices=[("", "Choose"), *RATING_CHOICES])
    return form


def keep_readable(form: RowForm) -> None:
    """Let a draft take what can be read of a form, and keep what was drafted of the rest."""
    for name in form.errors:
        if name in form.fields:
            field = form.fields[name]
            form.cleaned_data[name] = field.clean(form.initial.get(name))


def figure_fields(form: RowForm) -> list[BoundField]:
    """List the boxes of a row that take a number: figures, and the estimate."""
    return [
        field
        for field in form.visible_fields()
        if _is_figure(field.name) or field.name == "estimated_outturn"
    ]


def reason_fields(form: RowForm) -> list[BoundField]:
    """List the boxes that say why there is no number."""
    return [
        field
        for field in form.visible_fields()
        if field.name.endswith("_reason") and field.name != "judgement_reason"
    ]


def _is_figure(name: str) -> bool:
    return name.startswith("figure_") and not name.endswith("_reason")


def keys_with_answers(sent: Mapping[str, str]) -> set[str]:
    """Find the rows in which something was written, by their key."""
    return {
        key
        for name, value in sent.items()
        if "-" in name and value.strip()
        for key, _, field in [name.rpartition("-")]
        if field != "seen_version"
    }


def is_untouched(form: RowForm) -> bool:
    """Test whether a row holds what it came with, however the browser breaks its lines."""
    return all(
        _lines(form[name].value()) == _lines(form.initial.get(name)) for name in form.changed_data
    )


def _lines(words: object) -> list[str]:
    return str(words or "").strip().splitlines()


def reasons_are_open(fields: Iterable[BoundField]) -> bool:
    """Test whether a reason was given, or is asked for, so that its box must be in sight."""
    return any(field.value() or field.errors for field in fields)
