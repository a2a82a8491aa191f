from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from goldenthread.audit.models import Verb
from goldenthread.audit.queries import entries_about
from goldenthread.domain.cycle_steps import ByHand
from goldenthread.domain.kinds import Precision, Step
from goldenthread.domain.when_words import When, read_when
from goldenthread.organisation.models import Council, Duty
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.reporting.models import Milestone, ReportingCycle
from goldenthread.reporting.operations.cycle_steps import take_step_by_hand
from goldenthread.reporting.queries.closing import closed_on
from goldenthread.timetables.operations.moving import CannotMoveError, Moved, move_milestones
from tests.factories import (
    IN_Q1,
    AnnualCycleFactory,
    MilestoneFactory,
    PostFactory,
    ReportingCycleFactory,
    SixWeeklyCycleFactory,
    officeholder,
)

BEFORE = datetime(2009, 5, 1, 10, tzinfo=UTC)
DEADLINE = date(2009, 7, 21)


@pytest.fixture
def manager(council: Council) -> Officeholder:
    return officeholder(PostFactory(council=council, duty=Duty.PERFORMANCE_MANAGER))


@pytest.fixture
def deadline(cycle: ReportingCycle) -> Milestone:
    return MilestoneFactory(cycle=cycle, step=Step.UPDATE_DEADLINE, forum=None, starts_on=DEADLINE)


def move(
    milestone: Milestone,
    words: str,
    by: Officeholder,
    *,
    because: str = "The hall is let.",
    at: datetime = BEFORE,
) -> None:
    move_milestones(
        cycle=milestone.cycle,
        moves=[Moved(milestone=milestone, when=read_when(words))],
        because=because,
        by=by,
        at=at,
    )
    milestone.refresh_from_db()
    milestone.cycle.refresh_from_db()


def test_a_moved_date_keeps_the_one_it_first_had_and_why(
    cycle: ReportingCycle, manager: Officeholder
) -> None:
    papers = MilestoneFactory(cycle=cycle)

    move(papers, "7 August 2009", manager)
    move(papers, "10 August 2009", manager, because="The printer broke.")

    assert papers.when == "10 August 2009"
    assert (papers.first_planned, papers.moved_because) == ("6 August 2009", "The printer broke.")


def test_several_dates_move_at_once_and_stand_in_one_entry_of_the_trail(
    cycle: ReportingCycle, manager: Officeholder
) -> None:
    papers = MilestoneFactory(cycle=cycle)
    meeting = MilestoneFactory(cycle=cycle, step=Step.FORUM_RECEIVES, starts_on=date(2009, 8, 11))
    moves = [
        Moved(milestone=papers, when=read_when("13 August 2009")),
        Moved(milestone=meeting, when=read_when("18 August 2009")),
    ]

    move_milestones(cycle=cycle, moves=moves, because="Holidays.", by=manager, at=BEFORE)

    [entry] = entries_about(cycle)
    assert entry.verb is Verb.MILESTONES_MOVED
    assert entry.changes["DMT receives the report"] == ["11 August 2009", "18 August 2009"]
    assert entry.changes["because"] == [None, "Holidays."]


def test_a_date_can_become_a_week_or_be_confirmed_later(
    cycle: ReportingCycle, manager: Officeholder
) -> None:
    papers = MilestoneFactory(cycle=cycle)

    move(papers, "w/c 3 August 2009", manager)
    assert papers.precision is Precision.WEEK

    move(papers, "TBC", manager)
    assert papers.starts_on is None


def test_the_day_of_locking_moves_with_the_papers(
    cycle: ReportingCycle, manager: Officeholder
) -> None:
    papers = MilestoneFactory(cycle=cycle)
    cycle.locks_on = date(2009, 8, 7)
    cycle.save()

    move(papers, "13 August 2009", manager)
    assert papers.cycle.locks_on == date(2009, 8, 14)

    move(papers, "TBC", manager)
    assert papers.cycle.locks_on is None

    move(papers, "20 August 2009", manager)
    assert papers.cycle.locks_on == date(2009, 8, 21)


def test_days_that_were_set_by_hand_stay(deadline: Milestone, manager: Officeholder) -> None:
    MilestoneFactory(cycle=deadline.cycle)
    deadline.cycle.opens_on, deadline.cycle.locks_on = date(2009, 7, 10), date(2009, 8, 31)
    deadline.cycle.save()

    move(deadline, "28 July 2009", manager)
    assert (deadline.cycle.opens_on, deadline.cycle.locks_on) == (
        date(2009, 7, 10),
        date(2009, 8, 31),
    )

    move(deadline, "14 September 2009", manager)
    assert deadline.cycle.locks_on == date(2009, 9, 15)


