from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.domain.rating import Rating
from goldenthread.domain.returns import problems_with_action_return
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.persistence.versions import save_version
from goldenthread.plans.models import Action
from goldenthread.reporting import permissions
from goldenthread.reporting.models import ActionUpdate, ReportingCycle
from goldenthread.reporting.operations.filing import (
    Change,
    changed,
    check_can_change,
    check_correction_has_reason,
    corrects,
    mark_submitted,
    record_correction,
)
from goldenthread.reporting.returns import AlreadySubmittedError, IncompleteReturnError


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionReturn:
    """What an action officer filled in, and the version of the return that they saw.

    `confirmed` names the doubts that they ticked; `correction_reason` says why a return that was
    submitted is put right after its cycle has closed.
    """

    rating: Rating | None
    commentary: str
    seen_version: int = 0
    confirmed: frozenset[str] = frozenset()
    correction_reason: str = ""


@transaction.atomic
def draft_action_update(
    *, cycle: ReportingCycle, action: Action, answers: ActionReturn, by: Officeholder, at: datetime
) -> ActionUpdate:
    """Keep what an officer has written so far, whole or not.

    :raises PermissionDenied: if it is not theirs to file
    :raises ReturnRefusedError: if the cycle is closed, or the return was submitted or changed
    """
    update = _open_update(cycle, action, answers, by, at)
    if update.is_submitted:
        raise AlreadySubmittedError("This return is in, so a correction cannot wait as a draft.")
    _save(update, answers, by, at, verb=Verb.UPDATE_DRAFTED)
    return update


@transaction.atomic
def submit_action_update(
    *, cycle: ReportingCycle, action: Action, answers: ActionReturn, by: Officeholder, at: datetime
) -> ActionUpdate:
    """Submit a return of an action, or correct one after its cycle has closed (clause R-1).

    :raises PermissionDenied: if it is not theirs to file
    :raises ReturnRefusedError: if the cycle is closed, or the return was submitted or changed
    :raises IncompleteReturnError: if the rating, the words or a correction's reason are missing
    """
    update = _open_update(cycle, action, answers, by, at)
    problems = problems_with_action_return(rating=answers.rating, commentary=answers.commentary)
    if problems:
        raise IncompleteReturnError(problems)
    if corrects(update, cycle, at):
        _correct(update, answers, by, at)
    else:
        mark_submitted(update, action, by, at)
        _save(update, answers, by, at, verb=Verb.UPDATE_SUBMITTED)
    return update


def _open_update(
    cycle: ReportingCycle, action: Action, answers: ActionReturn, by: Officeholder, at: datetime
) -> ActionUpdate:
    permissions.check_can_file_in(by, cycle)
    # A return that is not there yet cannot be locked; two first savings wait at their action.
    Action.objects.select_for_update().get(pk=action.pk)
    held = (
        ActionUpdate.objects.select_for_update(of=("self",))
        .select_related("saved_by")
        .filter(cycle=cycle, action=action)
        .first()
    )
    check_can_change(cycle, action, held, seen_version=answers.seen_version, by=by, at=at)
    return held or ActionUpdate(cycle=cycle, action=action)


def _correct(update: ActionUpdate, answers: ActionReturn, by: Officeholder, at: datetime) -> None:
    check_correction_has_reason(answers.correction_reason)
    changes = _changes(update, answers)
    _save(update, answers, by, at, verb=Verb.UPDATE_CORRECTED)
    record_correction(update, changes, reason=answers.correction_reason, by=by, at=at)


def _changes(update: ActionUpdate, answers: ActionReturn) -> list[Change]:
    was, now = (rating and rating.label for rating in (update.rating, answers.rating))
    return [
        *changed("Rating", was, now),
        *changed("Comments", update.commentary, answers.commentary.strip()),
    ]


def _save(
    update: ActionUpdate, answers: ActionReturn, by: Officeholder, at: datetime, *, verb: Verb
) -> None:
    before = update.rating
    update.rating = answers.rating
    update.commentary = answers.commentary.strip()
    update.version += 1
    update.saved_at, update.saved_by = at, by.user
    save_version(update, by=by.user, at=at)
    audit.record(
        council=update.cycle.council.name,
        verb=verb,
        target=update,
        by=by.user,
        at=at,
        changes={"rating": [before, answers.rating]},
    )
