from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.utils import timezone

from goldenthread.design.govuk_forms import GovukForm
from goldenthread.design.govuk_widgets import ChoiceRadios
from goldenthread.design.versioned_form import VersionedForm
from goldenthread.design.words import long_date
from goldenthread.domain.framework_tables import ExceptionQuestion, ExceptionQuestionKey
from goldenthread.exception_reports.county_files import (
    MOST_BYTES,
    CheckedFile,
    checked_file,
)
from goldenthread.exception_reports.county_formats import UnfitFileError
from goldenthread.exception_reports.models import ExceptionReport
from goldenthread.exception_reports.operations.reports import ExceptionAnswers
from goldenthread.exception_reports.operations.steps import Told
from goldenthread.exception_reports.queries.reports import YES_NO
from goldenthread.exception_reports.queries.steps import Promise
from goldenthread.exception_reports.step_fields import (
    PromiseRow,
    StepRow,
    add_promise_fields,
    add_step_fields,
    given_steps,
    given_told,
    initial_steps,
    initial_told,
    promise_rows,
    rows_asked,
    step_rows,
)

MOST_WORDS = 20_000
IF_YES = {
    ExceptionQuestionKey.RESOURCES: "Why are they needed?",
    ExceptionQuestionKey.EXCEPTIONAL: "A revision of what, to what, and why?",
}
ANSWERED = (
    *("why", "done", "planned", "limits", "resources", "resources_effect", "exceptional"),
    "county_words",
)
YES_OR_NO = (*YES_NO.values(), "must_be_endorsed")
_ANSWERS = {True: "yes", False: "no", None: ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A question as the form draws it: its key, what answers it, and what a yes opens."""

    key: ExceptionQuestionKey
    question: str
    hint: str
    fields: tuple[BoundField, ...]

    @property
    def first(self) -> BoundField:
        return self.fields[0]

    @property
    def opened(self) -> tuple[BoundField, ...]:
        return self.fields[1:]


class ExceptionReportForm(VersionedForm):
    """The exception report in the council's own questions and order (clause E-2)."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
        *,
        questions: tuple[ExceptionQuestion, ...],
        report: ExceptionReport | None = None,
        before: ExceptionReport | None = None,
        promises: Sequence[Promise] = (),
        takes_countys: bool = False,
    ) -> None:
        super().__init__(data, files, initial=_initial(report))
        self.questions, self.promises = questions, promises
        self.rows = rows_asked(data, len(report.steps.all()) if report else 0)
        self.takes_countys = takes_countys
        if takes_countys:
            self._ask_countys(report)
        add_promise_fields(self, promises)
        for question in questions:
            self._ask(question)
        if before:
            self._show_before(before)

    def _show_before(self, before: ExceptionReport) -> None:
        """Put the answers of the item's last exception report beside the questions."""
        when = long_date(timezone.localdate(before.submitted_at)) if before.submitted_at else ""
        for name in ANSWERED:
            if name in self.fields and (answer := getattr(before, name)):
                self.show_last_time(name, answer, when)

    def _ask_countys(self, report: ExceptionReport | None) -> None:
        self.fields["county_file"] = forms.FileField(
            label="Attach the County's exception report",
            help_text="A PDF or a Word document (.docx), 10 MB or smaller.",
            required=False,
            max_length=255,
            error_messages={
                "empty": "The file is empty. Choose another",
                "max_length": "Give the file a shorter name",
            },
        )
        if report and report.county_file_id:
            self.fields["drops_county_file"] = forms.BooleanField(
                label="Take the attached file away", required=False
            )
        self.fields["county_words"] = _words_field(
            "Or copy its words here", "Then our own questions need no answer.", rows=5
        )

    def _ask(self, question: ExceptionQuestion) -> None:
        key = ExceptionQuestionKey(question.key)
        if key in YES_NO:
            self.fields[YES_NO[key]] = _yes_no_field(question.question, question.hint)
            self.fields[key.value] = _words_field(IF_YES[key], "", rows=3)
        elif key is ExceptionQuestionKey.PLANNED:
            add_step_fields(self, self.rows)
            self.fields[key.value] = _words_field(
                "Anything else about what is planned (optional)", "", rows=2
            )
        else:
            self.fields[key.value] = _words_field(question.question, question.hint, rows=5)
        if key is ExceptionQuestionKey.RESOURCES:
            self.fields["resources_effect"] = _words_field(
                "What effect would they have?", "", rows=3
            )
            self.fields["must_be_endorsed"] = _yes_no_field(
                "Must DMT and a Cabinet Member endorse it?", ""
            )

    def clean_county_file(self) -> CheckedFile | None:
        upload: UploadedFile | None = self.cleaned_data["county_file"]
        if upload is None:
            return None
        try:
            if (upload.size or 0) > MOST_BYTES:
                raise UnfitFileError("The file must be 10 MB or smaller")
            return checked_file(upload.name or "", upload.read())
        except UnfitFileError as error:
            raise forms.ValidationError(str(error)) from error

    def answers(self) -> ExceptionAnswers:
        said = self.cleaned_data
        return ExceptionAnswers(
            why=said.get("why", ""),
            done=said.get("done", ""),
            steps=given_steps(said, self.rows),
            planned=said.get("planned", ""),
            limits=said.get("limits", ""),
            needs_resources=said.get("needs_resources"),
            resources=said.get("resources", ""),
            resources_effect=said.get("resources_effect", ""),
            must_be_endorsed=said.get("must_be_endorsed"),
            is_exceptional=said.get("is_exceptional"),
            exceptional=said.get("exceptional", ""),
            told=given_told(said, self.promises),
            county_words=said.get("county_words", ""),
            county_file=said.get("county_file"),
            drops_county_file=bool(said.get("drops_county_file")),
            seen_version=self.version_seen,
        )

    @cached_property
    def parts(self) -> list[Part]:
        """The questions in the council's order, each with its fields."""
        return [self._part(question) for question in self.questions]

    def _part(self, question: ExceptionQuestion) -> Part:
        key = ExceptionQuestionKey(question.key)
        names = {
            ExceptionQuestionKey.RESOURCES: (
                *("needs_resources", "resources", "resources_effect", "must_be_endorsed"),
            ),
            ExceptionQuestionKey.EXCEPTIONAL: ("is_exceptional", "exceptional"),
        }.get(key, (key.value,))
        return Part(
            key=key,
            question=question.question,
            hint=question.hint,
            fields=tuple(self[name] for name in names),
        )

    @cached_property
    def step_rows(self) -> list[StepRow]:
        return step_rows(self, self.rows)

    @cached_property
    def promise_rows(self) -> list[PromiseRow]:
        return promise_rows(self, self.promises)

    @cached_property
    def county_fields(self) -> list[BoundField]:
        names = ("county_file", "drops_county_file", "county_words")
        return [self[name] for name in names if name in self.fields]


