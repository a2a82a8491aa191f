"""A cycle's steps taken early, late or back by hand: by the performance manager, with a reason."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from pytest_django import DjangoAssertNumQueries

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.domain.closing import Closing
from goldenthread.domain.cycle_steps import ByHand, CycleStep
from goldenthread.domain.kinds import Step
from goldenthread.organisation.models import Council, Duty
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.reporting.models import ReportingCycle, StepTaken
from goldenthread.reporting.operations.cycle_steps import take_step_by_hand
from goldenthread.reporting.queries.closing import closed_on, trail_of
from goldenthread.reporting.returns import IncompleteReturnError
from tests.factories import (
    IN_Q1,
    MilestoneFactory,
    PostFactory,
    ReportingCycleFactory,
    StepTakenFactory,
    UserFactory,
    officeholder,
)

TOO_EARLY = datetime(2009, 7, 3, 10, tzinfo=UTC)
AFTER = datetime(2009, 7, 28, 10, tzinfo=UTC)
UNTIL = date(2009, 8, 4)


@pytest.fixture
def manager(council: Council) -> Officeholder:
    post = PostFactory(council=council, duty=Duty.PERFORMANCE_MANAGER)
    return officeholder(post, user=UserFactory(name="Petra Moss"))


def take(
    cycle: ReportingCycle,
    way: ByHand,
    by: Officeholder,
    at: datetime,
    *,
    on: date | None = None,
    because: str = "The server was down.",
) -> StepTaken:
    taken = take_step_by_hand(cycle=cycle, way=way, on=on, because=because, by=by, at=at)
    cycle.refresh_from_db()
    return taken


def test_a_cycle_is_locked_and_unlocked_by_name(
    cycle: ReportingCycle, manager: Officeholder
) -> None:
    take(cycle, ByHand.LOCK_NOW, manager, AFTER)
    assert (cycle.locked_at, cycle.locked_by) == (AFTER, manager.user)
    assert cycle.closing_on(AFTER.date()) is Closing.LOCKED

    take(cycle, ByHand.UNLOCK_UNTIL, manager, AFTER, on=UNTIL)
    assert (cycle.locked_at, cycle.locked_by) == (None, None)
    assert cycle.closing_on(UNTIL) is Closing.CLOSED_TO_OFFICERS
    assert cycle.closing_on(date(2009, 8, 5)) is Closing.LOCKED
    locked, unlocked = AuditEntry.objects.order_by("number")
    assert (locked.verb, unlocked.verb) == (Verb.CYCLE_LOCKED, Verb.CYCLE_UNLOCKED)
    assert locked.changes["closing"] == ["Closed to officers", "Locked"]
    assert unlocked.changes == {
        "closing": ["Locked", "Closed to officers"],
        "lock on": ["2009-07-28", "2009-08-05"],
        "because": [None, "The server was down."],
    }


def test_a_cycle_opens_early(cycle: ReportingCycle, manager: Officeholder) -> None:
    take(cycle, ByHand.OPEN_NOW, manager, TOO_EARLY)

    assert cycle.closing_on(TOO_EARLY.date()) is Closing.OPEN
    assert AuditEntry.objects.get().verb is Verb.CYCLE_STEP_SET


def test_a_cycle_that_opened_too_soon_is_shut_again_until_a_day(
    cycle: ReportingCycle, manager: Officeholder
) -> None:
    take(cycle, ByHand.OPEN_ON, manager, IN_Q1, on=date(2009, 7, 16))

    assert cycle.closing_on(IN_Q1.date()) is Closing.NOT_OPEN
    assert cycle.closing_on(date(2009, 7, 16)) is Closing.OPEN


def test_closing_it_now_holds_now_and_moves_the_deadline(
    cycle: ReportingCycle, manager: Officeholder
) -> None:
    deadline = MilestoneFactory(
        cycle=cycle, step=Step.UPDATE_DEADLINE, forum=None, starts_on=cycle.due_on
    )

    take(cycle, ByHand.CLOSE_NOW, manager, IN_Q1)

    assert cycle.closing_on(IN_Q1.date()) is Closing.CLOSED_TO_OFFICERS
    assert closed_on(cycle, IN_Q1.date()).since == "Closed to officers since 11:00 on 14 July 2009"
    deadline.refresh_from_db()
    assert (deadline.when, deadline.first_planned) == ("14 July 2009", "21 July 2009")
    assert deadline.moved_because == "The server was down."


def test_a_closed_cycle_opens_to_officers_again(
    cycle: ReportingCycle, manager: Officeholder
) -> None:
    take(cycle, ByHand.CLOSE_NOW, manager, IN_Q1)

    take(cycle, ByHand.TAKE_UNTIL, manager, IN_Q1, on=date(2009, 7, 24))

    assert cycle.closing_on(date(2009, 7, 24)) is Closing.OPEN
    assert (cycle.due_on, cycle.closed_at) == (date(2009, 7, 24), None)


def test_the_lock_is_put_off(cycle: ReportingCycle, manager: Officeholder) -> None:
    cycle.locks_on = date(2009, 7, 29)
    cycle.save()

    take(cycle, ByHand.LOCK_ON, manager, AFTER, on=UNTIL)

    assert cycle.closing_on(date(2009, 7, 29)) is Closing.CLOSED_TO_OFFICERS
    assert cycle.closing_on(UNTIL) is Closing.LOCKED


def test_what_cannot_be_done_is_refused_by_field(
    cycle: ReportingCycle, manager: Officeholder
) -> None:
    for way, on, because, fields in [
        (ByHand.UNLOCK_UNTIL, UNTIL, "Why not.", {"way"}),
        (ByHand.LOCK_ON, None, "", {"on", "because"}),
        (ByHand.TAKE_UNTIL, date(2009, 7, 27), "Ill.", {"on"}),
    ]:
        with pytest.raises(IncompleteReturnError) as refused:
            take(cycle, way, manager, AFTER, on=on, because=because)
        assert set(refused.value.problems) == fields

    assert not AuditEntry.objects.exists()
    assert not StepTaken.objects.exists()


@pytest.mark.parametrize("way", ByHand)
def test_only_the_performance_manager_of_its_council_takes_a_step(
    cycle: ReportingCycle, manager: Officeholder, council: Council, way: ByHand
) -> None:
    officer = officeholder(PostFactory(council=council))

    with pytest.raises(PermissionDenied, match="Only the performance manager"):
        take(cycle, way, officer, AFTER, on=UNTIL)
    with pytest.raises(PermissionDenied):
        take(ReportingCycleFactory(), way, manager, AFTER, on=UNTIL)


def test_the_trail_tells_each_step_with_what_was_planned(
    cycle: ReportingCycle, manager: Officeholder, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    StepTakenFactory(cycle=cycle, taken_at=TOO_EARLY, falls_on=cycle.opens_on)
    take(cycle, ByHand.OPEN_ON, manager, IN_Q1, on=date(2009, 7, 14))
    take(cycle, ByHand.CLOSE_NOW, manager, IN_Q1)
    take(cycle, ByHand.TAKE_UNTIL, manager, AFTER, on=AFTER.date())
    take(cycle, ByHand.LOCK_ON, manager, AFTER, on=UNTIL)
    take(cycle, ByHand.LOCK_NOW, manager, AFTER)
    take(cycle, ByHand.UNLOCK_UNTIL, manager, AFTER, on=UNTIL)
    StepTakenFactory(cycle=cycle, step=CycleStep.CLOSE, taken_at=AFTER, told=2)

    with django_assert_num_queries(1):
        trail = trail_of(cycle)

    assert [(step.what, step.planned) for step in trail[::-1]] == [
        ("Opened", "7 July 2009"),
        ("To open on 14 July 2009", "7 July 2009"),
        ("Closed to officers at once", "21 July 2009"),
        ("Takes returns until 28 July 2009", "14 July 2009"),
        ("To be locked from 4 August 2009", "Never"),
        ("Locked at once", "4 August 2009"),
        ("Unlocked until 4 August 2009", "28 July 2009"),
        ("Closed to officers, 2 people told", trail[0].planned),
    ]
    assert {step.who for step in trail} == {"By itself", "Petra Moss"}
