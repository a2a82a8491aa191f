from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from goldenthread.domain.kinds import ItemKind
from goldenthread.exception_reports import doors
from goldenthread.exception_reports.forms import ExceptionReportForm
from goldenthread.exception_reports.operations import reports as operations
from goldenthread.exception_reports.queries import reports as queries
from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.organisation.queries import framework_of
from goldenthread.reporting import permissions
from goldenthread.reporting.http import cycle_or_404, file_with, join_sentences, what_is_next
from goldenthread.reporting.operations.calling_back import item_of
from goldenthread.reporting.returns import NothingToExplainError


@require_http_methods(["GET", "POST"])
@council_page
def exception_report_edit(
    request: CouncilRequest, year: str, code: str, kind: str, pk: int
) -> HttpResponse:
    """Take an exception report from the officer whose return is red or amber."""
    cycle = cycle_or_404(request.council, year=year, code=code)
    update = queries.update_to_explain(cycle, ItemKind(kind), pk)
    permissions.check_can_file(
        request.officeholder,
        item_of(update),
        closing=doors.closing_to_reports(cycle, request.today),
    )
    try:
        operations.check_is_needed(update)
    except NothingToExplainError as error:
        raise Http404(str(error)) from error
    questions = framework_of(request.council).exception_reports.questions
    report = queries.report_about(ItemKind(kind), update.pk)
    form = ExceptionReportForm(
        request.POST if request.method == "POST" else None,
        questions=questions,
        report=report,
        before=queries.report_before(update),
    )
    if form.is_valid():
        file = (
            operations.draft_exception_report
            if "draft" in request.POST
            else operations.submit_exception_report
        )
        filed = file_with(
            form,
            partial(
                file,
                update=update,
                answers=form.answers(),
                by=request.officeholder,
                at=request.at,
            ),
        )
        if filed:
            submitted = "is submitted" if filed.is_submitted else "is kept as a draft"
            following = what_is_next(request) if filed.is_submitted else ""
            done = join_sentences(f"The exception report {submitted}.", following)
            messages.success(request, done)
            return redirect("home:home", request.council.name)
        report = queries.report_about(ItemKind(kind), update.pk)
    theirs = None
    if report and form.is_behind(report.version):
        theirs = report
        form.sees(report.version)
    subject = queries.subject_of(update)
    until = doors.explains_until(cycle)
    context = {
        "form": form,
        "report": report,
        "subject": subject,
        "facts": subject.facts,
        "answers": queries.answers_in_words(report, questions) if report else [],
        "update": update,
        "cycle": cycle,
        "theirs": theirs,
        "until": until,
        "is_open": doors.takes_report(
            request.officeholder,
            item_of(update),
            cycle=cycle,
            is_to_revise=False,
            day=request.today,
        ),
        "closed_words": doors.closed_words(cycle),
    }
    return render(request, "exception_reports/exception_report_edit.html", context)
