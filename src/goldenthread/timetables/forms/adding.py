from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from goldenthread.design.govuk_forms import GovukForm
from goldenthread.domain.kinds import BodyKind, Step
from goldenthread.domain.timetable import forum_in_words
from goldenthread.domain.when_words import When, WhenError, read_when


class MilestoneAddForm(GovukForm):
    """What happens, whose it is and when; once what clashes with it is seen, why it is added."""

    step = forms.ChoiceField(
        label="What happens?",
        choices=[("", "Choose what happens"), *((step.value, step.label) for step in Step)],
        error_messages={"required": "Choose what happens"},
    )
    forum = forms.ChoiceField(
        label="Which forum is it of?",
        choices=[("", "None"), *((forum.value, forum_in_words(forum)) for forum in BodyKind)],
        required=False,
    )
    when = forms.CharField(
        label="When is it?",
        help_text="Such as 8 June 2009, w/c 29 June 2009, 14 to 24 September 2009 or TBC.",
        max_length=80,
        widget=forms.TextInput(attrs={"width": "20"}),
        error_messages={"required": "Enter when it is"},
    )
    because = forms.CharField(
        label="Why is it added?",
        help_text="The timetable keeps the reason.",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_when(self) -> When:
        try:
            return read_when(self.cleaned_data["when"])
        except WhenError as error:
            raise ValidationError(str(error)) from error

    def clean(self) -> None:
        needs_forum = self.cleaned_data.get("step") in (Step.PAPERS_OUT, Step.FORUM_RECEIVES)
        if needs_forum and not self.cleaned_data.get("forum"):
            self.add_error("forum", "Choose the forum that receives the report")

    def says_why(self) -> bool:
        """Ask for the reason of a date that is to be added."""
        if not self.cleaned_data["because"].strip():
            self.add_error("because", "Say why it is added")
        return not self.errors

    @property
    def step_and_forum(self) -> tuple[Step, BodyKind | None]:
        """What happens, and the forum it is of if there is one."""
        forum = self.cleaned_data["forum"]
        return Step(self.cleaned_data["step"]), BodyKind(forum) if forum else None


class MilestoneRemoveForm(GovukForm):
    """Why a date is taken out of the timetable."""

    because = forms.CharField(
        label="Why is it taken out?",
        help_text="The trail keeps the date and the reason.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why it is taken out"},
    )
