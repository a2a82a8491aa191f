"""What filing a return of any kind has in common: who may, who did, and what a correction leaves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict

from django.utils import timezone

from goldenthread.domain.closing import Closing
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.reporting import permissions
from goldenthread.reporting.doors import Door
from goldenthread.reporting.models import (
    ActionUpdate,
    Correction,
    IndicatorUpdate,
    OfficersReturn,
    ReportingCycle,
)
from goldenthread.reporting.permissions import Item
from goldenthread.reporting.returns import (
    IncompleteReturnError,
    NothingCorrectedError,
    check_is_open_to,
)


class Change(TypedDict):
    """One thing that a correction changed, in words."""

    what: str
    was: str
    now: str


def check_can_change(
    door: Door, item: Item, held: OfficersReturn | None, *, seen_version: int, at: datetime
) -> None:
    """Make sure that a person may save a return over what is held; a submitted one, as a correction.

    :raises PermissionDenied: if it is not theirs to file
    :raises ReturnRefusedError: if the cycle takes it no more, or it was submitted or changed
    """
    door.check_may_file(item)
    check_is_open_to(held, seen_version=seen_version, corrects=corrects(held, door.cycle, at))


def corrects(held: OfficersReturn | None, cycle: ReportingCycle, at: datetime) -> bool:
    """Test whether saving over what is held is a correction: it was submitted, and officers are shut out."""
    is_open = cycle.closing_on(timezone.localdate(at)) is Closing.OPEN
    return held is not None and held.is_submitted and not is_open


def mark_submitted(update: OfficersReturn, item: Item, by: Officeholder, at: datetime) -> None:
    """Put the name, the post and the moment of whoever submits it on a return."""
    post = permissions.acting_post(by, item)
    update.submitted_at, update.submitted_by = at, by.user
    update.submitted_for = post
    update.submitted_as = by.capacity_in(post) if post else None


def check_correction_has_reason(reason: str) -> None:
    """Make sure that a correction says why it is made.

    :raises IncompleteReturnError: if it does not
    """
    if not reason.strip():
        raise IncompleteReturnError(
            {"correction_reason": "Say why this return is put right: the next papers print it"}
        )


def record_correction(
    update: ActionUpdate | IndicatorUpdate,
    changes: Sequence[Change],
    *,
    reason: str,
    by: Officeholder,
    at: datetime,
) -> Correction:
    """Keep what a correction changed, for the next papers to list ("Q1 38, was 31").

    :raises NothingCorrectedError: if it changes nothing
    """
    if not changes:
        raise NothingCorrectedError("Nothing was changed, so there is nothing to correct.")
    about = {"action_update" if isinstance(update, ActionUpdate) else "indicator_update": update}
    return Correction.objects.create(
        cycle=update.cycle,
        reason=reason.strip(),
        changes=list(changes),
        made_at=at,
        made_by=by.user,
        **about,
    )


def changed(what: str, was: object, now: object) -> list[Change]:
    """Say that something changed, in a list that is empty if it did not."""
    said = [str(each) if each not in (None, "") else "nothing" for each in (was, now)]
    return [] if said[0] == said[1] else [Change(what=what, was=said[0], now=said[1])]
