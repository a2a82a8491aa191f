from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.design.words import long_date
from goldenthread.domain.framework_tables import AskedOf
from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.organisation.queries import year_called
from goldenthread.reporting.http import cycle_or_404, file_with
from goldenthread.reporting.queries.lines import plans_in
from goldenthread.reporting.returns import ReturnRefusedError
from goldenthread.statements import doors, permissions
from goldenthread.statements.forms import BudgetForm, FinanceForm
from goldenthread.statements.models import FinanceStatement
from goldenthread.statements.operations.finance import (
    call_back_finance,
    draft_finance,
    set_plan_budget,
    submit_finance,
)
from goldenthread.statements.queries.finance import (
    FinanceLine,
    finance_before,
    finances_of,
)
from goldenthread.statements.queries.statements import submitter_words, versions_of


@require_safe
@council_page
def finance_detail(request: CouncilRequest, year: str, code: str, plan: str) -> HttpResponse:
    """Show how a plan's spending stands against its budget, as the Finance Team said it."""
    line = _line_or_404(request, year, code, plan)
    return render(
        request,
        "statements/finance_detail.html",
        {
            **_said(line),
            "versions": versions_of(line.submitted) if line.submitted else [],
            "may_open": permissions.may_open(request.officeholder, AskedOf.FINANCE, line.plan),
        },
    )


@require_http_methods(["GET", "POST"])
@council_page
def finance_edit(request: CouncilRequest, year: str, code: str, plan: str) -> HttpResponse:
    """Take what the Finance Team says of a plan's spending (clause O-2)."""
    line = _line_or_404(request, year, code, plan)
    permissions.check_may_open(request.officeholder, AskedOf.FINANCE, line.plan)
    if line.statement and "call_back" in request.POST:
        return _call_back(request, line.statement)
    form = _form(request, line)
    if form.is_valid():
        kept = file_with(form, _deed(request, line, form))
        if kept:
            done = "submitted" if kept.is_submitted else "kept as a draft"
            messages.success(request, f"{line.title}: {done}.")
            return redirect("home:home", request.council.name)
        line = _line_or_404(request, year, code, plan)
    return _page(request, line, form)


@require_http_methods(["GET", "POST"])
@council_page
def budget_edit(request: CouncilRequest, plan: str, year: str) -> HttpResponse:
    """Take a plan's budget for a year from the Finance Team (clause P-6)."""
    found = get_object_or_404(request.council.plans, code__iexact=plan)
    try:
        financial_year = year_called(request.council, year)
    except ValueError as error:
        raise Http404("There is no such year.") from error
    permissions.check_asked(request.officeholder, AskedOf.FINANCE, found)
    budget = list(found.budget_lines.filter(year=financial_year.starts_in))
    form = BudgetForm(request.POST if request.method == "POST" else None, budget=budget)
    if form.is_valid():
        set_plan_budget(
            plan=found,
            year=financial_year.starts_in,
            lines=form.given(),
            by=request.officeholder,
            at=request.at,
        )
        messages.success(request, f"The budget of {found.title} is kept.")
        return redirect("home:plan_detail", request.council.name, found.code)
    context = {"form": form, "plan": found, "year": financial_year}
    return render(request, "statements/budget_edit.html", context)


def _line_or_404(request: CouncilRequest, year: str, code: str, plan: str) -> FinanceLine:
    cycle = cycle_or_404(request.council, year=year, code=code)
    found = get_object_or_404(plans_in(cycle), code__iexact=plan)
    lines = finances_of(cycle, [found], today=request.today)
    if not lines:
        raise Http404(f"{cycle.title} does not ask for the plans' finances.")
    return lines[0]


def _form(request: CouncilRequest, line: FinanceLine) -> FinanceForm:
    return FinanceForm(
        request.POST if request.method == "POST" else None,
        budget=line.budget,
        statement=line.statement,
        before=finance_before(line.cycle, line.plan),
    )


def _deed(
    request: CouncilRequest, line: FinanceLine, form: FinanceForm
) -> Callable[[], FinanceStatement]:
    return partial(
        draft_finance if "draft" in request.POST else submit_finance,
        cycle=line.cycle,
        plan=line.plan,
        answers=form.answers(),
        by=request.officeholder,
        at=request.at,
    )


def _call_back(request: CouncilRequest, statement: FinanceStatement) -> HttpResponse:
    try:
        call_back_finance(statement=statement, by=request.officeholder, at=request.at)
    except ReturnRefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "It is a draft again. Submit it anew.")
    return redirect(request.path)


def _said(line: FinanceLine) -> dict[str, Any]:
    last_day = long_date(doors.taken_until(line.cycle))
    return {
        "line": line,
        "cycle": line.cycle,
        "plan": line.plan,
        "said_by": submitter_words(line.submitted) if line.submitted else "",
        "until": doors.taken_until(line.cycle),
        "not_in_words": f"The Finance Team can write it until {last_day}.",
    }


def _page(request: CouncilRequest, line: FinanceLine, form: FinanceForm) -> HttpResponse:
    """Show the form; over figures that somebody else saved since, show those too, and let it go on."""
    theirs = None
    if line.statement and form.is_behind(line.statement.version):
        theirs = line.statement
        form.sees(line.statement.version)
    is_open = doors.takes(
        request.officeholder,
        AskedOf.FINANCE,
        line.plan,
        cycle=line.cycle,
        held=line.statement,
        day=request.today,
    )
    in_time = doors.can_be_called_back(line.cycle, request.today)
    said = _said(line)
    context = said | {
        "form": form,
        "theirs": theirs,
        "is_open": is_open,
        "may_set_budget": permissions.may_set_budget(request.officeholder, line.plan),
        "closed_words": said["not_in_words"]
        if in_time
        else doors.closed_words(line.cycle, request.today),
        "may_call_back": is_open and in_time,
    }
    return render(request, "statements/finance_edit.html", context)
