from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.domain.exceptions import owes_exception_report
from goldenthread.domain.kinds import ItemKind
from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.organisation.queries import framework_of
from goldenthread.reporting import doors, permissions
from goldenthread.reporting.facts import draft_in_words, facts_of
from goldenthread.reporting.filers import filed_words
from goldenthread.reporting.forms.returns import IndicatorUpdateForm
from goldenthread.reporting.forms.rows import RowForm, has_readable_change
from goldenthread.reporting.http import cycle_or_404, join_sentences, what_is_next
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate
from goldenthread.reporting.needs import needs_of_action, needs_of_indicator
from goldenthread.reporting.operations import indicator_updates
from goldenthread.reporting.operations.calling_back import call_back_update
from goldenthread.reporting.queries.filings import (
    ActionFiling,
    IndicatorFiling,
    action_filing,
    indicator_filing,
)
from goldenthread.reporting.queries.own_filings import Filing
from goldenthread.reporting.returns import ReturnRefusedError
from goldenthread.reporting.views.rows import file_form, form_of, sitting_over


@require_http_methods(["GET", "POST"])
@council_page
def action_update_edit(request: CouncilRequest, year: str, code: str, pk: int) -> HttpResponse:
    """Take an action officer's update."""
    cycle = cycle_or_404(request.council, year=year, code=code)
    return _edit(request, partial(action_filing, cycle, pk), "reporting/action_update_edit.html")


@require_http_methods(["GET", "POST"])
@council_page
def indicator_update_edit(
    request: CouncilRequest, year: str, code: str, reference: str
) -> HttpResponse:
    """Take an indicator officer's update, and say what the figures typed so far suggest."""
    cycle = cycle_or_404(request.council, year=year, code=code)
    return _edit(request, partial(indicator_filing, cycle, reference), _indicator_template(request))


def _edit(request: CouncilRequest, find: Callable[[], Filing], template: str) -> HttpResponse:
    filing = find()
    _check_can_open(request, filing)
    if filing.update and "call_back" in request.POST:
        return _call_back(request, filing.update)
    ways = _ways_with(request, filing)
    form = form_of(
        filing,
        framework_of(request.council),
        request.POST if request.method == "POST" else None,
        corrects=ways.corrects and _asks_to_correct(request),
    )
    filed = None
    if _is_to_be_filed(request, form):
        filed = _file(request, filing, form)
        if filed and form.is_valid():
            return _after_filing(request, filed, filing)
        filing = find()
    return _form_page(request, template, filing, form, ways, kept=filed is not None)


def _is_to_be_filed(request: CouncilRequest, form: RowForm) -> bool:
    """Test whether a form is whole enough to be sent; a draft takes whatever can be read."""
    is_whole = form.is_valid()
    if "suggest" in request.POST:
        return False
    return is_whole or ("draft" in request.POST and has_readable_change(form))


def _file(
    request: CouncilRequest, filing: Filing, form: RowForm
) -> ActionUpdate | IndicatorUpdate | None:
    with sitting_over(request, filing.cycle, [filing]) as sitting:
        filed = file_form(sitting, filing, form, as_draft="draft" in request.POST)
    if filed and not form.is_valid():
        messages.info(request, "What can be read is kept as a draft. Put the rest right below.")
    return filed


def _check_can_open(request: CouncilRequest, filing: Filing) -> None:
    """Show a return's form to its officers, and once they are shut out to those who answer for it."""
    permissions.check_can_file(
        request.officeholder, filing.item, closing=filing.cycle.closing_on(request.today)
    )


def _ways_with(request: CouncilRequest, filing: Filing) -> doors.Ways:
    return doors.ways_with(
        request.officeholder,
        filing.item,
        cycle=filing.cycle,
        held=filing.update,
        day=request.today,
    )


def _asks_to_correct(request: CouncilRequest) -> bool:
    """Test whether a correction is asked for or sent, also from a page that was shown too early for it."""
    return request.method == "POST" or "correct" in request.GET


