"""Reminders at the council's own offsets: written once, however often and on however many machines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from goldenthread.accounts.models import User
from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.audit.queries import entries_about
from goldenthread.chasing.compose import digest_message
from goldenthread.chasing.queries.digests import Digest, digests_of
from goldenthread.domain.reminders import (
    LAPSES_AFTER,
    REMINDS_FROM,
    Audience,
    ReminderStep,
    steps_due,
)
from goldenthread.notices.models import NoticeKind
from goldenthread.notices.operations import post_notice
from goldenthread.organisation.models import Council, FrameworkVersion
from goldenthread.organisation.queries import framework_of
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.cycles import RETURNED_ON, cycles_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The cycles that take returns or have just closed, and by cycle whom a step is due for."""

    cycles: tuple[ReportingCycle, ...]
    audiences: Mapping[int, Collection[Audience]]

    @property
    def is_any(self) -> bool:
        return any(self.audiences.values())


def remind_due(at: datetime) -> None:
    """Remind, in every council, whom a step is due for; a step of the worker, at any moment.

    A council that cannot be reminded keeps no other from it, and is tried again.

    :raises ExceptionGroup: once all others are done, if some could not be reminded
    """
    failures: list[Exception] = []
    for council in Council.objects.order_by("pk"):
        try:
            remind_council(council, at=at)
        except Exception as error:
            failures.append(error)
    if failures:
        raise ExceptionGroup("Some councils could not be reminded", failures)


def remind_council(council: Council, *, at: datetime) -> int:
    """Write to everybody in a council for whom a step is due, and return to how many.

    Each hears once a day at most. Before the hour at which reminders begin, nobody is written to.
    """
    if is_too_early(at) or not due_in(council, at=at).is_any:
        return 0
    return _remind(council, at)


def is_too_early(at: datetime) -> bool:
    """Test whether it is before the hour at which reminders begin."""
    return timezone.localtime(at).time() < REMINDS_FROM


@transaction.atomic
def _remind(council: Council, at: datetime) -> int:
    # Whoever comes second waits here, and then finds that the first has done it.
    Council.objects.select_for_update(no_key=True).get(pk=council.pk)
    due = due_in(council, at=at)
    if not due.is_any:
        return 0
    today = timezone.localdate(at)
    digests = digests_of(due.cycles, due.audiences, today=today)
    people = User.objects.in_bulk([digest.person.person_id for digest in digests])
    written = [
        digest
        for digest in digests
        if post_notice(
            council=council.name,
            kind=NoticeKind.REMINDER,
            key=f"reminder/{digest.person.person_id}/{today}",
            to=people[digest.person.person_id],
            message=digest_message(council=council, digest=digest, today=today),
            at=at,
        )
    ]
    audit.record(
        council=council.name,
        verb=Verb.OFFICERS_REMINDED,
        target=council,
        by=None,
        at=at,
        changes={"people": [None, [digest.person.name for digest in written]]},
    )
    return len(written)


def digests_due(council: Council, *, at: datetime) -> list[Digest]:
    """Say who would be reminded of what at a moment, without writing to anybody."""
    due = due_in(council, at=at)
    if not due.is_any:
        return []
    return digests_of(due.cycles, due.audiences, today=timezone.localdate(at))


def due_in(council: Council, *, at: datetime) -> Due:
    """Find what is due in a council, in three queries; nothing where it has no framework yet."""
    today = timezone.localdate(at)
    try:
        steps = framework_of(council).reminders.steps
    except FrameworkVersion.DoesNotExist:
        return Due(cycles=(), audiences={})
    latest = entries_about(council).filter(verb=Verb.OFFICERS_REMINDED).first()
    reminded_on = timezone.localdate(latest.happened_at) if latest else None
    cycles = tuple(_under_way(council, steps, today))
    return Due(
        cycles=cycles,
        audiences={
            cycle.pk: tuple(
                steps_due(steps, due_on=cycle.due_on, today=today, reminded_on=reminded_on)
            )
            for cycle in cycles
        },
    )


def _under_way(
    council: Council, steps: Iterable[ReminderStep], today: date
) -> list[ReportingCycle]:
    """List the cycles that take returns, or closed so lately that a reminder may be due."""
    latest = timedelta(days=max((step.days for step in steps), default=0))
    found = (
        cycles_of(council)
        .filter(
            kind__in=RETURNED_ON,
            opens_on__lte=today,
            due_on__gte=today - latest - LAPSES_AFTER,
            locked_at=None,
        )
        .exclude(locks_on__lte=today)
    )
    return list(found.select_related("council"))
