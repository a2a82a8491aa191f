from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from goldenthread.design.govuk_fields import DayField
from goldenthread.design.govuk_forms import GovukForm
from goldenthread.organisation.queries import Person

MOST_WORDS = 2_000


class LettingInForm(GovukForm):
    """Asks whom to let into a cycle, until when and why."""

    person = forms.TypedChoiceField(
        label="Who is to be let in?",
        coerce=int,
        error_messages={"required": "Select who is to be let in"},
    )
    until = DayField(
        label="Until which day?",
        help_text="They can file until the end of it.",
        error_messages={"required": "Enter the last day on which they can file"},
    )
    reason = forms.CharField(
        label="Why?",
        help_text="It stands on this page and in the audit trail.",
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why they are let in"},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, people: Iterable[Person]) -> None:
        super().__init__(data)
        chosen = self.fields["person"]
        assert isinstance(chosen, forms.TypedChoiceField)  # noqa: S101 - it was made so above
        chosen.choices = [("", "Choose somebody"), *((person.pk, str(person)) for person in people)]

    @property
    def last_day(self) -> date:
        day: date = self.cleaned_data["until"]
        return day
