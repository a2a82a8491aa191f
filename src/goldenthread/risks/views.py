from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import RiskAction
from goldenthread.reporting.http import cycle_or_404
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.lines import plans_in
from goldenthread.reporting.views.written_rows import Row, serve_table
from goldenthread.risks import doors
from goldenthread.risks.forms import RiskUpdateForm
from goldenthread.risks.models import RiskActionUpdate
from goldenthread.risks.operations import (
    call_back_risk_update,
    draft_risk_update,
    submit_risk_update,
)
from goldenthread.risks.queries import (
    RiskLine,
    left_to_leads,
    missing_in,
    my_risk_lines,
    risk_lines,
)


class RiskTable:
    """A Risk Owner's returns, a row for each risk action of theirs."""

    noun = "return"
    template = "risks/my_risks.html"

    def own(self, by: Officeholder, cycle: ReportingCycle, today: date) -> list[RiskLine]:
        return my_risk_lines(by, cycle, today=today)

    def left(self, by: Officeholder, cycle: ReportingCycle, today: date) -> list[RiskLine]:
        return left_to_leads(by, cycle, today=today)

    def taken(
        self, by: Officeholder, lines: Sequence[RiskLine], cycle: ReportingCycle, today: date
    ) -> set[RiskAction]:
        return doors.taken(by, {line.item: line.kept for line in lines}, cycle=cycle, day=today)

    def form(self, line: RiskLine, sent: Mapping[str, str] | None) -> RiskUpdateForm:
        return RiskUpdateForm(sent, line=line)

    def deed(
        self, request: CouncilRequest, row: Row[RiskLine, RiskActionUpdate, RiskUpdateForm]
    ) -> Callable[[], RiskActionUpdate]:
        return partial(
            draft_risk_update if "draft" in request.POST else submit_risk_update,
            cycle=row.line.cycle,
            action=row.line.action,
            answers=row.form.answers(),
            by=request.officeholder,
            at=request.at,
        )

    def call_back(self, request: CouncilRequest, cycle: ReportingCycle, key: int) -> str:
        held = RiskActionUpdate.objects.select_related("risk_action__risk__plan")
        update = get_object_or_404(held, cycle=cycle, pk=key)
        call_back_risk_update(update=update, by=request.officeholder, at=request.at)
        return update.risk_action.reference


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
    return serve_table(request, _cycle_or_404(request, year, code), RiskTable())


def _cycle_or_404(request: CouncilRequest, year: str, code: str) -> ReportingCycle:
    cycle = cycle_or_404(request.council, year=year, code=code)
    if not doors.asks_for_risks(cycle):
        raise Http404(f"{cycle.title} asks for no returns on the risk register.")
    return cycle
