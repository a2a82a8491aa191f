from __future__ import annotations

from django.core.exceptions import PermissionDenied

from goldenthread.domain.framework_tables import AskedOf, StatementRule
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import Plan
from goldenthread.statements.facts import is_asked, whom


def check_can_open(by: Officeholder, rule: StatementRule, plan: Plan) -> None:
    """Open the page of a statement to those it is asked of, and to the performance manager.

    :raises PermissionDenied: to anybody else
    """
    if not (is_asked(by, rule.asked_of, plan) or by.is_performance_manager):
        raise not_asked(rule.asked_of, plan)


def not_asked(asked_of: AskedOf, plan: Plan) -> PermissionDenied:
    """Say who makes a statement, to whoever does not."""
    return PermissionDenied(f"Only {whom(asked_of, plan)} can write this about {plan.title}.")
