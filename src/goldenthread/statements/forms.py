from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from goldenthread.design.govuk_widgets import ChoiceRadios
from goldenthread.design.versioned_form import VersionedForm
from goldenthread.domain.framework_tables import AnswerKind, Question, StatementRule
from goldenthread.domain.statements import Said, yes_no_field
from goldenthread.statements.models import PlanStatement

MOST_WORDS = 20_000
_CHOSEN = {True: "yes", False: "no"}


class StatementForm(VersionedForm):
    """What is asked about a plan as a whole, with last time's answer beside each question."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        rule: StatementRule,
        statement: PlanStatement | None = None,
        before: PlanStatement | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(statement))
        self.rule = rule
        for question in rule.questions:
            self._ask(question, before)

    def _ask(self, question: Question, before: PlanStatement | None) -> None:
        asks_yes_no = question.kind is AnswerKind.YES_NO_TEXT
        if asks_yes_no:
            self.fields[yes_no_field(question.key)] = _yes_no(question)
        self.fields[question.key] = _words(question, is_opened=asks_yes_no)
        said = before.said.get(question.key) if before else None
        if before and said and not said.is_empty:
            self.show_last_time(question.key, said.in_words, before.cycle.title)

    @property
    def questions(self) -> list[BoundField]:
        return self.visible_fields()

    def said(self) -> dict[str, Said]:
        given = self.cleaned_data
        return {
            question.key: Said(
                words=given.get(question.key, ""), is_yes=given.get(yes_no_field(question.key))
            )
            for question in self.rule.questions
        }


def _words(question: Question, *, is_opened: bool) -> forms.CharField:
    return forms.CharField(
        label="Say more" if is_opened else question.question,
        help_text="" if is_opened else question.hint,
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"max_length": "Shorten this to 20,000 characters or fewer"},
    )


def _yes_no(question: Question) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=question.question,
        help_text=question.hint,
        required=False,
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        widget=ChoiceRadios(inline=True),
    )


def _initial(statement: PlanStatement | None) -> dict[str, Any]:
    if statement is None:
        return {}
    said = statement.said
    return {
        **{key: answer.words for key, answer in said.items()},
        **{
            yes_no_field(key): _CHOSEN[answer.is_yes]
            for key, answer in said.items()
            if answer.is_yes is not None
        },
        "seen_version": statement.version,
    }
