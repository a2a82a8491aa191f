"""How often the dates of a cycle changed: the audit trail knows, so no row has to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Max, Q

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.reporting.models import ReportingCycle


class Revision(NamedTuple):
    """How often the dates of a cycle were set or moved, and when last."""

    number: int
    latest: datetime


_SET_OR_MOVED = [
    verb
    for verb in Verb
    # A step that is taken by hand may move the deadline.
    if verb in (Verb.CYCLE_PLANNED, Verb.CYCLE_STEP_SET) or verb.value.startswith("milestone")
]


def revisions_of(cycles: Collection[int]) -> dict[int, Revision]:
    """Say by cycle how often its dates may have changed, in one query."""
    entries = AuditEntry.objects.filter(
        target_type=ReportingCycle._meta.label_lower, target_id__in=cycles, verb__in=_SET_OR_MOVED
    )
    counted = entries.values("target_id").annotate(
        number=Count("pk", filter=~Q(verb=Verb.CYCLE_PLANNED)), latest=Max("happened_at")
    )
    rows = counted.values_list("target_id", "number", "latest")
    return {cycle: Revision(number, latest) for cycle, number, latest in rows}
