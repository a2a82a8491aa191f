from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from goldenthread.domain.kinds import BodyKind
from goldenthread.domain.meeting_dates import (
    EXPECTED,
    MeetingsRead,
    Said,
    last_day_of_meetings,
    meetings_of_reports,
    problems_of_lines,
    said_in_lines,
    take_meetings,
)
from goldenthread.domain.periods import FinancialYear
from goldenthread.domain.timetable_moves import moves_along_in_year
from goldenthread.office_files.limits import UnreadableWorkbookError
from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.organisation.queries import framework_of, year_of
from goldenthread.reporting import permissions
from goldenthread.timetables.bank_holidays import closed_periods
from goldenthread.timetables.calendar_files import (
    MOST_BYTES,
    CalendarFileError,
    said_in_calendar,
)
from goldenthread.timetables.forms.dates import DateRow, DatesForm
from goldenthread.timetables.forms.proposing import MeetingDatesForm, MeetingsForm, reports_of
from goldenthread.timetables.forum_names import names_of_forums
from goldenthread.timetables.meeting_sheets import problem_of, said_in_sheets, sheets_of
from goldenthread.timetables.operations.proposing import (
    CannotAdoptError,
    Proposal,
    adopt_timetable,
    propose,
)

MOST_PROBLEMS = 50
SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt")


@require_http_methods(["GET", "POST"])
@council_page
def timetable_propose(request: CouncilRequest) -> HttpResponse:
    """Take the forums' meeting dates, and show which report each is likely to be for."""
    permissions.check_can_plan(request.officeholder, request.council)
    framework, coming = framework_of(request.council), _next_year(request)
    form = MeetingDatesForm(
        request.POST if request.method == "POST" else None,
        files=request.FILES if request.method == "POST" else None,
        first_month=framework.financial_year_starts_month,
        initial={"year": coming.label},
    )
    if form.is_valid():
        year = form.cleaned_data["year"]
        read = _meetings(request, form, year)
        if read is not None:
            grid = MeetingsForm(
                reports=reports_of(framework),
                meetings=meetings_of_reports(read.meetings, EXPECTED, year=year),
                first_month=framework.financial_year_starts_month,
                initial={
                    name: form[name].value() for name in ("year", "closed_days", "pre_election")
                },
            )
            context = {
                "form": grid,
                "year": year,
                "problems": read.problems[:MOST_PROBLEMS],
                "more": max(0, len(read.problems) - MOST_PROBLEMS),
                "found": read.meetings,
            }
            return render(request, "timetables/timetable_lay_out.html", context)
    context = {
        "form": form,
        "names": _known_names(request),
        "kept": closed_periods(request.council, coming),
    }
    return render(request, "timetables/timetable_propose.html", context)


@require_http_methods(["GET", "POST"])
@council_page
def timetable_lay_out(request: CouncilRequest) -> HttpResponse:
    """Show the year that follows from the meetings, with what clashes; adopt it."""
    permissions.check_can_plan(request.officeholder, request.council)
    if request.method == "GET":
        return redirect("timetables:timetable_propose", request.council.name)
    framework = framework_of(request.council)
    form = MeetingsForm(
        request.POST,
        reports=reports_of(framework),
        first_month=framework.financial_year_starts_month,
    )
    context: dict[str, Any] = {"form": form, "year": form["year"].value()}
    if form.is_valid() and (proposal := _proposal(request, form, form.cleaned_data["year"])):
        dates = DatesForm(request.POST, rows=_rows(proposal))
        context |= {"year": proposal.year, "dates": dates, "looked": dates.is_valid()}
        edited, is_settled = _edited(request, dates, proposal)
        context["proposal"] = edited
        is_confirmed = is_settled and "adopt" in request.POST and dates.says_why()
        if is_confirmed and _adopt(request, form, edited):
            messages.success(request, f"The timetable of {proposal.year.label} is adopted.")
            where = redirect("timetables:timetable", request.council.name)
            where["Location"] += f"?year={proposal.year.slug}"
            return where
    return render(request, "timetables/timetable_lay_out.html", context)


