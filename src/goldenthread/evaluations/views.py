from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.design.govuk_forms import SummaryError, summarise_errors
from goldenthread.domain.closing import Closing
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
from goldenthread.reporting.doors import closed_words
from goldenthread.reporting.http import cycle_or_404, file_with, say_how_many
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.lines import plans_in
from goldenthread.reporting.returns import ReturnRefusedError


@dataclass(kw_only=True)
class Row:
    """An item of mine with its form; `theirs` is what somebody else saved meanwhile."""

    line: EvaluationLine
    form: EvaluationForm
    takes: bool
    filed: Evaluation | None = None

    @property
    def errors(self) -> list[SummaryError]:
        return [
            SummaryError(f"{self.line.reference}: {error.words}", error.target)
            for error in summarise_errors(self.form)
        ]

    @property
    def theirs(self) -> Evaluation | None:
        held = self.line.evaluation
        return held if held and self.form.is_behind(held.version) else None


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
    cycle = _cycle_or_404(request, year, code)
    if "call_back" in request.POST:
        return _call_back(request, cycle)
    rows = _rows(request, cycle)
    if request.method == "POST":
        for row in rows:
            _file(request, row)
        filed = [row for row in rows if row.filed]
        errors = [error for row in rows if row.form.is_bound for error in row.errors]
        if filed or not errors:
            say_how_many(request, len(filed), "evaluation")
        if not errors:
            return redirect(request.path)
    return _page(request, cycle, rows)


def _cycle_or_404(request: CouncilRequest, year: str, code: str) -> ReportingCycle:
    cycle = cycle_or_404(request.council, year=year, code=code)
    if not asks_for_evaluations(cycle):
        raise Http404(f"{cycle.title} asks for no evaluations.")
    return cycle


def _rows(request: CouncilRequest, cycle: ReportingCycle) -> list[Row]:
    """List what is a person's own, and what is left to them as a lead once officers are late."""
    by, day = request.officeholder, request.today
    own = my_evaluation_lines(by, cycle, today=day)
    is_closed = cycle.closing_on(day) in (Closing.CLOSED_TO_OFFICERS, Closing.LOCKED)
    left = left_to_leads(by, cycle, today=day) if is_closed else []
    mine = {line.key for line in own}
    taken = doors.taken(by, [line.item for line in (*own, *left)], cycle=cycle, day=day)
    lines = [*own, *(line for line in left if line.key not in mine and line.item in taken)]
    sent = request.POST if request.method == "POST" else None
    return [Row(line=line, form=_form(line, sent), takes=line.item in taken) for line in lines]


def _form(line: EvaluationLine, sent: Mapping[str, str] | None) -> EvaluationForm:
    """Read a row that was sent with something new in it; any other shows what is kept."""
    if sent is None or f"evaluation-{line.name}-difference" not in sent:
        return EvaluationForm(line=line)
    form = EvaluationForm(sent, line=line)
    is_new = not form.is_untouched or (line.evaluation is not None and "draft" not in sent)
    return form if is_new else EvaluationForm(line=line)


def _file(request: CouncilRequest, row: Row) -> None:
    if not row.form.is_bound or not row.form.is_valid():
        return
    row.filed = file_with(
        row.form,
        partial(
            draft_evaluation if "draft" in request.POST else submit_evaluation,
            cycle=row.line.cycle,
            item=row.line.item,
            said=row.form.said(),
            by=request.officeholder,
            at=request.at,
        ),
    )


def _call_back(request: CouncilRequest, cycle: ReportingCycle) -> HttpResponse:
    sent = request.POST["call_back"]
    evaluation = get_object_or_404(
        Evaluation.objects.select_related("action__challenge__plan", "indicator"),
        cycle=cycle,
        pk=sent if sent.isdigit() else 0,
    )
    try:
        call_back_evaluation(evaluation=evaluation, by=request.officeholder, at=request.at)
    except ReturnRefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{evaluation.item.reference} is a draft again.")
    return redirect(request.path)


def _page(request: CouncilRequest, cycle: ReportingCycle, rows: Sequence[Row]) -> HttpResponse:
    for row in rows:
        if known := row.filed or row.theirs:
            row.form.sees(known.version)
    to_do = [row for row in rows if not _is_in(row) and (_is_asked(row) or row.form.is_bound)]
    context = {
        "cycle": cycle,
        "rows": [row for row in to_do if row.takes or row.form.is_bound],
        "closed": [row.line for row in to_do if not row.takes and not row.form.is_bound],
        "done": [row for row in rows if _is_in(row)],
        "can_call_back": cycle.closing_on(request.today) is Closing.OPEN,
        "errors": [error for row in to_do if row.form.is_bound for error in row.errors],
        "closed_words": closed_words(cycle, request.today),
    }
    return render(request, "evaluations/my_evaluations.html", context)


def _is_asked(row: Row) -> bool:
    """Whether anything is asked of the item: an action that starts after the year owes nothing."""
    return row.takes or row.line.state.is_outstanding


def _is_in(row: Row) -> bool:
    held = row.filed or row.line.evaluation
    return held is not None and held.is_submitted and not row.errors
