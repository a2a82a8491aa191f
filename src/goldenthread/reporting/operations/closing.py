"""Letting somebody into a closed or locked cycle by name: the performance manager's alone."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from goldenthread.accounts.models import User
from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.domain.closing import Closing, problems_with_letting_in
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.organisation.queries import holds_a_post
from goldenthread.reporting.models import LettingIn, ReportingCycle
from goldenthread.reporting.permissions import check_can_close
from goldenthread.reporting.returns import CycleClosedError, IncompleteReturnError


@transaction.atomic
def let_in(
    *,
    cycle: ReportingCycle,
    person: User,
    until: date,
    reason: str,
    by: Officeholder,
    at: datetime,
) -> LettingIn:
    """Let somebody file in a closed or locked cycle what is theirs to file, until a day.

    Whoever is let in again is let in until the day given last.

    :raises PermissionDenied: if it is not the performance manager who lets them in
    :raises CycleClosedError: if the cycle has not opened
    :raises IncompleteReturnError: if the day or the reason will not do, or the person holds no post
    """
    held, day = _open_cycle(cycle, by), timezone.localdate(at)
    if held.closing_on(day) is Closing.NOT_OPEN:
        raise CycleClosedError(f"{held.title} has not opened, so nobody needs to be let in.")
    problems = problems_with_letting_in(until=until, reason=reason, today=day)
    if not holds_a_post(person, council=held.council, day=day):
        problems["person"] = f"{person.name} holds no post in {held.council.title} today"
    if problems:
        raise IncompleteReturnError(problems)
    letting = LettingIn.objects.create(
        cycle=held,
        person=person,
        until=until,
        reason=reason.strip(),
        let_in_at=at,
        let_in_by=by.user,
    )
    audit.record(
        council=held.council.name,
        verb=Verb.PERSON_LET_IN,
        target=letting,
        by=by.user,
        at=at,
        changes={"until": [None, until], "reason": ["", letting.reason]},
    )
    return letting


def _open_cycle(cycle: ReportingCycle, by: Officeholder) -> ReportingCycle:
    check_can_close(by, cycle)
    rows = ReportingCycle.objects.select_for_update(of=("self",)).select_related("council")
    return rows.get(pk=cycle.pk)
