from __future__ import annotations

from django.db import models
from simple_history.models import HistoricalRecords

from goldenthread.organisation.models import Post
from goldenthread.plans.models.plan import Plan


class Risk(models.Model):
    """What could stop a plan from being delivered: an entry of its risk register (clause P-5)."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="risks")
    number = models.PositiveSmallIntegerField()
    description = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="risk_number_unique_in_plan")
        ]

    def __str__(self) -> str:
        return f"{self.plan.code} R{self.number}: {self.description}"


class RiskAction(models.Model):
    """What answers a risk, and the Risk Owner who returns on it each quarter (clauses P-5, R-3)."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="actions")
    number = models.PositiveSmallIntegerField()
    description = models.TextField()
    due_words = models.CharField(max_length=200, blank=True)
    risk_owner = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="risk_actions")

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["risk", "number"], name="risk_action_number_unique_in_risk"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.description}"

    @property
    def plan(self) -> Plan:
        return self.risk.plan

    @property
    def reference(self) -> str:
        """How people call it: CYPF R1.2, the second action against the first risk."""
        return f"{self.risk.plan.code} R{self.risk.number}.{self.number}"
