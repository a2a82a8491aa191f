from __future__ import annotations

import pytest

from goldenthread.organisation.models import Council
from goldenthread.reporting.models import ReportingCycle
from tests.factories import ReportingCycleFactory


@pytest.fixture
def cycle(council: Council) -> ReportingCycle:
    return ReportingCycleFactory(council=council)
