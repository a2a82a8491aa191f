"""What the demonstration's officers say became of the steps that they promised a quarter before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from goldenthread.demo.moments import chosen
from goldenthread.domain.promises import StepOutcome
from goldenthread.exception_reports.operations.steps import Told
from goldenthread.exception_reports.queries.steps import Promise

_NOT_DONE = (
    "It took longer than we thought, as two people were away for most of August.",
    "Our partner asked for more time and has now confirmed the new date in writing.",
    "The first offer fell through; the second is agreed and waits for a signature.",
)
_DROPPED = "Another way was found that costs less, and it is among the steps below."
_ONE_IN = 6


def told_of(promised: Sequence[Promise], day: date) -> dict[int, Told]:
    """Say of each step that is due what became of it: most are done, a few slipped, one in a while fell."""
    return {each.step.pk: _told(each, day) for each in promised if each.due_on < day}


def _told(promise: Promise, day: date) -> Told:
    match chosen(f"{promise.reference} {promise.step.what}", _ONE_IN):
        case 0 | 1:
            words = _NOT_DONE[chosen(promise.step.what, len(_NOT_DONE))]
            new_due_on = day + timedelta(weeks=4 + chosen(promise.reference, 5))
            return Told(outcome=StepOutcome.NOT_DONE, new_due_on=new_due_on, words=words)
        case 2:
            return Told(outcome=StepOutcome.DROPPED, words=_DROPPED)
        case _:
            return Told(outcome=StepOutcome.DONE)
