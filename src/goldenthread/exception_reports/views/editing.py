"""The page on which an officer explains a red or amber return."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from goldenthread.domain.exception_states import ReportDeed, state_after
from goldenthread.domain.kinds import ItemKind
from goldenthread.exception_reports import doors
from goldenthread.exception_reports.forms import ExceptionReportForm
from goldenthread.exception_reports.models import ExceptionReport
from goldenthread.exception_reports.operations.reports import (
    check_is_needed,
    draft_exception_report,
    submit_exception_report,
)
from goldenthread.exception_reports.operations.reviewing import call_back_exception_report
from goldenthread.exception_reports.queries import reports as queries
from goldenthread.exception_reports.queries.reviews import endorsers_of, post_titles
from goldenthread.exception_reports.queries.runs import run_up_to
from goldenthread.exception_reports.queries.steps import open_promises
from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.organisation.queries import framework_of
from goldenthread.reporting import permissions
from goldenthread.reporting.http import cycle_or_404, file_with, join_sentences, what_is_next
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate
from goldenthread.reporting.returns import NothingToExplainError, ReturnRefusedError


@require_http_methods(["GET", "POST"])
@council_page
def exception_report_edit(
    request: CouncilRequest, year: str, code: str, kind: ItemKind, pk: int
) -> HttpResponse:
    """Take an exception report from the officer whose return is red or amber."""
    cycle = cycle_or_404(request.council, year=year, code=code)
    update = queries.update_to_explain(cycle, kind, pk)
    permissions.check_can_file(
        request.officeholder,
        update.item,
        closing=doors.closing_to_reports(cycle, request.today),
    )
    if request.method == "GET" or "call_back" in request.POST:
        _check_has_page(update)
    report = queries.report_about(kind, update.pk)
    if report and "call_back" in request.POST:
        return _call_back(request, report)
    form = _form(request, update, report)
    if form.is_valid() and "add_step" not in request.POST:
        filed = file_with(form, _deed(request, update, form))
        if filed:
            messages.success(request, _done(request, filed))
            return redirect("home:home", request.council.name)
        report = queries.report_about(kind, update.pk)
    return _page(request, update, report, form)


def _check_has_page(update: ActionUpdate | IndicatorUpdate) -> None:
    """Refuse the page of a return that needs none; words already typed are shown again instead."""
    try:
        check_is_needed(update)
    except NothingToExplainError as error:
        raise Http404(str(error)) from error


def _done(request: CouncilRequest, filed: ExceptionReport) -> str:
    if not filed.is_submitted:
        return "The exception report is kept as a draft."
    return join_sentences("The exception report is submitted.", what_is_next(request))


def _form(
    request: CouncilRequest, update: ActionUpdate | IndicatorUpdate, report: ExceptionReport | None
) -> ExceptionReportForm:
    is_sent = request.method == "POST"
    return ExceptionReportForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        questions=framework_of(request.council).exception_reports.questions,
        report=report,
        before=queries.report_before(update),
        promises=open_promises(update.item, before=update),
        takes_countys=queries.takes_county_report(update),
    )


def _deed(
    request: CouncilRequest, update: ActionUpdate | IndicatorUpdate, form: ExceptionReportForm
) -> Callable[[], ExceptionReport]:
    file = draft_exception_report if "draft" in request.POST else submit_exception_report
    return partial(
        file, update=update, answers=form.answers(), by=request.officeholder, at=request.at
    )


def _call_back(request: CouncilRequest, report: ExceptionReport) -> HttpResponse:
    try:
        call_back_exception_report(report=report, by=request.officeholder, at=request.at)
    except ReturnRefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The exception report is a draft again. Submit it anew.")
    return redirect(request.path)


def _page(
    request: CouncilRequest,
    update: ActionUpdate | IndicatorUpdate,
    report: ExceptionReport | None,
    form: ExceptionReportForm,
) -> HttpResponse:
    """Show the form; over words that somebody else saved since, show those too, and let it go on."""
    theirs = None
    if report and form.is_behind(report.version):
        theirs = report
        form.sees(report.version)
    cycle, subject = update.cycle, queries.subject_of(update)
    is_open = doors.takes_report(
        request.officeholder,
        update.item,
        cycle=cycle,
        is_to_revise=report is not None and report.is_to_revise,
        day=request.today,
    )
    context: dict[str, Any] = {
        "form": form,
        "report": report,
        "subject": subject,
        "facts": subject.facts,
        "answers": queries.answers_in_words(report, form.questions) if report else [],
        "update": update,
        "cycle": cycle,
        "theirs": theirs,
        "until": doors.explains_until(cycle),
        "is_open": is_open,
        "closed_words": doors.closed_words(cycle, request.today),
        "may_call_back": is_open
        and doors.can_be_called_back(cycle, request.today)
        and report is not None
        and state_after(report.state, ReportDeed.CALL_BACK) is not None,
        "run": run_up_to(update),
        "endorsers": endorsers_of(subject.plan, day=request.today),
        "posts": post_titles(request.council),
    }
    return render(request, "exception_reports/exception_report_edit.html", context)
