"""Who is asked about a plan as a whole."""

from __future__ import annotations

from goldenthread.domain.framework_tables import AskedOf
from goldenthread.organisation.models import Duty, Post
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import Plan

DUTIES = {
    AskedOf.FINANCE: Duty.FINANCE,
    AskedOf.PERFORMANCE_MANAGER: Duty.PERFORMANCE_MANAGER,
}
NAMES = {
    AskedOf.FINANCE: "the Finance Team",
    AskedOf.PERFORMANCE_MANAGER: "the performance manager",
}


def asked_post(by: Officeholder, asked_of: AskedOf, plan: Plan) -> Post | None:
    """Find the post in which a person is asked about a plan; None if they are not asked.

    Of its leads the Lead Officer's comes first (clause O-1).
    """
    if asked_of is not AskedOf.LEADS:
        duty = DUTIES[asked_of]
        return by.post_among([post.pk for post in by.posts if post.duty is duty])
    return by.post_among([plan.lead_officer_id]) or by.post_among([plan.lead_member_id])


def is_asked(by: Officeholder, asked_of: AskedOf, plan: Plan) -> bool:
    """Test whether a person is one of those who make a statement about a plan."""
    return asked_post(by, asked_of, plan) is not None


def speaking_post(by: Officeholder, asked_of: AskedOf, plan: Plan) -> Post:
    """Name the post in which a person speaks of a plan: the manager's, where they help out."""
    own = asked_post(by, asked_of, plan)
    managing = (post for post in by.posts if post.duty is Duty.PERFORMANCE_MANAGER)
    return own or next(managing)


def whom(asked_of: AskedOf, plan: Plan) -> str:
    """Say who makes a statement: "Head of Leisure or Corporate Director"."""
    if asked_of is AskedOf.LEADS:
        return f"{plan.lead_officer} or {plan.lead_member}"
    return NAMES[asked_of]
