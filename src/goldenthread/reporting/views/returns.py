from __future__ import annotations

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
from goldenthread.reporting.forms.returns import ActionUpdateForm, IndicatorUpdateForm
from goldenthread.reporting.http import cycle_or_404, file_with, join_sentences, what_is_next
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate
from goldenthread.reporting.needs import needs_of_action, needs_of_indicator
from goldenthread.reporting.operations import action_updates, indicator_updates
from goldenthread.reporting.operations.calling_back import call_back_update
from goldenthread.reporting.queries.filings import (
    ActionFiling,
    IndicatorFiling,
    action_filing,
    indicator_filing,
)
from goldenthread.reporting.returns import ReturnRefusedError


@require_http_methods(["GET", "POST"])
@council_page
def action_update_edit(request: CouncilRequest, year: str, code: str, pk: int) -> HttpResponse:
    """Take an action officer's update."""
    cycle = cycle_or_404(request.council, year=year, code=code)
    filing = action_filing(cycle, pk)
    _check_can_open(request, filing)
    if filing.update and "call_back" in request.POST:
        return _call_back(request, filing.update)
    ways = _ways_with(request, filing)
    form = ActionUpdateForm(
        request.POST if request.method == "POST" else None,
        scheme=framework_of(request.council).rating,
        update=filing.update,
        before=filing.before,
        corrects=ways.corrects and _asks_to_correct(request),
    )
    if form.is_valid():
        file = (
            action_updates.draft_action_update
            if "draft" in request.POST
            else action_updates.submit_action_update
        )
        filed = file_with(
            form,
            partial(
                file,
                cycle=cycle,
                action=filing.action,
                answers=form.answers(),
                by=request.officeholder,
                at=request.at,
            ),
        )
        if filed:
            return _after_filing(request, filed, ItemKind.ACTION, filing)
        filing = action_filing(cycle, pk)
    return _form_page(request, "reporting/action_update_edit.html", filing, form, ways)


@require_http_methods(["GET", "POST"])
@council_page
def indicator_update_edit(
    request: CouncilRequest, year: str, code: str, reference: str
) -> HttpResponse:
    """Take an indicator officer's update, and say what the figures typed so far suggest."""
    cycle = cycle_or_404(request.council, year=year, code=code)
    filing = indicator_filing(cycle, reference)
    _check_can_open(request, filing)
    if filing.update and "call_back" in request.POST:
        return _call_back(request, filing.update)
    ways = _ways_with(request, filing)
    form = IndicatorUpdateForm(
        request.POST if request.method == "POST" else None,
        scheme=framework_of(request.council).rating,
        figures=filing.figures,
        update=filing.update,
        before=filing.before,
        corrects=ways.corrects and _asks_to_correct(request),
    )
    if form.is_valid() and "suggest" not in request.POST:
        file = (
            indicator_updates.draft_indicator_update
            if "draft" in request.POST
            else indicator_updates.submit_indicator_update
        )
        filed = file_with(
            form,
            partial(
                file,
                cycle=cycle,
                indicator=filing.figures.indicator,
                answers=form.answers(),
                by=request.officeholder,
                at=request.at,
            ),
        )
        if filed:
            return _after_filing(request, filed, ItemKind.INDICATOR, filing)
        filing = indicator_filing(cycle, reference)
    return _form_page(request, _indicator_template(request), filing, form, ways)


def _check_can_open(request: CouncilRequest, filing: ActionFiling | IndicatorFiling) -> None:
    """Show a return's form to its officers, and once they are shut out to those who answer for it."""
    permissions.check_can_file(
        request.officeholder, filing.item, closing=filing.cycle.closing_on(request.today)
    )


def _ways_with(request: CouncilRequest, filing: ActionFiling | IndicatorFiling) -> doors.Ways:
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
    filing: ActionFiling | IndicatorFiling,
    form: ActionUpdateForm | IndicatorUpdateForm,
    ways: doors.Ways,
) -> HttpResponse:
    """Show the form; over words that somebody else saved since, show those too, and let it go on."""
    theirs = None
    if filing.update and form.is_behind(filing.update.version):
        theirs = filing.update
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


def _draft_url(filing: ActionFiling | IndicatorFiling) -> str:
    """Say where a page sends what was typed so far, for it to be kept."""
    kind = ItemKind.ACTION if isinstance(filing, ActionFiling) else ItemKind.INDICATOR
    where = [filing.cycle.council.name, *filing.cycle.slug.split("/"), kind.value, filing.item.pk]
    return reverse("reporting:update_draft", args=where)


def _needs(filing: ActionFiling | IndicatorFiling) -> list[str]:
    if isinstance(filing, ActionFiling):
        return needs_of_action(filing.update)
    return needs_of_indicator(filing.figures, filing.update)


def _after_filing(
    request: CouncilRequest,
    update: ActionUpdate | IndicatorUpdate,
    kind: ItemKind,
    filing: ActionFiling | IndicatorFiling,
) -> HttpResponse:
    """Go on to what comes next: the exception report that a red or amber asks for, or what is left."""
    cycle, reference = filing.cycle, filing.reference
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
