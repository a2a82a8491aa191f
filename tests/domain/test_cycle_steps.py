from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.closing import Closing, Course, closing_on
from goldenthread.domain.cycle_steps import (
    WAYS,
    ByHand,
    CycleStep,
    day_of,
    is_worth_telling,
    locks_on,
    problems_with_step,
    steps_come,
    taken_by_hand,
)

OPENS, DUE, PAPERS, LOCKS = (
    date(2009, 7, 7),
    date(2009, 7, 21),
    date(2009, 8, 6),
    date(2009, 8, 7),
)
QUARTER_1 = Course(earliest=date(2009, 7, 1), opens_on=OPENS, due_on=DUE, locks_on=LOCKS)
BEFORE, DURING, AFTER, LOCKED = (
    date(2009, 7, 3),
    date(2009, 7, 14),
    date(2009, 7, 28),
    date(2009, 8, 14),
)


def problems(way: ByHand, today: date, on: date | None = None, *, because: str = "Ill.") -> str:
    found = problems_with_step(way, QUARTER_1, on=on, because=because, today=today)
    return "; ".join(f"{field}: {words}" for field, words in found.items())


@pytest.mark.parametrize(
    ("way", "today", "on", "after"),
    [
        (ByHand.OPEN_NOW, BEFORE, None, {"opens_on": BEFORE}),
        (ByHand.OPEN_ON, BEFORE, date(2009, 7, 10), {"opens_on": date(2009, 7, 10)}),
        (ByHand.OPEN_ON, DURING, date(2009, 7, 16), {"opens_on": date(2009, 7, 16)}),
        (ByHand.CLOSE_NOW, DURING, None, {"due_on": DURING, "is_closed": True}),
        (ByHand.TAKE_UNTIL, DURING, AFTER, {"due_on": AFTER}),
        (ByHand.TAKE_UNTIL, AFTER, AFTER, {"due_on": AFTER}),
        (ByHand.LOCK_NOW, DURING, None, {"is_locked": True}),
        (ByHand.LOCK_ON, AFTER, LOCKED, {"locks_on": LOCKED}),
        (ByHand.UNLOCK_UNTIL, LOCKED, LOCKED, {"locks_on": date(2009, 8, 15)}),
    ],
)
def test_a_step_is_taken_early_late_or_back(
    way: ByHand, today: date, on: date | None, after: dict[str, object]
) -> None:
    assert problems(way, today, on) == ""
    assert taken_by_hand(way, QUARTER_1, on=on, today=today) == replace(QUARTER_1, **after)  # type: ignore[arg-type]


def test_what_was_closed_or_locked_at_once_is_opened_and_unlocked() -> None:
    closed = replace(QUARTER_1, due_on=DURING, is_closed=True)
    opened = taken_by_hand(ByHand.TAKE_UNTIL, closed, on=DUE, today=DURING)
    assert closing_on(DURING, opened) is Closing.OPEN

    locked = replace(QUARTER_1, is_locked=True)
    unlocked = taken_by_hand(ByHand.UNLOCK_UNTIL, locked, on=DUE, today=DURING)
    assert closing_on(DURING, unlocked) is Closing.OPEN
    assert closing_on(DUE + timedelta(days=1), unlocked) is Closing.LOCKED


@pytest.mark.parametrize(
    ("way", "today", "on", "words"),
    [
        (ByHand.LOCK_NOW, BEFORE, None, "way: That cannot be done now: the cycle is not open"),
        (ByHand.OPEN_NOW, DURING, None, "way: That cannot be done now: the cycle is open"),
        (ByHand.UNLOCK_UNTIL, AFTER, AFTER, "way: That cannot be done now: the cycle is closed to"),
        (ByHand.LOCK_NOW, LOCKED, None, "way: That cannot be done now: the cycle is locked"),
        (ByHand.TAKE_UNTIL, DURING, None, "on: Enter the day"),
        (ByHand.TAKE_UNTIL, DURING, BEFORE, "on: The day must be today or later"),
        (ByHand.LOCK_ON, DURING, date(2010, 8, 1), "on: The day must be within a year from today"),
        (ByHand.OPEN_NOW, date(2009, 6, 30), None, "way: It looks at a period that must come"),
        (ByHand.OPEN_ON, BEFORE, AFTER, "on: Its returns are due on 21 July 2009: it must open"),
        (
            ByHand.TAKE_UNTIL,
            DURING,
            LOCKS,
            "on: It will be locked from 7 August 2009: lock it later",
        ),
        (ByHand.LOCK_ON, DURING, DUE, "on: The day must be 22 July 2009 or later; or lock it now"),
        (ByHand.LOCK_ON, AFTER, AFTER, "on: The day must be 29 July 2009 or later; or lock it now"),
    ],
)
def test_a_step_that_cannot_be_taken_so_says_why(
    way: ByHand, today: date, on: date | None, words: str
) -> None:
    assert problems(way, today, on).startswith(words)
    with pytest.raises(ValueError, match=words.partition(": ")[2][:20]):
        taken_by_hand(way, QUARTER_1, on=on, today=today)


def test_a_step_by_hand_says_why() -> None:
    assert problems(ByHand.LOCK_NOW, DURING, because=" \n") == "because: Say why"