def test_a_deadline_that_moves_says_anew_how_far_what_was_closed_at_once_is_closed(
    deadline: Milestone, manager: Officeholder
) -> None:
    deadline.cycle.closed_at, deadline.cycle.due_on = IN_Q1, IN_Q1.date()
    deadline.cycle.save()

    move(deadline, "21 July 2009", manager, at=IN_Q1)
    assert deadline.cycle.closed_at is None

    deadline.cycle.closed_at = IN_Q1
    deadline.cycle.save()
    move(deadline, "13 July 2009", manager, at=IN_Q1)
    closed = closed_on(deadline.cycle, IN_Q1.date())
    assert closed.since == "Closed to officers since 14 July 2009"


def test_the_window_moves_with_the_deadline(deadline: Milestone, manager: Officeholder) -> None:
    move(deadline, "28 July 2009", manager)

    cycle = deadline.cycle
    assert (cycle.opens_on, cycle.due_on) == (date(2009, 7, 14), date(2009, 7, 28))


def test_a_window_that_has_opened_stays_open(deadline: Milestone, manager: Officeholder) -> None:
    move(deadline, "28 July 2009", manager, at=IN_Q1)

    assert (deadline.cycle.opens_on, deadline.cycle.due_on) == (
        date(2009, 7, 7),
        date(2009, 7, 28),
    )


def test_a_six_weekly_window_may_open_before_its_period_has_ended(
    council: Council, manager: Officeholder
) -> None:
    cycle = SixWeeklyCycleFactory(council=council)
    deadline = MilestoneFactory(
        cycle=cycle, step=Step.UPDATE_DEADLINE, forum=None, starts_on=cycle.due_on
    )

    move(deadline, "15 June 2009", manager)

    assert deadline.cycle.opens_on == date(2009, 6, 1)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("TBC", "Returns need a day"),
        ("30 June 2009", "could not take returns: it opens on 1 July 2009"),
    ],
)
def test_a_deadline_stays_where_returns_could_be_taken(
    deadline: Milestone, manager: Officeholder, words: str, why: str
) -> None:
    with pytest.raises(CannotMoveError, match=why):
        move(deadline, words, manager)

    deadline.refresh_from_db()
    assert deadline.starts_on == DEADLINE


def test_nothing_moves_without_a_reason(deadline: Milestone, manager: Officeholder) -> None:
    with pytest.raises(CannotMoveError, match="Say why"):
        move(deadline, "28 July 2009", manager, because="  ")


def test_only_the_performance_manager_of_the_council_moves_a_date(deadline: Milestone) -> None:
    officer = officeholder(PostFactory(council=deadline.cycle.council))
    elsewhere = officeholder(PostFactory(duty=Duty.PERFORMANCE_MANAGER))

    for somebody in (officer, elsewhere):
        with pytest.raises(PermissionDenied):
            move(deadline, "28 July 2009", somebody)


def test_a_date_of_another_cycle_is_not_moved(
    deadline: Milestone, manager: Officeholder, council: Council
) -> None:
    other = ReportingCycleFactory(council=council, code="Q9", year=2010)
    day = When(precision=Precision.DAY, starts_on=DEADLINE, ends_on=DEADLINE)

    with pytest.raises(Milestone.DoesNotExist):
        move_milestones(
            cycle=other,
            moves=[Moved(milestone=deadline, when=day)],
            because="A slip.",
            by=manager,
            at=BEFORE,
        )


@pytest.mark.parametrize(("own", "due_on"), [(False, date(2010, 4, 30)), (True, date(2010, 4, 23))])
def test_the_annual_report_is_due_with_the_last_quarter_unless_it_has_a_deadline_of_its_own(
    council: Council, manager: Officeholder, own: bool, due_on: date
) -> None:
    annual = AnnualCycleFactory(council=council)
    last = ReportingCycleFactory(
        council=council,
        code="Q4",
        quarter=4,
        observes_from=date(2010, 1, 1),
        observes_to=date(2010, 3, 31),
        opens_on=annual.opens_on,
        due_on=annual.due_on,
    )
    if own:
        MilestoneFactory(
            cycle=annual, step=Step.UPDATE_DEADLINE, forum=None, starts_on=annual.due_on
        )
    deadline = MilestoneFactory(
        cycle=last, step=Step.UPDATE_DEADLINE, forum=None, starts_on=last.due_on
    )

    move(deadline, "30 April 2010", manager, at=datetime(2010, 4, 15, 10, tzinfo=UTC))

    annual.refresh_from_db()
    assert (last.pk, annual.due_on) == (deadline.cycle_id, due_on)
    entries = entries_about(annual).filter(verb=Verb.MILESTONES_MOVED)
    assert [entry.changes["due on"] for entry in entries] == (
        [] if own else [["2010-04-23", "2010-04-30"]]
    )
    take_step_by_hand(
        cycle=last,
        way=ByHand.TAKE_UNTIL,
        on=date(2010, 5, 4),
        because="Snow.",
        by=manager,
        at=datetime(2010, 4, 16, 10, tzinfo=UTC),
    )
    annual.refresh_from_db()
    assert annual.due_on == (annual.due_on if own else date(2010, 5, 4))
