from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from goldenthread.documents.formats import Format
from goldenthread.domain.periods import FinancialYear
from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.organisation.queries import year_called, year_of
from goldenthread.reporting.queries.cycles import current_cycle
from goldenthread.timetables.queries.year import timetable_page, worth_a_look


@require_safe
@council_page
def timetable(request: CouncilRequest) -> HttpResponse:
    """Show a year's timetable on one page; to the performance manager also what is worth a look."""
    shown = _year(request)
    context: dict[str, Any] = timetable_page(request.council, shown, request.today)
    context["picture"] = mark_safe(context["picture"])  # noqa: S308 - design.svg escapes what it draws
    context["formats"] = list(Format)
    context["may_move"] = request.officeholder.is_performance_manager
    if context["may_move"]:
        context |= worth_a_look(request.council, shown, context["quarters"])
    return render(request, "timetables/timetable.html", context)


def _year(request: CouncilRequest) -> FinancialYear:
    """Find the year that is asked for, or else the one that reports now."""
    with suppress(ValueError):
        return year_called(request.council, request.GET.get("year", ""))
    current = current_cycle(request.council, request.today)
    return current.financial_year if current else year_of(request.council, request.today)
