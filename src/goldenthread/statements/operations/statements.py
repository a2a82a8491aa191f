from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from goldenthread.audit.models import Verb
from goldenthread.domain.framework_tables import StatementRule
from goldenthread.domain.statements import Said, problems_with_said
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.organisation.queries import framework_of
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.returns import (
    CycleClosedError,
    IncompleteReturnError,
    NotSubmittedError,
    check_is_open_to,
)
from goldenthread.statements import doors
from goldenthread.statements.facts import speaking_post
from goldenthread.statements.models import PlanStatement
from goldenthread.statements.operations.keeping import hold, keep, mark_draft, mark_submitted


@transaction.atomic
def draft_statement(
    *,
    cycle: ReportingCycle,
    plan: Plan,
    key: str,
    said: Mapping[str, Said],
    seen_version: int,
    by: Officeholder,
    at: datetime,
) -> PlanStatement:
    """Keep what somebody has answered so far about a plan, whole or not.

    :raises PermissionDenied: if it is not asked of them
    :raises ReturnRefusedError: if it is not asked in this cycle, too late, submitted or changed
    """
    held, rule = hold(cycle, plan), rule_of(cycle, key)
    statement = _open(held, plan, rule, seen_version, by, at)
    statement.answers = _kept(rule, said)
    keep(statement, cycle=held, verb=Verb.STATEMENT_DRAFTED, by=by, at=at)
    return statement


@transaction.atomic
def submit_statement(
    *,
    cycle: ReportingCycle,
    plan: Plan,
    key: str,
    said: Mapping[str, Said],
    seen_version: int,
    by: Officeholder,
    at: datetime,
) -> PlanStatement:
    """Submit the answers about a plan as a whole, such as its overview (clause O-1).

    :raises PermissionDenied: if it is not asked of them
    :raises ReturnRefusedError: if it is not asked in this cycle, too late, submitted or changed
    :raises IncompleteReturnError: if an answer is missing, by question
    """
    held, rule = hold(cycle, plan), rule_of(cycle, key)
    statement = _open(held, plan, rule, seen_version, by, at)
    if problems := problems_with_said(rule.questions, said):
        raise IncompleteReturnError(problems)
    statement.answers = _kept(rule, said)
    mark_submitted(statement, speaking_post(by, rule.asked_of, plan), by, at)
    keep(statement, cycle=held, verb=Verb.STATEMENT_SUBMITTED, by=by, at=at)
    return statement


@transaction.atomic
def call_back_statement(
    *, statement: PlanStatement, by: Officeholder, at: datetime
) -> PlanStatement:
    """Make a draft again of what was submitted, until the papers go out.

    :raises PermissionDenied: if it is not asked of them
    :raises ReturnRefusedError: if it is too late, or not submitted
    """
    cycle = hold(statement.cycle, statement.plan)
    rule, day = rule_of(cycle, statement.key), timezone.localdate(at)
    doors.check_takes(by, rule.asked_of, statement.plan, cycle=cycle, held=statement, day=day)
    if not doors.can_be_called_back(cycle, day):
        raise CycleClosedError(doors.closed_words(cycle, day))
    held = _held(cycle, statement.plan, rule)
    if held is None:  # pragma: no cover - it was read before
        raise NotSubmittedError("There is nothing to call back.")
    mark_draft(held)
    keep(held, cycle=cycle, verb=Verb.STATEMENT_CALLED_BACK, by=by, at=at)
    return held


def rule_of(cycle: ReportingCycle, key: str) -> StatementRule:
    """Find what a cycle asks about each plan under a name.

    :raises CycleClosedError: if it asks nothing of that name
    """
    asked = framework_of(cycle.council).statements_in(cycle.kind)
    found = next((rule for rule in asked if rule.key == key), None)
    if found is None:
        raise CycleClosedError(f"{cycle.title} does not ask this about its plans.")
    return found


def _held(cycle: ReportingCycle, plan: Plan, rule: StatementRule) -> PlanStatement | None:
    rows = PlanStatement.objects.select_for_update(of=("self",)).select_related("saved_by")
    return rows.filter(cycle=cycle, plan=plan, key=rule.key).first()


def _open(
    cycle: ReportingCycle,
    plan: Plan,
    rule: StatementRule,
    seen_version: int,
    by: Officeholder,
    at: datetime,
) -> PlanStatement:
    held, day = _held(cycle, plan, rule), timezone.localdate(at)
    doors.check_takes(by, rule.asked_of, plan, cycle=cycle, held=held, day=day)
    check_is_open_to(held, seen_version=seen_version, what=rule.title.lower())
    return held or PlanStatement(cycle=cycle, plan=plan, key=rule.key)


def _kept(rule: StatementRule, said: Mapping[str, Said]) -> dict[str, dict[str, object]]:
    """Keep the answers to what is asked, each with its question: it may be worded anew later."""
    given = {question: said.get(question.key, Said()) for question in rule.questions}
    return {
        question.key: {
            "question": question.question,
            "words": answer.words.strip(),
            "is_yes": answer.is_yes,
        }
        for question, answer in given.items()
    }
