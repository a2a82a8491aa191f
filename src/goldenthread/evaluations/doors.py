"""Until when, and from whom, a cycle takes evaluations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import PermissionDenied

from goldenthread.domain.closing import Claim, Closing, may_file
from goldenthread.evaluations.facts import asks_for_evaluations
from goldenthread.evaluations.models import Evaluation
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.reporting.doors import closed_words, is_let_in
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.permissions import (
    Item,
    answered_for,
    check_can_file_in,
    holds,
    officer_of,
)
from goldenthread.reporting.returns import CycleClosedError

_CLOSED = (Closing.CLOSED_TO_OFFICERS, Closing.LOCKED)


def taken(
    by: Officeholder,
    held: Mapping[Item, Evaluation | None],
    *,
    cycle: ReportingCycle,
    day: date,
) -> set[Item]:
    """Pick the items whose evaluation a cycle takes from a person on a day (clause R-6).

    `held` is what is kept of each. Whatever it asks is read once for all of them.
    """
    closing = cycle.closing_on(day)
    has_closed = closing in _CLOSED
    answered = answered_for(by, list(held)) if has_closed else set()
    let_in = has_closed and is_let_in(by, cycle, day)
    return {
        item
        for item, evaluation in held.items()
        if may_file(
            Claim(
                holds=holds(by, item),
                answers=item in answered,
                is_let_in=let_in,
                is_to_revise=evaluation is not None and evaluation.is_to_revise,
            ),
            closing,
        )
    }


def check_takes(
    by: Officeholder,
    item: Item,
    *,
    cycle: ReportingCycle,
    held: Evaluation | None,
    day: date,
) -> None:
    """Make sure that a person can evaluate an item on a day, of which something may be held.

    :raises PermissionDenied: if it is not theirs
    :raises CycleClosedError: if the cycle asks for none, or takes it from them no more or not yet
    """
    check_can_file_in(by, cycle)
    has_closed = cycle.closing_on(day) in _CLOSED
    if not (holds(by, item) or (has_closed and item in answered_for(by, [item]))):
        raise PermissionDenied(f"Only {officer_of(item)} can evaluate {item.reference}.")
    if not asks_for_evaluations(cycle):
        raise CycleClosedError(f"{cycle.title} takes no evaluations.")
    if item not in taken(by, {item: held}, cycle=cycle, day=day):
        raise CycleClosedError(closed_words(cycle, day))
