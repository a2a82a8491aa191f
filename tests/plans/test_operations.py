from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.audit.queries import first_broken_entry
from goldenthread.organisation.models import Council
from goldenthread.plans import operations
from goldenthread.plans.models import Action, PlanIndicator
from tests.factories import (
    IN_Q1,
    ActionFactory,
    BodyFactory,
    ChallengeFactory,
    IndicatorFactory,
    PlanFactory,
    PlanIndicatorFactory,
    PostFactory,
    UserFactory,
)


def test_the_golden_thread_runs_from_corporate_plan_to_action(db: None, council: Council) -> None:
    by, [director, head, leader] = UserFactory(), PostFactory.create_batch(3, council=council)
    corporate = operations.add_corporate_plan(
        council=council,
        title="Corporate plan",
        starts_on=date(2009, 4, 1),
        ends_on=date(2012, 3, 31),
        approved_on=date(2009, 4, 29),
        by=by,
        at=IN_Q1,
    )
    priority = operations.add_priority(
        corporate_plan=corporate, number=1, title="Children", by=by, at=IN_Q1
    )
    plan = operations.add_plan(
        priority=priority,
        code="CYPF",
        title="Children, Young People and Families",
        lead_member=director,
        lead_officer=head,
        portfolio_lead=leader,
        receiving_body=BodyFactory(council=council),
        by=by,
        at=IN_Q1,
    )
    challenge = operations.add_challenge(plan=plan, number=1, title="Attainment", by=by, at=IN_Q1)
    action = operations.add_action(
        Action(challenge=challenge, number=2, description="Open a club", action_officer=head),
        officers=[director, head],
        by=by,
        at=IN_Q1,
    )
    operations.place_indicator(
        plan=plan, indicator=IndicatorFactory(council=council), number=1, by=by, at=IN_Q1
    )

    assert action.reference == "CYPF 1.2"
    assert action.challenge.plan.priority.corporate_plan.council == council
    assert plan.council == council
    assert [entry.verb for entry in AuditEntry.objects.order_by("number")] == [
        Verb.CORPORATE_PLAN_ADDED,
        Verb.PRIORITY_ADDED,
        Verb.PLAN_ADDED,
        Verb.CHALLENGE_ADDED,
        Verb.ACTION_ADDED,
        Verb.INDICATOR_PLACED,
    ]
    assert set(AuditEntry.objects.values_list("council", flat=True)) == {council.name}
    assert first_broken_entry(council.name) is None


def test_an_action_is_held_by_posts_in_the_order_they_are_printed(db: None) -> None:
    challenge = ChallengeFactory()
    posts = PostFactory.create_batch(3, council=challenge.plan.council)
    action = ActionFactory.build(challenge=challenge, action_officer=posts[1], holding=None)

    operations.add_action(action, officers=posts, by=None, at=IN_Q1)

    holders = action.holders.order_by("number")
    assert [(holder.number, holder.post) for holder in holders] == list(enumerate(posts, start=1))
    assert action.history.get().history_date == IN_Q1


def test_an_action_whose_officer_does_not_hold_it_is_refused(db: None) -> None:
    challenge = ChallengeFactory()
    one, other = PostFactory.create_batch(2, council=challenge.plan.council)
    action = ActionFactory.build(challenge=challenge, action_officer=one, holding=None)

    with pytest.raises(operations.AnswerableOfficerError):
        operations.add_action(action, officers=[other], by=None, at=IN_Q1)

    assert not Action.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_post_named_twice_beside_an_action_is_refused(db: None) -> None:
    challenge = ChallengeFactory()
    post = PostFactory(council=challenge.plan.council)
    action = ActionFactory.build(challenge=challenge, action_officer=post, holding=None)

    with pytest.raises(IntegrityError), transaction.atomic():
        operations.add_action(action, officers=[post, post], by=None, at=IN_Q1)

    assert not Action.objects.exists()


def test_a_priority_has_one_plan(db: None) -> None:
    plan = PlanFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        operations.add_plan(
            priority=plan.priority,
            code="OTHER",
            title="Another plan",
            lead_member=plan.lead_member,
            lead_officer=plan.lead_officer,
            portfolio_lead=None,
            receiving_body=None,
            by=None,
            at=IN_Q1,
        )


def test_an_indicator_can_stand_in_two_plans(db: None) -> None:
    placing = PlanIndicatorFactory()
    other = PlanFactory(council=placing.plan.council)

    operations.place_indicator(plan=other, indicator=placing.indicator, number=1, by=None, at=IN_Q1)

    assert PlanIndicator.objects.filter(indicator=placing.indicator).count() == 2
