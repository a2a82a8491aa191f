from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.domain.exceptions import owes_exception_report
from goldenthread.domain.framework_tables import ExceptionQuestionKey, Question
from goldenthread.domain.kinds import ItemKind
from goldenthread.domain.promises import GivenStep, problems_with_steps
from goldenthread.exception_reports.county_files import CheckedFile
from goldenthread.exception_reports.doors import check_takes_report
from goldenthread.exception_reports.models import CountyFile, ExceptionReport
from goldenthread.exception_reports.operations.steps import (
    Told,
    problems_with_told,
    record_told,
    save_steps,
)
from goldenthread.exception_reports.queries.reports import YES_NO, takes_county_report
from goldenthread.exception_reports.queries.steps import Promise, open_promises
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.organisation.queries import framework_of
from goldenthread.persistence.versions import save_version
from goldenthread.reporting import permissions
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate, ReportingCycle
from goldenthread.reporting.returns import (
    IncompleteReturnError,
    NothingToExplainError,
    check_is_open_to,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionAnswers:
    """What an officer answered (clause E-2), and the version of the report that they saw.

    `told` says what became of steps promised before, by step. For an indicator that the County
    collects, `county_words` or `county_file` stand in for the rest; without a new file the one that
    is attached stays, unless the officer `drops_county_file`.
    """

    why: str = ""
    done: str = ""
    steps: tuple[GivenStep, ...] = ()
    planned: str = ""
    limits: str = ""
    needs_resources: bool | None = None
    resources: str = ""
    resources_effect: str = ""
    must_be_endorsed: bool | None = None
    is_exceptional: bool | None = None
    exceptional: str = ""
    told: Mapping[int, Told] = field(default_factory=dict)
    county_words: str = ""
    county_file: CheckedFile | None = None
    drops_county_file: bool = False
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

    :raises PermissionDenied: if it is not theirs to file
    :raises ReturnRefusedError: if no report is needed, or it is too late, submitted or changed
    """
    report = _open_report(update, answers, by, at)
    _save(report, answers, by, at, verb=Verb.EXCEPTION_REPORT_DRAFTED)
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

    :raises PermissionDenied: if it is not theirs to file
    :raises ReturnRefusedError: if no report is needed, or it is too late, submitted or changed
    :raises IncompleteReturnError: if an answer is missing, by question
    """
    report = _open_report(update, answers, by, at)
    item = report.about.item
    promised = open_promises(item, before=report.about)
    _check_is_whole(report, answers, promised, at)
    report.submitted_at, report.submitted_by = at, by.user
    report.submitted_for = permissions.acting_post(by, item)
    report.submitted_as = by.capacity_in(report.submitted_for) if report.submitted_for else None
    _save(report, answers, by, at, verb=Verb.EXCEPTION_REPORT_SUBMITTED)
    record_told(promised, answers.told, item=item, by=by, at=at)
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
    # A report that is not there yet cannot be locked; two first savings wait at their return.
    about = locked_return(update)
    held = locked_report(about)
    check_takes_report(
        by,
        about.item,
        cycle=about.cycle,
        is_to_revise=held is not None and held.is_to_revise,
        day=timezone.localdate(at),
    )
    check_is_needed(about)
    check_is_open_to(held, seen_version=answers.seen_version, what="exception report")
    return held or ExceptionReport(**{_about(about): about})


def locked_return(update: ActionUpdate | IndicatorUpdate) -> ActionUpdate | IndicatorUpdate:
    """Find a return as it now stands, for nobody else to change meanwhile, with its cycle."""
    of_action = isinstance(update, ActionUpdate)
    item = ("action__challenge__plan__lead_member",) if of_action else ("indicator__council",)
    rows = type(update)._default_manager.select_for_update(of=("self",))
    held = rows.select_related(*item).get(pk=update.pk)
    # Read once the return is locked: who waited for it sees a cycle that was locked meanwhile.
    held.cycle = ReportingCycle.objects.select_related("council").get(pk=held.cycle_id)
    return held


def locked_report(about: ActionUpdate | IndicatorUpdate) -> ExceptionReport | None:
    """Find the report on a return that is locked, for nobody else to change meanwhile."""
    rows = ExceptionReport.objects.select_for_update(of=("self",))
    held = rows.select_related("saved_by", "submitted_by").filter(**{_about(about): about}).first()
    if held:
        setattr(held, _about(about), about)
    return held


def _about(update: ActionUpdate | IndicatorUpdate) -> str:
    return "action_update" if isinstance(update, ActionUpdate) else "indicator_update"


def _check_is_whole(
    report: ExceptionReport,
    answers: ExceptionAnswers,
    promised: Sequence[Promise],
    at: datetime,
) -> None:
    problems = problems_with_told(promised, answers.told, at)
    if not _countys_stands_in(report, answers):
        problems |= _problems(report.about.cycle, answers)
        problems |= problems_with_steps(answers.steps, today=timezone.localdate(at))
    if problems:
        raise IncompleteReturnError(problems)


def _countys_stands_in(report: ExceptionReport, answers: ExceptionAnswers) -> bool:
    """Test whether the County's own report takes the place of our questions (clause R-5)."""
    is_kept = report.county_file_id is not None and not answers.drops_county_file
    is_given = bool(answers.county_words.strip()) or answers.county_file is not None
    return (is_given or is_kept) and takes_county_report(report.about)


def _problems(cycle: ReportingCycle, answers: ExceptionAnswers) -> dict[str, str]:
    problems: dict[str, str] = {}
    for question in framework_of(cycle.council).exception_reports.questions:
        problems |= _problems_with(question, answers)
    return problems


def _problems_with(question: Question, answers: ExceptionAnswers) -> dict[str, str]:
    key = ExceptionQuestionKey(question.key)
    said = str(getattr(answers, key.value)).strip()
    if key in YES_NO:
        return _problems_with_yes_no(key, question, answers, said)
    # The steps are what is planned; words about them may be left out. Why is always asked.
    is_asked = question.required or key is ExceptionQuestionKey.WHY
    if is_asked and not said and key is not ExceptionQuestionKey.PLANNED:
        return {key.value: f"Answer the question: {question.question}"}
    return {}


def _problems_with_yes_no(
    key: ExceptionQuestionKey, question: Question, answers: ExceptionAnswers, said: str
) -> dict[str, str]:
    answer = getattr(answers, YES_NO[key])
    if answer is None:
        return {YES_NO[key]: f"Select yes or no: {question.question}"}
    if not answer:
        return {}
    problems = {} if said else {key.value: f"Say more, since you answered yes: {question.question}"}
    return problems | (
        _problems_with_resources(answers) if key is ExceptionQuestionKey.RESOURCES else {}
    )


def _problems_with_resources(answers: ExceptionAnswers) -> dict[str, str]:
    problems = {}
    if not answers.resources_effect.strip():
        problems["resources_effect"] = "Say what effect the resources would have"
    if answers.must_be_endorsed is None:
        problems["must_be_endorsed"] = "Select yes or no: must DMT and a Cabinet Member endorse it?"
    return problems


def _save(
    report: ExceptionReport,
    answers: ExceptionAnswers,
    by: Officeholder,
    at: datetime,
    *,
    verb: Verb,
) -> None:
    update = report.about
    _take_answers(report, answers)
    if isinstance(update, IndicatorUpdate) and takes_county_report(update):
        _take_countys(report, update, answers, by, at)
    report.version += 1
    report.saved_at, report.saved_by = at, by.user
    save_version(report, by=by.user, at=at)
    save_steps(report, answers.steps, is_countys=report.is_countys, by=by, at=at)
    audit.record(council=update.cycle.council.name, verb=verb, target=report, by=by.user, at=at)


def _take_answers(report: ExceptionReport, answers: ExceptionAnswers) -> None:
    for name in ("why", "done", "planned", "limits"):
        setattr(report, name, getattr(answers, name).strip())
    report.needs_resources = answers.needs_resources
    report.resources = answers.resources.strip() if answers.needs_resources else ""
    report.resources_effect = answers.resources_effect.strip() if answers.needs_resources else ""
    report.must_be_endorsed = answers.must_be_endorsed if answers.needs_resources else None
    report.is_exceptional = answers.is_exceptional
    report.exceptional = answers.exceptional.strip() if answers.is_exceptional else ""
    report.told_of_steps = {
        str(step_id): told.kept for step_id, told in answers.told.items() if not told.is_empty
    }


def _take_countys(
    report: ExceptionReport,
    update: IndicatorUpdate,
    answers: ExceptionAnswers,
    by: Officeholder,
    at: datetime,
) -> None:
    report.county_words = answers.county_words.strip()
    if answers.drops_county_file:
        report.county_file = None
    if answers.county_file is None:
        return
    report.county_file = CountyFile.objects.create(
        indicator_update=update,
        name=answers.county_file.name,
        format=answers.county_file.format,
        content=answers.county_file.content,
        size=len(answers.county_file.content),
        sha256=answers.county_file.sha256,
        attached_at=at,
        attached_by=by.user,
    )
    audit.record(
        council=update.cycle.council.name,
        verb=Verb.COUNTY_REPORT_ATTACHED,
        target=report.county_file,
        by=by.user,
        at=at,
        changes={"sha256": [None, report.county_file.sha256]},
    )
