"""The steps of cycles whose day has come: written down once, and told once to whom each concerns.

How far a cycle is closed follows from its days, whether anybody writes that down or not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.audit.operations import Deed
from goldenthread.chasing.queries.people import Holder
from goldenthread.chasing.queries.told import closed_to, managers_of, opened_to, returns_missing
from goldenthread.chasing.reminders import councils_to_remind, is_too_early, remind_council
from goldenthread.chasing.step_messages import closed_message, locked_message, opened_message
from goldenthread.domain.cycle_steps import CycleStep, is_worth_telling
from goldenthread.domain.kinds import BodyKind, LeadRole
from goldenthread.domain.reminders import Audience
from goldenthread.notices.models import Notice, NoticeKind
from goldenthread.notices.operations import Letter, Message, post_notices
from goldenthread.organisation.models import Council
from goldenthread.organisation.queries import framework_of
from goldenthread.reporting.models import StepTaken
from goldenthread.reporting.queries.cycles import RETURNED_ON, meeting_of
from goldenthread.reporting.queries.due_steps import (
    DueStep,
    cycles_to_look_at,
    due_steps,
)

_KINDS = {
    CycleStep.OPEN: NoticeKind.CYCLE_OPENED,
    CycleStep.CLOSE: NoticeKind.CYCLE_CLOSED,
    CycleStep.LOCK: NoticeKind.CYCLE_LOCKED,
}
_ROLES = {Audience.LEAD_OFFICER: LeadRole.LEAD_OFFICER, Audience.LEAD_MEMBER: LeadRole.LEAD_MEMBER}


def take_due_steps(at: datetime) -> None:
    """Take, in every council, the steps of cycles that have come; a step of the worker, at any moment.

    Before the hour at which reminders begin nobody is told, and nothing is written down. A council
    whose steps cannot be taken keeps no other from it, and is tried again.

    :raises ExceptionGroup: once all others are done, if some could not be taken
    """
    if is_too_early(at):
        return
    failures: list[Exception] = []
    found = cycles_to_look_at(timezone.localdate(at))
    reminding = {council.pk for council in councils_to_remind(at)} if found else set()
    for council, cycles in found.items():
        try:
            take_steps_in(council, cycles, reminds=council in reminding, at=at)
        except Exception as error:
            failures.append(error)
    if failures:
        raise ExceptionGroup("The steps of some councils could not be taken", failures)


@transaction.atomic
def take_steps_in(
    council_id: int, cycles: Collection[int], *, at: datetime, reminds: bool = True
) -> int:
    """Write down the steps that have come in a council's cycles, and tell whom they concern.

    Whoever is reminded today hears by that what they owe, so reminders that are due go first, unless
    it is known that none are. Returns how many steps were taken.
    """
    # Whoever comes second waits here, and then finds that the first has done it.
    council = Council.objects.select_for_update(no_key=True).get(pk=council_id)
    due = due_steps(cycles, timezone.localdate(at))
    if not due:
        return 0
    if reminds:
        remind_council(council, at=at)
    told = [(one, _tell(one, at)) for one in due]
    StepTaken.objects.bulk_create(_taken(one, len(names), at) for one, names in told)
    deeds = [_deed(one, names) for one, names in told]
    audit.record_all(deeds, council=council.name, by=None, at=at)
    return len(due)


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


def _tell(one: DueStep, at: datetime) -> list[str]:
    """Write to whom a step concerns, where it is still news, and name them."""
    cycle, today = one.cycle, timezone.localdate(at)
    if cycle.kind not in RETURNED_ON or not is_worth_telling(one.step, cycle.course, today):
        return []
    messages = list(_messages(one, today))
    if not messages:
        return []
    kind, news = _KINDS[one.step], str(one.falls_on)
    if one.closed_at is not None:
        news = f"{news}/{one.closed_at:%H%M%S%f}"
    letters = [
        Letter(
            key=f"{kind.value}/{cycle.slug}/{news}/{to.person_id}",
            to_id=to.person_id,
            name=to.name,
            address=to.address,
            message=message,
        )
        for to, message in messages
    ]
    written = post_notices(council=cycle.council.name, kind=kind, letters=letters, at=at)
    return sorted(letter.name for letter in written)


def _messages(one: DueStep, today: date) -> Iterator[tuple[Holder, Message]]:
    cycle = one.cycle
    match one.step:
        case CycleStep.OPEN:
            heard = _reminded_since(one, today)
            for opened in opened_to(cycle, today):
                if opened.person.person_id not in heard:
                    message = opened_message(cycle=cycle, opened=opened, today=today)
                    yield opened.person, message
        case CycleStep.CLOSE:
            meeting = meeting_of(cycle, BodyKind.DMT)
            for closed in closed_to(cycle, today, _roles_not_reminded(one, today)):
                yield closed.person, closed_message(cycle=cycle, closed=closed, meeting=meeting)
        case _:
            missing = returns_missing(cycle, today)
            for manager in managers_of(cycle, today):
                yield manager, locked_message(cycle=cycle, name=manager.name, missing=missing)


def _reminded_since(one: DueStep, today: date) -> set[int]:
    """Find who was reminded today after the cycle had opened, and so of what they owe in it."""
    reminders = Notice.objects.filter(
        council=one.cycle.council.name, kind=NoticeKind.REMINDER, key__endswith=f"/{today}"
    )
    written = dict(reminders.values_list("recipient_id", "written_at"))
    if not written:
        return set()
    by_hand = StepTaken.objects.filter(
        cycle=one.cycle, step=one.step, way__isnull=False, falls_on=today
    )
    since = max(by_hand.values_list("taken_at", flat=True), default=None)
    return {person for person, at in written.items() if since is None or at > since}


def _roles_not_reminded(one: DueStep, today: date) -> list[LeadRole]:
    """List the leads who have not been reminded yet of what is missing since the cycle closed."""
    steps = framework_of(one.cycle.council).reminders.steps
    come = {step.audience for step in steps if step.falls_on(one.falls_on) <= today}
    return [role for audience, role in _ROLES.items() if audience not in come]
