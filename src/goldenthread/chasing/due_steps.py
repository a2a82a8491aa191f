"""The steps of cycles whose day has come: written down once, and told once to whom each concerns.

How far a cycle is closed follows from its days, whether anybody writes that down or not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from goldenthread.accounts.models import User
from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.audit.operations import Deed
from goldenthread.chasing.batches import do_in_batches, lock_councils
from goldenthread.chasing.queries.heard import Heard, heard_in
from goldenthread.chasing.queries.people import Holder
from goldenthread.chasing.queries.scenes import Scene, scenes_of
from goldenthread.chasing.queries.told import (
    closed_to,
    is_to_be_told,
    missing_in,
    opened_to,
    reached,
    roles_to_tell,
)
from goldenthread.chasing.reminders import councils_to_remind, is_too_early, remind_in
from goldenthread.chasing.step_messages import closed_message, locked_message, opened_message
from goldenthread.domain.cycle_steps import CycleStep
from goldenthread.domain.reminders import worth_sending_to
from goldenthread.notices.models import NoticeKind
from goldenthread.notices.operations import Letter, Message, Posting, end_of, post_notices
from goldenthread.organisation.models import Council
from goldenthread.organisation.queries import performance_managers_in, with_frameworks
from goldenthread.reporting.models import ReportingCycle, StepTaken
from goldenthread.reporting.queries.due_steps import DueStep, cycles_to_look_at, due_steps

_KINDS = {
    CycleStep.OPEN: NoticeKind.CYCLE_OPENED,
    CycleStep.CLOSE: NoticeKind.CYCLE_CLOSED,
    CycleStep.LOCK: NoticeKind.CYCLE_LOCKED,
}
Managers = Mapping[int, Sequence[User]]


def take_due_steps(at: datetime) -> None:
    """Take, in every council, the steps of cycles that have come; a step of the worker, at any moment.

    Before the hour at which reminders begin nobody is told, and nothing is written down. A council
    whose steps cannot be taken keeps no other from it, and is tried again.

    :raises ExceptionGroup: once all others are done, if some could not be taken
    """
    if is_too_early(at):
        return
    found = cycles_to_look_at(timezone.localdate(at))
    reminding = set(councils_to_remind(at)) if found else set()

    def take(councils: Sequence[int]) -> None:
        cycles = [cycle for council in councils for cycle in found[council]]
        take_steps_in(councils, cycles, reminding=reminding.intersection(councils), at=at)

    do_in_batches(found, take, complaint="The steps of some councils could not be taken")


@transaction.atomic
def take_steps_in(
    councils: Sequence[int], cycles: Collection[int], *, reminding: Collection[int], at: datetime
) -> int:
    """Write down the steps that have come in some councils' cycles, and tell whom they concern.

    Whoever is reminded today hears by that what they owe, so reminders go first in the councils that
    are `reminding`. Returns how many steps were taken.
    """
    locked = lock_councils(councils)
    due = due_steps(_cycles_in(locked, cycles), timezone.localdate(at))
    if not due:
        return 0
    if reminding:
        remind_in(list(reminding), at=at)
    told = _tell(due, at)
    names = list(zip(due, told, strict=True))
    StepTaken.objects.bulk_create(_taken(one, len(told), at) for one, told in names)
    deeds: dict[str, list[Deed]] = defaultdict(list)
    for one, heard in names:
        deeds[one.cycle.council.name].append(_deed(one, heard))
    audit.record_in_councils(deeds, by=None, at=at)
    return len(due)


def _cycles_in(councils: Mapping[int, Council], cycles: Collection[int]) -> list[ReportingCycle]:
    with_frameworks(councils.values())
    found = list(ReportingCycle.objects.filter(pk__in=cycles).order_by("due_on", "pk"))
    for cycle in found:
        cycle.council = councils[cycle.council_id]
    return found


def _taken(one: DueStep, told: int, at: datetime) -> StepTaken:
    return StepTaken(
        cycle=one.cycle,
        step=one.step,
        planned_on=one.falls_on,
        falls_on=one.falls_on,
        closed_at=one.closed_at,
        told=told,
        taken_at=at,
    )


def _deed(one: DueStep, told: list[str]) -> Deed:
    changes = {
        "step": [None, one.step.done],
        "falls on": [None, one.falls_on],
        "told": [None, told],
    }
    return Deed(verb=Verb.CYCLE_STEP_TAKEN, target=one.cycle, changes=changes)


def _tell(due: Sequence[DueStep], at: datetime) -> list[list[str]]:
    """Write to whom each step concerns, where it is still news, and name them step by step."""
    today = timezone.localdate(at)
    news = [one for one in due if is_to_be_told(one, today)]
    scenes = scenes_of(list({one.cycle.pk: one.cycle for one in news}.values()), today)
    heard = heard_in([one.cycle for one in news], at)
    locking = [one.cycle.council for one in news if one.step is CycleStep.LOCK]
    managers = performance_managers_in(locking, today) if locking else {}
    postings = [
        _posting(one, _messages(one, scenes[one.cycle.pk], heard, managers), today) for one in news
    ]
    written = iter(post_notices(postings, at=at))
    return [
        sorted(letter.name for letter in next(written)) if is_to_be_told(one, today) else []
        for one in due
    ]


def _posting(one: DueStep, messages: Iterable[tuple[Holder, Message]], today: date) -> Posting:
    kind, news = _KINDS[one.step], str(one.falls_on)
    if one.closed_at is not None:
        news = f"{news}/{one.closed_at:%H%M%S%f}"
    cycle = one.cycle
    due = [cycle.due_on] if one.step is CycleStep.OPEN else []
    letters = [
        Letter(
            key=f"{kind.value}/{cycle.slug}/{news}/{to.person_id}",
            to_id=to.person_id,
            name=to.name,
            address=to.address,
            message=message,
            lapses_at=end_of(worth_sending_to(due, today=today)),
        )
        for to, message in messages
    ]
    return Posting(council=cycle.council.name, kind=kind, letters=letters)


def _messages(
    one: DueStep, scene: Scene, heard: Heard, managers: Managers
) -> Iterator[tuple[Holder, Message]]:
    cycle, today = one.cycle, scene.today
    match one.step:
        case CycleStep.OPEN:
            for opened in opened_to(scene):
                if not heard.that_it_opened(cycle, opened.person):
                    message = opened_message(cycle=cycle, opened=opened, today=today)
                    yield opened.person, message
        case CycleStep.CLOSE:
            for closed in closed_to(scene, roles_to_tell(one, today)):
                if not heard.that_it_closed(cycle, closed.person):
                    message = closed_message(cycle=cycle, closed=closed, meeting=scene.meeting)
                    yield closed.person, message
        case _:
            missing = missing_in(scene)
            for manager in reached(managers.get(cycle.council_id, ())):
                yield manager, locked_message(cycle=cycle, name=manager.name, missing=missing)
