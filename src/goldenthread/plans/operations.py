from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

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
    BudgetLine,
    Challenge,
    CorporatePlan,
    Plan,
    PlanIndicator,
    Priority,
    Risk,
    RiskAction,
)


class AnswerableOfficerError(Exception):
    """The post that answers for an action is not among the posts that hold it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenLine:
    """A line of a budget as it should be; without a number it is a new one."""

    heading: str
    amount: Decimal
    number: int | None = None


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


@transaction.atomic
def set_budget(
    *, plan: Plan, year: int, lines: Sequence[GivenLine], by: User | None, at: datetime
) -> None:
    """Set a plan's budget for the financial year that starts in `year` (clause P-6).

    A line keeps its number. One that is not given stays as it is: nothing is deleted of which a
    statement may have spoken.
    """
    Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    held = {line.number: line for line in plan.budget_lines.filter(year=year)}
    free = max(held, default=0)
    changes = {}
    for given in lines:
        line = held.get(given.number or 0)
        if line is None:
            free += 1
            line = BudgetLine(plan=plan, year=year, number=free)
        if (before := (line.heading, line.amount)) != (given.heading, given.amount):
            line.heading, line.amount = given.heading, given.amount
            save_version(line, by=by, at=at)
            changes[str(line.number)] = [before, (line.heading, line.amount)]
    if changes:
        audit.record(
            council=plan.council.name,
            verb=Verb.BUDGET_SET,
            target=plan,
            by=by,
            at=at,
            changes=changes,
        )


@transaction.atomic
def add_risk(*, plan: Plan, number: int, description: str, by: User | None, at: datetime) -> Risk:
    """Add a risk to a plan's register (clause P-5)."""
    risk = Risk.objects.create(plan=plan, number=number, description=description)
    audit.record(council=plan.council.name, verb=Verb.RISK_ADDED, target=risk, by=by, at=at)
    return risk


@transaction.atomic
def add_risk_action(action: RiskAction, *, by: User | None, at: datetime) -> RiskAction:
    """Add what answers a risk, with the Risk Owner who returns on it (clauses P-5, R-3)."""
    save_version(action, by=by, at=at)
    audit.record(
        council=action.plan.council.name,
        verb=Verb.RISK_ACTION_ADDED,
        target=action,
        by=by,
        at=at,
    )
    return action
