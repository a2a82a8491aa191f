from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.design.govuk_forms import SummaryError, summarise_errors
from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.reporting.doors import closed_words
from goldenthread.reporting.http import cycle_or_404, file_with, say_how_many
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.lines import plans_in
from goldenthread.reporting.returns import ReturnRefusedError
from goldenthread.risks import doors
from goldenthread.risks.forms import RiskUpdateForm
from goldenthread.risks.models import RiskActionUpdate
from goldenthread.risks.operations import (
    call_back_risk_update,
    draft_risk_update,
    submit_risk_update,
)
from goldenthread.risks.queries import RiskLine, missing_in, my_risk_lines, risk_lines


@dataclass(kw_only=True)
class Row:
    """A risk action of mine with its form; `theirs` is what somebody else saved meanwhile."""

    line: RiskLine
    form: RiskUpdateForm
    takes: bool
    filed: RiskActionUpdate | None = None

    @property
    def errors(self) -> list[SummaryError]:
        return [
            SummaryError(f"{self.line.reference}: {error.words}", error.target)
            for error in summarise_errors(self.form)
        ]

    @property
    def theirs(self) -> RiskActionUpdate | None:
        update = self.line.update
        return update if update and self.form.is_behind(update.version) else None


@require_safe
@council_page
def risk_register(request: CouncilRequest, year: str, code: str, plan: str) -> HttpResponse:
    """Show a plan's risk register as it stands in a cycle (clause D-5)."""
    cycle = _cycle_or_404(request, year, code)
    found = get_object_or_404(plans_in(cycle), code__iexact=plan)
    lines = risk_lines(cycle, [found], today=request.today)
    context = {"cycle": cycle, "plan": found, "risks": lines, "missing": missing_in(lines)}
    return render(request, "risks/risk_register.html", context)


@require_http_methods(["GET", "POST"])
@council_page
def my_risks(request: CouncilRequest, year: str, code: str) -> HttpResponse:
    """Take a Risk Owner's returns on all their risk actions, each by itself (clause R-3)."""
    cycle = _cycle_or_404(request, year, code)
    if "call_back" in request.POST:
        return _call_back(request, cycle)
    rows = _rows(request, my_risk_lines(request.officeholder, cycle, today=request.today), cycle)
    if request.method == "POST":
        for row in rows:
            _file(request, row)
        filed = [row for row in rows if row.filed]
        errors = [error for row in rows if row.form.is_bound for error in row.errors]
        if filed or not errors:
            say_how_many(request, len(filed), "return")
        if not errors:
            return redirect(request.path)
    return _page(request, cycle, rows)


def _cycle_or_404(request: CouncilRequest, year: str, code: str) -> ReportingCycle:
    cycle = cycle_or_404(request.council, year=year, code=code)
    if not doors.asks_for_risks(cycle):
        raise Http404(f"{cycle.title} asks for no returns on the risk register.")
    return cycle


def _rows(request: CouncilRequest, lines: Sequence[RiskLine], cycle: ReportingCycle) -> list[Row]:
    sent = request.POST if request.method == "POST" else None
    return [
        Row(
            line=line,
            form=_form(line, sent),
            takes=doors.takes(request.officeholder, line.action, cycle=cycle, day=request.today),
        )
        for line in lines
    ]


def _form(line: RiskLine, sent: Mapping[str, str] | None) -> RiskUpdateForm:
    """Read a row that was sent with something new in it; any other shows what is kept."""
    if sent is None or f"risk-{line.action.pk}-commentary" not in sent:
        return RiskUpdateForm(line=line)
    form = RiskUpdateForm(sent, line=line)
    is_new = not form.is_untouched or (line.update is not None and "draft" not in sent)
    return form if is_new else RiskUpdateForm(line=line)


def _file(request: CouncilRequest, row: Row) -> None:
    if not row.form.is_bound or not row.form.is_valid():
        return
    row.filed = file_with(
        row.form,
        partial(
            draft_risk_update if "draft" in request.POST else submit_risk_update,
            cycle=row.line.cycle,
            action=row.line.action,
            answers=row.form.answers(),
            by=request.officeholder,
            at=request.at,
        ),
    )


def _call_back(request: CouncilRequest, cycle: ReportingCycle) -> HttpResponse:
    update = get_object_or_404(
        RiskActionUpdate.objects.select_related("risk_action__risk__plan"),
        cycle=cycle,
        pk=request.POST["call_back"] if request.POST["call_back"].isdigit() else 0,
    )
    try:
        call_back_risk_update(update=update, by=request.officeholder, at=request.at)
    except ReturnRefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{update.risk_action.reference} is a draft again.")
    return redirect(request.path)


def _page(request: CouncilRequest, cycle: ReportingCycle, rows: Sequence[Row]) -> HttpResponse:
    for row in rows:
        if known := row.filed or row.theirs:
            row.form.sees(known.version)
    to_do = [row for row in rows if not _is_in(row)]
    context = {
        "cycle": cycle,
        "rows": [row for row in to_do if row.takes or row.form.is_bound],
        "closed": [row.line for row in to_do if not row.takes and not row.form.is_bound],
        "done": [row for row in rows if _is_in(row)],
        "errors": [error for row in to_do if row.form.is_bound for error in row.errors],
        "closed_words": closed_words(cycle, request.today),
    }
    return render(request, "risks/my_risks.html", context)


def _is_in(row: Row) -> bool:
    update = row.filed or row.line.update
    return update is not None and update.is_submitted and not row.errors
