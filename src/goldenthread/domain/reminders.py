"""Whom to remind of a cycle's returns, and when: before the deadline, after it, and then upwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

REMINDS_FROM = time(7)
"""The time of day before which nobody is reminded, by the council's own clock."""

LAPSES_AFTER = timedelta(days=14)
"""How long a reminder that was missed is still worth sending."""

FARTHEST = 90
"""The most days between a reminder and its deadline."""


def worth_sending_to(due: Iterable[date], *, today: date) -> date:
    """Find the last day on which a message about some deadlines still says what is so.

    The first of those to come; where all have passed, it holds as long as a reminder is worth sending.
    """
    to_come = [day for day in due if day >= today]
    return min(to_come, default=today + LAPSES_AFTER)


class Audience(StrEnum):
    """Who is reminded: those who owe a return, and then those who answer for its plan (clause R-6)."""

    OFFICERS = "officers"
    LEAD_OFFICER = "lead_officer"
    LEAD_MEMBER = "lead_member"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderStep:
    """A day on which somebody is reminded, so many days after the deadline; below 0, before it."""

    audience: Audience
    days: int

    def falls_on(self, due_on: date) -> date:
        return due_on + timedelta(days=self.days)


def steps_due(
    steps: Iterable[ReminderStep], *, due_on: date, today: date, reminded_on: date | None
) -> dict[Audience, ReminderStep]:
    """Say whom to remind on a day, each by the latest step since those of `reminded_on` were sent.

    A step is due from its day on, until it is sent or lapses. Of several that were missed only the
    latest is due: one message tells what is owed now, and a backlog tells nothing more.
    """
    lapsed = today - LAPSES_AFTER
    since = max(reminded_on, lapsed) if reminded_on else lapsed
    due = (step for step in steps if since < step.falls_on(due_on) <= today)
    return {step.audience: step for step in sorted(due, key=lambda step: step.days)}
