from __future__ import annotations

from contextlib import suppress

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from goldenthread.domain.periods import FinancialYear
from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.reporting.queries.cycles import current_cycle
from goldenthread.timetables.queries.year import timetable_page


@require_safe
@council_page
def timetable(request: CouncilRequest) -> HttpResponse:
    """Show a year's timetable, cycle by cycle."""
    current = current_cycle(request.council, request.today)
    shown = current.financial_year if current else FinancialYear.of(request.today)
    if asked := request.GET.get("year"):
        with suppress(ValueError):
            shown = FinancialYear.parse(asked)
    context = timetable_page(request.council, shown, request.today)
    context["picture"] = mark_safe(context["picture"])  # noqa: S308 - design.svg escapes what it draws
    may_move = request.officeholder.is_performance_manager
    return render(request, "timetables/timetable.html", context | {"may_move": may_move})
