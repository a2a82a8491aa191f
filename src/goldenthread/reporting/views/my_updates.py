from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.reporting import doors
from goldenthread.reporting import my_updates as mine
from goldenthread.reporting.queries.closing import stands_in_words


@require_safe
@council_page
def my_updates(request: CouncilRequest) -> HttpResponse:
    """Show somebody what they owe, what was sent back to them, and what is in."""
    updates = mine.my_updates(request.officeholder, today=request.today)
    context = {
        "my": updates,
        "stands": stands_in_words(updates.cycle, request.today) if updates.cycle else "",
        "closed_words": _closed_words(request, updates),
    }
    return render(request, "reporting/my_updates.html", context)


def _closed_words(request: CouncilRequest, updates: mine.MyUpdates) -> dict[int, str]:
    """Say of each cycle that takes no more from somebody why not, by its key."""
    shut = {item.cycle.pk: item.cycle for item in updates.owed if not item.takes}
    return {pk: doors.closed_words(cycle, request.today) for pk, cycle in shut.items()}
