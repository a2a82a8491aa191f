from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from goldenthread.plans.models import DueRevision


def due_revisions(actions: Iterable[int]) -> QuerySet[DueRevision]:
    """List the revisions of when some actions are due, the earliest first."""
    return (
        DueRevision.objects.filter(action__in=actions)
        .select_related("revised_by")
        .order_by("action_id", "number")
    )
