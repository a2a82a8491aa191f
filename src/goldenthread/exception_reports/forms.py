from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone

from goldenthread.design.govuk_widgets import ChoiceRadios
from goldenthread.design.versioned_form import VersionedForm
from goldenthread.design.words import long_date
from goldenthread.domain.framework_tables import ExceptionQuestion, ExceptionQuestionKey
from goldenthread.exception_reports.models import ExceptionReport
from goldenthread.exception_reports.operations.reports import ExceptionAnswers
from goldenthread.exception_reports.queries.reports import YES_NO

MOST_WORDS = 20_000
IF_YES = {
    ExceptionQuestionKey.RESOURCES: "If more resources: why, and what would they change?",
    ExceptionQuestionKey.EXCEPTIONAL: "If a revision: of what, to what, and why?",
}
ANSWERED = ("why", "done", "planned", "limits", "resources", "exceptional")


class ExceptionReportForm(VersionedForm):
    """The exception report in the council's own questions and order (clause E-2)."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        questions: tuple[ExceptionQuestion, ...],
        report: ExceptionReport | None = None,
        before: ExceptionReport | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(report))
        for question in questions:
            self._ask(question)
        if before:
            self._show_before(before)

    def _show_before(self, before: ExceptionReport) -> None:
        """Put the answers of the item's last exception report beside the questions."""
        when = long_date(timezone.localdate(before.submitted_at)) if before.submitted_at else ""
        for name in ANSWERED:
            if answer := getattr(before, name):
                self.show_last_time(name, answer, when)

    def _ask(self, question: ExceptionQuestion) -> None:
        key = ExceptionQuestionKey(question.key)
        if key in YES_NO:
            self.fields[YES_NO[key]] = _yes_no_field(question)
            self.fields[key.value] = _words_field(IF_YES[key], "", rows=3)
        else:
            self.fields[key.value] = _words_field(question.question, question.hint, rows=5)

    def answers(self) -> ExceptionAnswers:
        said = self.cleaned_data
        words: dict[str, str] = {name: said.get(name, "") for name in ANSWERED}
        return ExceptionAnswers(
            **words,
            needs_resources=said.get("needs_resources"),
            is_exceptional=said.get("is_exceptional"),
            seen_version=self.version_seen,
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


def _yes_no_field(question: ExceptionQuestion) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=question.question,
        help_text=question.hint,
        required=False,
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        widget=ChoiceRadios(inline=True),
    )


def _initial(report: ExceptionReport | None) -> dict[str, Any]:
    if report is None:
        return {}
    answers = {True: "yes", False: "no", None: ""}
    return {
        **{name: getattr(report, name) for name in ANSWERED},
        **{name: answers[getattr(report, name)] for name in YES_NO.values()},
        "seen_version": report.version,
    }
