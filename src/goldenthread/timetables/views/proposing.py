from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from goldenthread.domain.kinds import BodyKind
from goldenthread.domain.meeting_dates import (
    EXPECTED,
    last_day_of_meetings,
    meetings_of_reports,
    read_meetings,
)
from goldenthread.domain.periods import FinancialYear
from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.organisation.queries import bodies_of, framework_of
from goldenthread.reporting import permissions
from goldenthread.timetables.calendar_files import CalendarFileError, lines_of_calendar
from goldenthread.timetables.forms.proposing import MeetingDatesForm, MeetingsForm, reports_of
from goldenthread.timetables.operations.proposing import (
    CannotAdoptError,
    Proposal,
    adopt_timetable,
    propose,
)


@require_http_methods(["GET", "POST"])
@council_page
def timetable_propose(request: CouncilRequest) -> HttpResponse:
    """Take the forums' meeting dates, and show which report each is likely to be for."""
    permissions.check_can_plan(request.officeholder, request.council)
    framework = framework_of(request.council)
    form = MeetingDatesForm(
        request.POST if request.method == "POST" else None,
        files=request.FILES if request.method == "POST" else None,
        first_month=framework.financial_year_starts_month,
        initial={"year": _next_year(request).label},
    )
    if form.is_valid():
        year = form.cleaned_data["year"]
        lines = _lines(request, form, year)
        if lines is not None:
            read = read_meetings(lines, _names(request), year=year)
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
                "problems": read.problems,
                "found": read.meetings,
            }
            return render(request, "timetables/timetable_lay_out.html", context)
    return render(request, "timetables/timetable_propose.html", {"form": form})


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
    if form.is_valid():
        year = context["year"] = form.cleaned_data["year"]
        proposal = _proposal(request, form, year)
        if proposal and "adopt" in request.POST and _adopt(request, form, proposal):
            messages.success(request, f"The timetable of {year.label} is adopted.")
            where = redirect("timetables:timetable", request.council.name)
            where["Location"] += f"?year={year.slug}"
            return where
        context["proposal"] = proposal
    return render(request, "timetables/timetable_lay_out.html", context)


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
    return FinancialYear(latest + 1) if latest else FinancialYear.of(request.today)


def _names(request: CouncilRequest) -> dict[str, BodyKind]:
    """Name the forums as people call them: by their kind, and by the council's own bodies."""
    names = {name.lower(): kind for kind in BodyKind for name in (kind.value, kind.label)}
    names |= {
        "scrutiny": BodyKind.SCRUTINY,
        "council": BodyKind.COUNCIL,
        "committees": BodyKind.PDC,
    }
    names |= {
        "lsp executive": BodyKind.LSP_EXECUTIVE_BOARD,
        "lsp strategic": BodyKind.LSP_STRATEGIC_BOARD,
    }
    for body in bodies_of(request.council):
        names |= {body.code.lower(): body.kind, body.title.lower(): body.kind}
    return names


def _lines(
    request: CouncilRequest, form: MeetingDatesForm, year: FinancialYear
) -> Sequence[str] | None:
    """Bring together what was pasted and what the calendar says; None if that cannot be read."""
    pasted = form.cleaned_data["dates"].splitlines()
    calendar = form.cleaned_data["calendar"]
    if calendar is None:
        return [*pasted]
    try:
        found = lines_of_calendar(
            calendar.read(), first=year.starts_on, last=last_day_of_meetings(year)
        )
    except CalendarFileError as error:
        form.add_error("calendar", str(error))
        return None
    names = _names(request)
    return [*pasted, *(line for line in found if any(name in line.lower() for name in names))]
