from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.domain.closing import Closing
from goldenthread.domain.rating import Rating
from goldenthread.organisation.models import Post
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.persistence.versions import save_version
from goldenthread.plans.models import RiskAction
from goldenthread.reporting.doors import closed_words
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.operations.cycle_locks import hold_cycle
from goldenthread.reporting.returns import (
    CycleClosedError,
    IncompleteReturnError,
    NotSubmittedError,
    check_is_open_to,
)
from goldenthread.risks.doors import check_takes
from goldenthread.risks.models import RiskActionUpdate


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskReturn:
    """What a Risk Owner says: the rating, a note on progress, and what is being done."""

    rating: Rating | None = None
    commentary: str = ""
    being_done: str = ""
    seen_version: int = 0


@transaction.atomic
def draft_risk_update(
    *,
    cycle: ReportingCycle,
    action: RiskAction,
    answers: RiskReturn,
    by: Officeholder,
    at: datetime,
) -> RiskActionUpdate:
    """Keep what a Risk Owner has said so far, whole or not.

    :raises PermissionDenied: if it is not theirs
    :raises ReturnRefusedError: if it is too late, submitted or changed
    """
    update = _open(cycle, action, answers, by, at)
    _keep(update, answers, Verb.UPDATE_DRAFTED, by, at)
    return update


@transaction.atomic
def submit_risk_update(
    *,
    cycle: ReportingCycle,
    action: RiskAction,
    answers: RiskReturn,
    by: Officeholder,
    at: datetime,
) -> RiskActionUpdate:
    """Submit a Risk Owner's return; red or amber says what is being done (clause R-3).

    :raises PermissionDenied: if it is not theirs
    :raises ReturnRefusedError: if it is too late, submitted or changed
    :raises IncompleteReturnError: if something is missing, by field
    """
    update = _open(cycle, action, answers, by, at)
    if problems := _problems(answers):
        raise IncompleteReturnError(problems)
    update.submitted_at, update.submitted_by = at, by.user
    update.submitted_for = _speaking_post(by, action)
    update.submitted_as = by.capacity_in(update.submitted_for) if update.submitted_for else None
    _keep(update, answers, Verb.UPDATE_SUBMITTED, by, at)
    return update


@transaction.atomic
def call_back_risk_update(
    *, update: RiskActionUpdate, by: Officeholder, at: datetime
) -> RiskActionUpdate:
    """Make a draft again of a submitted return, until the deadline.

    :raises PermissionDenied: if it is not theirs
    :raises ReturnRefusedError: if it is too late, or not submitted
    """
    cycle, day = hold_cycle(update.cycle_id), timezone.localdate(at)
    check_takes(by, update.risk_action, cycle=cycle, held=update, day=day)
    if cycle.closing_on(day) is not Closing.OPEN:
        raise CycleClosedError(closed_words(cycle, day))
    held = RiskActionUpdate.objects.select_for_update(of=("self",)).get(pk=update.pk)
    if not held.is_submitted:
        raise NotSubmittedError("This return is a draft already.")
    held.submitted_at = held.submitted_by = held.submitted_for = held.submitted_as = None
    _save(held, Verb.UPDATE_CALLED_BACK, by, at)
    return held


def _open(
    cycle: ReportingCycle,
    action: RiskAction,
    answers: RiskReturn,
    by: Officeholder,
    at: datetime,
) -> RiskActionUpdate:
    held_cycle = hold_cycle(cycle.pk)
    # One that is not there yet cannot be locked; two first savings wait at their action.
    RiskAction.objects.select_for_update(of=("self",), no_key=True).get(pk=action.pk)
    rows = RiskActionUpdate.objects.select_for_update(of=("self",)).select_related("saved_by")
    held = rows.filter(cycle=held_cycle, risk_action=action).first()
    check_takes(by, action, cycle=held_cycle, held=held, day=timezone.localdate(at))
    check_is_open_to(held, seen_version=answers.seen_version)
    return held or RiskActionUpdate(cycle=held_cycle, risk_action=action)


def _problems(answers: RiskReturn) -> dict[str, str]:
    problems = {}
    if answers.rating is None:
        problems["rating"] = "Select red, amber or green"
    if not answers.commentary.strip():
        problems["commentary"] = "Enter a note on progress"
    if answers.rating and answers.rating.is_off_track and not answers.being_done.strip():
        problems["being_done"] = "Say briefly what is being done, since it is red or amber"
    return problems


def _speaking_post(by: Officeholder, action: RiskAction) -> Post | None:
    plan = action.plan
    leads = (plan.lead_officer_id, plan.lead_member_id)
    own = by.post_among([action.risk_owner_id]) or by.post_among(leads)
    return own or next(iter(by.posts), None)


def _keep(
    update: RiskActionUpdate, answers: RiskReturn, verb: Verb, by: Officeholder, at: datetime
) -> None:
    update.rating = answers.rating
    update.commentary = answers.commentary.strip()
    update.being_done = answers.being_done.strip()
    _save(update, verb, by, at)


def _save(update: RiskActionUpdate, verb: Verb, by: Officeholder, at: datetime) -> None:
    update.version += 1
    update.saved_at, update.saved_by = at, by.user
    save_version(update, by=by.user, at=at)
    audit.record(council=update.cycle.council.name, verb=verb, target=update, by=by.user, at=at)
