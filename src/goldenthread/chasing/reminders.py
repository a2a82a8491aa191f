"""Reminders at the council's own offsets: written once, however often and on however many machines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from goldenthread.audit import operations as audit
from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.audit.queries import entries_about
from goldenthread.chasing.compose import digest_message
from goldenthread.chasing.queries.digests import Digest, digests_of
from goldenthread.domain.framework import FrameworkError
from goldenthread.domain.reminders import (
    FARTHEST,
    LAPSES_AFTER,
    REMINDS_FROM,
    Audience,
    ReminderStep,
    steps_due,
)
from goldenthread.notices.models import NoticeKind
from goldenthread.notices.operations import Letter, post_notices
from goldenthread.organisation.models import Council, FrameworkVersion
from goldenthread.organisation.queries import framework_of, frameworks_in_force, read_framework
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
    if is_too_early(at):
        return
    failures: list[Exception] = []
    for council in councils_to_remind(at):
        try:
            _remind(council, at)
        except Exception as error:
            failures.append(error)
    if failures:
        raise ExceptionGroup("Some councils could not be reminded", failures)


def councils_to_remind(at: datetime) -> list[Council]:
    """List the councils in which a step is due, in three queries, however many there are.

    One whose framework cannot be read is listed too: whoever reminds it is told why.
    """
    today = timezone.localdate(at)
    latest = today - timedelta(days=FARTHEST) - LAPSES_AFTER
    cycles = _that_take_returns(ReportingCycle.objects.select_related("council"), today).filter(
        due_on__gte=latest
    )
    found: dict[Council, list[ReportingCycle]] = defaultdict(list)
    for cycle in cycles.order_by("council_id", "due_on"):
        found[cycle.council].append(cycle)
    texts, reminded = frameworks_in_force(found), _reminded_on(found)
    return [
        council
        for council, cycles_of_it in found.items()
        if council.pk in texts
        and _may_be_due(texts[council.pk], cycles_of_it, reminded.get(council.pk), today)
    ]


def _may_be_due(
    framework: str, cycles: Iterable[ReportingCycle], reminded_on: date | None, today: date
) -> bool:
    try:
        steps = read_framework(framework).reminders.steps
    except FrameworkError:
        return True
    return any(_audiences(steps, cycle, today, reminded_on) for cycle in cycles)


def _reminded_on(councils: Iterable[Council]) -> dict[int, date]:
    """Find the day on which each of some councils was last reminded, where it was."""
    entries = AuditEntry.objects.filter(
        verb=Verb.OFFICERS_REMINDED,
        target_type=Council._meta.label_lower,
        target_id__in=[council.pk for council in councils],
    )
    latest = entries.order_by().values_list("target_id").annotate(Max("happened_at"))
    return {pk: timezone.localdate(at) for pk, at in latest}


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
    letters = [
        Letter(
            key=f"reminder/{digest.person.person_id}/{today}",
            to_id=digest.person.person_id,
            name=digest.person.name,
            address=digest.person.address,
            message=digest_message(council=council, digest=digest, today=today),
        )
        for digest in digests
    ]
    written = post_notices(council=council.name, kind=NoticeKind.REMINDER, letters=letters, at=at)
    audit.record(
        council=council.name,
        verb=Verb.OFFICERS_REMINDED,
        target=council,
        by=None,
        at=at,
        changes={"people": [None, [letter.name for letter in written]]},
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
        audiences={cycle.pk: _audiences(steps, cycle, today, reminded_on) for cycle in cycles},
    )


def _audiences(
    steps: Iterable[ReminderStep], cycle: ReportingCycle, today: date, reminded_on: date | None
) -> tuple[Audience, ...]:
    """Say whom a step is due for; nobody is asked for returns by the deadline of what was closed at once."""
    to_come = [step for step in steps if cycle.closed_at is None or step.days > 0]
    due = steps_due(to_come, due_on=cycle.due_on, today=today, reminded_on=reminded_on)
    return tuple(due)


def _under_way(
    council: Council, steps: Iterable[ReminderStep], today: date
) -> list[ReportingCycle]:
    """List the cycles that take returns, or closed so lately that a reminder may be due."""
    latest = timedelta(days=max((step.days for step in steps), default=0))
    found = _that_take_returns(cycles_of(council), today)
    return list(found.filter(due_on__gte=today - latest - LAPSES_AFTER))


def _that_take_returns(cycles: QuerySet[ReportingCycle], today: date) -> QuerySet[ReportingCycle]:
    """Leave of some cycles those that opened and are not locked."""
    opened = cycles.filter(kind__in=RETURNED_ON, opens_on__lte=today)
    return opened.filter(locked_at=None).exclude(locks_on__lte=today)
