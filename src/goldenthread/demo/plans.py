"""The demonstration's corporate plan, and the plans, challenges and actions that deliver it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from goldenthread.demo.council import Cast
from goldenthread.demo.moments import office_hours
from goldenthread.demo.plan_files import ActionEntry, ChallengeEntry, Files, PlanEntry, PlanLead
from goldenthread.demo.posts import committee_code
from goldenthread.organisation.models import Body
from goldenthread.plans import operations
from goldenthread.plans.models import Action, Challenge, CorporatePlan, Plan

APPROVED_ON = date(2009, 4, 29)
_PLANS_ON, _ACTIONS_ON = date(2009, 4, 30), date(2009, 5, 5)


def add_plans(files: Files, cast: Cast, bodies: dict[str, Body]) -> dict[str, Plan]:
    """Add the corporate plan with a plan for each of its priorities; gives the plans by their codes."""
    at = office_hours(_PLANS_ON)
    corporate_plan = operations.add_corporate_plan(
        council=cast.council,
        title="Corporate Plan 2009-2012",
        starts_on=date(2009, 4, 1),
        ends_on=date(2012, 3, 31),
        approved_on=APPROVED_ON,
        by=cast.manager.user,
        at=next(at),
    )
    plans = {}
    for number, (lead, entry) in enumerate(zip(files.leads, files.plans, strict=True), start=1):
        body = bodies[committee_code(lead.code)]
        plans[lead.code] = _add_plan(corporate_plan, number, lead, entry, body, cast, at)
    return plans


def _add_plan(
    corporate_plan: CorporatePlan,
    number: int,
    lead: PlanLead,
    entry: PlanEntry,
    receiving_body: Body,
    cast: Cast,
    at: Iterator[datetime],
) -> Plan:
    by = cast.manager.user
    priority = operations.add_priority(
        corporate_plan=corporate_plan,
        number=number,
        title=lead.council_priority,
        by=by,
        at=next(at),
    )
    return operations.add_plan(
        priority=priority,
        code=lead.code,
        title=lead.plan,
        lead_member=cast.posts[lead.lead_dmt_member],
        lead_officer=cast.posts[lead.lead_officer],
        portfolio_lead=cast.posts[entry.portfolio_lead],
        receiving_body=receiving_body,
        by=by,
        at=next(at),
    )


def add_actions(files: Files, cast: Cast, plans: dict[str, Plan]) -> None:
    """Add the plans' challenges and actions."""
    at = office_hours(_ACTIONS_ON)
    for entry in files.plans:
        for challenge in entry.challenges:
            _add_challenge(plans[entry.code], challenge, cast, at)


def _add_challenge(plan: Plan, entry: ChallengeEntry, cast: Cast, at: Iterator[datetime]) -> None:
    challenge = operations.add_challenge(
        plan=plan, number=entry.number, title=entry.title, by=cast.manager.user, at=next(at)
    )
    for number, action in enumerate(entry.actions, start=1):
        operations.add_action(
            _action(challenge, number, action, cast),
            officers=[cast.posts[title] for title in action.who],
            by=cast.manager.user,
            at=next(at),
        )


def _action(challenge: Challenge, number: int, entry: ActionEntry, cast: Cast) -> Action:
    return Action(
        challenge=challenge,
        number=number,
        description=entry.how,
        due_words=entry.when,
        starts_on=entry.starts_on,
        due_on=entry.due_on,
        action_officer=cast.posts[entry.answerable],
    )
