from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from goldenthread.design.govuk_forms import GovukForm
from goldenthread.timetables.models import ClosedPeriod


class ClosedDaysForm(GovukForm):
    """Which closed days are taken out, and why."""

    because = forms.CharField(
        label="Why are they taken out?",
        help_text="The trail keeps the days and the reason.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why they are taken out"},
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, kept: Sequence[ClosedPeriod]
    ) -> None:
        super().__init__(data)
        self.kept = {str(each.pk): each for each in kept}
        self.fields["periods"] = forms.MultipleChoiceField(
            label="Which of these are taken out?",
            choices=[(key, _words(each)) for key, each in self.kept.items()],
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": "Tick what is taken out",
                "invalid_choice": "Some of these days have been taken out meanwhile: look again",
            },
        )

    @property
    def ticked(self) -> list[ClosedPeriod]:
        """The periods that are to be taken out."""
        return [self.kept[key] for key in self.cleaned_data["periods"]]


def _words(period: ClosedPeriod) -> str:
    return f"{period.words} (pre-election period)" if period.is_pre_election else period.words
