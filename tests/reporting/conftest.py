from __future__ import annotations

import pytest

from goldenthread.indicators.models import Indicator
from goldenthread.organisation.models import Council
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle
from tests.factories import (
    IndicatorFactory,
    PlanFactory,
    ReportingCycleFactory,
    TargetFactory,
    UserFactory,
    officeholder,
)


@pytest.fixture
def cycle(council: Council) -> ReportingCycle:
    return ReportingCycleFactory(council=council)


@pytest.fixture
def plan(council: Council) -> Plan:
    return PlanFactory(council=council, code="CYPF")


@pytest.fixture
def indicator(council: Council) -> Indicator:
    """Visits, counted monthly and added up, with a target of 1,200 for the year."""
    indicator = IndicatorFactory(council=council)
    TargetFactory(indicator=indicator)
    return indicator


@pytest.fixture
def indicator_officer(indicator: Indicator) -> Officeholder:
    return officeholder(indicator.indicator_officer, user=UserFactory(name="Ann Hill"))
