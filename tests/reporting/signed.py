"""Plans that both leads have signed off, as their returns stand."""

from __future__ import annotations

from goldenthread.accounts.models import User
from goldenthread.domain.kinds import LeadRole
from goldenthread.domain.sign_off import seals_for
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle, SignOff
from goldenthread.reporting.queries.sign_offs import returns_to_sign
from tests.factories import SignOffFactory, UserFactory


def sign(cycle: ReportingCycle, plan: Plan, role: LeadRole, by: User) -> SignOff:
    """Sign for all that is in and not the person's own."""
    items = returns_to_sign(cycle, [plan]).get(plan.pk, [])
    return SignOffFactory(
        cycle=cycle,
        plan=plan,
        role=role,
        signed_by=by,
        signed_for=plan.lead_officer if role is LeadRole.LEAD_OFFICER else plan.lead_member,
        seals=seals_for(by.pk, items),
    )


def sign_off(cycle: ReportingCycle, *plans: Plan) -> None:
    """Have each plan signed by two people."""
    for plan in plans:
        sign(cycle, plan, LeadRole.LEAD_OFFICER, UserFactory(name="Leo Park"))
        sign(cycle, plan, LeadRole.LEAD_MEMBER, UserFactory(name="Dora Hill"))
