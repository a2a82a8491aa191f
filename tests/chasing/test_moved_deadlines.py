"""Who still owes a return hears once when somebody moves its deadline by hand: what, by whom and why."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.chasing.due_steps import take_due_steps
from goldenthread.chasing.moved_deadlines import tell_moved_deadlines
from goldenthread.chasing.queries.scenes import Scene
from goldenthread.chasing.queries.told import owing_by_deadline
from goldenthread.chasing.reminders import remind_due
from goldenthread.domain.cycle_steps import ByHand
from goldenthread.domain.kinds import BodyKind, CycleKind, Step
from goldenthread.domain.when_words import read_when
from goldenthread.notices.models import Notice, NoticeKind
from goldenthread.notices.queries import due
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.operations.cycle_steps import take_step_by_hand
from goldenthread.timetables.operations.moving import Moved, move_milestones
from tests.factories import ActionUpdateFactory, MilestoneFactory, ReportingCycleFactory
from tests.pages.small_council import SmallCouncil, ask_no_evaluations, found_small_council

OPENS, DUE = date(2009, 7, 7), date(2009, 7, 21)
OFFICERS = ["Aled Rees", "Ines Ford", "Jo Field"]


def at(day: int, hour: int = 9, month: int = 7) -> datetime:
    return datetime(2009, month, day, hour, tzinfo=UTC)


@pytest.fixture
def ashby(ashby: SmallCouncil) -> SmallCouncil:
    """The small council with a quarter that is open, and that everybody has heard is open."""
    ashby.six_weekly.milestones.all().delete()
    ashby.six_weekly.delete()
    take_due_steps(at(7))
    Notice.objects.all().delete()
    return ashby


def by_hand(ashby: SmallCouncil, way: ByHand, day: int | None, moment: datetime) -> None:
    on = date(2009, 7, day) if day else None
    take_step_by_hand(
        cycle=ashby.quarter, way=way, on=on, because="Snow.", by=ashby.manager, at=moment
    )


def move_deadline(ashby: SmallCouncil, words: str, moment: datetime) -> None:
    deadline = ashby.quarter.milestones.filter(step=Step.UPDATE_DEADLINE).first()
    move_milestones(
        cycle=ashby.quarter,
        moves=[
            Moved(
                milestone=deadline
                or MilestoneFactory(
                    cycle=ashby.quarter, step=Step.UPDATE_DEADLINE, forum=None, starts_on=DUE
                ),
                when=read_when(words),
            )
        ],
        because="Snow.",
        by=ashby.manager,
        at=moment,
    )


def tell(first: datetime, days: int = 3) -> None:
    """Let the worker live for some days."""
    for number in range(days):
        for hours in (0, 1):
            tell_moved_deadlines(first + timedelta(days=number, hours=hours))


def heard(kind: NoticeKind = NoticeKind.DEADLINE_MOVED) -> list[str]:
    found = Notice.objects.filter(kind=kind)
    return sorted(found.values_list("recipient_name", flat=True))


def test_who_owes_hears_once_of_a_later_deadline(ashby: SmallCouncil) -> None:
    by_hand(ashby, ByHand.TAKE_UNTIL, 24, at(14))

    tell(at(14, 10))

    assert heard() == OFFICERS
    notice = Notice.objects.get(recipient_name="Aled Rees")
    assert notice.subject == "Quarter 1, 2009/10: another deadline, 24 July 2009"
    for words in (
        "Petra Moss has given Quarter 1, 2009/10 another deadline: 24 July 2009 (in 10 days), "
        "not 21 July 2009.",
        "Why: Snow.",
        "You still owe 2 returns",
        "/ashby/my-updates/",
    ):
        assert words in notice.text
    entry = AuditEntry.objects.get(verb=Verb.DEADLINE_TOLD)
    assert (entry.actor_name, entry.changes["told"]) == ("Goldenthread", [None, OFFICERS])


def test_who_owes_hears_that_it_was_closed_early(ashby: SmallCouncil) -> None:
    by_hand(ashby, ByHand.CLOSE_NOW, None, at(14))

    tell(at(14, 10))

    assert heard() == OFFICERS
    notice = Notice.objects.get(recipient_name="Aled Rees")
    assert notice.subject == "Quarter 1, 2009/10 was closed early"
    for words in (
        "Petra Moss has closed Quarter 1, 2009/10 to officers. It was to take returns until "
        "21 July 2009.",
        "Why: Snow.",
        "ask the performance manager to let you in",
    ):
        assert words in notice.text


def test_who_owes_hears_of_a_deadline_moved_in_the_timetable(ashby: SmallCouncil) -> None:
    move_deadline(ashby, "28 July 2009", at(14))

    tell(at(14, 10))

    assert heard() == OFFICERS
    assert "28 July 2009 (in 14 days), not 21 July 2009" in Notice.objects.earliest("pk").text


def test_who_owes_nothing_hears_nothing(ashby: SmallCouncil) -> None:
    for action in (ashby.club, ashby.grant):
        ActionUpdateFactory(cycle=ashby.quarter, action=action, submitted=True)
    by_hand(ashby, ByHand.TAKE_UNTIL, 24, at(14))

    tell(at(14, 10))

    assert "Ines Ford" in heard()
    assert "Aled Rees" not in heard()


def test_a_close_and_what_takes_it_back_before_anybody_heard_cancel_out(
    ashby: SmallCouncil,
) -> None:
    by_hand(ashby, ByHand.CLOSE_NOW, None, at(14, 9))
    by_hand(ashby, ByHand.TAKE_UNTIL, 21, at(14, 10))

    tell(at(14, 11))

    assert heard() == []
    assert AuditEntry.objects.filter(verb=Verb.DEADLINE_TOLD).count() == 2


def test_of_two_moves_that_nobody_heard_of_the_last_is_told_against_what_they_knew(
    ashby: SmallCouncil,
) -> None:
    by_hand(ashby, ByHand.TAKE_UNTIL, 24, at(14, 9))
    by_hand(ashby, ByHand.TAKE_UNTIL, 28, at(14, 10))

    tell(at(14, 11))

    assert heard() == OFFICERS
    assert "28 July 2009 (in 14 days), not 21 July 2009" in Notice.objects.earliest("pk").text


def test_each_change_that_was_told_is_followed_by_the_next(ashby: SmallCouncil) -> None:
    by_hand(ashby, ByHand.CLOSE_NOW, None, at(14, 9))
    tell(at(14, 10), days=1)
    by_hand(ashby, ByHand.TAKE_UNTIL, 14, at(14, 12))
    tell(at(14, 13), days=1)

    assert heard() == sorted(OFFICERS * 2)
    latest = Notice.objects.order_by("-pk").first()
    assert latest is not None
    assert "takes returns again until 14 July 2009 (today)" in latest.text


def test_nobody_hears_of_a_move_of_what_they_have_not_heard_of(ashby: SmallCouncil) -> None:
    ReportingCycle.objects.update(opens_on=date(2009, 7, 13))
    by_hand(ashby, ByHand.TAKE_UNTIL, 24, at(14))

    tell(at(14, 10))

    assert heard() == []


@pytest.mark.parametrize("change", [{"locked_at": at(14)}, {"kind": CycleKind.ANNUAL}])
def test_a_locked_cycle_and_one_without_returns_are_no_news(
    ashby: SmallCouncil, change: dict[str, object]
) -> None:
    ask_no_evaluations(ashby)
    by_hand(ashby, ByHand.TAKE_UNTIL, 24, at(14))
    locked_by = {"locked_by": ashby.manager.user} if "locked_at" in change else {}
    ReportingCycle.objects.update(**change, **locked_by)

    tell(at(14, 10))

    assert heard() == []


def test_a_deadline_that_has_passed_meanwhile_is_no_news(ashby: SmallCouncil) -> None:
    by_hand(ashby, ByHand.TAKE_UNTIL, 15, at(14))

    tell(at(16, 10))

    assert heard() == []


def test_nobody_is_told_before_seven_in_the_morning_or_after_two_weeks(
    ashby: SmallCouncil,
) -> None:
    by_hand(ashby, ByHand.TAKE_UNTIL, 24, at(14, 1))

    tell_moved_deadlines(at(14, 4))
    tell_moved_deadlines(at(3, 10, month=8))

    assert heard() == []


def test_a_reminder_that_waits_lapses_with_its_deadline_and_when_that_moves(
    ashby: SmallCouncil,
) -> None:
    remind_due(at(18))
    waiting = Notice.objects.filter(kind=NoticeKind.REMINDER)
    assert {notice.lapses_at for notice in waiting} == {datetime(2009, 7, 21, 23, tzinfo=UTC)}

    by_hand(ashby, ByHand.TAKE_UNTIL, 24, at(19))
    tell(at(19, 10))

    assert {notice.lapses_at for notice in waiting.all()} == {at(19, 10)}
    assert set(due(at(19, 10))) == set(Notice.objects.filter(kind=NoticeKind.DEADLINE_MOVED))


def test_who_is_to_return_hears_once_that_a_cycle_opens_later(ashby: SmallCouncil) -> None:
    by_hand(ashby, ByHand.OPEN_ON, 13, at(8))

    tell(at(8, 10))

    assert heard(NoticeKind.OPENING_MOVED) == OFFICERS
    notice = Notice.objects.get(recipient_name="Aled Rees")
    assert notice.subject == "Quarter 1, 2009/10 opens later, on 13 July 2009"
    for words in (
        "Petra Moss has put off Quarter 1, 2009/10: it opens on 13 July 2009 (in 5 days), "
        "not 7 July 2009.",
        "Why: Snow.",
        "It will ask you for 2 returns, by 21 July 2009.",
    ):
        assert words in notice.text


def test_nobody_hears_of_an_opening_that_comes_earlier_or_is_far_off(ashby: SmallCouncil) -> None:
    later = ReportingCycleFactory(
        council=ashby.council, code="Q9", opens_on=date(2009, 9, 1), due_on=date(2009, 9, 21)
    )
    for day in (5, 3):
        take_step_by_hand(
            cycle=later,
            way=ByHand.OPEN_ON,
            on=date(2009, 9, day),
            because="Snow.",
            by=ashby.manager,
            at=at(14),
        )
        tell(at(14, 10))
    by_hand(ashby, ByHand.OPEN_ON, 16, at(15, 9))
    by_hand(ashby, ByHand.OPEN_NOW, None, at(15, 10))
    tell(at(15, 11))

    assert heard(NoticeKind.OPENING_MOVED) == []


@pytest.mark.parametrize(
    ("way", "day", "subject", "words"),
    [
        (
            ByHand.LOCK_ON,
            30,
            "is locked on another day, 30 July 2009",
            "has set another day from which Quarter 1, 2009/10 is locked: 30 July 2009 (in 6 days), "
            "not 28 July 2009.",
        ),
        (
            ByHand.LOCK_NOW,
            None,
            "was locked",
            "has locked Quarter 1, 2009/10, which was to be on 28 July 2009.",
        ),
    ],
)
def test_who_answers_for_plans_hears_once_of_another_lock_but_not_who_set_it(
    ashby: SmallCouncil, way: ByHand, day: int | None, subject: str, words: str
) -> None:
    ReportingCycle.objects.update(locks_on=date(2009, 7, 28))
    by_hand(ashby, way, day, at(24))

    tell(at(24, 10))

    assert heard(NoticeKind.LOCK_MOVED) == ["Dora Hill", "Leo Park"]
    notice = Notice.objects.get(recipient_name="Leo Park")
    assert notice.subject == f"Quarter 1, 2009/10 {subject}"
    assert words in notice.text


def test_who_answers_for_plans_hears_that_it_was_unlocked(ashby: SmallCouncil) -> None:
    ReportingCycle.objects.update(locks_on=date(2009, 7, 23))
    by_hand(ashby, ByHand.UNLOCK_UNTIL, 28, at(24))

    tell(at(24, 10))

    text = Notice.objects.get(recipient_name="Leo Park").text
    assert "has unlocked Quarter 1, 2009/10 until 28 July 2009: it is locked again from" in text


def test_a_lock_that_moves_with_the_papers_is_told_too(ashby: SmallCouncil) -> None:
    papers = ashby.quarter.milestones.get(step=Step.PAPERS_OUT, forum=BodyKind.DMT)
    ReportingCycle.objects.update(locks_on=date(2009, 8, 7))
    move_milestones(
        cycle=ashby.quarter,
        moves=[Moved(milestone=papers, when=read_when("10 August 2009"))],
        because="Snow.",
        by=ashby.manager,
        at=at(24),
    )

    tell(at(24, 10))

    assert heard(NoticeKind.LOCK_MOVED) == ["Dora Hill", "Leo Park"]
    assert "11 August 2009" in Notice.objects.get(recipient_name="Leo Park").subject


def test_a_council_that_cannot_be_told_keeps_no_other_from_it(
    ashby: SmallCouncil, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = found_small_council("zennor")
    take_due_steps(at(8))
    Notice.objects.all().delete()
    for council in (ashby, other):
        by_hand(council, ByHand.TAKE_UNTIL, 24, at(14))

    def fail(scene: Scene) -> object:
        if scene.cycle.council_id == ashby.council.pk:
            raise RuntimeError("no")
        return owing_by_deadline(scene)

    monkeypatch.setattr("goldenthread.chasing.moved_deadlines.owing_by_deadline", fail)
    with pytest.raises(ExceptionGroup, match="could not be told"):
        tell_moved_deadlines(at(14, 10))

    assert set(Notice.objects.values_list("council", flat=True)) == {"zennor"}
