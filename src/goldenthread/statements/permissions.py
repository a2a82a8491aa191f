from __future__ import annotations

from django.core.exceptions import PermissionDenied

from goldenthread.domain.framework_tables import AskedOf
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import Plan
from goldenthread.statements.facts import is_asked, whom


def may_open(by: Officeholder, asked_of: AskedOf, plan: Plan) -> bool:
    """Test whether somebody may open the page on which a plan is spoken of: to write or look on."""
    return is_asked(by, asked_of, plan) or by.is_performance_manager


def check_may_open(by: Officeholder, asked_of: AskedOf, plan: Plan) -> None:
    """Open the page to those it is asked of, and to the performance manager.

    :raises PermissionDenied: to anybody else
    """
    if not may_open(by, asked_of, plan):
        raise not_asked(asked_of, plan)


def check_asked(by: Officeholder, asked_of: AskedOf, plan: Plan) -> None:
    """Let only those write of whom it is asked.

    :raises PermissionDenied: to anybody else
    """
    if not is_asked(by, asked_of, plan):
        raise not_asked(asked_of, plan)


def may_set_budget(by: Officeholder, plan: Plan) -> bool:
    """Test whether somebody sets a plan's budget: the Finance Team."""
    return is_asked(by, AskedOf.FINANCE, plan)


def not_asked(asked_of: AskedOf, plan: Plan) -> PermissionDenied:
    """Say who makes a statement, to whoever does not."""
    return PermissionDenied(f"Only {whom(asked_of, plan)} can write this about {plan.title}.")
