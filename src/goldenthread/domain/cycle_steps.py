"""The steps of a cycle: it opens, closes and is locked on its days, or early, late or back by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from goldenthread.domain.closing import Closing, Course, closing_on
from goldenthread.domain.reminders import LAPSES_AFTER
from goldenthread.domain.timetable import day_in_words
from goldenthread.domain.working_days import ONE_DAY

FARTHEST = timedelta(days=366)
"""How far ahead a step can be put off by hand."""


class CycleStep(StrEnum):
    """What a cycle does when its day comes."""

    OPEN = "open"
    CLOSE = "close"
    LOCK = "lock"

    @property
    def done(self) -> str:
        """Say that it was taken, after a cycle's name: "Opened"."""
        return {"open": "Opened", "close": "Closed to officers", "lock": "Locked"}[self.value]


class ByHand(StrEnum):
    """How a step is taken by hand: at once, on another day, or back until a day."""

    OPEN_NOW = "open_now"
    OPEN_ON = "open_on"
    CLOSE_NOW = "close_now"
    TAKE_UNTIL = "take_until"
    LOCK_NOW = "lock_now"
    LOCK_ON = "lock_on"
    UNLOCK_UNTIL = "unlock_until"

    @property
    def step(self) -> CycleStep:
        """The step that is taken, put off or taken back."""
        return _STEP_OF[self]

    @property
    def asks_for_a_day(self) -> bool:
        return self not in (ByHand.OPEN_NOW, ByHand.CLOSE_NOW, ByHand.LOCK_NOW)


_STEP_OF = {
    ByHand.OPEN_NOW: CycleStep.OPEN,
    ByHand.OPEN_ON: CycleStep.OPEN,
    ByHand.CLOSE_NOW: CycleStep.CLOSE,
    ByHand.TAKE_UNTIL: CycleStep.CLOSE,
    ByHand.LOCK_NOW: CycleStep.LOCK,
    ByHand.LOCK_ON: CycleStep.LOCK,
    ByHand.UNLOCK_UNTIL: CycleStep.LOCK,
}

WAYS: dict[Closing, tuple[ByHand, ...]] = {
    Closing.NOT_OPEN: (ByHand.OPEN_NOW, ByHand.OPEN_ON),
    Closing.OPEN: (
        ByHand.CLOSE_NOW,
        ByHand.TAKE_UNTIL,
        ByHand.OPEN_ON,
        ByHand.LOCK_NOW,
        ByHand.LOCK_ON,
    ),
    Closing.CLOSED_TO_OFFICERS: (ByHand.TAKE_UNTIL, ByHand.LOCK_NOW, ByHand.LOCK_ON),
    Closing.LOCKED: (ByHand.UNLOCK_UNTIL,),
}
"""What can be done by hand to a cycle that is closed so far."""


def day_of(step: CycleStep, course: Course) -> date | None:
    """Find the day of a step; a cycle closes at the end of its day, and does the others from its start."""
    days = {CycleStep.OPEN: course.opens_on, CycleStep.CLOSE: course.due_on}
    return days.get(step, course.locks_on)


def steps_come(course: Course, today: date) -> list[tuple[CycleStep, date]]:
    """List the steps that a cycle has taken by itself by a day, each with the day on which it fell.

    One that was closed by hand has closed; one that was locked by hand need not be locked again.
    """
    come: list[tuple[CycleStep, date]] = []
    if course.opens_on <= today:
        come.append((CycleStep.OPEN, course.opens_on))
    if course.due_on < today or course.is_closed:
        come.append((CycleStep.CLOSE, course.due_on))
    if course.locks_on is not None and course.locks_on <= today and not course.is_locked:
        come.append((CycleStep.LOCK, course.locks_on))
    return come


def locks_on(papers_out_on: date | None, *, days_after: int | None, due_on: date) -> date | None:
    """Work out from which day on a cycle is locked: so many days after its first papers go out.

    Never by itself without papers or days; never before the day after its deadline.
    """
    if papers_out_on is None or days_after is None:
        return None
    return max(papers_out_on + timedelta(days=days_after), due_on + ONE_DAY)


