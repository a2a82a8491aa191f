from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from goldenthread.domain.periods import FinancialYear
from goldenthread.domain.timetable_clashes import timetable_clashes
from goldenthread.domain.timetable_moves import Move, moves_along_in_year
from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.organisation.queries import framework_of, year_called
from goldenthread.reporting import permissions
from goldenthread.reporting.models import Milestone
from goldenthread.reporting.queries.cycles import timetable_of
from goldenthread.timetables.bank_holidays import calendar_of
from goldenthread.timetables.forms.dates import DateRow, DatesForm
from goldenthread.timetables.operations.moving import CannotMoveError, MovedBecause, move_many


@require_http_methods(["GET", "POST"])
@council_page
def timetable_edit(request: CouncilRequest, year: str) -> HttpResponse:
    """Move any dates of a year in one table, once it is seen what moves along with them."""
    permissions.check_can_plan(request.officeholder, request.council)
    shown = _year_or_404(request, year)
    held = {str(each.pk): each for each in timetable_of(request.council, shown)}
    rows = [
        DateRow(key=key, entry=each.entry, report=each.cycle.title) for key, each in held.items()
    ]
    form = DatesForm(request.POST if request.method == "POST" else None, rows=rows, keeps=True)
    context: dict[str, Any] = {"form": form, "year": shown}
    if form.is_valid() and form.edits:
        calendar = calendar_of(request.council, shown)
        along = moves_along_in_year(
            form.moves,
            [row.entry for row in rows],
            framework_of(request.council).timetable.rules,
            year=shown,
            closures=calendar.bank_holidays,
        )
        is_confirmed = "move" in request.POST and form.was_seen and form.says_why()
        if is_confirmed and _move(request, form, held, along):
            messages.success(request, "The dates are moved.")
            where = redirect("timetables:timetable", request.council.name)
            where["Location"] += f"?year={shown.slug}"
            return where
        form.offer(along)
        context["clashes"] = timetable_clashes(form.entries_after(along), calendar)
        context["looked"] = True
    if form.is_bound:
        form.follow()
    return render(request, "timetables/timetable_edit.html", context)


def _year_or_404(request: CouncilRequest, slug: str) -> FinancialYear:
    try:
        return year_called(request.council, slug)
    except ValueError as error:
        raise Http404 from error


def _move(
    request: CouncilRequest, form: DatesForm, held: dict[str, Milestone], along: list[Move]
) -> bool:
    form.take_along(along)
    moves = [
        MovedBecause(milestone=held[edit.row.key], when=edit.when, because=edit.because)
        for edit in form.edits
    ]
    try:
        move_many(council=request.council, moves=moves, by=request.officeholder, at=request.at)
    except CannotMoveError as error:
        form.add_error(None, str(error))
        return False
    return True
