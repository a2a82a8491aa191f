"""Who was written to about a cycle, when and how often."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Max, Q
from django.utils import timezone

from goldenthread.notices.models import Notice, NoticeKind
from goldenthread.reporting.models import ReportingCycle

REMINDS_FOR = timedelta(days=28)
"""How long after its deadline a reminder is counted to a cycle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How often somebody was nudged about a cycle, and when they were written to last."""

    nudges: int = 0
    nudged_at: datetime | None = None
    reminded_at: datetime | None = None
    refused: int = 0

    @property
    def latest_at(self) -> datetime | None:
        return max(filter(None, (self.nudged_at, self.reminded_at)), default=None)


NEVER = Contact()


def nudges_of(cycle: ReportingCycle) -> str:
    """Begin the key of every nudge about a cycle."""
    return f"nudge/{cycle.slug}/"


def contacts_of(cycle: ReportingCycle) -> dict[int, Contact]:
    """Find by person how often and when they were written to about a cycle, in one query."""
    rows = (
        Notice.objects.filter(_about(cycle), council=cycle.council.name)
        .values("recipient_id")
        .annotate(
            nudges=Count("pk", filter=_NUDGES),
            nudged_at=Max("written_at", filter=_NUDGES),
            reminded_at=Max("written_at", filter=~_NUDGES),
            refused=Count("pk", filter=Q(refused_at__isnull=False)),
        )
    )
    return {row.pop("recipient_id"): Contact(**row) for row in rows}


_NUDGES = Q(kind=NoticeKind.NUDGE)


def _about(cycle: ReportingCycle) -> Q:
    since, until = (
        _midnight(cycle.opens_on),
        _midnight(cycle.due_on + REMINDS_FOR),
    )
    reminders = Q(kind=NoticeKind.REMINDER, written_at__gte=since, written_at__lt=until)
    return Q(kind=NoticeKind.NUDGE, key__startswith=nudges_of(cycle)) | reminders


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def together(contacts: Mapping[int, Contact], people: Iterable[int]) -> Contact:
    """Sum up how several people were written to: what the one who heard most has heard."""
    found = [contacts[person] for person in people if person in contacts]
    return Contact(
        nudges=max((one.nudges for one in found), default=0),
        nudged_at=max((one.nudged_at for one in found if one.nudged_at), default=None),
        reminded_at=max((one.reminded_at for one in found if one.reminded_at), default=None),
        refused=sum(one.refused for one in found),
    )
