"""What the demonstration's officers say became of the steps that they promised a quarter before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from goldenthread.demo.moments import chosen
from goldenthread.domain.promises import StepOutcome
from goldenthread.exception_reports.operations.steps import Told, follow_up_steps
from goldenthread.exception_reports.queries.steps import Promise, promises_of
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.reporting.permissions import Item

_NOT_DONE = (
    "It took longer than we thought, as two people were away for most of August.",
    "Our partner asked for more time and has now confirmed the new date in writing.",
    "The first offer fell through; the second is agreed and waits for a signature.",
)
_DROPPED = "Another way was found that costs less."
_ONE_IN = 6
_FORGETS_ONE_IN = 5


def told_of(promised: Sequence[Promise], day: date) -> dict[int, Told]:
    """Say of each step that is due what became of it: most are done, a few slipped, one in a while fell."""
    return {each.step.pk: _told(each, day) for each in promised if each.due_on < day}


def follow_up(item: Item, by: Officeholder, at: datetime) -> None:
    """Say of an item that is on track again what became of what was promised, unless it is forgotten."""
    day = timezone.localdate(at)
    promised = [promise for promise in promises_of(item) if promise.is_open]
    told = told_of(promised, day)
    if told and chosen(f"{promised[0].reference} remembered", _FORGETS_ONE_IN):
        follow_up_steps(item=item, told=told, by=by, at=at)


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
