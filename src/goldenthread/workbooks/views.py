from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.office_files.limits import UnreadableWorkbookError
from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.reporting.models import ReportingCycle, UploadedWorkbook
from goldenthread.reporting.queries.own_filings import OwnFilings
from goldenthread.workbooks.forms import WorkbookForm
from goldenthread.workbooks.operations.taking_in import (
    TakenInAlreadyError,
    take_in_workbook,
    upload_workbook,
)
from goldenthread.workbooks.sheets.items import to_fill
from goldenthread.workbooks.sheets.layout import file_name
from goldenthread.workbooks.sheets.preview import Preview, Taken
from goldenthread.workbooks.sheets.writing import write_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _to_fill(request: CouncilRequest) -> tuple[ReportingCycle, OwnFilings]:
    """Find the cycle and the returns that a person's workbook is about.

    :raises Http404: if no cycle has opened yet
    """
    found = to_fill(request.officeholder, today=request.today)
    if found.cycle is None:
        raise Http404("No reporting cycle has opened yet.")
    return found.cycle, found.filings


@require_safe
@council_page
def workbook_download(request: CouncilRequest) -> HttpResponse:
    """Hand out a workbook of what a person still has to return."""
    cycle, filings = _to_fill(request)
    if not filings.every:
        messages.info(request, "There is nothing for you to fill in, so there is no workbook.")
        return redirect("workbooks:workbook_upload", request.council.name)
    content = write_workbook(cycle, filings, holder=request.officeholder, at=request.at)
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{file_name(cycle)}"'
    return response


@require_http_methods(["GET", "POST"])
@council_page
def workbook_upload(request: CouncilRequest) -> HttpResponse:
    """Explain how to fill one's updates in a workbook, and take a filled one to be looked through."""
    cycle, filings = _to_fill(request)
    is_sent = request.method == "POST"
    form = WorkbookForm(request.POST, request.FILES) if is_sent else WorkbookForm()
    if is_sent and form.is_valid():
        try:
            workbook = upload_workbook(
                cycle=cycle,
                content=form.content,
                file_name=form.file_name,
                by=request.officeholder,
                at=request.at,
            )
            return redirect("workbooks:workbook_preview", request.council.name, workbook.pk)
        except UnreadableWorkbookError as error:
            form.add_error("workbook", str(error))
    context = {"form": form, "cycle": cycle, "filings": filings, "file_name": file_name(cycle)}
    return render(request, "workbooks/workbook_upload.html", context)


@require_http_methods(["GET", "POST"])
@council_page
def workbook_preview(request: CouncilRequest, pk: int) -> HttpResponse:
    """Show what a workbook will change, take it in when that is confirmed, and say what became of it."""
    own = UploadedWorkbook.objects.filter(
        cycle__council=request.council, uploaded_by=request.user
    ).select_related("cycle__council")
    workbook = get_object_or_404(own, pk=pk)
    if request.method == "POST":
        try:
            take_in_workbook(
                workbook=workbook,
                ticked=frozenset(request.POST.getlist("tick")),
                only_drafts="drafts" in request.POST,
                by=request.officeholder,
                at=request.at,
            )
        except TakenInAlreadyError as error:
            messages.info(request, str(error))
        return redirect(request.path)
    if workbook.is_taken_in:
        context = {"workbook": workbook, "taken": Taken.of(workbook)}
        return render(request, "workbooks/workbook_taken_in.html", context)
    context = {"workbook": workbook, "preview": Preview.of(workbook)}
    return render(request, "workbooks/workbook_preview.html", context)
