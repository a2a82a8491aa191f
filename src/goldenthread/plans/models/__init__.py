from __future__ import annotations

from goldenthread.plans.models.action import Action, ActionOfficer
from goldenthread.plans.models.budget import BudgetLine
from goldenthread.plans.models.corporate_plan import CorporatePlan, Priority
from goldenthread.plans.models.due_revision import DueRevision
from goldenthread.plans.models.plan import Challenge, Plan, PlanIndicator
from goldenthread.plans.models.risk import Risk, RiskAction

__all__ = [
    "Action",
    "ActionOfficer",
    "BudgetLine",
    "Challenge",
    "CorporatePlan",
    "DueRevision",
    "Plan",
    "PlanIndicator",
    "Priority",
    "Risk",
    "RiskAction",
]
