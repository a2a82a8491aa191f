"""A return's form as a row of a table: the same questions, asked in a few words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from typing import TypeAlias

from django import forms
from django.forms.boundfield import BoundField

from goldenthread.design.words import long_date
from goldenthread.reporting.forms.returns import (
    CONFIRM,
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


def has_readable_change(form: RowForm) -> bool:
    """Test whether anything was written that a draft can take, beside what cannot be read."""
    unread = {"seen_version", *form.errors}
    return any(name not in unread for name in form.changed_data)


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


def keys_sent(sent: Mapping[str, str]) -> set[str]:
    """Find the rows that were sent, by their key, whether anything is written in them or not."""
    return {name.rpartition("-")[0] for name in sent if "-" in name}


def keys_with_answers(sent: Mapping[str, str]) -> set[str]:
    """Find the rows in which something is written, by their key."""
    return {
        key
        for name, value in sent.items()
        if "-" in name and value.strip()
        for key, _, field in [name.rpartition("-")]
        if field != "seen_version"
    }


def typed_words(sent: Mapping[str, str], key: str) -> list[tuple[str, str]]:
    """Repeat what was typed in a row that has no boxes any more, each with what it answers."""
    return [
        (_label_of(field), _words_of(field, value))
        for name, value in sent.items()
        for of_key, _, field in [name.rpartition("-")]
        if of_key == key and value.strip() and field not in ("seen_version", CONFIRM)
    ]


def _label_of(field: str) -> str:
    name, starts_on = field.removesuffix("_reason"), None
    with suppress(ValueError):
        starts_on = date.fromisoformat(name.removeprefix("figure_").replace("_", "-"))
    if starts_on is None:
        return _LABELS.get(field, field)
    asked = "Figure" if name == field else "No figure, because,"
    return f"{asked} from {long_date(starts_on)}"


def _words_of(field: str, value: str) -> str:
    return dict(RATING_CHOICES).get(value, value) if field == "rating" else value


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
