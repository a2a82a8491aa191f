from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from goldenthread.design.govuk_fields import DayField
from goldenthread.design.govuk_forms import GovukForm
from goldenthread.domain.closing import Closing
from goldenthread.domain.cycle_steps import WAYS, ByHand
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


WORDS = {
    ByHand.OPEN_NOW: "Open it now",
    ByHand.OPEN_ON: "Open it on another day",
    ByHand.CLOSE_NOW: "Close it to officers now",
    ByHand.TAKE_UNTIL: "Take returns until the end of another day",
    ByHand.LOCK_NOW: "Lock it now",
    ByHand.LOCK_ON: "Lock it from another day on",
    ByHand.UNLOCK_UNTIL: "Unlock it until the end of a day",
}
_WORDS_BACK = {
    (Closing.OPEN, ByHand.OPEN_ON): "Take the opening back, and open it on a later day",
    (Closing.CLOSED_TO_OFFICERS, ByHand.TAKE_UNTIL): (
        "Open it to officers again, until the end of a day"
    ),
}


class CycleStepForm(GovukForm):
    """Asks which step of a cycle is taken by hand, on which day where it is not now, and why."""

    way = forms.TypedChoiceField(
        label="What is to be done?",
        coerce=ByHand,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Select what is to be done",
            "invalid_choice": "The cycle has moved on meanwhile: choose from what can be done now",
        },
    )
    on = DayField(label="On or until which day?", required=False)
    because = forms.CharField(
        label="Why is it done by hand?",
        help_text="It stands on this page, in the audit trail and, for a deadline, in the timetable.",
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why it is done by hand"},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, closing: Closing) -> None:
        super().__init__(data)
        ways, way = WAYS[closing], self.fields["way"]
        way.choices = [  # type: ignore[attr-defined]
            (each.value, _WORDS_BACK.get((closing, each), WORDS[each])) for each in ways
        ]
        if len(ways) == 1:
            self.fields["on"].label = f"{WORDS[ways[0]]}: which?"
            way.widget = forms.HiddenInput()
            way.initial = ways[0].value
        else:
            self.fields["on"].help_text = "Leave it empty for what is done now."

    @property
    def day(self) -> date | None:
        """The day, where what is to be done asks for one."""
        way: ByHand = self.cleaned_data["way"]
        day: date | None = self.cleaned_data["on"]
        return day if way.asks_for_a_day else None
