from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.domain.timetable import range_in_words
from goldenthread.domain.working_days import runs_of
from goldenthread.organisation.models import Council
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.reporting import permissions
from goldenthread.timetables.models import ClosedPeriod


@transaction.atomic
def keep_closed(
    *,
    council: Council,
    days: Collection[date],
    pre_election: tuple[date, date] | None,
    by: Officeholder,
    at: datetime,
) -> None:
    """Keep when a council is closed and its members keep still; what is kept already stays.

    :raises PermissionDenied: if the person is not the council's performance manager
    """
    permissions.check_can_plan(by, council)
    closed = runs_of(days)
    elections = [pre_election] if pre_election else []
    if not closed and not elections:
        return
    ClosedPeriod.objects.bulk_create(
        [
            ClosedPeriod(
                council=council, starts_on=first, ends_on=last, is_pre_election=is_pre_election
            )
            for periods, is_pre_election in ((closed, False), (elections, True))
            for first, last in periods
        ],
        ignore_conflicts=True,
    )
    audit.record(
        council=council.name,
        verb=Verb.CLOSED_DAYS_KEPT,
        target=council,
        by=by.user,
        at=at,
        changes={
            "closed days": [None, "; ".join(range_in_words(*each) for each in closed)],
            "pre-election period": [None, "; ".join(range_in_words(*each) for each in elections)],
        },
    )


class CannotTakeOutError(Exception):
    """Closed days cannot be taken out; the words say why."""


@transaction.atomic
def take_out_closed(
    *,
    council: Council,
    periods: Collection[ClosedPeriod],
    because: str,
    by: Officeholder,
    at: datetime,
) -> None:
    """Take out days on which a council is open after all; the trail keeps them and why.

    Dates that went round them stay where they are, until somebody moves them.

    :raises PermissionDenied: if the person is not the council's performance manager
    :raises CannotTakeOutError: if there is no reason, or one is taken out already
    """
    permissions.check_can_plan(by, council)
    if not because.strip():
        raise CannotTakeOutError("Say why: the trail keeps the reason")
    keys = [period.pk for period in periods]
    held = list(council.closed_periods.select_for_update(of=("self",)).filter(pk__in=keys))
    if not held or len(held) < len(keys):
        raise CannotTakeOutError("Some of these days have been taken out meanwhile: look again")
    words = {
        name: "; ".join(each.words for each in held if each.is_pre_election is is_pre_election)
        for name, is_pre_election in (("closed days", False), ("pre-election period", True))
    }
    council.closed_periods.filter(pk__in=keys).delete()
    audit.record(
        council=council.name,
        verb=Verb.CLOSED_DAYS_TAKEN_OUT,
        target=council,
        by=by.user,
        at=at,
        changes={
            "because": [None, because.strip()],
            **{name: [said, None] for name, said in words.items() if said},
        },
    )
