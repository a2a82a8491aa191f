"""Two leads who sign at once, and one person who signs twice at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from goldenthread.domain.kinds import LeadRole
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle, SignOff
from goldenthread.reporting.operations.signing_off import digest_of, sign_off_plan
from goldenthread.reporting.queries.sign_offs import sign_off_standings
from goldenthread.reporting.returns import ReturnRefusedError
from tests.factories import (
    IN_Q1,
    ActionFactory,
    ActionUpdateFactory,
    CouncilFactory,
    FrameworkVersionFactory,
    PlanFactory,
    ReportingCycleFactory,
    UserFactory,
    officeholder,
)

ROUNDS = 5


@pytest.fixture
def cycle(transactional_db: None) -> ReportingCycle:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    council = CouncilFactory()
    FrameworkVersionFactory(council=council)
    return ReportingCycleFactory(council=council)


def returned_plan(cycle: ReportingCycle) -> Plan:
    plan = PlanFactory(council=cycle.council)
    action = ActionFactory(challenge__plan=plan)
    ActionUpdateFactory(cycle=cycle, action=action, submitted=True)
    return plan


def sign(
    barrier: Barrier, cycle: ReportingCycle, plan: Plan, role: LeadRole, by: Officeholder
) -> str:
    try:
        standing = sign_off_standings(cycle, [plan], whole=[plan.pk])[plan.pk].standing
        seen = digest_of(standing, by)
        barrier.wait()
        sign_off_plan(cycle=cycle, plan=plan, role=role, seen=seen, by=by, at=IN_Q1)
    except ReturnRefusedError as error:
        return type(error).__name__
    finally:
        connection.close()
    return "signed"


def at_once(
    cycle: ReportingCycle, plan: Plan, signers: list[tuple[LeadRole, Officeholder]]
) -> list[str]:
    barrier = Barrier(len(signers))
    with ThreadPoolExecutor(len(signers)) as threads:
        tasks = [threads.submit(sign, barrier, cycle, plan, role, by) for role, by in signers]
        return sorted(task.result() for task in tasks)


def test_two_leads_who_sign_at_once_both_sign(cycle: ReportingCycle) -> None:
    for _ in range(ROUNDS):
        plan = returned_plan(cycle)
        signers = [
            (LeadRole.LEAD_OFFICER, officeholder(plan.lead_officer)),
            (LeadRole.LEAD_MEMBER, officeholder(plan.lead_member)),
        ]

        assert at_once(cycle, plan, signers) == ["signed", "signed"]
        assert sign_off_standings(cycle, [plan])[plan.pk].is_signed


def test_one_person_who_signs_in_both_roles_at_once_signs_in_one(cycle: ReportingCycle) -> None:
    for _ in range(ROUNDS):
        plan = returned_plan(cycle)
        both = officeholder(plan.lead_officer, plan.lead_member, user=UserFactory())

        ends = at_once(cycle, plan, [(role, both) for role in LeadRole])

        assert ends == ["SignedInOtherRoleError", "signed"]
        assert SignOff.objects.filter(plan=plan).count() == 1


def test_a_button_pressed_twice_signs_once(cycle: ReportingCycle) -> None:
    for _ in range(ROUNDS):
        plan = returned_plan(cycle)
        by = officeholder(plan.lead_officer, user=UserFactory())

        ends = at_once(cycle, plan, [(LeadRole.LEAD_OFFICER, by)] * 2)

        assert ends == ["NothingToSignError", "signed"]
