"""A cycle's steps come once, whenever the worker runs, and are told once to whom they concern."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.chasing.due_steps import take_due_steps
from goldenthread.chasing.reminders import remind_due
from goldenthread.domain.closing import Closing
from goldenthread.domain.cycle_steps import ByHand, CycleStep
from goldenthread.domain.kinds import CycleKind
from goldenthread.domain.working_days import ONE_DAY
from goldenthread.notices.models import Notice, NoticeKind
from goldenthread.organisation.models import Council
from goldenthread.reporting.models import ReportingCycle, StepTaken
from goldenthread.reporting.operations.cycle_steps import take_step_by_hand
from tests.factories import ActionUpdateFactory, ReportingCycleFactory
from tests.pages.small_council import SmallCouncil, ask_no_evaluations, found_small_council

OPENS, DUE, LOCKS = date(2009, 7, 7), date(2009, 7, 21), date(2009, 8, 7)
OFFICERS = ["Aled Rees", "Ines Ford", "Jo Field"]
LEADS = ["Dora Hill", "Leo Park", "Petra Moss"]


@pytest.fixture
def ashby(ashby: SmallCouncil) -> SmallCouncil:
    """The small council with a quarter that is locked after its papers, and nothing before it."""
    return with_one_quarter(ashby)


def with_one_quarter(found: SmallCouncil) -> SmallCouncil:
    found.six_weekly.milestones.all().delete()
    found.six_weekly.delete()
    found.quarter.locks_on = LOCKS
    found.quarter.save()
    return found


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def work(first: date, last: date | None = None) -> None:
    """Let the worker live from one day to another, taking its steps twice a day."""
    for number in range(((last or first) - first).days + 1):
        for hour in (8, 16):
            moment = at(first + timedelta(days=number), hour)
            remind_due(moment)
            take_due_steps(moment)


def heard(kind: NoticeKind | None = None) -> list[str]:
    found = Notice.objects.filter(kind=kind) if kind else Notice.objects.all()
    return sorted(found.values_list("recipient_name", flat=True))


def taken() -> list[tuple[CycleStep, date, date]]:
    rows = StepTaken.objects.filter(way=None).order_by("pk")
    return [(row.step, row.falls_on, row.taken_at.date()) for row in rows if row.falls_on]


def by_hand(ashby: SmallCouncil, way: ByHand, on: date | None, moment: datetime) -> None:
    take_step_by_hand(
        cycle=ashby.quarter, way=way, on=on, because="Snow.", by=ashby.manager, at=moment
    )


def test_a_cycle_opens_closes_and_is_locked_on_its_days(ashby: SmallCouncil) -> None:
    told = {}
    for number in range(36):
        day = date(2009, 7, 5) + timedelta(days=number)
        Notice.objects.exclude(kind=NoticeKind.REMINDER).delete()
        work(day)
        for kind in (NoticeKind.CYCLE_OPENED, NoticeKind.CYCLE_CLOSED, NoticeKind.CYCLE_LOCKED):
            if heard(kind):
                told[day] = heard(kind)

    assert told == {OPENS: OFFICERS, date(2009, 7, 22): LEADS, LOCKS: ["Petra Moss"]}
    assert taken() == [
        (CycleStep.OPEN, OPENS, OPENS),
        (CycleStep.CLOSE, DUE, date(2009, 7, 22)),
        (CycleStep.LOCK, LOCKS, LOCKS),
    ]


def test_who_owes_hears_how_many_until_when_and_where(ashby: SmallCouncil) -> None:
    work(OPENS)

    notice = Notice.objects.get(recipient_name="Aled Rees")
    assert notice.subject == "Quarter 1, 2009/10 is open: 2 returns by 21 July 2009"
    assert "You owe 2 returns, by 21 July 2009 (in 14 days)." in notice.text
    assert "http://127.0.0.1:8000/ashby/my-updates/" in notice.text


def test_leads_hear_what_is_missing_and_whose_it_is(ashby: SmallCouncil) -> None:
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.club, submitted=True)

    work(date(2009, 7, 22))

    notice = Notice.objects.get(recipient_name="Leo Park")
    assert notice.subject == "Quarter 1, 2009/10 is closed: 3 returns missing"
    for words in (
        "before the papers go out on 6 August 2009",
        "Children and Young People: 3 of 4 missing",
        "/ashby/cycles/2009-10/Q1/plans/CYPF/check/",
        "- CYPF 1.2 Pay grants to sports clubs\n  Play Officer (Aled Rees)",
    ):
        assert words in notice.text
    assert "Environment" not in notice.text
    assert "Environment" in Notice.objects.get(recipient_name="Dora Hill").text


def test_a_lead_who_is_late_too_hears_in_one_message_what_they_owe_and_that_it_closed(
    ashby: SmallCouncil,
) -> None:
    ashby.attendance.indicator_officer = ashby.posts.lead_officer
    ashby.attendance.save()

    work(date(2009, 7, 22))

    notice = Notice.objects.get(recipient_name="Leo Park")
    assert notice.kind is NoticeKind.REMINDER
    for words in (
        "This is what you owe.",
        "Quarter 1, 2009/10 takes no more returns from officers.",
        "before the papers go out on 6 August 2009",
        "Children and Young People: 4 of 4 missing",
        "/ashby/cycles/2009-10/Q1/plans/CYPF/check/",
    ):
        assert words in notice.text
    assert "plans/CYPF/check/" in notice.html
    assert heard(NoticeKind.CYCLE_CLOSED) == ["Dora Hill", "Petra Moss"]


def test_the_manager_hears_that_it_is_locked_and_what_it_lacks(ashby: SmallCouncil) -> None:
    work(LOCKS)

    notice = Notice.objects.get(recipient_name="Petra Moss")
    assert notice.subject == "Quarter 1, 2009/10 is locked"
    assert "It still lacks 5 returns." in notice.text


def test_the_trail_says_who_was_told(ashby: SmallCouncil) -> None:
    work(OPENS)

    entry = AuditEntry.objects.get(verb=Verb.CYCLE_STEP_TAKEN)
    assert entry.actor_name == "Goldenthread"
    assert entry.changes == {
        "step": [None, "Opened"],
        "falls on": [None, "2009-07-07"],
        "told": [None, OFFICERS],
    }
    assert StepTaken.objects.get().told == 3


def test_a_worker_dead_for_a_week_catches_up_without_a_lost_or_double_message(
    ashby: SmallCouncil,
) -> None:
    """Dead from the day before it opens: the reminder that is due as well tells of the opening."""
    work(date(2009, 7, 1), date(2009, 7, 6))

    work(date(2009, 7, 13), date(2009, 7, 16))

    assert heard() == OFFICERS
    assert heard(NoticeKind.REMINDER) == OFFICERS
    assert taken() == [(CycleStep.OPEN, OPENS, date(2009, 7, 13))]


def test_dead_through_the_deadline_leads_hear_once_and_nobody_that_it_is_open(
    ashby: SmallCouncil,
) -> None:
    work(OPENS, date(2009, 7, 18))
    Notice.objects.all().delete()

    work(date(2009, 7, 26), date(2009, 7, 30))

    assert heard() == sorted([*OFFICERS, *LEADS])
    assert heard(NoticeKind.CYCLE_CLOSED) == []
    assert taken()[-1] == (CycleStep.CLOSE, DUE, date(2009, 7, 26))


def test_dead_until_it_is_locked_only_that_is_told(ashby: SmallCouncil) -> None:
    work(date(2009, 8, 10))

    assert heard() == ["Petra Moss"]
    assert [step for step, _, _ in taken()] == list(CycleStep)


def test_what_is_long_past_is_written_down_and_not_told(ashby: SmallCouncil) -> None:
    work(date(2009, 9, 30))

    assert heard() == []
    assert len(taken()) == 3


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(alive=st.sets(st.integers(0, 45), min_size=1, max_size=12))
def test_however_the_worker_lives_each_step_comes_once_and_nobody_hears_twice(
    ashby: SmallCouncil, alive: set[int]
) -> None:
    days = [date(2009, 7, 1) + timedelta(days=number) for number in sorted(alive)]
    with transaction.atomic():
        for day in days:
            work(day)
        steps, notices = taken(), list(Notice.objects.all())
        transaction.set_rollback(True)

    come = [(CycleStep.OPEN, OPENS), (CycleStep.CLOSE, DUE + ONE_DAY), (CycleStep.LOCK, LOCKS)]
    assert [step for step, _, _ in steps] == [step for step, day in come if day <= days[-1]]
    heard_on = [(notice.recipient_name, notice.written_at.date()) for notice in notices]
    assert len(heard_on) == len(set(heard_on))
    for names, first, last in [
        (OFFICERS, OPENS, DUE),
        (LEADS, DUE + ONE_DAY, DUE + timedelta(days=14)),
        (["Petra Moss"], LOCKS, LOCKS + timedelta(days=14)),
    ]:
        for day in [day for day in days if first <= day <= last][:1]:
            assert {(name, day) for name in names} <= set(heard_on)


def test_what_the_manager_opens_today_is_told_though_reminders_went_out_this_morning(
    ashby: SmallCouncil,
) -> None:
    by_hand(ashby, ByHand.OPEN_ON, date(2009, 7, 16), at(date(2009, 7, 6)))
    late = ReportingCycleFactory(council=ashby.council, code="Q9", due_on=date(2009, 7, 12))
    work(date(2009, 7, 13))
    assert heard(NoticeKind.REMINDER) == sorted([*OFFICERS, *LEADS])
    assert late.closing_on(date(2009, 7, 13)) is Closing.CLOSED_TO_OFFICERS

    by_hand(ashby, ByHand.OPEN_NOW, None, at(date(2009, 7, 13), 17))
    take_due_steps(at(date(2009, 7, 13), 18))

    assert heard(NoticeKind.CYCLE_OPENED) == OFFICERS


def test_what_is_set_by_hand_is_not_undone(ashby: SmallCouncil) -> None:
    by_hand(ashby, ByHand.OPEN_ON, date(2009, 7, 10), at(date(2009, 7, 6)))
    work(date(2009, 7, 7), date(2009, 7, 9))
    assert taken() == []

    by_hand(ashby, ByHand.OPEN_NOW, None, at(date(2009, 7, 9), 17))
    work(date(2009, 7, 10))
    assert taken() == [(CycleStep.OPEN, date(2009, 7, 9), date(2009, 7, 10))]

    by_hand(ashby, ByHand.LOCK_NOW, None, at(date(2009, 7, 28)))
    work(date(2009, 8, 6), date(2009, 8, 10))
    assert CycleStep.LOCK not in {step for step, _, _ in taken()}
    assert ReportingCycle.objects.get().closing_on(date(2009, 8, 10)) is Closing.LOCKED


def test_who_closed_it_at_once_asks_nobody_for_returns_by_then(ashby: SmallCouncil) -> None:
    work(OPENS)
    by_hand(ashby, ByHand.CLOSE_NOW, None, at(date(2009, 7, 9)))
    Notice.objects.all().delete()

    work(date(2009, 7, 9))

    assert heard() == LEADS
    assert taken()[-1] == (CycleStep.CLOSE, date(2009, 7, 9), date(2009, 7, 9))


def test_what_opens_and_closes_again_is_told_again(ashby: SmallCouncil) -> None:
    work(OPENS, date(2009, 7, 22))
    by_hand(ashby, ByHand.TAKE_UNTIL, date(2009, 7, 24), at(date(2009, 7, 22), 17))
    Notice.objects.all().delete()

    work(date(2009, 7, 23), date(2009, 7, 25))

    assert heard(NoticeKind.CYCLE_CLOSED) == LEADS


def test_a_cycle_closed_at_once_and_taken_back_that_day_is_told_when_it_closes(
    ashby: SmallCouncil,
) -> None:
    """On its last day of all: what was told of the close at once is not the close of that day."""
    work(OPENS)
    by_hand(ashby, ByHand.CLOSE_NOW, None, at(DUE, 10))
    take_due_steps(at(DUE, 11))
    by_hand(ashby, ByHand.TAKE_UNTIL, DUE, at(DUE, 12))
    take_due_steps(at(DUE, 13))
    assert heard(NoticeKind.CYCLE_CLOSED) == LEADS

    work(DUE + ONE_DAY, DUE + timedelta(days=2))

    assert heard(NoticeKind.CYCLE_CLOSED) == sorted(LEADS * 2)


def test_an_annual_report_without_evaluations_asks_nothing_so_nobody_hears_of_it(
    ashby: SmallCouncil,
) -> None:
    ask_no_evaluations(ashby)
    ReportingCycle.objects.update(kind=CycleKind.ANNUAL)

    work(date(2009, 7, 7), date(2009, 8, 10))

    assert heard() == []
    assert len(taken()) == 3


def test_nothing_is_taken_before_seven_in_the_morning(ashby: SmallCouncil) -> None:
    take_due_steps(at(OPENS, 5))
    assert taken() == []
    assert ReportingCycle.objects.get().closing_on(OPENS) is Closing.OPEN


def test_a_council_whose_steps_cannot_be_taken_keeps_no_other_from_it(
    ashby: SmallCouncil,
) -> None:
    ashby.council.frameworks.update(text="no framework at all")
    found_small_council("zennor")

    with pytest.raises(ExceptionGroup, match="could not be taken"):
        take_due_steps(at(OPENS))

    assert set(Notice.objects.values_list("council", flat=True)) == {"zennor"}
    assert set(Council.objects.filter(cycles__steps_taken__isnull=False)) == {
        Council.objects.get(name="zennor")
    }


@pytest.mark.parametrize("day", [OPENS, date(2009, 7, 22), LOCKS])
def test_a_morning_in_three_councils_takes_as_many_queries_as_in_one(
    ashby: SmallCouncil, day: date
) -> None:
    alone = queries_of_a_morning(day)
    for name in ("bodmin", "zennor"):
        with_one_quarter(found_small_council(name))

    assert queries_of_a_morning(day) == alone


def queries_of_a_morning(day: date) -> int:
    """Count the queries of a morning that is then as if it had not been."""
    with transaction.atomic():
        work(OPENS - ONE_DAY, OPENS - ONE_DAY)
        with CaptureQueriesContext(connection) as queries:
            work(day)
        transaction.set_rollback(True)
    return len(queries)
