"""The pages on which the leads of a plan look at its exception reports, send back and endorse."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.accounts.permits import is_permitted
from goldenthread.domain.exception_states import EndorsingRole, ReportDeed, state_after
from goldenthread.domain.kinds import ItemKind
from goldenthread.exception_reports import permissions
from goldenthread.exception_reports.doors import why_not_sent_back
from goldenthread.exception_reports.forms import ReturnForm
from goldenthread.exception_reports.models import ExceptionReport
from goldenthread.exception_reports.operations.reports import check_is_needed
from goldenthread.exception_reports.operations.reviewing import (
    endorse_exception_report,
    return_exception_report,
)
from goldenthread.exception_reports.queries import reports as queries
from goldenthread.exception_reports.queries.reviews import Endorser, endorsers_of, looks_at
from goldenthread.exception_reports.queries.runs import run_up_to
from goldenthread.exception_reports.queries.steps import promises_of
from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.organisation.queries import framework_of
from goldenthread.plans.models import Plan
from goldenthread.reporting.http import cycle_or_404
from goldenthread.reporting.queries.lines import plans_in
from goldenthread.reporting.returns import IncompleteReturnError, ReturnRefusedError


@require_safe
@council_page
def exception_report_list(request: CouncilRequest, year: str, code: str, plan: str) -> HttpResponse:
    """Show the leads of a plan its exception reports, reds first, with last quarter's beside each."""
    cycle = cycle_or_404(request.council, year=year, code=code)
    found = get_object_or_404(plans_in(cycle), code__iexact=plan)
    permissions.check_can_review(request.officeholder, found)
    looks = looks_at(found, cycle, today=request.today)
    context = {
        "plan": found,
        "cycle": cycle,
        "looks": looks,
        "owed": sum(look.exception.is_owed for look in looks),
    }
    return render(request, "exception_reports/exception_report_list.html", context)


@require_http_methods(["GET", "POST"])
@council_page
def exception_report_review(
    request: CouncilRequest, year: str, code: str, kind: ItemKind, pk: int
) -> HttpResponse:
    """Show a submitted exception report to those who may send it back or endorse it."""
    cycle = cycle_or_404(request.council, year=year, code=code)
    update = queries.update_to_explain(cycle, kind, pk)
    subject = queries.subject_of(update)
    permissions.check_can_review(request.officeholder, subject.plan)
    report = queries.report_about(kind, update.pk)
    if report is None:
        raise Http404("There is no exception report on this return yet.")
    form = ReturnForm(request.POST if "return" in request.POST else None)
    if request.method == "POST" and _decide(request, report, form):
        return redirect(
            "exception_reports:exception_report_list",
            *(request.council.name, *cycle.slug.split("/"), subject.plan.code),
        )
    questions = framework_of(request.council).exception_reports.questions
    before = queries.report_before(update)
    context: dict[str, Any] = {
        "form": form,
        "report": report,
        "subject": subject,
        "update": update,
        "cycle": cycle,
        "answers": queries.answers_in_words(report, questions) if report.is_submitted else [],
        "before": before,
        "answers_before": queries.answers_in_words(before, questions) if before else [],
        "promises": [each for each in promises_of(update.item) if each.step.report != report],
        "run": run_up_to(update),
        "endorsers": _endorsers(report, endorsers_of(subject.plan, day=request.today)),
        "may_endorse": _may_endorse(request, report, subject.plan),
        "may_return": _may_return(request, report),
    }
    return render(request, "exception_reports/exception_report_review.html", context)


def _decide(request: CouncilRequest, report: ExceptionReport, form: ReturnForm) -> bool:
    """Carry out what a lead decided; False if something stands in the way."""
    if "return" in request.POST:
        return _send_back(request, report, form)
    if "endorse" not in request.POST:
        messages.error(request, "Choose whether to endorse this report or to send it back.")
        return False
    role = _role(request)
    try:
        endorse_exception_report(
            report=report,
            role=role,
            seen_version=_version_seen(request),
            by=request.officeholder,
            at=request.at,
        )
    except ReturnRefusedError as error:
        messages.error(request, str(error))
        return False
    messages.success(request, f"Endorsed for the {role.label}.")
    return True


def _send_back(request: CouncilRequest, report: ExceptionReport, form: ReturnForm) -> bool:
    if not form.is_valid():
        return False
    try:
        return_exception_report(
            report=report,
            note=form.cleaned_data["note"],
            seen_version=_version_seen(request),
            by=request.officeholder,
            at=request.at,
        )
    except IncompleteReturnError as error:
        form.add_error("note", str(error))
        return False
    except ReturnRefusedError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, "The exception report is back with its officer.")
    return True


def _role(request: CouncilRequest) -> EndorsingRole:
    asked = request.POST["endorse"]
    try:
        return EndorsingRole(asked)
    except ValueError as error:
        raise PermissionDenied("Nobody endorses in that role.") from error


def _version_seen(request: CouncilRequest) -> int:
    seen = request.POST.get("seen_version", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0


def _endorsers(report: ExceptionReport, endorsers: list[Endorser]) -> list[tuple[Endorser, Any]]:
    """Pair those whose endorsement the report needs with what they gave."""
    return [
        (endorser, report.endorsed_as(endorser.role))
        for endorser in endorsers
        if endorser.role is EndorsingRole.LEAD_MEMBER or report.must_be_endorsed
    ]


def _may_endorse(
    request: CouncilRequest, report: ExceptionReport, plan: Plan
) -> list[EndorsingRole]:
    """List the roles in which the person can endorse the report now."""
    if not report.is_submitted or not is_permitted(_check_needed, report):
        return []
    asked = [
        EndorsingRole.LEAD_MEMBER,
        *(list(EndorsingRole)[1:] if report.must_be_endorsed else []),
    ]
    return [
        role
        for role in asked
        if not report.endorsed_as(role)
        and is_permitted(permissions.check_can_endorse, request.officeholder, report, plan, role)
    ]


def _check_needed(report: ExceptionReport) -> None:
    try:
        check_is_needed(report.about)
    except ReturnRefusedError as error:
        raise PermissionDenied(str(error)) from error


def _may_return(request: CouncilRequest, report: ExceptionReport) -> bool:
    return (
        state_after(report.state, ReportDeed.RETURN) is not None
        and not why_not_sent_back(report.about.cycle, request.today)
        and is_permitted(_check_needed, report)
        and is_permitted(permissions.check_can_return, request.officeholder, report)
    )
