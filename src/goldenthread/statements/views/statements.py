from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.design.words import long_date
from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.plans.models import Plan
from goldenthread.reporting.http import cycle_or_404, file_with
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.lines import plans_in
from goldenthread.reporting.returns import ReturnRefusedError
from goldenthread.statements import doors, permissions
from goldenthread.statements.forms import StatementForm
from goldenthread.statements.models import PlanStatement
from goldenthread.statements.operations.statements import (
    call_back_statement,
    draft_statement,
    submit_statement,
)
from goldenthread.statements.queries.plan_ratings import plan_ratings
from goldenthread.statements.queries.statements import (
    StatementLine,
    answers_of,
    earlier_statements,
    statements_asked,
    submitter_words,
    versions_of,
)


@require_safe
@council_page
def statement_detail(
    request: CouncilRequest, year: str, code: str, plan: str, key: str
) -> HttpResponse:
    """Show what was said of a plan as a whole in a cycle, and in those before it."""
    line = _line_or_404(request, year, code, plan, key)
    earlier = earlier_statements(line.cycle, line.plan, key)
    context = {
        "line": line,
        "cycle": line.cycle,
        "plan": line.plan,
        "said_by": submitter_words(line.submitted) if line.submitted else "",
        "not_in_words": f"{line.whom} can write it until {_last_day(line)}.",
        "earlier": [
            (each.cycle, submitter_words(each), answers_of(each, line.rule)) for each in earlier
        ],
        "versions": versions_of(line.submitted) if line.submitted else [],
        "may_open": permissions.may_open(request.officeholder, line.rule.asked_of, line.plan),
    }
    return render(request, "statements/statement_detail.html", context)


@require_http_methods(["GET", "POST"])
@council_page
def statement_edit(
    request: CouncilRequest, year: str, code: str, plan: str, key: str
) -> HttpResponse:
    """Take what a plan's leads, or whoever else is asked, say of it as a whole (clause O-1)."""
    line = _line_or_404(request, year, code, plan, key)
    permissions.check_may_open(request.officeholder, line.rule.asked_of, line.plan)
    if line.statement and "call_back" in request.POST:
        return _call_back(request, line.statement)
    form = _form(request, line)
    if form.is_valid():
        kept = file_with(form, _deed(request, line, form))
        if kept:
            messages.success(request, _done(line, kept))
            return redirect("home:home", request.council.name)
        line = _line_or_404(request, year, code, plan, key)
    return _page(request, line, form)


def _line_or_404(
    request: CouncilRequest, year: str, code: str, plan: str, key: str
) -> StatementLine:
    cycle = cycle_or_404(request.council, year=year, code=code)
    return _line_of(request, cycle, get_object_or_404(plans_in(cycle), code__iexact=plan), key)


def _line_of(request: CouncilRequest, cycle: ReportingCycle, plan: Plan, key: str) -> StatementLine:
    lines = statements_asked(cycle, [plan], today=request.today)
    found = next((line for line in lines if line.rule.key == key), None)
    if found is None:
        raise Http404(f"{cycle.title} does not ask this about its plans.")
    return found


def _form(request: CouncilRequest, line: StatementLine) -> StatementForm:
    earlier = earlier_statements(line.cycle, line.plan, line.rule.key)
    return StatementForm(
        request.POST if request.method == "POST" else None,
        rule=line.rule,
        statement=line.statement,
        before=earlier[0] if earlier else None,
    )


def _deed(
    request: CouncilRequest, line: StatementLine, form: StatementForm
) -> Callable[[], PlanStatement]:
    return partial(
        draft_statement if "draft" in request.POST else submit_statement,
        cycle=line.cycle,
        plan=line.plan,
        key=line.rule.key,
        said=form.said(),
        seen_version=form.version_seen,
        by=request.officeholder,
        at=request.at,
    )


def _done(line: StatementLine, kept: PlanStatement) -> str:
    what = f"{line.rule.title} of {line.plan.title}"
    return f"{what}: submitted." if kept.is_submitted else f"{what}: kept as a draft."


def _call_back(request: CouncilRequest, statement: PlanStatement) -> HttpResponse:
    try:
        call_back_statement(statement=statement, by=request.officeholder, at=request.at)
    except ReturnRefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "It is a draft again. Submit it anew.")
    return redirect(request.path)


def _page(request: CouncilRequest, line: StatementLine, form: StatementForm) -> HttpResponse:
    """Show the form; over words that somebody else saved since, show those too, and let it go on."""
    theirs = None
    if line.statement and form.is_behind(line.statement.version):
        theirs = line.statement
        form.sees(line.statement.version)
    is_open = doors.takes(
        request.officeholder,
        line.rule.asked_of,
        line.plan,
        cycle=line.cycle,
        held=line.statement,
        day=request.today,
    )
    context: dict[str, Any] = {
        "form": form,
        "line": line,
        "cycle": line.cycle,
        "plan": line.plan,
        "theirs": theirs,
        "said_by": submitter_words(line.submitted) if line.submitted else "",
        "until": doors.taken_until(line.cycle),
        "is_open": is_open,
        "closed_words": _closed_words(request, line),
        "may_call_back": is_open and doors.can_be_called_back(line.cycle, request.today),
        "ratings": plan_ratings(line.cycle, line.plan, today=request.today),
    }
    return render(request, "statements/statement_edit.html", context)


def _closed_words(request: CouncilRequest, line: StatementLine) -> str:
    """Say why somebody cannot write here: too late, or not theirs to write."""
    if doors.can_be_called_back(line.cycle, request.today):
        return f"{line.whom} can write it until {_last_day(line)}."
    return doors.closed_words(line.cycle, request.today)


def _last_day(line: StatementLine) -> str:
    return long_date(doors.taken_until(line.cycle))
