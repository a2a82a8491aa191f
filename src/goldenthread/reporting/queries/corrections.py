"""What was put right in submitted returns, and when."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Prefetch, QuerySet

from goldenthread.domain.kinds import ItemKind
from goldenthread.organisation.models import Council
from goldenthread.reporting.models import ActionUpdate, Correction


def corrections_of(council: Council) -> QuerySet[Correction]:
    """List a council's corrections with the items that they are of, earliest first."""
    return (
        Correction.objects.filter(cycle__council=council)
        .select_related(
            "cycle",
            "made_by",
            "action_update__action__challenge__plan",
            "indicator_update__indicator",
        )
        .order_by("made_at", "pk")
    )


def corrections_since(
    council: Council, since: datetime | None, *, until: datetime
) -> QuerySet[Correction]:
    """List what was put right after one moment and up to another; with no first one, all before."""
    found = corrections_of(council).filter(made_at__lte=until)
    return found.filter(made_at__gt=since) if since else found


def item_corrected(correction: Correction) -> tuple[ItemKind, int]:
    """Name the action or indicator whose return was put right."""
    update = correction.update_corrected
    if isinstance(update, ActionUpdate):
        return ItemKind.ACTION, update.action_id
    return ItemKind.INDICATOR, update.indicator_id


def with_corrections() -> Prefetch[str, QuerySet[Correction], str]:
    """Bring returns together with their corrections, earliest first, in one query."""
    return Prefetch(
        "corrections", Correction.objects.select_related("made_by").order_by("made_at", "pk")
    )
