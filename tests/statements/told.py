"""Plans of which all that is asked about them as a whole has been said."""

from __future__ import annotations

from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle
from tests.factories import PlanStatementFactory


def tell(cycle: ReportingCycle, *plans: Plan) -> None:
    """Submit each plan's overview."""
    for plan in plans:
        PlanStatementFactory(cycle=cycle, plan=plan, submitted=True)
