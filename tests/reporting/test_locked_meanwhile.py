"""A cycle that is locked, moved or opened while a return is on its way: what was committed holds."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from django.db import connection, transaction

from goldenthread.domain.cycle_steps import ByHand
from goldenthread.domain.kinds import LeadRole
from goldenthread.domain.rating import Rating
from goldenthread.organisation.models import Duty
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import Action
from goldenthread.reporting.models import ActionUpdate, ReportingCycle, SignOff
from goldenthread.reporting.operations.action_updates import ActionReturn, submit_action_update
from goldenthread.reporting.operations.calling_back import call_back_update
from goldenthread.reporting.operations.closing import let_in
from goldenthread.reporting.operations.cycle_steps import take_step_by_hand
from goldenthread.reporting.operations.signing_off import digest_of, sign_off_plan
from goldenthread.reporting.queries.sign_offs import sign_off_standings
from goldenthread.reporting.returns import CycleClosedError
from tests.factories import (
    IN_Q1,
    ActionFactory,
    ActionUpdateFactory,
    CouncilFactory,
    FrameworkVersionFactory,
    PostFactory,
    PostHoldingFactory,
    ReportingCycleFactory,
    UserFactory,
    officeholder,
)

SAID = ActionReturn(rating=Rating.GREEN, commentary="The club opened in June.")
A_MOMENT = 0.5


@pytest.fixture
def cycle(transactional_db: None) -> ReportingCycle:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    council = CouncilFactory()
    FrameworkVersionFactory(council=council)
    return ReportingCycleFactory(council=council)


@pytest.fixture
def manager(cycle: ReportingCycle) -> Officeholder:
    post = PostFactory(council=cycle.council, duty=Duty.PERFORMANCE_MANAGER)
    return officeholder(post, user=UserFactory())


@pytest.fixture
def action(cycle: ReportingCycle) -> Action:
    return ActionFactory(council=cycle.council)


@pytest.fixture
def officer(action: Action) -> Officeholder:
    holding = PostHoldingFactory(post=action.action_officer)
    return officeholder(action.action_officer, user=holding.holder)


def lock(cycle: ReportingCycle, by: Officeholder, way: ByHand = ByHand.LOCK_NOW) -> None:
    take_step_by_hand(cycle=cycle, way=way, because="Papers are made.", by=by, at=IN_Q1)


def meanwhile(change: Callable[[], object], file: Callable[[], object]) -> str:
    """File with a cycle that was read before a change was committed, while the change is under way."""
    is_changed = Event()

    def changing() -> None:
        try:
            with transaction.atomic():
                change()
                is_changed.set()
                Event().wait(A_MOMENT)
        finally:
            is_changed.set()
            connection.close()

    def filing() -> str:
        try:
            assert is_changed.wait(10)
            file()
        except CycleClosedError as error:
            return str(error)
        finally:
            connection.close()
        return "filed"

    with ThreadPoolExecutor(2) as threads:
        changed, filed = threads.submit(changing), threads.submit(filing)
        changed.result()
        return filed.result()


def test_a_lock_holds_against_a_return_on_its_way(
    cycle: ReportingCycle, manager: Officeholder, action: Action, officer: Officeholder
) -> None:
    said = meanwhile(
        lambda: lock(cycle, manager),
        lambda: submit_action_update(
            cycle=cycle, action=action, answers=SAID, by=officer, at=IN_Q1
        ),
    )

    assert "is locked" in said
    assert not ActionUpdate.objects.exists()


def test_closing_it_at_once_holds_against_a_return_on_its_way(
    cycle: ReportingCycle, manager: Officeholder, action: Action, officer: Officeholder
) -> None:
    said = meanwhile(
        lambda: lock(cycle, manager, ByHand.CLOSE_NOW),
        lambda: submit_action_update(
            cycle=cycle, action=action, answers=SAID, by=officer, at=IN_Q1
        ),
    )

    assert "took returns until 14 July 2009" in said
    assert not ActionUpdate.objects.exists()


def test_a_letting_in_holds_for_a_return_on_its_way(
    cycle: ReportingCycle, manager: Officeholder, action: Action, officer: Officeholder
) -> None:
    lock(cycle, manager)
    until = IN_Q1.date() + timedelta(days=3)

    said = meanwhile(
        lambda: let_in(
            cycle=cycle, person=officer.user, until=until, reason="Ill.", by=manager, at=IN_Q1
        ),
        lambda: submit_action_update(
            cycle=cycle, action=action, answers=SAID, by=officer, at=IN_Q1
        ),
    )

    assert said == "filed"


def test_a_lock_holds_against_a_return_that_is_called_back(
    cycle: ReportingCycle, manager: Officeholder, action: Action, officer: Officeholder
) -> None:
    update = ActionUpdateFactory(cycle=cycle, action=action, submitted=True)

    said = meanwhile(
        lambda: lock(cycle, manager),
        lambda: call_back_update(update=update, by=officer, at=IN_Q1),
    )

    assert "is locked" in said
    assert ActionUpdate.objects.get().is_submitted


def test_a_lock_holds_against_a_sign_off_on_its_way(
    cycle: ReportingCycle, manager: Officeholder, action: Action
) -> None:
    ActionUpdateFactory(cycle=cycle, action=action, submitted=True)
    plan = action.challenge.plan
    lead = officeholder(plan.lead_officer, user=UserFactory())
    standing = sign_off_standings(cycle, [plan], whole=[plan.pk])[plan.pk].standing

    said = meanwhile(
        lambda: lock(cycle, manager),
        lambda: sign_off_plan(
            cycle=cycle,
            plan=plan,
            role=LeadRole.LEAD_OFFICER,
            seen=digest_of(standing, lead),
            by=lead,
            at=IN_Q1,
        ),
    )

    assert "is locked" in said
    assert not SignOff.objects.exists()
