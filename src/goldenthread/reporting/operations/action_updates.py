from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from goldenthread.audit.models import Verb
from goldenthread.domain.doubts import ActionSaid, doubts_about_action
from goldenthread.domain.kinds import ItemKind
from goldenthread.domain.rating import Rating
from goldenthread.domain.returns import problems_with_action_return
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import Action
from goldenthread.reporting.models import ActionUpdate, ReportingCycle
from goldenthread.reporting.operations.doubting import (
    check_is_whole_and_meant,
    said_in,
    ticked_in_words,
)
from goldenthread.reporting.operations.filing import (
    Change,
    changed,
    check_correction_has_reason,
    corrects,
    mark_submitted,
    record_correction,
)
from goldenthread.reporting.operations.sittings import Sitting, one_at_a_time, sit_down
from goldenthread.reporting.returns import AlreadySubmittedError


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


def draft_action_update(
    *, cycle: ReportingCycle, action: Action, answers: ActionReturn, by: Officeholder, at: datetime
) -> ActionUpdate:
    """Keep what an officer has written so far, whole or not.

    :raises PermissionDenied: if it is not theirs to file
    :raises ReturnRefusedError: if the cycle is closed, or the return was submitted or changed
    """
    with sit_down(cycle=cycle, actions=[action], by=by, at=at) as sitting:
        return draft_action_in(sitting, action=action, answers=answers)


@one_at_a_time
def draft_action_in(sitting: Sitting, *, action: Action, answers: ActionReturn) -> ActionUpdate:
    """Keep a draft of one of a sitting's actions, as `draft_action_update` does."""
    update = sitting.open_action(action, seen_version=answers.seen_version)
    if update.is_submitted:
        raise AlreadySubmittedError("This return is in, so a correction cannot wait as a draft.")
    _save(sitting, update, answers, verb=Verb.UPDATE_DRAFTED)
    return update


def submit_action_update(
    *, cycle: ReportingCycle, action: Action, answers: ActionReturn, by: Officeholder, at: datetime
) -> ActionUpdate:
    """Submit a return of an action, or correct one after its cycle has closed (clause R-1).

    :raises PermissionDenied: if it is not theirs to file
    :raises ReturnRefusedError: if the cycle is closed, or the return was submitted or changed
    :raises IncompleteReturnError: if the rating, the words or a correction's reason are missing
    :raises UnconfirmedDoubtsError: if something looks odd and is not ticked
    """
    with sit_down(cycle=cycle, actions=[action], by=by, at=at) as sitting:
        return submit_action_in(sitting, action=action, answers=answers)


@one_at_a_time
def submit_action_in(sitting: Sitting, *, action: Action, answers: ActionReturn) -> ActionUpdate:
    """Submit the return of one of a sitting's actions, as `submit_action_update` does."""
    update = sitting.open_action(action, seen_version=answers.seen_version)
    before = said_in(sitting.before.get((ItemKind.ACTION, action.pk)))
    doubts = doubts_about_action(
        ActionSaid(
            rating=answers.rating,
            commentary=answers.commentary,
            due_on=action.due_on,
            today=sitting.day,
            before=before,
        )
    )
    check_is_whole_and_meant(
        problems=problems_with_action_return(rating=answers.rating, commentary=answers.commentary),
        doubts=doubts,
        ticked=answers.confirmed,
        before=before,
    )
    update.confirmed_doubts = [doubt.finding for doubt in doubts]
    if corrects(update, sitting.cycle, sitting.at):
        _correct(sitting, update, answers)
    else:
        mark_submitted(update, action, sitting.by, sitting.at)
        _save(sitting, update, answers, verb=Verb.UPDATE_SUBMITTED)
    return update


def _correct(sitting: Sitting, update: ActionUpdate, answers: ActionReturn) -> None:
    reason = answers.correction_reason
    check_correction_has_reason(reason)
    changes = _changes(update, answers)
    _save(sitting, update, answers, verb=Verb.UPDATE_CORRECTED)
    record_correction(update, changes, reason=reason, by=sitting.by, at=sitting.at)


def _changes(update: ActionUpdate, answers: ActionReturn) -> list[Change]:
    was, now = (rating and rating.label for rating in (update.rating, answers.rating))
    return [
        *changed("Rating", was, now),
        *changed("Comments", update.commentary, answers.commentary.strip()),
    ]


def _save(sitting: Sitting, update: ActionUpdate, answers: ActionReturn, *, verb: Verb) -> None:
    before = update.rating
    update.rating = answers.rating
    update.commentary = answers.commentary.strip()
    changes = {"rating": [before, answers.rating], **ticked_in_words(update)}
    sitting.save(update, verb=verb, changes=changes)
