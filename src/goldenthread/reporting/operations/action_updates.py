from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.domain.rating import Rating
from goldenthread.domain.returns import problems_with_action_return
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.persistence.versions import save_version
from goldenthread.plans.models import Action
from goldenthread.reporting import permissions
from goldenthread.reporting.models import ActionUpdate, ReportingCycle
from goldenthread.reporting.returns import (
    IncompleteReturnError,
    check_is_open_to,
    check_takes_returns,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionReturn:
    """What an action officer filled in, and the version of the return that they saw."""

    rating: Rating | None
    commentary: str
    seen_version: int = 0


@transaction.atomic
def draft_action_update(
    *, cycle: ReportingCycle, action: Action, answers: ActionReturn, by: Officeholder, at: datetime
) -> ActionUpdate:
    """Keep what an officer has written so far, whole or not.

    :raises PermissionDenied: if the person does not hold the action
    :raises ReturnRefusedError: if the cycle is closed, or the return was submitted or changed
    """
    update = _open_update(cycle, action, answers, by, at)
    _save(update, answers, by, at, verb=Verb.UPDATE_DRAFTED)
    return update


@transaction.atomic
def submit_action_update(
    *, cycle: ReportingCycle, action: Action, answers: ActionReturn, by: Officeholder, at: datetime
) -> ActionUpdate:
    """Submit an officer's return of an action, so that it stands in the cycle's report (clause R-1).

    :raises PermissionDenied: if the person does not hold the action
    :raises ReturnRefusedError: if the cycle is closed, or the return was submitted or changed
    :raises IncompleteReturnError: if the rating or the words are missing
    """
    update = _open_update(cycle, action, answers, by, at)
    problems = problems_with_action_return(rating=answers.rating, commentary=answers.commentary)
    if problems:
        raise IncompleteReturnError(problems)
    update.submitted_at, update.submitted_by = at, by.user
    _save(update, answers, by, at, verb=Verb.UPDATE_SUBMITTED)
    return update


def _open_update(
    cycle: ReportingCycle, action: Action, answers: ActionReturn, by: Officeholder, at: datetime
) -> ActionUpdate:
    permissions.check_can_file_in(by, cycle)
    permissions.check_can_file_action(by, action)
    check_takes_returns(cycle, timezone.localdate(at))
    # A return that is not there yet cannot be locked; two first savings wait at their action.
    Action.objects.select_for_update().get(pk=action.pk)
    held = (
        ActionUpdate.objects.select_for_update(of=("self",))
        .select_related("saved_by")
        .filter(cycle=cycle, action=action)
        .first()
    )
    check_is_open_to(held, seen_version=answers.seen_version)
    return held or ActionUpdate(cycle=cycle, action=action)


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
