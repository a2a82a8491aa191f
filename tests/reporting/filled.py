"""Plans with so many items, all returned: for counting queries."""

from __future__ import annotations

from decimal import Decimal

from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle
from tests.factories import (
    ActionFactory,
    ActionUpdateFactory,
    ChallengeFactory,
    IndicatorFactory,
    IndicatorUpdateFactory,
    MeasurementFactory,
    PlanFactory,
    PlanIndicatorFactory,
    PostFactory,
    TargetFactory,
)


def fill(cycles: list[ReportingCycle], plans: int, each: int) -> list[Plan]:
    """Make so many plans with so many returned actions and measured indicators each."""
    made = PlanFactory.create_batch(plans, council=cycles[0].council)
    for plan in made:
        challenge, post = ChallengeFactory(plan=plan), PostFactory(council=plan.council)
        for number in range(each):
            action = ActionFactory(challenge=challenge, action_officer=post)
            indicator = IndicatorFactory(council=plan.council, indicator_officer=post)
            PlanIndicatorFactory(plan=plan, indicator=indicator, number=number)
            TargetFactory(indicator=indicator)
            MeasurementFactory(indicator=indicator, value=Decimal(number))
            for cycle in cycles:
                ActionUpdateFactory(cycle=cycle, action=action, submitted=True)
                IndicatorUpdateFactory(cycle=cycle, indicator=indicator, submitted=True)
    return made
