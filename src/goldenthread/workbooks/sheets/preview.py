"""What an uploaded workbook would change, row by row, and what it changed once it was taken in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from goldenthread.design import words
from goldenthread.domain.kinds import ItemKind
from goldenthread.reporting.models import UploadedWorkbook
from goldenthread.workbooks.sheets.answers import RowAnswers
from goldenthread.workbooks.sheets.differences import Difference
from goldenthread.workbooks.sheets.reading import CellProblem


class Verdict(StrEnum):
    """What taking a workbook in does with a row, once its questions are ticked."""

    SUBMIT = "submit"
    DRAFT = "draft"
    LEAVE = "leave"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something to tick before a row is submitted, or at all where it `holds_back` the row."""

    key: str
    where: str
    words: str
    holds_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """A row of an uploaded workbook: what it changes, what it lacks, what is asked, and the verdict.

    `seen_version` is the version of the return that it may be written over. What `is_correction` of a
    return that is in cannot be taken in, but is put right on the return's own page.
    """

    where: str
    item_kind: ItemKind
    item_id: int
    reference: str
    title: str
    answers: RowAnswers
    verdict: Verdict
    seen_version: int = 0
    differences: tuple[Difference, ...] = ()
    problems: tuple[CellProblem, ...] = ()
    questions: tuple[Question, ...] = ()
    note: str = ""
    is_correction: bool = False

    def tick(self, question: Question) -> str:
        """Name the tick of a question among those of all rows."""
        return f"{self.item_kind.value}-{self.item_id}-{question.key}"

    @property
    def asked(self) -> list[tuple[str, Question]]:
        return [(self.tick(question), question) for question in self.questions]

    def verdict_with(self, ticked: Collection[str]) -> Verdict:
        """Say what is done with the row when only some of its questions are ticked."""
        unticked = [question for tick, question in self.asked if tick not in ticked]
        if any(question.holds_back for question in unticked):
            return Verdict.LEAVE
        return Verdict.DRAFT if unticked and self.verdict is Verdict.SUBMIT else self.verdict

    def confirmed(self, ticked: Collection[str]) -> frozenset[str]:
        """Name the questions that were ticked, as the operations know them."""
        return frozenset(question.key for tick, question in self.asked if tick in ticked)


class Outcome(StrEnum):
    """What became of a row that was taken in."""

    SUBMITTED = "submitted"
    DRAFTED = "drafted"
    LEFT = "left"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenRow:
    """What taking in did with a row, and why where it did nothing or kept a draft."""

    where: str
    item_kind: ItemKind
    item_id: int
    reference: str
    title: str
    outcome: Outcome
    problems: tuple[CellProblem, ...] = ()
    note: str = ""


_PROBLEMS = TypeAdapter(tuple[CellProblem, ...])
_ROWS = TypeAdapter(tuple[PreviewRow, ...])
_RESULTS = TypeAdapter(tuple[TakenRow, ...])


def problems_to_json(problems: tuple[CellProblem, ...]) -> Any:
    return _PROBLEMS.dump_python(problems, mode="json")


def rows_to_json(rows: tuple[PreviewRow, ...]) -> Any:
    return _ROWS.dump_python(rows, mode="json")


def results_to_json(results: tuple[TakenRow, ...]) -> Any:
    return _RESULTS.dump_python(results, mode="json")


def problems_from_json(kept: Any) -> tuple[CellProblem, ...]:
    return _PROBLEMS.validate_python(kept)


def rows_from_json(kept: Any) -> tuple[PreviewRow, ...]:
    return _ROWS.validate_python(kept)


def results_from_json(kept: Any) -> tuple[TakenRow, ...]:
    return _RESULTS.validate_python(kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """An uploaded workbook by what would become of its rows."""

    problems: tuple[CellProblem, ...]
    rows: tuple[PreviewRow, ...]

    @classmethod
    def of(cls, workbook: UploadedWorkbook) -> Preview:
        return cls(
            problems=problems_from_json(workbook.problems), rows=rows_from_json(workbook.rows)
        )

    @property
    def to_submit(self) -> list[PreviewRow]:
        return self._of(Verdict.SUBMIT, asked=False)

    @property
    def to_ask(self) -> list[PreviewRow]:
        return [row for row in self.rows if row.questions]

    @property
    def to_draft(self) -> list[PreviewRow]:
        return self._of(Verdict.DRAFT, asked=False)

    @property
    def refused(self) -> list[PreviewRow]:
        return self._of(Verdict.REFUSE)

    @property
    def left(self) -> list[PreviewRow]:
        return self._of(Verdict.LEAVE)

    @property
    def changes_anything(self) -> bool:
        return bool(self.to_submit or self.to_draft or self.to_ask)

    @property
    def button(self) -> str:
        """Say what confirming does: "Submit 12 returns, keep 3 as drafts"."""
        returns = words.plural(len(self.to_submit), "return")
        drafts = "1 as a draft" if len(self.to_draft) == 1 else f"{len(self.to_draft)} as drafts"
        deeds = [
            *([f"submit {returns}"] if self.to_submit else []),
            *(["take in what you ticked"] if self.to_ask else []),
            *([f"keep {drafts}"] if self.to_draft else []),
        ]
        said = ", ".join(deeds)
        return f"{said[:1].upper()}{said[1:]}"

    def _of(self, verdict: Verdict, *, asked: bool = True) -> list[PreviewRow]:
        rows = (row for row in self.rows if row.verdict is verdict)
        return [row for row in rows if asked or not row.questions]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A workbook that was taken in, by what became of its rows."""

    rows: tuple[TakenRow, ...]

    @classmethod
    def of(cls, workbook: UploadedWorkbook) -> Taken:
        return cls(rows=results_from_json(workbook.results))

    @property
    def submitted(self) -> list[TakenRow]:
        return self._of(Outcome.SUBMITTED)

    @property
    def drafted(self) -> list[TakenRow]:
        return self._of(Outcome.DRAFTED)

    @property
    def refused(self) -> list[TakenRow]:
        return self._of(Outcome.REFUSED)

    @property
    def left(self) -> list[TakenRow]:
        return self._of(Outcome.LEFT)

    def _of(self, outcome: Outcome) -> list[TakenRow]:
        return [row for row in self.rows if row.outcome is outcome]
