from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from goldenthread.organisation.models import Council


class CorporatePlan(models.Model):
    """A council's plan for some years, from which its priorities come (clause P-1)."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="corporate_plans")
    title = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    approved_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="corporate_plan_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.council}: {self.title}"


class Priority(models.Model):
    """One of the council's priorities, delivered by one plan."""

    corporate_plan = models.ForeignKey(
        CorporatePlan, on_delete=models.PROTECT, related_name="priorities"
    )
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)

    class Meta:
        verbose_name_plural = "priorities"
        constraints = [
            models.UniqueConstraint(
                fields=["corporate_plan", "number"], name="priority_number_unique_in_corporate_plan"
            )
        ]

    def __str__(self) -> str:
        return f"Priority {self.number}: {self.title}"
