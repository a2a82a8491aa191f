from __future__ import annotations

from django.core.exceptions import PermissionDenied

from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.lines import plans_in


def chased_plans(by: Officeholder, cycle: ReportingCycle) -> list[Plan]:
    """List the plans of a cycle whose returns are a person's to chase.

    The Performance Manager chases them all, and a plan's Lead Officer and Lead Member of DMT
    theirs, who are answerable that everything of it is in (clause R-6).

    :raises PermissionDenied: if the person leads none
    """
    plans = [plan for plan in plans_in(cycle) if may_chase(by, plan)]
    if not plans and not by.is_performance_manager:
        raise PermissionDenied("Only the performance manager and a plan's leads chase returns.")
    return plans


def may_chase(by: Officeholder, plan: Plan) -> bool:
    """Test whether a plan's returns are a person's to chase."""
    return by.is_performance_manager or by.holds_any([plan.lead_officer_id, plan.lead_member_id])


def check_can_see_messages(by: Officeholder) -> None:
    """Let the Performance Manager see what was written to whom, and nobody else.

    :raises PermissionDenied: if the person is not
    """
    if not by.is_performance_manager:
        raise PermissionDenied("Only the performance manager can see the council's messages.")
