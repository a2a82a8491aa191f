"""Drafts that keep themselves: what was typed so far, sent by the page while its officer writes on."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST

from goldenthread.design.govuk_forms import summarise_errors
from goldenthread.domain.kinds import ItemKind
from goldenthread.indicators.models import Indicator
from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.organisation.queries import framework_of
from goldenthread.reporting import permissions
from goldenthread.reporting.facts import draft_in_words
from goldenthread.reporting.forms.rows import RowForm
from goldenthread.reporting.http import cycle_or_404
from goldenthread.reporting.models import OfficersReturn, ReportingCycle
from goldenthread.reporting.queries.filings import action_filing, indicator_filing
from goldenthread.reporting.queries.own_filings import Filing
from goldenthread.reporting.views.rows import file_form, form_of, sitting_over, suggestion_of


@require_POST
@council_page
def update_draft(
    request: CouncilRequest, year: str, code: str, kind: ItemKind, pk: int
) -> HttpResponse:
    """Keep a draft of one return while it is being written, and answer in a few words.

    The page goes on with what is typed in it, whatever the answer is.
    """
    cycle = cycle_or_404(request.council, year=year, code=code)
    filing = _filing(cycle, kind, pk)
    permissions.check_can_file(
        request.officeholder, filing.item, closing=cycle.closing_on(request.today)
    )
    framework = framework_of(request.council)
    form = form_of(filing, framework, request.POST, key=request.POST.get("row", ""))
    with sitting_over(request, cycle, [filing]) as sitting:
        kept = file_form(sitting, filing, form, as_draft=True)
    if kept is None:
        return _refused(request, filing, form)
    when = timezone.localtime(request.at)
    answer = {
        "says": f"Draft saved {when:%H:%M}",
        "problems": _problems(form),
        "version": kept.version,
        "suggestion": suggestion_of(form, framework),
    }
    return JsonResponse(answer)


def _filing(cycle: ReportingCycle, kind: ItemKind, pk: int) -> Filing:
    if kind is ItemKind.ACTION:
        return action_filing(cycle, pk)
    indicator = get_object_or_404(Indicator, council=cycle.council_id, pk=pk)
    return indicator_filing(cycle, indicator.reference)


def _refused(request: CouncilRequest, filing: Filing, form: RowForm) -> HttpResponse:
    """Say why a draft was not kept and, where somebody else saved the return, show what they wrote."""
    update = filing.update
    theirs = update if update and form.is_behind(update.version) else None
    context = {"theirs": theirs, "their_figures": draft_in_words(theirs), "in_row": True}
    answer = {
        "says": "Not saved.",
        "problems": [_whose(request, theirs)] if theirs else _problems(form),
        "version": theirs.version if theirs else None,
        "theirs": render_to_string("reporting/_theirs.html", context, request) if theirs else "",
    }
    return JsonResponse(answer, status=409)


def _whose(request: CouncilRequest, theirs: OfficersReturn) -> str:
    """Say who saved a return meanwhile, and that both stay."""
    is_own = theirs.saved_by_id == request.user.pk
    who = "You" if is_own else theirs.saved_by.name
    when = timezone.localtime(theirs.saved_at)
    where = " in another window" if is_own else ""
    return (
        f"{who} saved this return{where} at {when:%H:%M}, while you were writing here. "
        "That is kept and shown here, and what you typed stays in its boxes."
    )


def _problems(form: RowForm) -> list[str]:
    return [error.words for error in summarise_errors(form)]
