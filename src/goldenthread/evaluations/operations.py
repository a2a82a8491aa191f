from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from goldenthread.audit.models import Verb
from goldenthread.domain.closing import Closing
from goldenthread.evaluations.doors import check_takes
from goldenthread.evaluations.facts import of_item
from goldenthread.evaluations.models import Evaluation
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.reporting.doors import closed_words
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.operations.cycle_locks import hold_cycle
from goldenthread.reporting.permissions import Item, acting_post
from goldenthread.reporting.returns import (
    CycleClosedError,
    IncompleteReturnError,
    check_is_open_to,
)
from goldenthread.statements.operations.keeping import keep, mark_draft, mark_submitted


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationSaid:
    """What an officer says: what was delivered, and what difference it made."""

    delivered: str = ""
    difference: str = ""
    seen_version: int = 0


@transaction.atomic
def draft_evaluation(
    *, cycle: ReportingCycle, item: Item, said: EvaluationSaid, by: Officeholder, at: datetime
) -> Evaluation:
    """Keep what an officer has said so far, whole or not.

    :raises PermissionDenied: if it is not theirs
    :raises ReturnRefusedError: if it is too late, submitted or changed
    """
    evaluation = _open(cycle, item, said, by, at)
    keep(evaluation, cycle=evaluation.cycle, verb=Verb.EVALUATION_DRAFTED, by=by, at=at)
    return evaluation


@transaction.atomic
def submit_evaluation(
    *, cycle: ReportingCycle, item: Item, said: EvaluationSaid, by: Officeholder, at: datetime
) -> Evaluation:
    """Submit what difference an action or an indicator made (clause C-3).

    :raises PermissionDenied: if it is not theirs
    :raises ReturnRefusedError: if it is too late, submitted or changed
    :raises IncompleteReturnError: if something is missing, by field
    """
    evaluation = _open(cycle, item, said, by, at)
    if problems := _problems(evaluation):
        raise IncompleteReturnError(problems)
    mark_submitted(evaluation, acting_post(by, item) or by.posts[0], by, at)
    keep(evaluation, cycle=evaluation.cycle, verb=Verb.EVALUATION_SUBMITTED, by=by, at=at)
    return evaluation


@transaction.atomic
def call_back_evaluation(*, evaluation: Evaluation, by: Officeholder, at: datetime) -> Evaluation:
    """Make a draft again of a submitted evaluation, until the deadline.

    :raises PermissionDenied: if it is not theirs
    :raises ReturnRefusedError: if it is too late, or not submitted
    """
    cycle, day = hold_cycle(evaluation.cycle_id), timezone.localdate(at)
    check_takes(by, evaluation.item, cycle=cycle, held=evaluation, day=day)
    if cycle.closing_on(day) is not Closing.OPEN:
        raise CycleClosedError(closed_words(cycle, day))
    held = Evaluation.objects.select_for_update(of=("self",)).get(pk=evaluation.pk)
    mark_draft(held)
    keep(held, cycle=cycle, verb=Verb.EVALUATION_CALLED_BACK, by=by, at=at)
    return held


def _open(
    cycle: ReportingCycle, item: Item, said: EvaluationSaid, by: Officeholder, at: datetime
) -> Evaluation:
    held_cycle = hold_cycle(cycle.pk)
    _hold_item(item)
    rows = Evaluation.objects.select_for_update(of=("self",)).select_related("saved_by")
    held = rows.filter(cycle=held_cycle, **of_item(item)).first()
    check_takes(by, item, cycle=held_cycle, held=held, day=timezone.localdate(at))
    check_is_open_to(held, seen_version=said.seen_version, what="evaluation")
    evaluation = held or Evaluation(cycle=held_cycle, **of_item(item))
    evaluation.delivered, evaluation.difference = said.delivered.strip(), said.difference.strip()
    return evaluation


def _hold_item(item: Item) -> None:
    """Hold an item: an evaluation not there yet cannot be locked, so two first savings wait here."""
    type(item).objects.select_for_update(of=("self",), no_key=True).get(pk=item.pk)


def _problems(evaluation: Evaluation) -> dict[str, str]:
    problems = {}
    if not evaluation.delivered:
        problems["delivered"] = "Say what was delivered"
    if not evaluation.difference:
        problems["difference"] = "Say what difference it made"
    return problems
