"""The page on which steps promised about an item are followed up, whatever its rating is now."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.domain.kinds import ItemKind
from goldenthread.exception_reports.forms import FollowUpForm
from goldenthread.exception_reports.operations.steps import check_can_follow_up, follow_up_steps
from goldenthread.exception_reports.queries.steps import promises_of
from goldenthread.indicators.models import Indicator
from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.plans.models import Action
from goldenthread.reporting.http import file_with
from goldenthread.reporting.permissions import Item


@require_http_methods(["GET", "POST"])
@council_page
def promise_edit(request: CouncilRequest, kind: ItemKind, pk: int) -> HttpResponse:
    """Take from an item's officer what became of the steps that were promised about it."""
    item = _item(request, kind, pk)
    check_can_follow_up(request.officeholder, item)
    promises = [promise for promise in promises_of(item) if promise.is_open]
    form = FollowUpForm(request.POST if request.method == "POST" else None, promises=promises)
    if form.is_valid():
        told = file_with(
            form,
            partial(
                follow_up_steps,
                item=item,
                told=form.told(),
                by=request.officeholder,
                at=request.at,
            ),
        )
        if told is not None:
            messages.success(request, "What became of the steps is kept.")
            return redirect(_page_of(request, item))
    context = {
        "form": form,
        "item": item,
        "reference": item.reference,
        "title": item.description if isinstance(item, Action) else item.definition,
        "back": _page_of(request, item),
    }
    return render(request, "exception_reports/promise_edit.html", context)


def _item(request: CouncilRequest, kind: ItemKind, pk: int) -> Item:
    if kind is ItemKind.ACTION:
        actions = Action.objects.select_related(
            "action_officer", "challenge__plan__council"
        ).prefetch_related("holders")
        return get_object_or_404(actions, challenge__plan__council=request.council, pk=pk)
    indicators = Indicator.objects.select_related("council", "indicator_officer")
    return get_object_or_404(indicators, council=request.council, pk=pk)


def _page_of(request: CouncilRequest, item: Item) -> str:
    if isinstance(item, Action):
        return reverse("home:action_detail", args=[request.council.name, item.pk])
    return reverse("home:indicator_detail", args=[request.council.name, item.reference])
