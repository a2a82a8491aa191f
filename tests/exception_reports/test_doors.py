from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from goldenthread.exception_reports.doors import check_takes_report, takes_report
from goldenthread.organisation.models import Duty
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.reporting.models import ActionUpdate
from goldenthread.reporting.returns import CycleClosedError
from tests.factories import IN_Q1, LettingInFactory, PostFactory, UserFactory, officeholder

LAST_DAY, DAY_AFTER = date(2009, 8, 6), date(2009, 8, 7)


def takes(update: ActionUpdate, by: Officeholder, day: date, *, is_to_revise: bool = False) -> bool:
    return takes_report(by, update.action, cycle=update.cycle, is_to_revise=is_to_revise, day=day)


def leads_of(update: ActionUpdate) -> list[Officeholder]:
    plan = update.action.challenge.plan
    manager = PostFactory(council=plan.council, duty=Duty.PERFORMANCE_MANAGER)
    return [officeholder(post) for post in (plan.lead_officer, plan.lead_member, manager)]


def test_an_officer_is_heard_until_the_papers_go_out(
    update: ActionUpdate, officer: Officeholder
) -> None:
    assert takes(update, officer, LAST_DAY)
    assert not takes(update, officer, DAY_AFTER)


def test_what_a_lead_sent_back_can_come_later(update: ActionUpdate, officer: Officeholder) -> None:
    assert takes(update, officer, DAY_AFTER, is_to_revise=True)


def test_whoever_is_let_in_is_heard_until_their_day(
    update: ActionUpdate, officer: Officeholder
) -> None:
    LettingInFactory(cycle=update.cycle, person=officer.user, until=date(2009, 8, 10))

    assert takes(update, officer, date(2009, 8, 10))
    assert not takes(update, officer, date(2009, 8, 11))


def test_those_who_answer_for_the_plan_put_right_what_is_missing_afterwards(
    update: ActionUpdate,
) -> None:
    for lead in leads_of(update):
        assert not takes(update, lead, LAST_DAY)
        assert takes(update, lead, DAY_AFTER)


def test_a_locked_cycle_takes_nothing(update: ActionUpdate, officer: Officeholder) -> None:
    update.cycle.locked_at, update.cycle.locked_by = IN_Q1, UserFactory()
    update.cycle.save()

    for each in (officer, *leads_of(update)):
        with pytest.raises(CycleClosedError, match="is locked"):
            check_takes_report(
                each, update.action, cycle=update.cycle, is_to_revise=True, day=LAST_DAY
            )


def test_nobody_else_is_heard_at_any_time(update: ActionUpdate) -> None:
    stranger = officeholder(PostFactory(council=update.cycle.council))

    for day in (LAST_DAY, DAY_AFTER):
        with pytest.raises(PermissionDenied):
            check_takes_report(
                stranger, update.action, cycle=update.cycle, is_to_revise=True, day=day
            )


def test_a_post_in_another_council_opens_nothing(update: ActionUpdate) -> None:
    with pytest.raises(PermissionDenied):
        check_takes_report(
            officeholder(PostFactory(duty=Duty.PERFORMANCE_MANAGER)),
            update.action,
            cycle=update.cycle,
            is_to_revise=True,
            day=DAY_AFTER,
        )
