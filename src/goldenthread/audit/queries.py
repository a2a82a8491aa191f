from __future__ import annotations

from collections.abc import Iterator

from django.db import models

from goldenthread.audit.models import AuditChain, AuditEntry
from goldenthread.audit.seals import seal_of

AT_A_TIME = 1_000


def entries_about(target: models.Model) -> models.QuerySet[AuditEntry]:
    """List what was done to a record, latest first."""
    return AuditEntry.objects.filter(
        target_type=target._meta.label_lower, target_id=target.pk
    ).order_by("-number")


def first_broken_entry(council: str) -> AuditEntry | None:
    """Find the first entry of a council's trail that was changed, or that stands after a gap."""
    seal, number = "", 0
    for entry in _in_order(council):
        intact = entry.number == number + 1 and entry.previous_seal == seal
        if not intact or entry.seal != seal_of(entry):
            return entry
        seal, number = entry.seal, entry.number
    return None


def _in_order(council: str) -> Iterator[AuditEntry]:
    """Walk a trail from its start, some entries at a time: it can be long, and be left half way."""
    trail = AuditEntry.objects.filter(council=council).order_by("number")
    reached = -1
    while batch := list(trail.filter(number__gt=reached)[:AT_A_TIME]):
        yield from batch
        reached = batch[-1].number


def is_broken_off(council: str) -> bool:
    """Test whether a council's trail no longer ends where its chain does: its end was removed."""
    chain = AuditChain.objects.filter(council=council).values_list("length", "seal").first()
    entries = AuditEntry.objects.filter(council=council).order_by("-number")
    latest = entries.values_list("number", "seal").first()
    return (chain or (0, "")) != (latest or (0, ""))


def trail_length(council: str) -> int:
    """Count the entries of a council's trail."""
    return AuditEntry.objects.filter(council=council).count()
