"""Who has been reminded since a cycle opened or closed, and so heard of it already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Max
from django.utils import timezone

from goldenthread.chasing.queries.people import Holder
from goldenthread.domain.cycle_steps import CycleStep
from goldenthread.domain.reminders import LAPSES_AFTER
from goldenthread.domain.working_days import ONE_DAY
from goldenthread.notices.models import Notice, NoticeKind
from goldenthread.reporting.models import ReportingCycle, StepTaken


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """When people were last reminded, by council and person, and which cycles somebody opened today."""

    today: date
    reminded: Mapping[tuple[str, int], datetime]
    opened_by_hand: Mapping[int, datetime]

    def that_it_opened(self, cycle: ReportingCycle, person: Holder) -> bool:
        """Test whether somebody was reminded today after a cycle opened: they know what they owe in it."""
        since = self.opened_by_hand.get(cycle.pk) or _start_of(self.today)
        return self._since(since, cycle, person)

    def that_it_closed(self, cycle: ReportingCycle, person: Holder) -> bool:
        """Test whether somebody was reminded after a cycle closed: the reminder said so too."""
        return self._since(cycle.closed_at or _start_of(cycle.due_on + ONE_DAY), cycle, person)

    def _since(self, since: datetime, cycle: ReportingCycle, person: Holder) -> bool:
        reminded = self.reminded.get((cycle.council.name, person.person_id))
        return reminded is not None and reminded > since


def heard_in(cycles: Sequence[ReportingCycle], at: datetime) -> Heard:
    """Find who was reminded lately in the councils of some cycles, in two queries."""
    today = timezone.localdate(at)
    reminders = Notice.objects.filter(
        council__in={cycle.council.name for cycle in cycles},
        kind=NoticeKind.REMINDER,
        written_at__gte=at - LAPSES_AFTER,
    )
    rows = reminders.order_by().values("council", "recipient_id").annotate(latest=Max("written_at"))
    opened = StepTaken.objects.filter(
        cycle__in=cycles, step=CycleStep.OPEN, way__isnull=False, falls_on=today
    )
    by_hand = opened.order_by().values("cycle_id").annotate(latest=Max("taken_at"))
    return Heard(
        today=today,
        reminded={(row["council"], row["recipient_id"]): row["latest"] for row in rows},
        opened_by_hand={row["cycle_id"]: row["latest"] for row in by_hand},
    )


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
