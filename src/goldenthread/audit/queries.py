from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from typing import cast

from django.db import models

from goldenthread.audit.models import AuditChain, AuditEntry
from goldenthread.audit.seals import seal_of


def entries_about(target: models.Model) -> models.QuerySet[AuditEntry]:
    """List what was done to a record, latest first."""
    return AuditEntry.objects.filter(
        target_type=target._meta.label_lower, target_id=target.pk
    ).order_by("-number")


def first_broken_entry(council: str) -> AuditEntry | None:
    """Find the first entry of a council's trail that was changed, or that stands after a gap."""
    seal, number = "", 0
    trail = AuditEntry.objects.filter(council=council).order_by("number")
    # A cursor that is left half read would stay open.
    with closing(cast("Generator[AuditEntry]", trail.iterator())) as entries:
        for entry in entries:
            intact = entry.number == number + 1 and entry.previous_seal == seal
            if not intact or entry.seal != seal_of(entry):
                return entry
            seal, number = entry.seal, entry.number
    return None


def is_broken_off(council: str) -> bool:
    """Test whether a council's trail no longer ends where its chain does: its end was removed."""
    chain = AuditChain.objects.filter(council=council).values_list("length", "seal").first()
    entries = AuditEntry.objects.filter(council=council).order_by("-number")
    latest = entries.values_list("number", "seal").first()
    return (chain or (0, "")) != (latest or (0, ""))


def trail_length(council: str) -> int:
    """Count the entries of a council's trail."""
    return AuditEntry.objects.filter(council=council).count()
