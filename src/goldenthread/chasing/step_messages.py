"""What people hear when a cycle opens, closes to officers or is locked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from goldenthread.chasing.queries.obligations import count_in_words
from goldenthread.chasing.queries.told import Closed, Opened, PlanAtClose
from goldenthread.design.words import days_until, long_date
from goldenthread.domain.obligations import ObligationKind
from goldenthread.notices.composing import compose, link_to
from goldenthread.notices.operations import Message
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.cycles import Meeting


def opened_message(*, cycle: ReportingCycle, opened: Opened, today: date) -> Message:
    """Tell somebody that a cycle takes their returns, until when, and where."""
    returns, due = opened.words, long_date(opened.due_on)
    by = "by" if opened.is_one_date else "the first by"
    context = {
        "council": cycle.council,
        "name": opened.person.name,
        "cycle": cycle,
        "returns": returns,
        "due": f"{by} {due} ({days_until(today, opened.due_on)})",
        "where": link_to(opened.page, cycle.council.name),
    }
    subject = f"{cycle.title} is open: {returns}{' ' if opened.is_one_date else ', '}{by} {due}"
    return compose(subject, "chasing/mail/opened", context)


def closed_message(*, cycle: ReportingCycle, closed: Closed, meeting: Meeting) -> Message:
    """Tell somebody who answers for plans what is missing, and what is theirs to do now."""
    missing = {item.key: item.kind for plan in closed.plans for item, _ in plan.missing}
    context = {
        "council": cycle.council,
        "name": closed.person.name,
        **closed_facts(cycle, closed.plans, meeting),
    }
    state = f"{count_in_words(missing.values())} missing" if missing else "every return is in"
    return compose(f"{cycle.title} is closed: {state}", "chasing/mail/closed", context)


def closed_facts(
    cycle: ReportingCycle, plans: Iterable[PlanAtClose], meeting: Meeting
) -> dict[str, Any]:
    """Gather what a message tells of a cycle that closed, and of the plans its reader answers for."""
    address = (cycle.council.name, *cycle.slug.split("/"))
    out_on = meeting.papers_out_on
    return {
        "cycle": cycle,
        "plans": [
            (plan, link_to("reporting:plan_check", *address, plan.plan.code)) for plan in plans
        ],
        "papers": long_date(out_on) if out_on else "",
    }


def locked_message(
    *, cycle: ReportingCycle, name: str, missing: Iterable[ObligationKind]
) -> Message:
    """Tell a performance manager that a cycle's returns stand as its papers have them."""
    address = (cycle.council.name, *cycle.slug.split("/"))
    context = {
        "council": cycle.council,
        "name": name,
        "cycle": cycle,
        "missing": count_in_words(missing),
        "where": link_to("reporting:cycle_closing", *address),
    }
    return compose(f"{cycle.title} is locked", "chasing/mail/locked", context)
