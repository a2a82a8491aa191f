"""The rows of a form in which steps are planned, and those in which earlier ones are followed up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from goldenthread.design.govuk_fields import DayField
from goldenthread.design.govuk_widgets import ChoiceRadios
from goldenthread.domain.promises import (
    MOST_STEPS,
    GivenStep,
    StepOutcome,
    follow_up_field,
    step_field,
)
from goldenthread.exception_reports.models import PlannedStep
from goldenthread.exception_reports.operations.steps import Told
from goldenthread.exception_reports.queries.steps import Promise

ROWS_TO_BEGIN_WITH = 3
MOST_WORDS, LONGEST_NAME = 5_000, 200
POSTS_LIST = "posts"
_STEP = ("what", "who", "due_on", "note")
_TOLD = ("outcome", "new_due_on", "words")


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One row of the form: a step with its fields; the note is asked for once its day is past."""

    number: int
    what: BoundField
    who: BoundField
    due_on: BoundField
    note: BoundField

    @property
    def shows_note(self) -> bool:
        return bool(self.note.errors or self.note.value())


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseRow:
    """One step that was promised, with the fields in which to say what became of it."""

    promise: Promise
    outcome: BoundField
    new_due_on: BoundField
    words: BoundField


def rows_asked(data: Mapping[str, Any] | None, drafted: int) -> int:
    """Count the rows to show: those that were there, one more where asked, and always an empty one."""
    if data is None:
        return min(MOST_STEPS, max(ROWS_TO_BEGIN_WITH, drafted + 1))
    shown = str(data.get("steps_shown", ""))
    count = int(shown) if shown.isascii() and shown.isdigit() and len(shown) <= 3 else 0
    return min(MOST_STEPS, max(ROWS_TO_BEGIN_WITH, count) + ("add_step" in data))


def add_step_fields(form: forms.Form, rows: int) -> None:
    """Ask in a form for so many steps."""
    for number in range(1, rows + 1):
        form.fields[step_field(number, "id")] = forms.IntegerField(
            widget=forms.HiddenInput, required=False
        )
        form.fields[step_field(number, "what")] = _words("What will be done")
        form.fields[step_field(number, "who")] = forms.CharField(
            label="Who does it",
            required=False,
            max_length=LONGEST_NAME,
            widget=forms.TextInput(attrs={"list": POSTS_LIST, "autocomplete": "off"}),
            error_messages={"max_length": "Shorten this to 200 characters or fewer"},
        )
        form.fields[step_field(number, "due_on")] = DayField(label="By when", required=False)
        form.fields[step_field(number, "note")] = _words("Why is that day past already?")


def step_rows(form: forms.Form, rows: int) -> list[StepRow]:
    """Bring a form's step fields together, row by row."""
    return [
        StepRow(number=number, **{name: form[step_field(number, name)] for name in _STEP})
        for number in range(1, rows + 1)
    ]


def given_steps(said: Mapping[str, Any], rows: int) -> tuple[GivenStep, ...]:
    """Read the steps that were typed, with the rows left empty in their places."""
    return tuple(
        GivenStep(
            step_id=said.get(step_field(number, "id")),
            what=said.get(step_field(number, "what"), ""),
            who=said.get(step_field(number, "who"), ""),
            due_on=said.get(step_field(number, "due_on")),
            note=said.get(step_field(number, "note"), ""),
        )
        for number in range(1, rows + 1)
    )


def initial_steps(steps: Iterable[PlannedStep]) -> dict[str, Any]:
    """Fill the step fields with those that are kept."""
    return {
        step_field(number, name): value
        for number, step in enumerate(steps, start=1)
        for name, value in (
            ("id", step.pk),
            ("what", step.what),
            ("who", step.owner_name),
            ("due_on", step.due_on),
            ("note", step.note),
        )
    }


def add_promise_fields(form: forms.Form, promises: Sequence[Promise]) -> None:
    """Ask in a form what became of each step that was promised."""
    for promise in promises:
        name = promise.step.pk
        form.fields[follow_up_field(name, "outcome")] = forms.TypedChoiceField(
            label="Was it done?",
            required=False,
            choices=[(outcome.value, outcome.label) for outcome in StepOutcome],
            coerce=StepOutcome,
            empty_value=None,
            widget=ChoiceRadios(inline=True),
            error_messages={"invalid_choice": "Select done, not done yet or dropped"},
        )
        form.fields[follow_up_field(name, "new_due_on")] = DayField(
            label="If not, by when now?", required=False
        )
        form.fields[follow_up_field(name, "words")] = _words("What happened?")


def promise_rows(form: forms.Form, promises: Sequence[Promise]) -> list[PromiseRow]:
    """Bring a form's fields about earlier steps together, step by step."""
    return [
        PromiseRow(
            promise=promise,
            **{name: form[follow_up_field(promise.step.pk, name)] for name in _TOLD},
        )
        for promise in promises
    ]


def given_told(said: Mapping[str, Any], promises: Sequence[Promise]) -> dict[int, Told]:
    """Read what was said of earlier steps, by step."""
    return {
        pk: Told(
            outcome=said.get(follow_up_field(pk, "outcome")),
            new_due_on=said.get(follow_up_field(pk, "new_due_on")),
            words=said.get(follow_up_field(pk, "words"), ""),
        )
        for pk in (promise.step.pk for promise in promises)
    }


def initial_told(kept: Mapping[str, Mapping[str, str | None]]) -> dict[str, Any]:
    """Fill the fields about earlier steps with what a draft keeps of them."""
    initial: dict[str, Any] = {}
    for step_id, told in kept.items():
        day = told.get("new_due_on")
        initial[follow_up_field(int(step_id), "outcome")] = told.get("outcome") or ""
        initial[follow_up_field(int(step_id), "words")] = told.get("words") or ""
        initial[follow_up_field(int(step_id), "new_due_on")] = (
            date.fromisoformat(day) if day else None
        )
    return initial


def _words(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": "Shorten this to 5,000 characters or fewer"},
    )
