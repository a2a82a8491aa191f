"""A cycle is locked, unlocked, and opened to somebody by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from pytest_django import DjangoAssertNumQueries

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.domain.closing import Closing
from goldenthread.organisation.models import Council, Duty
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.reporting.doors import is_let_in
from goldenthread.reporting.models import LettingIn, ReportingCycle
from goldenthread.reporting.operations.closing import (
    AlreadyLockedError,
    NotLockedError,
    let_in,
    lock_cycle,
    unlock_cycle,
)
from goldenthread.reporting.queries.closing import closed_on, let_in_on
from goldenthread.reporting.returns import CycleClosedError, IncompleteReturnError
from tests.factories import (
    IN_Q1,
    LettingInFactory,
    PostFactory,
    PostHoldingFactory,
    ReportingCycleFactory,
    UserFactory,
    officeholder,
)

AFTER = datetime(2009, 7, 28, 10, tzinfo=UTC)
TOO_EARLY = datetime(2009, 7, 6, 10, tzinfo=UTC)
UNTIL = date(2009, 8, 4)


@pytest.fixture
def manager(council: Council) -> Officeholder:
    post = PostFactory(council=council, duty=Duty.PERFORMANCE_MANAGER)
    return officeholder(post, user=UserFactory(name="Petra Moss"))


@pytest.fixture
def officer(council: Council) -> Officeholder:
    holding = PostHoldingFactory(council=council, holder__name="Ann Hill")
    return officeholder(holding.post, user=holding.holder)


def test_a_cycle_is_locked_and_unlocked_by_name(
    cycle: ReportingCycle, manager: Officeholder
) -> None:
    lock_cycle(cycle=cycle, by=manager, at=AFTER)
    cycle.refresh_from_db()
    assert (cycle.locked_at, cycle.locked_by) == (AFTER, manager.user)
    assert cycle.closing_on(AFTER.date()) is Closing.LOCKED

    unlock_cycle(cycle=cycle, by=manager, at=AFTER)
    cycle.refresh_from_db()
    assert (cycle.locked_at, cycle.locked_by) == (None, None)
    locked, unlocked = AuditEntry.objects.order_by("number")
    assert (locked.verb, unlocked.verb) == (Verb.CYCLE_LOCKED, Verb.CYCLE_UNLOCKED)
    assert locked.changes == {"closing": ["Closed to officers", "Locked"]}
    assert unlocked.changes == {"closing": ["Locked", "Closed to officers"]}


def test_a_cycle_can_be_locked_before_its_deadline(
    cycle: ReportingCycle, manager: Officeholder
) -> None:
    lock_cycle(cycle=cycle, by=manager, at=IN_Q1)

    assert AuditEntry.objects.get().changes == {"closing": ["Open", "Locked"]}


def test_what_is_locked_is_not_locked_again(cycle: ReportingCycle, manager: Officeholder) -> None:
    lock_cycle(cycle=cycle, by=manager, at=AFTER)

    with pytest.raises(AlreadyLockedError):
        lock_cycle(cycle=cycle, by=manager, at=AFTER)


def test_what_is_not_locked_is_not_unlocked(cycle: ReportingCycle, manager: Officeholder) -> None:
    with pytest.raises(NotLockedError):
        unlock_cycle(cycle=cycle, by=manager, at=AFTER)

    assert not AuditEntry.objects.exists()


def test_a_cycle_that_has_not_opened_needs_no_lock_and_nobody_let_in(
    cycle: ReportingCycle, manager: Officeholder, officer: Officeholder
) -> None:
    with pytest.raises(CycleClosedError):
        lock_cycle(cycle=cycle, by=manager, at=TOO_EARLY)
    with pytest.raises(CycleClosedError):
        let_in(
            cycle=cycle,
            person=officer.user,
            until=UNTIL,
            reason="She is away.",
            by=manager,
            at=TOO_EARLY,
        )


@pytest.mark.parametrize("deed", [lock_cycle, unlock_cycle])
def test_only_the_performance_manager_turns_the_lock(
    cycle: ReportingCycle, officer: Officeholder, deed: Callable[..., None]
) -> None:
    with pytest.raises(PermissionDenied, match="Only the performance manager"):
        deed(cycle=cycle, by=officer, at=AFTER)


@pytest.mark.parametrize("deed", [lock_cycle, unlock_cycle])
def test_the_performance_manager_of_another_council_does_not(
    manager: Officeholder, deed: Callable[..., None]
) -> None:
    with pytest.raises(PermissionDenied):
        deed(cycle=ReportingCycleFactory(), by=manager, at=AFTER)


def test_somebody_is_let_in_until_a_day_with_the_reason(
    cycle: ReportingCycle, manager: Officeholder, officer: Officeholder
) -> None:
    let_in(
        cycle=cycle,
        person=officer.user,
        until=UNTIL,
        reason=" She was ill. ",
        by=manager,
        at=AFTER,
    )

    letting = LettingIn.objects.get()
    assert (letting.person, letting.until, letting.reason) == (officer.user, UNTIL, "She was ill.")
    assert (letting.let_in_by, letting.let_in_at) == (manager.user, AFTER)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.changes["reason"]) == (Verb.PERSON_LET_IN, ["", "She was ill."])


def test_what_is_wrong_is_said_by_field(cycle: ReportingCycle, manager: Officeholder) -> None:
    with pytest.raises(IncompleteReturnError) as refused:
        let_in(
            cycle=cycle,
            person=UserFactory(),
            until=date(2009, 7, 27),
            reason="",
            by=manager,
            at=AFTER,
        )

    assert set(refused.value.problems) == {"person", "until", "reason"}
    assert not LettingIn.objects.exists()


def test_who_left_the_council_is_not_let_in(
    cycle: ReportingCycle, manager: Officeholder, council: Council
) -> None:
    left = PostHoldingFactory(council=council, ends_on=date(2009, 7, 27))

    with pytest.raises(IncompleteReturnError, match="holds no post"):
        let_in(cycle=cycle, person=left.holder, until=UNTIL, reason="Late.", by=manager, at=AFTER)


def test_only_the_performance_manager_lets_somebody_in(
    cycle: ReportingCycle, officer: Officeholder
) -> None:
    with pytest.raises(PermissionDenied):
        let_in(cycle=cycle, person=officer.user, until=UNTIL, reason="Me.", by=officer, at=AFTER)


def test_the_day_given_last_counts(cycle: ReportingCycle, officer: Officeholder) -> None:
    for day in (date(2009, 8, 31), date(2009, 7, 28)):
        LettingInFactory(cycle=cycle, person=officer.user, until=day)

    assert is_let_in(officer, cycle, date(2009, 7, 28))
    assert not is_let_in(officer, cycle, date(2009, 7, 29))
    assert let_in_on(cycle, date(2009, 7, 29)) == []


def test_who_is_let_in_is_listed_by_their_last_day(cycle: ReportingCycle) -> None:
    later = LettingInFactory(cycle=cycle, until=date(2009, 8, 31))
    sooner = LettingInFactory(cycle=cycle, until=date(2009, 8, 3))
    LettingInFactory(cycle=cycle, until=date(2009, 7, 27))
    LettingInFactory()

    assert let_in_on(cycle, AFTER.date()) == [sooner, later]


@pytest.mark.parametrize(
    ("day", "closing", "since"),
    [
        (date(2009, 7, 6), Closing.NOT_OPEN, "Opens on 7 July 2009"),
        (date(2009, 7, 21), Closing.OPEN, "Open until 21 July 2009"),
        (
            date(2009, 7, 22),
            Closing.CLOSED_TO_OFFICERS,
            "Closed to officers since 22 July 2009",
        ),
    ],
)
def test_a_cycle_says_how_far_it_is_closed(
    cycle: ReportingCycle, day: date, closing: Closing, since: str
) -> None:
    closed = closed_on(cycle, day)

    assert (closed.closing, closed.since) == (closing, since)
    assert closed.meaning.endswith(".")


def test_a_locked_cycle_says_who_locked_it(cycle: ReportingCycle, manager: Officeholder) -> None:
    lock_cycle(cycle=cycle, by=manager, at=AFTER)
    cycle.refresh_from_db()

    assert closed_on(cycle, AFTER.date()).since == "Locked by Petra Moss on 28 July 2009"


def test_saying_so_takes_one_query_for_any_number_let_in(
    cycle: ReportingCycle, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    LettingInFactory.create_batch(5, cycle=cycle)

    with django_assert_num_queries(1):
        closed = closed_on(cycle, AFTER.date())
        names = {letting.person.name for letting in closed.let_in}
    assert len(names) == 5
