from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.evaluations import doors
from goldenthread.evaluations.facts import asks_for_evaluations
from goldenthread.evaluations.forms import EvaluationForm
from goldenthread.evaluations.models import Evaluation
from goldenthread.evaluations.operations import (
    call_back_evaluation,
    draft_evaluation,
    submit_evaluation,
)
from goldenthread.evaluations.queries import (
    EvaluationLine,
    evaluation_lines,
    left_to_leads,
    missing_in,
    my_evaluation_lines,
)
from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.reporting.http import cycle_or_404
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.permissions import Item
from goldenthread.reporting.queries.lines import plans_in
from goldenthread.reporting.views.written_rows import Row, serve_table


class EvaluationTable:
    """An officer's evaluations, a row for each item of theirs."""

    noun = "evaluation"
    template = "evaluations/my_evaluations.html"

    def own(self, by: Officeholder, cycle: ReportingCycle, today: date) -> list[EvaluationLine]:
        return my_evaluation_lines(by, cycle, today=today)

    def left(self, by: Officeholder, cycle: ReportingCycle, today: date) -> list[EvaluationLine]:
        return left_to_leads(by, cycle, today=today)

    def taken(
        self,
        by: Officeholder,
        lines: Sequence[EvaluationLine],
        cycle: ReportingCycle,
        today: date,
    ) -> set[Item]:
        return doors.taken(by, {line.item: line.kept for line in lines}, cycle=cycle, day=today)

    def form(self, line: EvaluationLine, sent: Mapping[str, str] | None) -> EvaluationForm:
        return EvaluationForm(sent, line=line)

    def deed(
        self, request: CouncilRequest, row: Row[EvaluationLine, Evaluation, EvaluationForm]
    ) -> Callable[[], Evaluation]:
        return partial(
            draft_evaluation if "draft" in request.POST else submit_evaluation,
            cycle=row.line.cycle,
            item=row.line.item,
            said=row.form.said(),
            by=request.officeholder,
            at=request.at,
        )

    def call_back(self, request: CouncilRequest, cycle: ReportingCycle, key: int) -> str:
        held = Evaluation.objects.select_related("action__challenge__plan", "indicator")
        evaluation = get_object_or_404(held, cycle=cycle, pk=key)
        call_back_evaluation(evaluation=evaluation, by=request.officeholder, at=request.at)
        return evaluation.item.reference


@require_safe
@council_page
def evaluation_list(request: CouncilRequest, year: str, code: str, plan: str) -> HttpResponse:
    """Show what difference each action and indicator of a plan made, and which say nothing yet."""
    cycle = _cycle_or_404(request, year, code)
    found = get_object_or_404(plans_in(cycle), code__iexact=plan)
    lines = evaluation_lines(cycle, [found], today=request.today)
    context = {"cycle": cycle, "plan": found, "lines": lines, "missing": missing_in(lines)}
    return render(request, "evaluations/evaluation_list.html", context)


@require_http_methods(["GET", "POST"])
@council_page
def my_evaluations(request: CouncilRequest, year: str, code: str) -> HttpResponse:
    """Take an officer's evaluations of all that they hold, each by itself (clause C-3)."""
    return serve_table(request, _cycle_or_404(request, year, code), EvaluationTable())


def _cycle_or_404(request: CouncilRequest, year: str, code: str) -> ReportingCycle:
    cycle = cycle_or_404(request.council, year=year, code=code)
    if not asks_for_evaluations(cycle):
        raise Http404(f"{cycle.title} asks for no evaluations.")
    return cycle
