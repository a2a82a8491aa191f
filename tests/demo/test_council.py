from __future__ import annotations

import csv
from datetime import date

import pytest
from django.db import IntegrityError

from goldenthread.demo.moments import STANDS_ON, moment
from goldenthread.demo.plan_files import DATA, YEAR, read_published_timetable
from goldenthread.domain.kinds import BodyKind
from goldenthread.domain.posts import Capacity
from goldenthread.organisation.models import Body, Council, Duty, Post, PostHolding
from goldenthread.organisation.operations import add_council
from goldenthread.plans.models import CorporatePlan, Plan
from goldenthread.reporting.queries.cycles import timetable_of

pytestmark = pytest.mark.django_db


def test_it_says_that_it_is_invented(played_council: Council) -> None:
    assert played_council.name == "chase"
    assert played_council.description.startswith("An invented council")
    assert "illustrative" in played_council.description


def test_its_timetable_is_the_published_one(played_council: Council) -> None:
    milestones = timetable_of(played_council, YEAR)
    told = [
        (m.cycle.quarter, m.cycle.kind, m.step, m.forum, m.precision, m.starts_on, m.ends_on)
        for m in milestones
    ]
    assert len(told) == 63
    assert told == [
        (e.quarter, e.report, e.step, e.forum, e.precision, e.starts_on, e.ends_on)
        for e in read_published_timetable()
    ]


def test_its_six_plans_have_their_leads(played_council: Council) -> None:
    plans = Plan.objects.filter(council=played_council).order_by("priority__number")
    published = csv.DictReader((DATA / "plans-2009-10.csv").read_text().splitlines())
    assert [
        [p.code, p.title, p.priority.title, p.lead_member.title, p.lead_officer.title]
        for p in plans.select_related("priority", "lead_member", "lead_officer")
    ] == [list(row.values()) for row in published]
    assert all(plan.portfolio_lead for plan in plans)


def test_each_plan_is_received_by_a_committee_of_its_own(played_council: Council) -> None:
    plans = Plan.objects.filter(council=played_council).select_related("receiving_body")
    codes = {plan.code: plan.receiving_body and plan.receiving_body.code for plan in plans}
    assert codes == {code: f"PDC-{code}" for code in codes}
    assert len(codes) == 6


def test_it_has_every_kind_of_body_and_each_has_members(played_council: Council) -> None:
    bodies = Body.objects.filter(council=played_council)
    assert {body.kind for body in bodies} == set(BodyKind)
    assert all(body.memberships.exists() for body in bodies)


def test_the_directors_sit_on_their_management_team(played_council: Council) -> None:
    team = Body.objects.get(council=played_council, code="DMT")
    assert {membership.post.title for membership in team.memberships.all()} == {
        "Chief Executive",
        "Director of Organisation Improvement",
        "Director of Service Improvement",
        "Corporate Director",
    }


def test_its_corporate_plan_was_approved_on_29_april(played_council: Council) -> None:
    plan = CorporatePlan.objects.get(council=played_council)
    assert plan.approved_on == date(2009, 4, 29)
    assert plan.priorities.count() == 6


def test_one_person_answers_for_each_post(played_council: Council) -> None:
    every = PostHolding.objects.filter(post__council=played_council)
    holdings = every.filter(capacity=Capacity.ANSWERABLE)
    posts = Post.objects.filter(council=played_council)
    assert holdings.count() == posts.count() == holdings.values("holder").distinct().count()
    assert every.filter(capacity=Capacity.JOINT).count() == 2
    assert every.filter(capacity=Capacity.DEPUTY).count() == 1


def test_somebody_has_each_duty(played_council: Council) -> None:
    duties = Post.objects.filter(council=played_council).exclude(duty=None)
    assert {post.duty for post in duties} == set(Duty)


def test_a_second_council_of_its_name_is_refused(played_council: Council) -> None:
    with pytest.raises(IntegrityError):
        add_council(name="chase", title="Chase", by=None, at=moment(STANDS_ON, 9))
