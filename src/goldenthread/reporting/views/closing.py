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
from goldenthread.reporting.forms.closing import CycleStepForm, LettingInForm
from goldenthread.reporting.http import cycle_or_404, file_with
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.operations import closing
from goldenthread.reporting.operations.cycle_steps import take_step_by_hand
from goldenthread.reporting.queries.closing import closed_on, trail_of, words_of


@require_http_methods(["GET", "POST"])
@council_page
def cycle_closing(request: CouncilRequest, year: str, code: str) -> HttpResponse:
    """Let the performance manager take a cycle's steps by hand, and let somebody in."""
    cycle = cycle_or_404(request.council, year=year, code=code)
    permissions.check_can_close(request.officeholder, cycle)
    takes_step = "take_step" in request.POST
    step_form = CycleStepForm(
        request.POST if takes_step else None, closing=cycle.closing_on(request.today)
    )
    people = people_of(request.council, request.today)
    form = LettingInForm(
        request.POST if request.method == "POST" and not takes_step else None, people=people
    )
    if step_form.is_valid() and _take_step(request, cycle, step_form):
        return redirect(request.path)
    if form.is_valid() and _let_in(request, cycle, form):
        return redirect(request.path)
    context = {
        "cycle": cycle,
        "form": form,
        "step_form": step_form,
        "shown": step_form if takes_step else form,
        "closed": closed_on(cycle, request.today),
        "trail": trail_of(cycle),
    }
    return render(request, "reporting/cycle_closing.html", context)


def _take_step(request: CouncilRequest, cycle: ReportingCycle, form: CycleStepForm) -> bool:
    take = partial(
        take_step_by_hand,
        cycle=cycle,
        way=form.cleaned_data["way"],
        on=form.day,
        because=form.cleaned_data["because"],
        by=request.officeholder,
        at=request.at,
    )
    taken = file_with(form, take)
    if taken is None:
        return False
    messages.success(request, f"{cycle.title}: {words_of(taken)}.")
    return True


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
