from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from goldenthread.accounts.models import User
from goldenthread.design.words import long_date
from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.organisation.queries import people_of
from goldenthread.reporting import permissions
from goldenthread.reporting.forms.closing import LettingInForm
from goldenthread.reporting.http import cycle_or_404, file_with
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.operations import closing
from goldenthread.reporting.queries.closing import closed_on
from goldenthread.reporting.returns import CycleClosedError

_REFUSED = (CycleClosedError, closing.AlreadyLockedError, closing.NotLockedError)


@require_http_methods(["GET", "POST"])
@council_page
def cycle_closing(request: CouncilRequest, year: str, code: str) -> HttpResponse:
    """Let the performance manager lock a cycle, unlock it, and let somebody in."""
    cycle = cycle_or_404(request.council, year=year, code=code)
    permissions.check_can_close(request.officeholder, cycle)
    if "lock" in request.POST or "unlock" in request.POST:
        return _turn_the_lock(request, cycle)
    people = people_of(request.council, request.today)
    form = LettingInForm(request.POST if request.method == "POST" else None, people=people)
    if form.is_valid() and _let_in(request, cycle, form):
        return redirect(request.path)
    context = {"cycle": cycle, "form": form, "closed": closed_on(cycle, request.today)}
    return render(request, "reporting/cycle_closing.html", context)


def _turn_the_lock(request: CouncilRequest, cycle: ReportingCycle) -> HttpResponse:
    locks = "lock" in request.POST
    turn = closing.lock_cycle if locks else closing.unlock_cycle
    try:
        turn(cycle=cycle, by=request.officeholder, at=request.at)
    except _REFUSED as error:
        messages.error(request, str(error))
    else:
        done = "locked. Only those let in by name can file in it" if locks else "unlocked"
        messages.success(request, f"{cycle.title} is {done}.")
    return redirect(request.path)


def _let_in(request: CouncilRequest, cycle: ReportingCycle, form: LettingInForm) -> bool:
    person = get_object_or_404(User, pk=form.cleaned_data["person"])
    let_in = partial(
        closing.let_in,
        cycle=cycle,
        person=person,
        until=form.last_day,
        reason=form.cleaned_data["reason"],
        by=request.officeholder,
        at=request.at,
    )
    letting = file_with(form, let_in)
    if letting is None:
        return False
    messages.success(
        request, f"{person.name} is let into {cycle.title} until {long_date(letting.until)}."
    )
    return True
