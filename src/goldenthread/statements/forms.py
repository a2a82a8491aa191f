from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from goldenthread.design.govuk_fields import FigureField
from goldenthread.design.govuk_forms import GovukForm
from goldenthread.design.govuk_widgets import ChoiceRadios
from goldenthread.design.versioned_form import VersionedForm
from goldenthread.design.words import figure
from goldenthread.domain.framework_tables import AnswerKind, Question, StatementRule
from goldenthread.domain.kinds import Unit
from goldenthread.domain.statements import Said, yes_no_field
from goldenthread.plans.models import BudgetLine
from goldenthread.plans.operations import GivenLine
from goldenthread.statements.models import FinanceFigure, FinanceStatement, PlanStatement
from goldenthread.statements.operations.finance import FinanceAnswers, GivenFigure

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


class FinanceForm(VersionedForm):
    """What is spent and forecast of each line of a plan's budget, and why where that differs much."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        budget: Sequence[BudgetLine],
        statement: FinanceStatement | None = None,
        before: FinanceStatement | None = None,
    ) -> None:
        super().__init__(data, initial=_initial_finance(statement))
        self.budget = budget
        earlier = {f.line_id: f for f in before.figures.all()} if before else {}
        for line in budget:
            self._ask_about(line, earlier.get(line.pk), before.cycle.title if before else "")
        self.fields["words"] = _long_words(
            "Anything else about the plan's finances (optional)",
            "Such as money moved between lines, grants, or what may still change.",
        )
        if before and before.words:
            self.show_last_time("words", before.words, before.cycle.title)

    def _ask_about(self, line: BudgetLine, earlier: FinanceFigure | None, when: str) -> None:
        self.fields[f"spent_{line.number}"] = _money(f"{line.heading}: spent to date")
        self.fields[f"forecast_{line.number}"] = _money(f"{line.heading}: forecast for the year")
        self.fields[f"explanation_{line.number}"] = _long_words(
            f"{line.heading}: why the forecast differs from the budget", ""
        )
        if earlier is None:
            return
        for name in ("spent", "forecast"):
            given = getattr(earlier, name)
            words = figure(given, Unit.POUNDS, 0) if given is not None else ""
            self.show_last_time(f"{name}_{line.number}", words, when)
        if earlier.explanation:
            self.show_last_time(f"explanation_{line.number}", earlier.explanation, when)

    @property
    def lines(self) -> list[tuple[BudgetLine, list[BoundField]]]:
        """Each line of the budget with its three questions."""
        names = ("spent", "forecast", "explanation")
        return [(line, [self[f"{name}_{line.number}"] for name in names]) for line in self.budget]

    def answers(self) -> FinanceAnswers:
        said = self.cleaned_data
        return FinanceAnswers(
            figures={
                line.number: GivenFigure(
                    spent=said.get(f"spent_{line.number}"),
                    forecast=said.get(f"forecast_{line.number}"),
                    explanation=said.get(f"explanation_{line.number}", ""),
                )
                for line in self.budget
            },
            words=said.get("words", ""),
            seen_version=self.version_seen,
        )


SPARE_LINES = 3


class BudgetForm(GovukForm):
    """The lines of a plan's budget for a year, with some to spare; one with no heading is left out."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, budget: Sequence[BudgetLine]
    ) -> None:
        super().__init__(data)
        self.numbers = [line.number for line in budget]
        last = max(self.numbers, default=0)
        self.numbers += range(last + 1, last + 1 + SPARE_LINES)
        held = {line.number: line for line in budget}
        for number in self.numbers:
            line = held.get(number)
            self.fields[f"heading_{number}"] = forms.CharField(
                label=f"Line {number}: what it is for",
                required=line is not None,
                max_length=200,
                initial=line.heading if line else "",
                error_messages={
                    "required": "Say what the money is for. A line that is needed no more gets £0"
                },
            )
            self.fields[f"amount_{number}"] = _money(f"Line {number}: amount for the year")
            self.fields[f"amount_{number}"].initial = line.amount if line else None

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for number in self.numbers:
            heading, amount = said.get(f"heading_{number}"), said.get(f"amount_{number}")
            if heading and amount is None and f"amount_{number}" not in self.errors:
                self.add_error(f"amount_{number}", f"Enter the amount for {heading}")
            if amount is not None and not heading and f"heading_{number}" not in self.errors:
                self.add_error(f"heading_{number}", "Say what the money is for")
        return said

    @property
    def rows(self) -> list[tuple[BoundField, BoundField]]:
        return [(self[f"heading_{n}"], self[f"amount_{n}"]) for n in self.numbers]

    def given(self) -> list[GivenLine]:
        said = self.cleaned_data
        return [
            GivenLine(number=number, heading=said[f"heading_{number}"], amount=amount)
            for number in self.numbers
            if (amount := said.get(f"amount_{number}")) is not None
        ]


def _money(label: str) -> FigureField:
    return FigureField(
        label=label,
        unit=Unit.POUNDS,
        required=False,
        max_digits=14,
        decimal_places=2,
        error_messages={"invalid": "Enter pounds in numbers, such as 54,000"},
    )


def _long_words(label: str, hint: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Shorten this to 20,000 characters or fewer"},
    )


def _initial_finance(statement: FinanceStatement | None) -> dict[str, Any]:
    if statement is None:
        return {}
    figures = {figure.line.number: figure for figure in statement.figures.all()}
    names = ("spent", "forecast", "explanation")
    return {
        f"{name}_{number}": getattr(figure, name)
        for number, figure in figures.items()
        for name in names
    } | {"words": statement.words, "seen_version": statement.version}
