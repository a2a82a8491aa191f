from __future__ import annotations

import pytest

from goldenthread.domain.rating import Rating
from goldenthread.organisation.models import Council
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.reporting.models import ActionUpdate, ReportingCycle
from tests.factories import (
    ActionUpdateFactory,
    MilestoneFactory,
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
def update(cycle: ReportingCycle) -> ActionUpdate:
    """An action's return, red."""
    return ActionUpdateFactory(cycle=cycle, submitted=True, rating=Rating.RED)


@pytest.fixture
def officer(update: ActionUpdate) -> Officeholder:
    return officeholder(update.action.action_officer, user=UserFactory(name="Ann Hill"))
