from __future__ import annotations

from goldenthread.domain.exception_states import EndorsingRole
from goldenthread.organisation.models import Post
from goldenthread.plans.models import Plan


def endorsing_post(plan: Plan, role: EndorsingRole) -> Post | None:
    """Find the post that endorses in a role; a plan need not have a Cabinet Portfolio Lead."""
    return plan.portfolio_lead if role is EndorsingRole.CABINET else plan.lead_member