class FollowUpForm(GovukForm):
    """What became of the steps promised about an item that is on track again, or between reports."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, promises: Sequence[Promise]
    ) -> None:
        super().__init__(data)
        self.promises = promises
        add_promise_fields(self, promises)

    @cached_property
    def promise_rows(self) -> list[PromiseRow]:
        return promise_rows(self, self.promises)

    def told(self) -> dict[int, Told]:
        return given_told(self.cleaned_data, self.promises)


class ReturnForm(GovukForm):
    """What a lead asks an officer to revise."""

    note = forms.CharField(
        label="What should be revised?",
        help_text="The officer reads this first, in a mail and above the report.",
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Shorten this to 5,000 characters or fewer"},
    )


def _words_field(label: str, hint: str, *, rows: int) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": "Shorten this to 20,000 characters or fewer"},
    )


def _yes_no_field(label: str, hint: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        help_text=hint,
        required=False,
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        widget=ChoiceRadios(inline=True),
    )


def _initial(report: ExceptionReport | None) -> dict[str, Any]:
    if report is None:
        return {}
    return {
        **{name: getattr(report, name) for name in ANSWERED},
        **{name: _ANSWERS[getattr(report, name)] for name in YES_OR_NO},
        **initial_steps(report.steps.all()),
        **initial_told(report.told_of_steps),
        "seen_version": report.version,
    }
