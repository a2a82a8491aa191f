from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms

from goldenthread.design.govuk_fields import DayField, FigureField
from goldenthread.design.versioned_form import VersionedForm
from goldenthread.domain.rating import TargetFigures
from goldenthread.indicators.models import Indicator
from goldenthread.indicators.operations import Grounds
from goldenthread.plans.models import Action

MOST_WORDS = 20_000
LABELS = {
    "value": "What is the target now?",
    "lower": "What is the lower end of the target now?",
    "upper": "What is the upper end of the target now?",
    "green_value": "From which figure is it green now?",
    "amber_value": "From which figure is it amber now?",
}


class RevisionForm(VersionedForm):
    """Why something promised is revised, and on whose word; `seen_version` counts its revisions."""

    reason = forms.CharField(
        label="Why is it revised?",
        help_text="It stands beside the old and the new in every paper.",
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say why it is revised",
            "max_length": "Shorten this to 20,000 characters or fewer",
        },
    )
    authority = forms.CharField(
        label="Who decided it, and when?",
        help_text="Such as Cabinet, 2 September 2009, minute 45.",
        max_length=300,
        error_messages={
            "required": "Say who decided it and when, such as Cabinet, 2 September 2009",
            "max_length": "Shorten this to 300 characters or fewer",
        },
    )

    @property
    def grounds(self) -> Grounds:
        said = self.cleaned_data
        return Grounds(reason=said["reason"], authority=said["authority"], seen=self.version_seen)


class TargetRevisionForm(RevisionForm):
    """An indicator's new target: the figures that it has now, and the County's word for an LAA target."""

    field_order = (*LABELS, "reason", "authority", "county_agreement")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        indicator: Indicator,
        figures: TargetFigures,
        revisions: int,
        asks_county: bool,
    ) -> None:
        super().__init__(data, initial={"seen_version": revisions})
        self.figures = figures
        names = [name for name in LABELS if getattr(figures, name) is not None]
        self.names = names or ["value"]
        for name in self.names:
            self.fields[name] = _figure(indicator, name, figures)
        if asks_county:
            self.fields["county_agreement"] = _county()
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        lower, upper = said.get("lower"), said.get("upper")
        if lower is not None and upper is not None and lower > upper:
            self.add_error("upper", "The upper end must be the lower end or more")
        return said

    @property
    def given(self) -> TargetFigures:
        return replace(self.figures, **{name: self.cleaned_data[name] for name in self.names})

    @property
    def county_agreement(self) -> str:
        return str(self.cleaned_data.get("county_agreement", ""))


class DueRevisionForm(RevisionForm):
    """When an action is due now: in words, as a day, or both."""

    field_order = ("due_words", "due_on", "reason", "authority")

    due_words = forms.CharField(
        label="When is it due now, in words?",
        help_text="As the plan prints it, such as By the end of December.",
        required=False,
        max_length=200,
        error_messages={"max_length": "Shorten this to 200 characters or fewer"},
    )
    due_on = DayField(
        label="By which day?",
        help_text="The day it is tracked by. Leave it empty only where there is none.",
        required=False,
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, action: Action, revisions: int
    ) -> None:
        super().__init__(
            data,
            initial={
                "due_words": action.due_words,
                "due_on": action.due_on,
                "seen_version": revisions,
            },
        )


def _figure(indicator: Indicator, name: str, figures: TargetFigures) -> FigureField:
    return FigureField(
        label=LABELS[name],
        unit=indicator.unit,
        max_digits=22,
        decimal_places=6,
        initial=getattr(figures, name),
        error_messages={"required": "Enter the figure as it is now"},
    )


def _county() -> forms.CharField:
    return forms.CharField(
        label="When and how did the County agree?",
        help_text="A revised LAA target needs the County's agreement, such as a letter of 4 September 2009.",
        max_length=300,
        error_messages={
            "required": "Say when and how the County agreed to revise this LAA target",
            "max_length": "Shorten this to 300 characters or fewer",
        },
    )
