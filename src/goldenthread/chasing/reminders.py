"""Reminders at the council's own offsets: written once, however often and on however many machines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from goldenthread.audit import operations as audit
from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.audit.operations import Deed
from goldenthread.chasing.batches import do_in_batches, lock_councils
from goldenthread.chasing.compose import digest_message
from goldenthread.chasing.queries.digests import Digest, digests_of
from goldenthread.chasing.queries.scenes import scenes_of
from goldenthread.chasing.queries.told import is_to_be_told, roles_to_tell
from goldenthread.domain.cycle_steps import CycleStep
from goldenthread.domain.framework import FrameworkError
from goldenthread.domain.kinds import LeadRole
from goldenthread.domain.reminders import (
    FARTHEST,
    LAPSES_AFTER,
    REMINDS_FROM,
    Audience,
    ReminderStep,
    steps_due,
    worth_sending_to,
)
from goldenthread.notices.models import NoticeKind
from goldenthread.notices.operations import Letter, Posting, end_of, post_notices
from goldenthread.organisation.models import Council
from goldenthread.organisation.queries import (
    frameworks_in_force,
    read_framework,
    with_frameworks,
)
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.beside import asks_officers
from goldenthread.reporting.queries.due_steps import due_steps


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
    if not is_too_early(at):
        do_in_batches(
            councils_to_remind(at),
            partial(remind_in, at=at),
            complaint="Some councils could not be reminded",
        )


def councils_to_remind(at: datetime) -> list[int]:
    """List by their keys the councils in which a step is due, in three queries for all of them.

    One whose framework cannot be read is listed too: whoever reminds it is told why.
    """
    today = timezone.localdate(at)
    return [pk for pk, found in _under_way(None, today).items() if _may_be_due(found, today)]


def _may_be_due(found: _UnderWay, today: date) -> bool:
    try:
        return found.due_on(today).is_any
    except FrameworkError:
        return True


def remind_council(council: Council, *, at: datetime) -> int:
    """Write to everybody in a council for whom a step is due, and return to how many.

    Each hears once a day at most. Before the hour at which reminders begin, nobody is written to.
    """
    return 0 if is_too_early(at) else remind_in([council.pk], at=at)


def is_too_early(at: datetime) -> bool:
    """Test whether it is before the hour at which reminders begin."""
    return timezone.localtime(at).time() < REMINDS_FROM


@transaction.atomic
def remind_in(councils: Sequence[int], *, at: datetime) -> int:
    """Write to everybody in some councils, by their keys, for whom a step is due; return to how many."""
    locked = lock_councils(councils)
    found = _digests_in(locked, timezone.localdate(at))
    postings = [
        Posting(
            council=locked[pk].name,
            kind=NoticeKind.REMINDER,
            letters=_letters(locked[pk], digests, timezone.localdate(at)),
        )
        for pk, digests in found.items()
    ]
    written = post_notices(postings, at=at)
    deeds = {
        locked[pk].name: [_deed(locked[pk], letters)]
        for pk, letters in zip(found, written, strict=True)
    }
    audit.record_in_councils(deeds, by=None, at=at)
    return sum(map(len, written))


def _letters(council: Council, digests: Iterable[Digest], today: date) -> list[Letter]:
    return [
        Letter(
            key=f"reminder/{digest.person.person_id}/{today}",
            to_id=digest.person.person_id,
            name=digest.person.name,
            address=digest.person.address,
            message=digest_message(council=council, digest=digest, today=today),
            lapses_at=end_of(
                worth_sending_to([one.due_on for one in digest.obligations], today=today)
            ),
        )
        for digest in digests
    ]


def _deed(council: Council, letters: Iterable[Letter]) -> Deed:
    changes = {"people": [None, [letter.name for letter in letters]]}
    return Deed(verb=Verb.OFFICERS_REMINDED, target=council, changes=changes)


def digests_due(council: Council, *, at: datetime) -> list[Digest]:
    """Say who would be reminded of what at a moment, without writing to anybody."""
    found = _digests_in({council.pk: council}, timezone.localdate(at))
    return found.get(council.pk, [])


def _digests_in(councils: Mapping[int, Council], today: date) -> dict[int, list[Digest]]:
    """Bring together who hears what today in some councils, where a step is due."""
    under_way = _under_way(councils, today)
    due = {pk: found.due_on(today) for pk, found in under_way.items()}
    due = {pk: found for pk, found in due.items() if found.is_any}
    with_frameworks(councils[pk] for pk in due)
    cycles = [cycle for found in due.values() for cycle in found.cycles]
    for cycle in cycles:
        cycle.council = councils[cycle.council_id]
    scenes, closed = scenes_of(cycles, today), _closed_today(cycles, today)
    return {
        pk: digests_of([scenes[cycle.pk] for cycle in found.cycles], found.audiences, closed)
        for pk, found in due.items()
    }


def _closed_today(cycles: Sequence[ReportingCycle], today: date) -> dict[int, list[LeadRole]]:
    """Say by a cycle's key which leads are to hear today that it closed, and have not yet."""
    return {
        one.cycle.pk: roles_to_tell(one, today)
        for one in due_steps(cycles, today)
        if one.step is CycleStep.CLOSE and is_to_be_told(one, today)
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _UnderWay:
    """A council's cycles that opened and are not locked, and how it reminds."""

    framework: str
    cycles: Sequence[ReportingCycle]
    reminded_on: date | None

    def due_on(self, today: date) -> Due:
        """Find what is due, in the cycles that take returns or closed so lately that a reminder may be due.

        :raises FrameworkError: if the framework cannot be read
        """
        framework = read_framework(self.framework)
        steps = framework.reminders.steps
        farthest = timedelta(days=max((step.days for step in steps), default=0))
        earliest = today - farthest - LAPSES_AFTER
        cycles = tuple(
            cycle
            for cycle in self.cycles
            if cycle.due_on >= earliest and asks_officers(framework, cycle.kind)
        )
        return Due(
            cycles=cycles,
            audiences={
                cycle.pk: _audiences(steps, cycle, today, self.reminded_on) for cycle in cycles
            },
        )


def _under_way(councils: Collection[int] | None, today: date) -> dict[int, _UnderWay]:
    """Find by council what is under way, in some or all councils, in three queries.

    A council that has no framework yet has nothing under way.
    """
    cycles = ReportingCycle.objects.filter(
        due_on__gte=today - timedelta(days=FARTHEST) - LAPSES_AFTER
    )
    if councils is not None:
        cycles = cycles.filter(council__in=councils)
    found: dict[int, list[ReportingCycle]] = defaultdict(list)
    for cycle in _that_take_returns(cycles, today).order_by("council_id", "due_on", "pk"):
        found[cycle.council_id].append(cycle)
    texts, reminded = frameworks_in_force(found), _reminded_on(found)
    return {
        pk: _UnderWay(framework=texts[pk], cycles=of_council, reminded_on=reminded.get(pk))
        for pk, of_council in found.items()
        if pk in texts
    }


def _reminded_on(councils: Iterable[int]) -> dict[int, date]:
    """Find the day on which each of some councils was last reminded, where it was."""
    entries = AuditEntry.objects.filter(
        verb=Verb.OFFICERS_REMINDED,
        target_type=Council._meta.label_lower,
        target_id__in=list(councils),
    )
    latest = entries.order_by().values_list("target_id").annotate(Max("happened_at"))
    return {pk: timezone.localdate(at) for pk, at in latest}


def _audiences(
    steps: Iterable[ReminderStep], cycle: ReportingCycle, today: date, reminded_on: date | None
) -> tuple[Audience, ...]:
    """Say whom a step is due for; nobody is asked for returns by the deadline of what was closed at once."""
    to_come = [step for step in steps if cycle.closed_at is None or step.days > 0]
    due = steps_due(to_come, due_on=cycle.due_on, today=today, reminded_on=reminded_on)
    return tuple(due)


def _that_take_returns(cycles: QuerySet[ReportingCycle], today: date) -> QuerySet[ReportingCycle]:
    """Leave of some cycles those that opened and are not locked."""
    opened = cycles.filter(opens_on__lte=today)
    return opened.filter(locked_at=None).exclude(locks_on__lte=today)
