from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.reporting import permissions
from goldenthread.reporting.http import cycle_or_404
from goldenthread.reporting.models import Milestone, ReportingCycle
from goldenthread.timetables.forms.adding import MilestoneAddForm, MilestoneRemoveForm
from goldenthread.timetables.operations.adding import (
    CannotAddError,
    add_milestone,
    remove_milestone,
)
from goldenthread.timetables.queries.moves import clashes_with, milestone_of


@require_http_methods(["GET", "POST"])
@council_page
def milestone_add(request: CouncilRequest, year: str, code: str) -> HttpResponse:
    """Add a date to a cycle's timetable, once it is seen what clashes with it."""
    cycle = cycle_or_404(request.council, year=year, code=code)
    permissions.check_can_time(request.officeholder, cycle)
    form = MilestoneAddForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "cycle": cycle}
    if form.is_valid():
        step, forum = form.step_and_forum
        clashes = clashes_with(cycle, step, forum, form.cleaned_data["when"])
        context |= {"looked": True, "clashes": clashes}
        if "add" in request.POST and form.says_why() and (made := _add(request, cycle, form)):
            messages.success(request, f"{made.what}, {made.when}, is added.")
            return _timetable(request, cycle)
    return render(request, "timetables/milestone_add.html", context)


@require_http_methods(["GET", "POST"])
@council_page
def milestone_remove(request: CouncilRequest, year: str, code: str, number: int) -> HttpResponse:
    """Take a date out of a cycle's timetable."""
    cycle = cycle_or_404(request.council, year=year, code=code)
    permissions.check_can_time(request.officeholder, cycle)
    milestone = milestone_of(cycle, number)
    form = MilestoneRemoveForm(request.POST if request.method == "POST" else None)
    # The numbers may have changed since the page was drawn: no other date than the one shown goes.
    is_the_one = request.POST.get("shown") == str(milestone.pk)
    if form.is_valid() and is_the_one and _remove(request, milestone, form):
        messages.success(request, f"{milestone.what}, {milestone.when}, is taken out.")
        return _timetable(request, cycle)
    context = {"form": form, "cycle": cycle, "milestone": milestone}
    return render(request, "timetables/milestone_remove.html", context)


def _timetable(request: CouncilRequest, cycle: ReportingCycle) -> HttpResponse:
    where = redirect("timetables:timetable", request.council.name)
    where["Location"] += f"?year={cycle.financial_year.slug}"
    return where


def _add(
    request: CouncilRequest, cycle: ReportingCycle, form: MilestoneAddForm
) -> Milestone | None:
    step, forum = form.step_and_forum
    try:
        return add_milestone(
            cycle=cycle,
            step=step,
            forum=forum,
            when=form.cleaned_data["when"],
            because=form.cleaned_data["because"],
            by=request.officeholder,
            at=request.at,
        )
    except CannotAddError as error:
        form.add_error(None, str(error))
        return None


def _remove(request: CouncilRequest, milestone: Milestone, form: MilestoneRemoveForm) -> bool:
    try:
        remove_milestone(
            milestone=milestone,
            because=form.cleaned_data["because"],
            by=request.officeholder,
            at=request.at,
        )
    except CannotAddError as error:
        form.add_error(None, str(error))
        return False
    return True
