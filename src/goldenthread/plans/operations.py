from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from goldenthread.accounts.models import User
from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.design.words import long_date
from goldenthread.indicators.models import Indicator
from goldenthread.indicators.operations import (
    Grounds,
    RevisionRefusedError,
    problems_with_grounds,
)
from goldenthread.organisation.models import Body, Council, Post
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.organisation.permissions import check_can_revise
from goldenthread.persistence.versions import save_version
from goldenthread.plans.facts import due_in_words
from goldenthread.plans.models import (
    Action,
    ActionOfficer,
    BudgetLine,
    Challenge,
    CorporatePlan,
    DueRevision,
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
def revise_due(
    *,
    action: Action,
    due_words: str,
    due_on: date | None,
    grounds: Grounds,
    by: Officeholder,
    at: datetime,
) -> DueRevision:
    """Revise when an action is due, and keep for good what the plan promised before (clause G-5).

    :raises PermissionDenied: if the person is not the council's performance manager
    :raises RevisionRefusedError: if something is missing, nothing changes or somebody revised it since
    """
    check_can_revise(by, action.challenge.plan.council_id)
    held = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    problems = problems_with_grounds(grounds, held.due_revisions.count())
    problems |= _problems_with_due(held, due_words, due_on)
    if problems:
        raise RevisionRefusedError(problems)
    was, became = due_in_words(held.due_words, held.due_on), due_in_words(due_words, due_on)
    held.due_words, held.due_on = due_words, due_on
    save_version(held, by=by.user, at=at)
    revision = DueRevision.objects.create(
        action=held,
        number=grounds.seen + 1,
        was=was,
        became=became,
        reason=grounds.reason,
        authority=grounds.authority,
        revised_at=at,
        revised_by=by.user,
    )
    audit.record(
        council=by.council.name,
        verb=Verb.DUE_REVISED,
        target=revision,
        by=by.user,
        at=at,
        changes={"due": [was, became], "authority": ["", grounds.authority]},
    )
    return revision


def _problems_with_due(held: Action, due_words: str, due_on: date | None) -> dict[str, str]:
    if not due_words and due_on is None:
        return {"due_words": "Say when the action is due, in words, as a day, or both"}
    if (due_words, due_on) == (held.due_words, held.due_on):
        return {"due_words": "Enter a date that differs from the one in force"}
    if due_on and held.starts_on and due_on < held.starts_on:
        return {
            "due_on": f"The action starts on {long_date(held.starts_on)}: enter that day or later"
        }
    return {}


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
