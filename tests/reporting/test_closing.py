"""A closed cycle is opened to somebody by name, and says how far it is closed."""

from __future__ import annotations

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
from goldenthread.reporting.operations.closing import let_in
from goldenthread.reporting.queries.closing import closed_on, let_in_on
from goldenthread.reporting.returns import CycleClosedError, IncompleteReturnError
from tests.factories import (
    LettingInFactory,
    PostFactory,
    PostHoldingFactory,
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


def test_a_cycle_that_has_not_opened_needs_nobody_let_in(
    cycle: ReportingCycle, manager: Officeholder, officer: Officeholder
) -> None:
    with pytest.raises(CycleClosedError):
        let_in(
            cycle=cycle,
            person=officer.user,
            until=UNTIL,
            reason="She is away.",
            by=manager,
            at=TOO_EARLY,
        )


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
    cycle.locked_at, cycle.locked_by = AFTER, manager.user

    closed = closed_on(cycle, AFTER.date())
    assert closed.since == "Locked by Petra Moss on 28 July 2009"
    assert dict(closed.days)["Is locked"] == "since 28 July 2009"
    assert "Took returns until" in dict(closed.days)


def test_a_cycle_that_is_locked_by_its_date_says_since_when(cycle: ReportingCycle) -> None:
    assert dict(closed_on(cycle, AFTER.date()).days)["Is locked"] == "only by hand"

    cycle.locks_on = date(2009, 7, 27)

    closed = closed_on(cycle, AFTER.date())
    assert (closed.closing, closed.since) == (Closing.LOCKED, "Locked since 27 July 2009")
    assert dict(closed.days)["Is locked"] == "from 27 July 2009"


def test_saying_so_takes_one_query_for_any_number_let_in(
    cycle: ReportingCycle, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    LettingInFactory.create_batch(5, cycle=cycle)

    with django_assert_num_queries(1):
        closed = closed_on(cycle, AFTER.date())
        names = {letting.person.name for letting in closed.let_in}
    assert len(names) == 5