def is_worth_telling(step: CycleStep, course: Course, today: date) -> bool:
    """Test whether a step that has come is still news: the cycle stands where it brought it.

    That a cycle is open is news until it closes; that it closed or was locked, for some days. So of
    several steps that were missed one is told at most.
    """
    brought = {CycleStep.OPEN: Closing.OPEN, CycleStep.CLOSE: Closing.CLOSED_TO_OFFICERS}
    day = day_of(step, course)
    if day is None or closing_on(today, course) is not brought.get(step, Closing.LOCKED):
        return False
    return step is CycleStep.OPEN or today - day <= LAPSES_AFTER


def taken_by_hand(way: ByHand, course: Course, *, on: date | None, today: date) -> Course:
    """Say what becomes of a cycle's days when a step is taken by hand.

    :raises ValueError: if the step cannot be taken so; `problems_with_step` says why
    """
    if problems := problems_with_step(way, course, on=on, because="-", today=today):
        raise ValueError("; ".join(problems.values()))
    day = on or today
    match way:
        case ByHand.OPEN_NOW | ByHand.OPEN_ON:
            return replace(course, opens_on=day)
        case ByHand.CLOSE_NOW:
            return replace(course, due_on=today, is_closed=True)
        case ByHand.TAKE_UNTIL:
            return replace(course, due_on=day, is_closed=False)
        case ByHand.LOCK_NOW:
            return replace(course, is_locked=True)
        case ByHand.LOCK_ON:
            return replace(course, locks_on=day)
    return replace(course, locks_on=day + ONE_DAY, is_locked=False)


def problems_with_step(
    way: ByHand, course: Course, *, on: date | None, because: str, today: date
) -> dict[str, str]:
    """Find what is wrong with taking a step by hand, by field: `way`, `on` and `because`."""
    problems: dict[str, str] = {}
    closing = closing_on(today, course)
    if way not in WAYS[closing]:
        problems["way"] = f"That cannot be done now: the cycle is {closing.label.lower()}"
    elif way.asks_for_a_day and on is None:
        problems["on"] = "Enter the day"
    elif words := next(_problems_of_day(_Asked(way, course, on or today, today)), None):
        problems["on" if way.asks_for_a_day else "way"] = words
    if not because.strip():
        problems["because"] = "Say why"
    return problems


@dataclass(frozen=True, slots=True)
class _Asked:
    way: ByHand
    course: Course
    day: date
    today: date


def _problems_of_day(asked: _Asked) -> Iterator[str]:
    if asked.day < asked.today:
        yield "The day must be today or later"
    if asked.day - asked.today > FARTHEST:
        yield "The day must be within a year from today"
    match asked.way.step:
        case CycleStep.OPEN:
            yield from _problems_of_opening(asked)
        case CycleStep.CLOSE:
            yield from _problems_of_closing(asked)
        case _:
            yield from _problems_of_locking(asked)


def _problems_of_opening(asked: _Asked) -> Iterator[str]:
    course = asked.course
    if asked.day < course.earliest:
        yield f"It looks at a period that must come first: open it on {day_in_words(course.earliest)} or later"
    if asked.day > course.due_on:
        yield f"Its returns are due on {day_in_words(course.due_on)}: it must open by then"


def _problems_of_closing(asked: _Asked) -> Iterator[str]:
    locks = asked.course.locks_on
    if locks is not None and asked.day >= locks:
        yield f"It will be locked from {day_in_words(locks)}: lock it later first"


def _problems_of_locking(asked: _Asked) -> Iterator[str]:
    due_on = asked.course.due_on
    if asked.way is ByHand.LOCK_ON and asked.day <= max(due_on, asked.today):
        first = day_in_words(max(due_on, asked.today) + ONE_DAY)
        yield f"The day must be {first} or later; or lock it now"
    if asked.way is ByHand.UNLOCK_UNTIL and asked.day < due_on:
        yield f"It takes returns until {day_in_words(due_on)}: unlock it until then at least"
