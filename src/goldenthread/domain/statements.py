"""What somebody says of a plan as a whole: answers to the council's own questions (clause O-1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goldenthread.domain.framework_tables import AnswerKind, Question

YES_NO = {True: "Yes", False: "No"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An answer in words, and to a yes-or-no question which of the two."""

    words: str = ""
    is_yes: bool | None = None

    @property
    def in_words(self) -> str:
        """The whole answer: "Yes. Two more wardens." or just the words."""
        said = [f"{YES_NO[self.is_yes]}."] if self.is_yes is not None else []
        return " ".join([*said, *([self.words] if self.words else [])])

    @property
    def is_empty(self) -> bool:
        return not self.words and self.is_yes is None


def yes_no_field(key: str) -> str:
    """Name the field of a form that takes the yes or no of a question."""
    return f"{key}__yes"


def problems_with_said(questions: Sequence[Question], said: Mapping[str, Said]) -> dict[str, str]:
    """Find which questions are not answered that must be, by field; a plain no needs no words."""
    problems: dict[str, str] = {}
    for question in questions:
        problems |= _problem(question, said.get(question.key, Said()))
    return problems


def _problem(question: Question, answer: Said) -> dict[str, str]:
    asks_yes_no = question.kind is AnswerKind.YES_NO_TEXT
    if asks_yes_no and answer.is_yes is None and question.required:
        return {yes_no_field(question.key): f"Select yes or no: {question.question}"}
    needs_words = answer.is_yes is True if asks_yes_no else question.required
    if needs_words and not answer.words.strip():
        asked = "Say more, since you answered yes" if asks_yes_no else "Answer the question"
        return {question.key: f"{asked}: {question.question}"}
    return {}
