from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.reporting import permissions
from goldenthread.reporting.http import cycle_or_404
from goldenthread.reporting.models import Milestone
from goldenthread.timetables.forms.moving import MilestoneMoveForm
from goldenthread.timetables.operations.moving import CannotMoveError, Moved, move_milestones
from goldenthread.timetables.queries.moves import Along, along_with, clashes_after, milestone_of


@require_http_methods(["GET", "POST"])
@council_page
def milestone_move(request: CouncilRequest, year: str, code: str, number: int) -> HttpResponse:
    """Move a date of the timetable, once it is seen what moves along with it."""
    cycle = cycle_or_404(request.council, year=year, code=code)
    permissions.check_can_time(request.officeholder, cycle)
    milestone = milestone_of(cycle, number)
    form = MilestoneMoveForm(
        request.POST if request.method == "POST" else None, milestone=milestone
    )
    context: dict[str, Any] = {"form": form, "milestone": milestone, "cycle": cycle}
    # The numbers may have changed since the page was drawn: no other date than the one shown moves.
    if form.is_bound and request.POST.get("shown") != str(milestone.pk):
        form.add_error(None, f"The timetable has changed meanwhile: this is now {milestone.what}")
    if form.is_valid():
        along = along_with(milestone, form.to_when)
        form.offer(along)
        clashes = clashes_after(milestone, form.to_when, along)
        context |= {"along": along, "looked": True, "clashes": clashes}
        is_confirmed = "move" in request.POST and form.says_why()
        if is_confirmed and _move(request, form, milestone, along):
            messages.success(request, f"{milestone.what} is moved.")
            where = redirect("timetables:timetable", request.council.name)
            where["Location"] += f"?year={cycle.financial_year.slug}"
            return where
    return render(request, "timetables/milestone_move.html", context)


def _move(
    request: CouncilRequest, form: MilestoneMoveForm, milestone: Milestone, along: list[Along]
) -> bool:
    ticked = [each for each in along if str(each.milestone.pk) in form.ticked]
    moves = [Moved(milestone=each.milestone, when=each.when) for each in ticked]
    try:
        move_milestones(
            cycle=milestone.cycle,
            moves=[Moved(milestone=milestone, when=form.to_when), *moves],
            because=form.cleaned_data["because"],
            by=request.officeholder,
            at=request.at,
        )
    except CannotMoveError as error:
        form.add_error("when", str(error))
        return False
    return True
