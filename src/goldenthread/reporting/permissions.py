from __future__ import annotations

from django.core.exceptions import PermissionDenied

from goldenthread.indicators.models import Indicator
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import Action
from goldenthread.reporting.models import ReportingCycle


def check_can_file_in(by: Officeholder, cycle: ReportingCycle) -> None:
    """Let nobody file in the cycle of a council other than that of their posts.

    :raises PermissionDenied: if it is another council's
    """
    if cycle.council_id != by.council.pk:
        raise PermissionDenied(f"You hold no post in the council that reports in {cycle}.")


def check_can_file_action(by: Officeholder, action: Action) -> None:
    """Let only those who hold an action's posts speak for it (clause R-6).

    :raises PermissionDenied: if the person holds none of them
    """
    if not by.holds_any(holder.post_id for holder in action.holders.all()):
        raise PermissionDenied(f"Only {action.action_officer} can file this update.")


def check_can_file_indicator(by: Officeholder, indicator: Indicator) -> None:
    """Let only the indicator officer speak for an indicator (clause R-6).

    :raises PermissionDenied: if the person does not hold that post
    """
    if not by.holds(indicator.indicator_officer_id):
        raise PermissionDenied(f"Only {indicator.indicator_officer} can file this update.")
