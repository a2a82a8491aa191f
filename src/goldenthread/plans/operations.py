from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from goldenthread.accounts.models import User
from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.indicators.models import Indicator
from goldenthread.organisation.models import Body, Council, Post
from goldenthread.persistence.versions import save_version
from goldenthread.plans.models import (
    Action,
    ActionOfficer,
    Challenge,
    CorporatePlan,
    Plan,
    PlanIndicator,
    Priority,
)


class AnswerableOfficerError(Exception):
    """The post that answers for an action is not among the posts that hold it."""


@transaction.atomic
def add_corporate_plan(
    *,
    council: Council,
    title: str,
    starts_on: date,
    ends_on: date,
    approved_on: date | None,
    by: User | None,
    at: datetime,
) -> CorporatePlan:
    """Add the plan from which a council's priorities come (clause P-1)."""
    plan = CorporatePlan.objects.create(
        council=council,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        approved_on=approved_on,
    )
    audit.record(council=council.name, verb=Verb.CORPORATE_PLAN_ADDED, target=plan, by=by, at=at)
    return plan


@transaction.atomic
def add_priority(
    *, corporate_plan: CorporatePlan, number: int, title: str, by: User | None, at: datetime
) -> Priority:
    """Add one of the council's priorities."""
    priority = Priority.objects.create(corporate_plan=corporate_plan, number=number, title=title)
    audit.record(
        council=corporate_plan.council.name,
        verb=Verb.PRIORITY_ADDED,
        target=priority,
        by=by,
        at=at,
    )
    return priority


@transaction.atomic
def add_plan(
    *,
    priority: Priority,
    code: str,
    title: str,
    lead_member: Post,
    lead_officer: Post,
    portfolio_lead: Post | None,
    receiving_body: Body | None,
    by: User | None,
    at: datetime,
) -> Plan:
    """Add the plan that delivers a priority, with those who answer for it (clause P-2)."""
    council = priority.corporate_plan.council
    plan = Plan.objects.create(
        council=council,
        priority=priority,
        code=code,
        title=title,
        lead_member=lead_member,
        lead_officer=lead_officer,
        portfolio_lead=portfolio_lead,
        receiving_body=receiving_body,
    )
    audit.record(council=council.name, verb=Verb.PLAN_ADDED, target=plan, by=by, at=at)
    return plan


@transaction.atomic
def add_challenge(
    *, plan: Plan, number: int, title: str, by: User | None, at: datetime
) -> Challenge:
    """Add a numbered challenge to a plan (clause P-3)."""
    challenge = Challenge.objects.create(plan=plan, number=number, title=title)
    audit.record(
        council=plan.council.name, verb=Verb.CHALLENGE_ADDED, target=challenge, by=by, at=at
    )
    return challenge


@transaction.atomic
def add_action(
    action: Action, *, officers: Sequence[Post], by: User | None, at: datetime
) -> Action:
    """Add an action under its challenge, held by posts in the order they are printed (clause P-3).

    :raises AnswerableOfficerError: if the post that answers for it is not among them
    """
    if action.action_officer not in officers:
        raise AnswerableOfficerError(action.action_officer)
    save_version(action, by=by, at=at)
    ActionOfficer.objects.bulk_create(
        ActionOfficer(action=action, post=post, number=number)
        for number, post in enumerate(officers, start=1)
    )
    audit.record(
        council=action.challenge.plan.council.name,
        verb=Verb.ACTION_ADDED,
        target=action,
        by=by,
        at=at,
    )
    return action


@transaction.atomic
def place_indicator(
    *, plan: Plan, indicator: Indicator, number: int, by: User | None, at: datetime
) -> None:
    """Give an indicator its place in a plan."""
    placing = PlanIndicator.objects.create(plan=plan, indicator=indicator, number=number)
    audit.record(
        council=plan.council.name, verb=Verb.INDICATOR_PLACED, target=placing, by=by, at=at
    )
