"""The steps that an exception report promises, and what became of them (clause E-2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goldenthread.domain.timetable import day_in_words

MOST_STEPS = 20


class StepOutcome(StrEnum):
    """What became of a planned step."""

    DONE = "done"
    NOT_DONE = "not_done"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        return {"not_done": "Not done yet", "dropped": "Dropped"}.get(self.value, "Done")

    @property
    def is_end(self) -> bool:
        """Whether nobody waits for the step any more."""
        return self is not StepOutcome.NOT_DONE


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenStep:
    """A step as an officer gives it: what, by whom, by when; `note` says why its day is past.

    `step_id` names the step that is kept already, if it is one.
    """

    step_id: int | None = None
    what: str = ""
    who: str = ""
    due_on: date | None = None
    note: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.what.strip() or self.who.strip() or self.due_on or self.note.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenFollowUp:
    """What an officer says became of a step that was promised; `is_due` if it should be done by now."""

    step_id: int
    what: str
    is_due: bool
    outcome: StepOutcome | None = None
    new_due_on: date | None = None
    words: str = ""


def problems_with_steps(steps: Sequence[GivenStep], *, today: date) -> dict[str, str]:
    """Say what is wrong with the steps of a report, by field; an empty row is no step.

    At least one is needed, each with a deed, an owner and a day; a day that is past needs a reason.
    """
    if all(step.is_empty for step in steps):
        return {step_field(1, "what"): "Give at least one step: what, who does it and by when"}
    return {
        step_field(number, name): f"Step {number}: {words}"
        for number, step in enumerate(steps, start=1)
        if not step.is_empty
        for name, words in _wrong_with(step, today)
    }


def _wrong_with(step: GivenStep, today: date) -> Iterator[tuple[str, str]]:
    if not step.what.strip():
        yield "what", "say what will be done"
    if not step.who.strip():
        yield "who", "say who will do it"
    if step.due_on is None:
        yield "due_on", "say by when, such as 30 November 2009"
    elif step.due_on < today and not step.note.strip():
        yield "note", f"{day_in_words(step.due_on)} is past. Say why, or give a day to come"


def problems_with_follow_ups(follow_ups: Sequence[GivenFollowUp], *, today: date) -> dict[str, str]:
    """Say what is wrong with what was said of earlier steps, by field.

    Of a step that is due something must be said; of one that is not done, a new day and what
    happened; of one that is dropped, why.
    """
    return {
        follow_up_field(said.step_id, name): f"{words}: {_in_short(said.what)}"
        for said in follow_ups
        for name, words in _wrong_with_said(said, today)
    }


def _wrong_with_said(said: GivenFollowUp, today: date) -> Iterator[tuple[str, str]]:
    if said.outcome is None and said.is_due:
        yield "outcome", "Say whether this was done"
    if said.outcome is StepOutcome.NOT_DONE and not _is_to_come(said.new_due_on, today):
        yield "new_due_on", "Give a new day to come"
    if said.outcome in _ASKS_WHY and not said.words.strip():
        yield "words", _ASKS_WHY[said.outcome]


_ASKS_WHY = {
    StepOutcome.NOT_DONE: "Say what happened",
    StepOutcome.DROPPED: "Say why this was dropped",
}


def _is_to_come(day: date | None, today: date) -> bool:
    return day is not None and day >= today


def step_field(number: int, name: str) -> str:
    """Name a field of a planned step, counted from 1."""
    return f"step_{number}_{name}"


def follow_up_field(step_id: int, name: str) -> str:
    """Name a field of what is said of an earlier step."""
    return f"promise_{step_id}_{name}"


def _in_short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:57].rstrip()}..."
