from __future__ import annotations

from django.db import models

from goldenthread.indicators.models import Indicator
from goldenthread.organisation.models import Body, Council, Post
from goldenthread.plans.models.corporate_plan import Priority


class Plan(models.Model):
    """A priority delivery plan: how the council will deliver one of its priorities (clause P-2)."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="plans")
    priority = models.OneToOneField(Priority, on_delete=models.PROTECT, related_name="plan")
    code = models.SlugField(max_length=20)
    title = models.CharField(max_length=200)
    lead_member = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="plans_owned")
    lead_officer = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="plans_supported")
    portfolio_lead = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="plans_in_portfolio", null=True, blank=True
    )
    receiving_body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="plans_received", null=True, blank=True
    )
    indicators = models.ManyToManyField(
        Indicator, through="plans.PlanIndicator", related_name="plans"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["council", "code"], name="plan_code_unique_in_council")
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.title}"


class Challenge(models.Model):
    """What a plan must overcome, and the heading that its actions stand under (clause P-3)."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="challenges")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"], name="challenge_number_unique_in_plan"
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan.code} challenge {self.number}: {self.title}"


class PlanIndicator(models.Model):
    """An indicator's place in a plan."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="placings")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="placings")
    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "indicator"], name="indicator_stands_once_in_a_plan"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator.reference} in {self.plan.code}"
