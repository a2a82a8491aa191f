"""Who gets a return through the door of a cycle, and what those are told who do not."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from goldenthread.domain.posts import Capacity
from goldenthread.organisation.models import Council, Duty
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import Action
from goldenthread.reporting.doors import Ways, check_may_file, takes_from, ways_with
from goldenthread.reporting.models import ActionUpdate, ReportingCycle
from goldenthread.reporting.permissions import acting_post
from goldenthread.reporting.returns import CycleClosedError
from tests.factories import (
    IN_Q1,
    ActionFactory,
    ActionUpdateFactory,
    LettingInFactory,
    PostFactory,
    PostHoldingFactory,
    ReportingCycleFactory,
    UserFactory,
    officeholder,
)

BEFORE, OPEN, CLOSED = date(2009, 7, 6), date(2009, 7, 21), date(2009, 7, 22)
LAST_DAY_IN = date(2009, 7, 31)


@pytest.fixture
def action(council: Council) -> Action:
    return ActionFactory(council=council)


@pytest.fixture
def officer(action: Action) -> Officeholder:
    return officeholder(action.action_officer)


@pytest.fixture
def lead(action: Action) -> Officeholder:
    return officeholder(action.challenge.plan.lead_member)


@pytest.fixture
def manager(council: Council) -> Officeholder:
    post = PostFactory(council=council, duty=Duty.PERFORMANCE_MANAGER)
    holding = PostHoldingFactory(post=post, holder__name="Petra Moss")
    return officeholder(post, user=holding.holder)


def lock(cycle: ReportingCycle) -> None:
    cycle.locked_at, cycle.locked_by = IN_Q1, UserFactory()
    cycle.save()


@pytest.mark.parametrize(
    ("day", "officers", "leads"),
    [(BEFORE, False, False), (OPEN, True, False), (CLOSED, False, True)],
)
def test_the_door_opens_by_the_day(
    cycle: ReportingCycle,
    action: Action,
    officer: Officeholder,
    lead: Officeholder,
    manager: Officeholder,
    day: date,
    *,
    officers: bool,
    leads: bool,
) -> None:
    def opens(by: Officeholder) -> bool:
        return takes_from(by, action, cycle=cycle, held=None, day=day)

    assert (opens(officer), opens(lead), opens(manager)) == (officers, leads, leads)


def test_a_locked_cycle_opens_to_nobody_but_who_was_let_in(
    cycle: ReportingCycle, action: Action, officer: Officeholder, lead: Officeholder
) -> None:
    lock(cycle)

    for by in (officer, lead):
        with pytest.raises(CycleClosedError, match="is locked: its papers are being made"):
            check_may_file(by, action, cycle=cycle, held=None, day=OPEN)
        LettingInFactory(cycle=cycle, person=by.user, until=LAST_DAY_IN)
        check_may_file(by, action, cycle=cycle, held=None, day=OPEN)


def test_somebody_let_in_is_in_until_the_end_of_their_last_day(
    cycle: ReportingCycle, action: Action, officer: Officeholder
) -> None:
    LettingInFactory(cycle=cycle, person=officer.user, until=LAST_DAY_IN)

    assert takes_from(officer, action, cycle=cycle, held=None, day=LAST_DAY_IN)
    assert not takes_from(officer, action, cycle=cycle, held=None, day=date(2009, 8, 1))


def test_who_is_let_into_one_cycle_is_not_in_another(
    council: Council, cycle: ReportingCycle, action: Action, officer: Officeholder
) -> None:
    LettingInFactory(cycle=ReportingCycleFactory(council=council, code="Q9"), person=officer.user)

    assert not takes_from(officer, action, cycle=cycle, held=None, day=CLOSED)


def test_a_refusal_names_whom_to_ask(
    cycle: ReportingCycle, action: Action, officer: Officeholder, manager: Officeholder
) -> None:
    words = "Ask the performance manager, Petra Moss, to let you in"

    with pytest.raises(CycleClosedError, match=words):
        check_may_file(officer, action, cycle=cycle, held=None, day=CLOSED)
    lock(cycle)
    with pytest.raises(CycleClosedError, match=words):
        check_may_file(officer, action, cycle=cycle, held=None, day=CLOSED)


def test_a_refusal_names_the_deputy_where_nobody_else_is_in_post(
    cycle: ReportingCycle, action: Action, officer: Officeholder
) -> None:
    post = PostFactory(council=cycle.council, duty=Duty.PERFORMANCE_MANAGER)
    PostHoldingFactory(
        post=post,
        capacity=Capacity.DEPUTY,
        ends_on=date(2009, 8, 31),
        holder__name="Dan Low",
    )

    with pytest.raises(CycleClosedError, match="performance manager, Dan Low, to"):
        check_may_file(officer, action, cycle=cycle, held=None, day=CLOSED)


def test_a_refusal_can_do_without_a_name(
    cycle: ReportingCycle, action: Action, officer: Officeholder
) -> None:
    with pytest.raises(CycleClosedError, match="Ask the performance manager to let you in"):
        check_may_file(officer, action, cycle=cycle, held=None, day=CLOSED)


def test_a_stranger_is_refused_before_the_cycle_is_looked_at(
    cycle: ReportingCycle, action: Action, council: Council
) -> None:
    with pytest.raises(PermissionDenied, match=str(action.action_officer)):
        check_may_file(
            officeholder(PostFactory(council=council)), action, cycle=cycle, held=None, day=CLOSED
        )


@pytest.mark.parametrize(
    ("day", "submitted", "officers", "leads"),
    [
        (BEFORE, False, Ways(), Ways()),
        (OPEN, False, Ways(files=True), Ways()),
        (OPEN, True, Ways(calls_back=True), Ways()),
        (CLOSED, False, Ways(), Ways(files=True)),
        (CLOSED, True, Ways(), Ways(corrects=True)),
    ],
)
def test_what_can_be_done_with_a_return(
    cycle: ReportingCycle,
    action: Action,
    officer: Officeholder,
    lead: Officeholder,
    day: date,
    *,
    submitted: bool,
    officers: Ways,
    leads: Ways,
) -> None:
    held: ActionUpdate = ActionUpdateFactory(cycle=cycle, action=action, submitted=submitted)

    found = [ways_with(by, action, cycle=cycle, held=held, day=day) for by in (officer, lead)]

    assert found == [officers, leads]
    assert [ways.are_open for ways in found] == [officers != Ways(), leads != Ways()]


def test_a_stranger_acts_in_no_post(council: Council, action: Action) -> None:
    assert acting_post(officeholder(PostFactory(council=council)), action) is None
