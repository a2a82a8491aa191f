from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from goldenthread.design.govuk_forms import GovukForm
from goldenthread.organisation.models import Body
from goldenthread.timetables.queries.feeds import Followable

MAKE, STOP = "make", "stop"


class FeedForm(GovukForm):
    """Which dates are to be in somebody's calendar, or no more."""

    of = forms.ChoiceField(
        error_messages={
            "required": "Choose whose dates the calendar is to have",
            "invalid_choice": "Choose your own dates, or those of a body that you sit on",
        }
    )
    do = forms.ChoiceField(
        choices=[(MAKE, "Make"), (STOP, "Stop")],
        error_messages={
            "required": "Choose whether to make or to stop an address",
            "invalid_choice": "Choose whether to make or to stop an address",
        },
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, offered: Sequence[Followable]
    ) -> None:
        super().__init__(data)
        self._offered = {each.code: each for each in offered}
        self.fields["of"].choices = [  # type: ignore[attr-defined]
            (each.code, each.title) for each in offered
        ]

    @property
    def chosen(self) -> Followable:
        return self._offered[self.cleaned_data["of"]]

    @property
    def body(self) -> Body | None:
        return self.chosen.body

    @property
    def is_to_stop(self) -> bool:
        return bool(self.cleaned_data["do"] == STOP)
