from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from goldenthread.design.govuk_fields import DayField
from goldenthread.design.govuk_forms import GovukForm
from goldenthread.design.govuk_widgets import ChoiceRadios
from goldenthread.documents.word_templates import MOST_BYTES
from goldenthread.domain.posts import Capacity, Stay
from goldenthread.organisation.queries import Person


class PersonForm(GovukForm):
    """Asks for somebody who holds a post in the council: from a list, or by their e-mail address."""

    question = "Who is it?"

    person = forms.TypedChoiceField(coerce=int, required=False, empty_value=None)
    email = forms.EmailField(
        label="Or enter their e-mail address",
        required=False,
        error_messages={"invalid": "Enter an e-mail address, such as jo.field@council.example"},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, people: Sequence[Person]) -> None:
        super().__init__(data)
        self._pks = {person.email.lower(): person.pk for person in people}
        chosen: Any = self.fields["person"]
        chosen.label = self.question
        chosen.choices = [("", "Choose somebody"), *((person.pk, str(person)) for person in people)]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        typed = str(said.get("email") or "").strip().lower()
        if typed and said.get("person") and self._pks.get(typed) != said["person"]:
            self.add_error("email", "Choose somebody from the list or enter an address, not both")
        elif typed and typed not in self._pks:
            self.add_error("email", "Nobody who holds a post in this council has that address")
        elif typed:
            said["person"] = self._pks[typed]
        elif "email" not in self.errors and not said.get("person") and "person" not in self.errors:
            self.add_error("person", "Choose somebody, or enter their e-mail address")
        return said

    @property
    def person_id(self) -> int:
        return int(self.cleaned_data["person"])


class DeputyForm(PersonForm):
    """Asks who stands in for the holder of a post, and between which days."""

    question = "Who stands in?"

    starts_on = DayField(
        label="From which day?", error_messages={"required": "Enter the first day"}
    )
    ends_on = DayField(
        label="Until which day?",
        help_text="They stand in until the end of it. You can end it earlier.",
        error_messages={"required": "Enter the last day"},
    )

    @property
    def stay(self) -> Stay:
        return Stay(self.cleaned_data["starts_on"], self.cleaned_data["ends_on"])


class FillForm(PersonForm):
    """Asks who takes a post over, or holds it beside whoever answers for it, from a day on."""

    question = "Who takes it up?"

    capacity = forms.TypedChoiceField(
        label="How do they hold it?",
        choices=[
            (Capacity.ANSWERABLE.value, "They answer for it"),
            (Capacity.JOINT.value, "They hold it jointly"),
        ],
        coerce=Capacity,
        widget=ChoiceRadios(
            hints={
                Capacity.ANSWERABLE: "Whoever answers for it now leaves the day before.",
                Capacity.JOINT: "They can file its returns; somebody else answers for it.",
            }
        ),
        error_messages={"required": "Say how they hold it"},
    )
    starts_on = DayField(
        label="From which day?", error_messages={"required": "Enter the first day"}
    )

    @property
    def first_day(self) -> date:
        day: date = self.cleaned_data["starts_on"]
        return day


class LastDayForm(GovukForm):
    """Asks on which day somebody's time in a post ends."""

    last_day = DayField(
        label="What is their last day?",
        help_text="Enter yesterday to end it at once.",
        error_messages={"required": "Enter their last day"},
    )


class WordTemplateForm(GovukForm):
    """Takes a council's own Word document; whether papers can be written on it is for the operation."""

    template = forms.FileField(
        label="Which Word document are papers written on?",
        help_text="A Word document (.docx) of at most 5 MB, without macros. Save a template (.dotx) as one first.",
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        error_messages={
            "required": "Choose a Word document",
            "empty": "This file is empty. Choose another",
        },
    )

    @property
    def content(self) -> bytes:
        read: bytes = self.cleaned_data["template"].read(MOST_BYTES + 1)
        return read

    @property
    def file_name(self) -> str:
        return str(self.cleaned_data["template"].name)
