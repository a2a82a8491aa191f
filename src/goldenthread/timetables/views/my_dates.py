from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.timetables.queries.occasions import occasions_of


@require_safe
@council_page
def my_dates(request: CouncilRequest) -> HttpResponse:
    """Show a person the dates that concern them, from today on, and why they do."""
    found = occasions_of(request.officeholder, since=request.today)
    context = {
        "late": [occasion for occasion in found if occasion.is_past(request.today)],
        "ahead": [occasion for occasion in found if not occasion.is_past(request.today)],
    }
    return render(request, "timetables/my_dates.html", context)
