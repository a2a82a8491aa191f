from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from goldenthread.design.govuk_forms import GovukForm
from goldenthread.domain.when_words import When, WhenError, read_when
from goldenthread.reporting.models import Milestone
from goldenthread.timetables.queries.moves import Along


class MilestoneMoveForm(GovukForm):
    """When a date is to be; once what follows from it is seen, what is to move along, and why it moves."""

    when = forms.CharField(
        label="When is it to be?",
        help_text="Such as 8 June 2009, w/c 29 June 2009, 14 to 24 September 2009 or TBC.",
        max_length=80,
        widget=forms.TextInput(attrs={"width": "20"}),
        error_messages={"required": "Enter when it is to be"},
    )
    because = forms.CharField(
        label="Why does it move?",
        help_text="The timetable keeps the reason beside the new date.",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, milestone: Milestone) -> None:
        super().__init__(data, initial={"when": milestone.when})
        self.milestone = milestone

    def clean_when(self) -> When:
        try:
            when = read_when(self.cleaned_data["when"])
        except WhenError as error:
            raise ValidationError(str(error)) from error
        held = self.milestone
        if (when.starts_on, when.ends_on) == (held.starts_on, held.ends_on):
            raise ValidationError(f"It stands on {held.when} already: enter another date")
        return when

    @property
    def to_when(self) -> When:
        found: When = self.cleaned_data["when"]
        return found

    def says_why(self) -> bool:
        """Ask for the reason of a move that is to be made."""
        if not self.cleaned_data["because"].strip():
            self.add_error("because", "Say why it moves")
        return not self.errors

    def offer(self, along: Sequence[Along]) -> None:
        """Ask which of the dates that follow from this one move along; all do unless unticked."""
        if not along:
            return
        choices = [(str(each.milestone.pk), _before_and_after(each)) for each in along]
        self.fields["along"] = forms.MultipleChoiceField(
            label="These follow from it. Which of them move along?",
            choices=choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        if "move" not in self.data:
            data: Any = self.data.copy()  # type: ignore[attr-defined]
            data.setlist("along", [value for value, _ in choices])
            self.data = data

    @property
    def ticked(self) -> list[str]:
        """Name the dates that are to move along."""
        return self.data.getlist("along")  # type: ignore[attr-defined,no-any-return]


def _before_and_after(along: Along) -> str:
    return f"{along.milestone.what}: from {along.milestone.when} to {along.after.when}"
