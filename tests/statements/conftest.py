from __future__ import annotations

import pytest

from goldenthread.organisation.models import Council
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle
from tests.factories import (
    MilestoneFactory,
    PlanFactory,
    ReportingCycleFactory,
    UserFactory,
    officeholder,
)


@pytest.fixture
def cycle(council: Council) -> ReportingCycle:
    """A quarter whose papers go out on 6 August."""
    cycle = ReportingCycleFactory(council=council)
    MilestoneFactory(cycle=cycle)
    return cycle


@pytest.fixture
def plan(council: Council) -> Plan:
    return PlanFactory(council=council)


@pytest.fixture
def lead(plan: Plan) -> Officeholder:
    """The plan's Lead Officer."""
    return officeholder(plan.lead_officer, user=UserFactory(name="Leo Park"))
