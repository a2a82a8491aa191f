from __future__ import annotations

from itertools import groupby

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goldenthread.documents.comparing import Change
from goldenthread.documents.tree import from_json
from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.packs import queries
from goldenthread.packs.compose.differing import differences_of
from goldenthread.packs.models import Pack


@require_safe
@council_page
def pack_compare(request: CouncilRequest) -> HttpResponse:
    """Show side by side what differs between two packs that a person may read; let them choose two."""
    packs = list(queries.packs_for(request.officeholder))
    before, after = (_asked(request, name, packs) for name in ("a", "b"))
    if before and after and before.issued_at > after.issued_at:
        before, after = after, before
    changes = _changes(before, after) if before and after else ()
    context = {
        "packs": packs,
        "before": before,
        "after": after,
        "count": len(changes),
        "sections": _by_section(changes),
        "is_long": len(changes) > MOST_OPEN,
    }
    return render(request, "packs/pack_compare.html", context)


MOST_OPEN = 40


def _asked(request: CouncilRequest, name: str, packs: list[Pack]) -> Pack | None:
    asked = request.GET.get(name, "")
    if not asked:
        return None
    found = next((pack for pack in packs if str(pack.pk) == asked), None)
    if found is None:
        raise Http404("There are no such papers.")
    return found


def _changes(before: Pack, after: Pack) -> tuple[Change, ...]:
    one, other = (from_json(bytes(pack.tree)) for pack in (before, after))
    return differences_of(one, other)


def _by_section(changes: tuple[Change, ...]) -> list[tuple[str, list[Change]]]:
    grouped = groupby(changes, key=lambda change: change.section)
    return [(section, list(group)) for section, group in grouped]