def _rows(proposal: Proposal) -> list[DateRow]:
    return [
        DateRow(
            key=f"q{entry.quarter}_{entry.report}_{entry.step}_{entry.forum or ''}".lower(),
            entry=entry,
            report=f"quarter {entry.quarter}, {entry.report.label.lower()}",
        )
        for entry in proposal.entries
    ]


def _edited(request: CouncilRequest, dates: DatesForm, proposal: Proposal) -> tuple[Proposal, bool]:
    """Give the proposal with what was moved by hand, and whether all that follows has been seen."""
    if not dates.is_valid():
        dates.follow()
        return proposal.edited(dates.entries_after()), False
    along = moves_along_in_year(
        dates.moves,
        proposal.entries,
        framework_of(request.council).timetable.rules,
        year=proposal.year,
        closures=proposal.calendar.bank_holidays,
    )
    was_seen = dates.was_seen
    if was_seen:
        dates.take_along(along)
    left = [] if was_seen else along
    dates.offer(left)
    dates.follow()
    # What clashes is said of the year as it would be with what is offered.
    return proposal.edited(dates.entries_after(left)), was_seen


def _proposal(request: CouncilRequest, form: MeetingsForm, year: FinancialYear) -> Proposal | None:
    try:
        return propose(
            request.council,
            year,
            form.meetings,
            closed_days=form.cleaned_data["closed_days"],
            pre_election=form.cleaned_data["pre_election"],
        )
    except CannotAdoptError as error:
        form.add_error(None, str(error))
        return None


def _adopt(request: CouncilRequest, form: MeetingsForm, proposal: Proposal) -> bool:
    try:
        adopt_timetable(
            council=request.council, proposal=proposal, by=request.officeholder, at=request.at
        )
    except CannotAdoptError as error:
        form.add_error(None, str(error))
        return False
    return True


def _next_year(request: CouncilRequest) -> FinancialYear:
    latest = request.council.cycles.order_by("-year").values_list("year", flat=True).first()
    today = year_of(request.council, request.today)
    return FinancialYear(latest + 1, today.first_month) if latest else today


def _known_names(request: CouncilRequest) -> list[tuple[str, str]]:
    """List the forums that receive reports, each with the names by which its dates are found."""
    names = names_of_forums(request.council)
    reports = reports_of(framework_of(request.council))
    forums = dict.fromkeys(report.forum for report in reports)
    return [
        (forum.label, ", ".join(_as_written(name) for name, kind in names.items() if kind is forum))
        for forum in forums
    ]


def _as_written(name: str) -> str:
    return name.upper() if name in ("dmt", "pdc") else name


def _meetings(
    request: CouncilRequest, form: MeetingDatesForm, year: FinancialYear
) -> MeetingsRead | None:
    """Bring together what was pasted and what a file says; None if that cannot be read."""
    names = names_of_forums(request.council)
    pasted = form.cleaned_data["dates"].splitlines()
    said = [*said_in_lines(pasted, names)]
    file = form.cleaned_data["file"]
    try:
        if file is not None:
            said += _said_in(file, names, year)
    except CalendarFileError as error:
        form.add_error("file", str(error))
        return None
    except UnreadableWorkbookError as error:
        form.add_error("file", problem_of(error))
        return None
    read = take_meetings(said, year=year, problems=problems_of_lines(pasted))
    if file is not None and not read.meetings and not read.problems:
        return replace(read, problems=("No meeting was found in the file",))
    return read


def _said_in(file: UploadedFile, names: dict[str, BodyKind], year: FinancialYear) -> list[Said]:
    if (file.size or 0) > MOST_BYTES:
        raise CalendarFileError(
            "This file is larger than 5 MB: keep only the year's meetings in it"
        )
    content = file.read()
    if not (file.name or "").lower().endswith(SPREADSHEETS):
        last = last_day_of_meetings(year)
        return said_in_calendar(content, names, first=year.starts_on, last=last)
    return [*said_in_sheets(sheets_of(content), names, year=year)]
