from __future__ import annotations

from goldenthread.plans.models.action import Action, ActionOfficer
from goldenthread.plans.models.corporate_plan import CorporatePlan, Priority
from goldenthread.plans.models.plan import Challenge, Plan, PlanIndicator

__all__ = [
    "Action",
    "ActionOfficer",
    "Challenge",
    "CorporatePlan",
    "Plan",
    "PlanIndicator",
    "Priority",
]
