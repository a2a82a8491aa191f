"""How far a cycle is closed on a day, in words, and who is let into it all the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never

from django.utils import timezone

from goldenthread.design.words import long_date, plural
from goldenthread.domain.closing import Closing
from goldenthread.domain.cycle_steps import ByHand
from goldenthread.domain.working_days import ONE_DAY
from goldenthread.reporting.models import LettingIn, ReportingCycle, StepTaken


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """How far a cycle is closed, since when or by whom, and what that means."""

    closing: Closing
    since: str
    meaning: str
    let_in: tuple[LettingIn, ...]
    days: tuple[tuple[str, str], ...]


def closed_on(cycle: ReportingCycle, day: date) -> Closed:
    """Say how far a cycle is closed on a day, with whoever is let in, in at most three queries."""
    since, meaning = _words(cycle, day)
    return Closed(
        closing=cycle.closing_on(day),
        since=since,
        meaning=meaning,
        let_in=tuple(let_in_on(cycle, day)),
        days=days_of(cycle),
    )


def days_of(cycle: ReportingCycle) -> tuple[tuple[str, str], ...]:
    """Say on which days a cycle opens, closes and is locked."""
    locks_on = cycle.locks_on
    if cycle.locked_at is not None:
        locked_on = timezone.localdate(cycle.locked_at)
        return (
            ("Opens", long_date(cycle.opens_on)),
            ("Took returns until", long_date(min(cycle.due_on, locked_on))),
            ("Is locked", f"since {long_date(locked_on)}"),
        )
    return (
        ("Opens", long_date(cycle.opens_on)),
        ("Takes returns until", long_date(cycle.due_on)),
        ("Is locked", f"from {long_date(locks_on)}" if locks_on else "only by hand"),
    )


def stands_in_words(cycle: ReportingCycle, day: date) -> str:
    """Say in a line how far a cycle is closed on a day, beside its deadline, and from when it is locked.

    While it is open and is never locked by itself there is nothing to add to the deadline.
    """
    closing = cycle.closing_on(day)
    since, _ = _words(cycle, day)
    said = [] if closing is Closing.OPEN else [f"{since}."]
    if closing is not Closing.LOCKED and cycle.locks_on is not None:
        said.append(f"It will be locked from {long_date(cycle.locks_on)}.")
    return " ".join(said)


def let_in_on(cycle: ReportingCycle, day: date) -> list[LettingIn]:
    """List who is let into a cycle on a day, each by what was said of them last."""
    rows = LettingIn.objects.filter(cycle=cycle).select_related("person", "let_in_by")
    latest = {letting.person_id: letting for letting in rows.order_by("pk")}
    return sorted(
        (letting for letting in latest.values() if letting.until >= day),
        key=lambda letting: (letting.until, letting.person.name),
    )


def _words(cycle: ReportingCycle, day: date) -> tuple[str, str]:
    match closing := cycle.closing_on(day):
        case Closing.NOT_OPEN:
            return f"Opens on {long_date(cycle.opens_on)}", "It takes no returns before then."
        case Closing.OPEN:
            return (
                f"Open until {long_date(cycle.due_on)}",
                "Officers file their returns and can call them back.",
            )
        case Closing.CLOSED_TO_OFFICERS:
            return (
                f"Closed to officers since {_closed_since(cycle)}",
                "Those who answer for a plan can still file what is missing, and put returns right.",
            )
        case Closing.LOCKED:
            return _locked_words(
                cycle, day
            ), "Nobody can file or change a return who is not let in."
        case _:
            assert_never(closing)


def _closed_since(cycle: ReportingCycle) -> str:
    if cycle.closed_at is not None:
        return f"{timezone.localtime(cycle.closed_at):%H:%M} on {long_date(cycle.due_on)}"
    return long_date(cycle.due_on + ONE_DAY)


def _locked_words(cycle: ReportingCycle, day: date) -> str:
    if cycle.locked_at is not None and cycle.locked_by is not None:
        when = long_date(timezone.localdate(cycle.locked_at))
        return f"Locked by {cycle.locked_by.name} on {when}"
    return f"Locked since {long_date(cycle.locks_on or day)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trod:
    """A step of a cycle as the page tells it: what was done, when, by whom and why."""

    what: str
    at: datetime
    who: str
    planned: str
    because: str


def trail_of(cycle: ReportingCycle) -> list[Trod]:
    """List the steps that a cycle has taken, by itself and by hand, latest first, in one query."""
    rows = StepTaken.objects.filter(cycle=cycle).select_related("taken_by")
    return [_trod(taken) for taken in rows.order_by("-taken_at", "-pk")]


def _trod(taken: StepTaken) -> Trod:
    return Trod(
        what=words_of(taken),
        at=taken.taken_at,
        who=taken.taken_by.name if taken.taken_by else "By itself",
        planned=long_date(taken.planned_on) if taken.planned_on else "Never",
        because=taken.because,
    )


def words_of(taken: StepTaken) -> str:
    """Say what a step was, as a sentence about its cycle begins: "locked at once"."""
    day = taken.falls_on and long_date(taken.falls_on)
    match taken.way:
        case None:
            told = plural(taken.told, "person", "people")
            return f"{taken.step.done}, {told} told" if taken.told else taken.step.done
        case ByHand.OPEN_ON:
            return f"To open on {day}"
        case ByHand.TAKE_UNTIL:
            return f"Takes returns until {day}"
        case ByHand.LOCK_ON:
            return f"To be locked from {day}"
        case ByHand.UNLOCK_UNTIL if taken.falls_on:
            return f"Unlocked until {long_date(taken.falls_on - ONE_DAY)}"
        case _:
            return f"{taken.step.done} at once"
