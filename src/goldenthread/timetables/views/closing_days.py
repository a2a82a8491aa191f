from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from goldenthread.design.words import join_words
from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.reporting import permissions
from goldenthread.timetables.forms.closing_days import ClosedDaysForm
from goldenthread.timetables.operations.closing_days import CannotTakeOutError, take_out_closed


@require_http_methods(["GET", "POST"])
@council_page
def closed_days(request: CouncilRequest) -> HttpResponse:
    """Show the closed days and elections that the timetables go round, and take some out."""
    permissions.check_can_plan(request.officeholder, request.council)
    kept = request.council.closed_periods.order_by("starts_on", "ends_on", "is_pre_election")
    form = ClosedDaysForm(request.POST if request.method == "POST" else None, kept=list(kept))
    if form.is_valid() and _take_out(request, form):
        words = join_words([period.words for period in form.ticked])
        messages.success(request, f"Taken out: {words}. Dates that went round it stay as they are.")
        return redirect("timetables:closed_days", request.council.name)
    return render(request, "timetables/closed_days.html", {"form": form})


def _take_out(request: CouncilRequest, form: ClosedDaysForm) -> bool:
    try:
        take_out_closed(
            council=request.council,
            periods=form.ticked,
            because=form.cleaned_data["because"],
            by=request.officeholder,
            at=request.at,
        )
    except CannotTakeOutError as error:
        form.add_error(None, str(error))
        return False
    return True