def _call_back(request: CouncilRequest, update: ActionUpdate | IndicatorUpdate) -> HttpResponse:
    try:
        call_back_update(update=update, by=request.officeholder, at=request.at)
    except ReturnRefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "This return is open again. It counts once you submit it.")
    return redirect(request.path)


def _indicator_template(request: CouncilRequest) -> str:
    is_part = request.htmx and "suggest" in request.POST
    return f"reporting/{'_suggestion' if is_part else 'indicator_update_edit'}.html"


def _form_page(
    request: CouncilRequest,
    template: str,
    filing: Filing,
    form: RowForm,
    ways: doors.Ways,
    *,
    kept: bool = False,
) -> HttpResponse:
    """Show the form; over words that somebody else saved since, show those too, and let it go on."""
    theirs = None
    if filing.update and form.is_behind(filing.update.version):
        theirs = None if kept else filing.update
        form.sees(filing.update.version)
    cycle = filing.cycle
    context: dict[str, Any] = {
        "form": form,
        "filing": filing,
        "cycle": cycle,
        "plan": filing.plan,
        "reference": filing.reference,
        "title": filing.title,
        "theirs": theirs,
        "their_figures": draft_in_words(theirs),
        "ways": ways,
        "draft_url": "" if "correction_reason" in form.fields else _draft_url(filing),
        "corrects": "correction_reason" in form.fields,
        "closed_words": "" if ways.are_open else doors.closed_words(cycle, request.today),
        "filed": filed_words(filing.update, filing.item) if filing.update else "",
        "needs": _needs(filing),
    }
    if isinstance(filing, IndicatorFiling) and isinstance(form, IndicatorUpdateForm):
        answers = form.answers() if form.is_bound else form.drafted()
        context["weighed"] = indicator_updates.weigh(filing.figures, cycle, answers)
        context["facts"] = facts_of(filing.figures)
    return render(request, template, context)


def _draft_url(filing: Filing) -> str:
    """Say where a page sends what was typed so far, for it to be kept."""
    where = [filing.cycle.council.name, *filing.cycle.slug.split("/")]
    return reverse("reporting:update_draft", args=[*where, _kind_of(filing).value, filing.item.pk])


def _kind_of(filing: Filing) -> ItemKind:
    return ItemKind.ACTION if isinstance(filing, ActionFiling) else ItemKind.INDICATOR


def _needs(filing: Filing) -> list[str]:
    if isinstance(filing, ActionFiling):
        return needs_of_action(filing.update)
    return needs_of_indicator(filing.figures, filing.update)


def _after_filing(
    request: CouncilRequest,
    update: ActionUpdate | IndicatorUpdate,
    filing: Filing,
) -> HttpResponse:
    """Go on to what comes next: the exception report that a red or amber asks for, or what is left."""
    cycle, reference, kind = filing.cycle, filing.reference, _kind_of(filing)
    if not update.is_submitted:
        messages.success(request, f"Your draft for {reference} is kept. It is not submitted yet.")
        return redirect("home:home", request.council.name)
    is_new = update.saved_at == update.submitted_at
    done = f"{reference} {'is in' if is_new else 'has been put right'} for {cycle.title}."
    rule = framework_of(request.council).exception_rule
    if update.rating and owes_exception_report(
        cycle_kind=cycle.kind, item_kind=kind, rating=update.rating, rule=rule
    ):
        asks = f"As it is {update.rating.label}, it needs an exception report, which comes next."
        messages.success(request, f"{done} {asks}")
        where = [request.council.name, *cycle.slug.split("/"), kind.value, update.pk]
        return redirect(reverse("exception_reports:exception_report_edit", args=where))
    seen = f"{filing.plan.lead_officer} can see it now." if is_new else ""
    messages.success(request, join_sentences(done, seen, what_is_next(request)))
    return redirect("home:home", request.council.name)
