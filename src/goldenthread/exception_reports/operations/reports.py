from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.domain.exceptions import owes_exception_report
from goldenthread.domain.framework_tables import ExceptionQuestionKey, Question
from goldenthread.domain.kinds import ItemKind
from goldenthread.exception_reports.doors import check_takes_report
from goldenthread.exception_reports.models import ExceptionReport
from goldenthread.exception_reports.queries.reports import YES_NO
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.organisation.queries import framework_of
from goldenthread.persistence.versions import save_version
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate, ReportingCycle
from goldenthread.reporting.operations.calling_back import item_of
from goldenthread.reporting.returns import (
    IncompleteReturnError,
    NothingToExplainError,
    check_is_open_to,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionAnswers:
    """What an officer answered (clause E-2), and the version of the report that they saw."""

    why: str = ""
    done: str = ""
    planned: str = ""
    limits: str = ""
    needs_resources: bool | None = None
    resources: str = ""
    is_exceptional: bool | None = None
    exceptional: str = ""
    seen_version: int = 0


@transaction.atomic
def draft_exception_report(
    *,
    update: ActionUpdate | IndicatorUpdate,
    answers: ExceptionAnswers,
    by: Officeholder,
    at: datetime,
) -> ExceptionReport:
    """Keep what an officer has answered so far, whole or not.

    :raises PermissionDenied: if the person does not hold the item
    :raises ReturnRefusedError: if no report is needed, or it is too late, submitted or changed
    """
    report = _open_report(update, answers, by, at)
    _save(report, update, answers, by, at, verb=Verb.EXCEPTION_REPORT_DRAFTED)
    return report


@transaction.atomic
def submit_exception_report(
    *,
    update: ActionUpdate | IndicatorUpdate,
    answers: ExceptionAnswers,
    by: Officeholder,
    at: datetime,
) -> ExceptionReport:
    """Submit the explanation of a red or amber return (clauses E-1, E-2).

    :raises PermissionDenied: if the person does not hold the item
    :raises ReturnRefusedError: if no report is needed, or it is too late, submitted or changed
    :raises IncompleteReturnError: if an answer is missing, by question
    """
    report = _open_report(update, answers, by, at)
    problems = _problems(update.cycle, answers)
    if problems:
        raise IncompleteReturnError(problems)
    report.submitted_at, report.submitted_by = at, by.user
    _save(report, update, answers, by, at, verb=Verb.EXCEPTION_REPORT_SUBMITTED)
    return report


def check_is_needed(update: ActionUpdate | IndicatorUpdate) -> None:
    """Make sure that a return needs to be explained.

    :raises NothingToExplainError: if it is still a draft, or on track, or of a six-weekly cycle
    """
    needed = update.is_submitted and owes_exception_report(
        cycle_kind=update.cycle.kind,
        item_kind=ItemKind.ACTION if isinstance(update, ActionUpdate) else ItemKind.INDICATOR,
        rating=update.rating,
        rule=framework_of(update.cycle.council).exception_rule,
    )
    if not needed:
        raise NothingToExplainError("This return needs no exception report.")


def _open_report(
    update: ActionUpdate | IndicatorUpdate,
    answers: ExceptionAnswers,
    by: Officeholder,
    at: datetime,
) -> ExceptionReport:
    day = timezone.localdate(at)
    check_takes_report(by, item_of(update), cycle=update.cycle, is_to_revise=False, day=day)
    check_is_needed(update)
    about = _about(update)
    # A report that is not there yet cannot be locked; two first savings wait at their return.
    type(update)._default_manager.select_for_update().get(pk=update.pk)
    held = (
        ExceptionReport.objects.select_for_update(of=("self",))
        .select_related("saved_by")
        .filter(**about)
        .first()
    )
    check_is_open_to(held, seen_version=answers.seen_version, what="exception report")
    return held or ExceptionReport(**about)


def _about(update: ActionUpdate | IndicatorUpdate) -> dict[str, ActionUpdate | IndicatorUpdate]:
    name = "action_update" if isinstance(update, ActionUpdate) else "indicator_update"
    return {name: update}


def _problems(cycle: ReportingCycle, answers: ExceptionAnswers) -> dict[str, str]:
    problems: dict[str, str] = {}
    for question in framework_of(cycle.council).exception_reports.questions:
        problems |= _problems_with(question, answers)
    return problems


# What no exception report can do without, whatever a council's framework says.
ALWAYS_ASKED = (ExceptionQuestionKey.WHY, ExceptionQuestionKey.PLANNED)


def _problems_with(question: Question, answers: ExceptionAnswers) -> dict[str, str]:
    key = ExceptionQuestionKey(question.key)
    said = str(getattr(answers, key.value)).strip()
    if key in YES_NO:
        answer = getattr(answers, YES_NO[key])
        if answer is None:
            return {YES_NO[key]: f"Select yes or no: {question.question}"}
        if answer and not said:
            return {key.value: f"Say more, since you answered yes: {question.question}"}
        return {}
    if (question.required or key in ALWAYS_ASKED) and not said:
        return {key.value: f"Answer the question: {question.question}"}
    return {}


def _save(
    report: ExceptionReport,
    update: ActionUpdate | IndicatorUpdate,
    answers: ExceptionAnswers,
    by: Officeholder,
    at: datetime,
    *,
    verb: Verb,
) -> None:
    for name in ("why", "done", "planned", "limits"):
        setattr(report, name, getattr(answers, name).strip())
    report.needs_resources = answers.needs_resources
    report.resources = answers.resources.strip() if answers.needs_resources else ""
    report.is_exceptional = answers.is_exceptional
    report.exceptional = answers.exceptional.strip() if answers.is_exceptional else ""
    report.version += 1
    report.saved_at, report.saved_by = at, by.user
    save_version(report, by=by.user, at=at)
    audit.record(council=update.cycle.council.name, verb=verb, target=report, by=by.user, at=at)
