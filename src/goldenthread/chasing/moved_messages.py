"""What people hear when a step of a cycle is moved by hand: by whom, why, and what it means for them."""

from __future__ import annotations

from datetime import date

from goldenthread.chasing.queries.moves import Move
from goldenthread.chasing.queries.told import Opened
from goldenthread.design.words import days_until, long_date
from goldenthread.domain.closing import Closing
from goldenthread.domain.cycle_steps import CycleStep, day_of
from goldenthread.domain.working_days import ONE_DAY
from goldenthread.notices.composing import compose, link_to
from goldenthread.notices.operations import Message


def moved_message(*, move: Move, owing: Opened, today: date) -> Message:
    """Tell somebody who owes returns that their deadline was moved by hand, by whom and why."""
    cycle, is_open = move.cycle, move.cycle.closing_on(today) is Closing.OPEN
    context = {
        "council": cycle.council,
        "name": owing.person.name,
        "what": _moved_words(move, today) if is_open else _closed_words(move),
        "because": move.last.because,
        "returns": owing.words,
        "is_open": is_open,
        "where": link_to(owing.page, cycle.council.name),
    }
    subject = (
        f"{cycle.title}: another deadline, {long_date(cycle.due_on)}"
        if is_open
        else f"{cycle.title} was closed early"
    )
    return compose(subject, "chasing/mail/moved", context)


def _moved_words(move: Move, today: date) -> str:
    cycle, who = move.cycle, _who(move)
    due = f"{long_date(cycle.due_on)} ({days_until(today, cycle.due_on)})"
    if move.before is None or move.before == cycle.due_on:
        return (
            f"{who} has let officers return again: {cycle.title} takes returns again until {due}."
        )
    return f"{who} has given {cycle.title} another deadline: {due}, not {long_date(move.before)}."


def _closed_words(move: Move) -> str:
    said = f"{_who(move)} has closed {move.cycle.title} to officers."
    return f"{said} It was to take returns until {long_date(move.before)}." if move.before else said


def _who(move: Move) -> str:
    return move.last.taken_by.name if move.last.taken_by else "The performance manager"


def put_off_message(*, move: Move, owing: Opened, today: date) -> Message:
    """Tell somebody who is to return that a cycle opens later than on the day they know of."""
    cycle, known = move.cycle, long_date(move.before or move.cycle.opens_on)
    opens = f"{long_date(cycle.opens_on)} ({days_until(today, cycle.opens_on)})"
    context = {
        "council": cycle.council,
        "name": owing.person.name,
        "what": f"{_who(move)} has put off {cycle.title}: it opens on {opens}, not {known}.",
        "because": move.last.because,
        "then": f"It will ask you for {owing.words}, by {long_date(owing.due_on)}. "
        "What you have kept as a draft stays.",
        "where": link_to("timetables:my_dates", cycle.council.name),
        "button": "Your dates",
    }
    subject = f"{cycle.title} opens later, on {long_date(cycle.opens_on)}"
    return compose(subject, "chasing/mail/another_day", context)


def lock_message(*, move: Move, name: str, today: date) -> Message:
    """Tell somebody who answers for plans that a cycle is locked at once, or on another day."""
    cycle = move.cycle
    is_locked = cycle.is_locked_on(today)
    context = {
        "council": cycle.council,
        "name": name,
        "what": f"{_who(move)} {_lock_words(move, today)}",
        "because": move.last.because,
        "then": "Its returns stand as they are: ask the performance manager if one must still change."
        if is_locked
        else "Until then what is missing can be filed, and returns can be put right and signed off.",
        "where": link_to("home:cycle_detail", cycle.council.name, *cycle.slug.split("/")),
        "button": "Open the cycle",
    }
    locks_on = day_of(CycleStep.LOCK, cycle.course)
    if is_locked:
        state = "was locked"
    elif locks_on is None:
        state = "is not locked by itself"
    else:
        state = f"is locked on another day, {long_date(locks_on)}"
    return compose(f"{cycle.title} {state}", "chasing/mail/another_day", context)


def _lock_words(move: Move, today: date) -> str:
    title, before = move.cycle.title, move.before
    if move.cycle.is_locked_on(today):
        planned = f", which was to be on {long_date(before)}" if before and before > today else ""
        return f"has locked {title}{planned}."
    locks_on = day_of(CycleStep.LOCK, move.cycle.course)
    if locks_on is None:
        return f"has set that {title} is not locked by itself."
    day = f"{long_date(locks_on)} ({days_until(today, locks_on)})"
    if before is not None and before <= today:
        return f"has unlocked {title} until {long_date(locks_on - ONE_DAY)}: it is locked again from {day}."
    known = f", not {long_date(before)}" if before else ""
    return f"has set another day from which {title} is locked: {day}{known}."
