"""How far a cycle is closed on a day, in words, and who is let into it all the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import assert_never

from django.utils import timezone

from goldenthread.design.words import long_date
from goldenthread.domain.closing import Closing
from goldenthread.domain.working_days import ONE_DAY
from goldenthread.reporting.models import LettingIn, ReportingCycle


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """How far a cycle is closed, since when or by whom, and what that means."""

    closing: Closing
    since: str
    meaning: str
    let_in: tuple[LettingIn, ...]


def closed_on(cycle: ReportingCycle, day: date) -> Closed:
    """Say how far a cycle is closed on a day, with whoever is let in, in at most three queries."""
    since, meaning = _words(cycle, day)
    return Closed(
        closing=cycle.closing_on(day),
        since=since,
        meaning=meaning,
        let_in=tuple(let_in_on(cycle, day)),
    )


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
                f"Closed to officers since {long_date(cycle.due_on + ONE_DAY)}",
                "Those who answer for a plan can still file what is missing, and put returns right.",
            )
        case Closing.LOCKED:
            return _locked_words(cycle), "Nobody can file or change a return who is not let in."
        case _:
            assert_never(closing)


def _locked_words(cycle: ReportingCycle) -> str:
    if (
        cycle.locked_at is None or cycle.locked_by is None
    ):  # pragma: no cover - it is locked by somebody
        return "Locked"
    when = long_date(timezone.localdate(cycle.locked_at))
    return f"Locked by {cycle.locked_by.name} on {when}"