def test_what_was_locked_early_is_not_locked_again_before_its_deadline() -> None:
    locked = replace(QUARTER_1, is_locked=True)

    found = problems_with_step(
        ByHand.UNLOCK_UNTIL, locked, on=DURING, because="Too soon.", today=DURING
    )

    assert found == {"on": "It takes returns until 21 July 2009: unlock it until then at least"}


def test_a_cycle_without_a_day_of_its_own_takes_returns_as_long_as_one_likes() -> None:
    unlocked = replace(QUARTER_1, locks_on=None)

    assert not problems_with_step(
        ByHand.TAKE_UNTIL, unlocked, on=LOCKED, because="Ill.", today=DURING
    )


def test_each_step_has_its_day() -> None:
    assert [day_of(step, QUARTER_1) for step in CycleStep] == [OPENS, DUE, LOCKS]
    assert [step.done for step in CycleStep] == ["Opened", "Closed to officers", "Locked"]


@pytest.mark.parametrize(
    ("papers", "days", "due_on", "found"),
    [
        (PAPERS, 1, DUE, LOCKS),
        (PAPERS, 7, DUE, date(2009, 8, 13)),
        (PAPERS, 1, date(2009, 8, 10), date(2009, 8, 11)),
        (PAPERS, None, DUE, None),
        (None, 1, DUE, None),
    ],
)
def test_a_cycle_is_locked_so_many_days_after_its_papers(
    papers: date | None, days: int | None, due_on: date, found: date | None
) -> None:
    assert locks_on(papers, days_after=days, due_on=due_on) == found


@st.composite
def courses(draw: st.DrawFn) -> Course:
    def after(day: date, least: int) -> date:
        return day + timedelta(days=draw(st.integers(least, 60)))

    opens_on = after(QUARTER_1.earliest, 0)
    due_on = after(opens_on, 0)
    return Course(
        earliest=QUARTER_1.earliest,
        opens_on=opens_on,
        due_on=due_on,
        locks_on=draw(st.none() | st.just(after(due_on, 1))),
        is_locked=draw(st.booleans()),
    )


DAYS = st.dates(date(2009, 6, 1), date(2010, 1, 31))


@given(course=courses(), today=DAYS, on=st.none() | DAYS, way=st.sampled_from(ByHand))
def test_whatever_is_done_by_hand_leaves_days_in_their_order(
    course: Course, today: date, on: date | None, way: ByHand
) -> None:
    if problems_with_step(way, course, on=on, because="Ill.", today=today):
        return

    after = taken_by_hand(way, course, on=on, today=today)

    assert after.earliest <= after.opens_on <= after.due_on
    assert after.locks_on is None or after.locks_on > after.due_on
    assert after != course or on is not None or way is ByHand.OPEN_NOW


@given(course=courses(), today=DAYS)
def test_what_is_done_at_once_holds_at_once(course: Course, today: date) -> None:
    becomes = {
        ByHand.OPEN_NOW: Closing.OPEN,
        ByHand.CLOSE_NOW: Closing.CLOSED_TO_OFFICERS,
        ByHand.LOCK_NOW: Closing.LOCKED,
    }
    for way in set(becomes) & set(WAYS[closing_on(today, course)]):
        if not problems_with_step(way, course, on=None, because="Ill.", today=today):
            after = taken_by_hand(way, course, on=None, today=today)
            assert closing_on(today, after) is becomes[way]


@pytest.mark.parametrize(
    ("today", "come"),
    [
        (OPENS - timedelta(days=1), []),
        (OPENS, [(CycleStep.OPEN, OPENS)]),
        (DUE, [(CycleStep.OPEN, OPENS)]),
        (AFTER, [(CycleStep.OPEN, OPENS), (CycleStep.CLOSE, DUE)]),
        (LOCKS, [(CycleStep.OPEN, OPENS), (CycleStep.CLOSE, DUE), (CycleStep.LOCK, LOCKS)]),
    ],
)
def test_steps_come_by_their_days(today: date, come: list[tuple[CycleStep, date]]) -> None:
    assert steps_come(QUARTER_1, today) == come


def test_what_was_closed_at_once_has_closed_and_what_was_locked_is_not_locked_again() -> None:
    by_hand = replace(QUARTER_1, due_on=DURING, is_closed=True, is_locked=True)

    assert steps_come(by_hand, DURING)[-1] == (CycleStep.CLOSE, DURING)
    assert CycleStep.LOCK not in dict(steps_come(by_hand, LOCKED))
    assert CycleStep.LOCK not in dict(steps_come(replace(QUARTER_1, locks_on=None), LOCKED))


@pytest.mark.parametrize(
    ("today", "news"),
    [
        (OPENS, [CycleStep.OPEN]),
        (DUE, [CycleStep.OPEN]),
        (AFTER, [CycleStep.CLOSE]),
        (DUE + timedelta(days=15), []),
        (LOCKS, [CycleStep.LOCK]),
        (LOCKS + timedelta(days=15), []),
    ],
)
def test_at_most_one_step_is_news(today: date, news: list[CycleStep]) -> None:
    assert [step for step in CycleStep if is_worth_telling(step, QUARTER_1, today)] == news


def test_a_lock_without_a_day_is_no_news() -> None:
    unlocked = replace(QUARTER_1, locks_on=None, is_locked=True)

    assert not is_worth_telling(CycleStep.LOCK, unlocked, LOCKED)
