from __future__ import annotations

from django.db import models
from simple_history.models import HistoricalRecords

from goldenthread.domain.periods import FinancialYear
from goldenthread.plans.models.plan import Plan


class BudgetLine(models.Model):
    """A line of a plan's budget for a year: what the money is for, and how many pounds (clause P-6).

    `year` is the calendar year that the financial year starts in.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="budget_lines")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=200)
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    history = HistoricalRecords()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "year", "number"], name="budget_line_number_unique_in_year"
            ),
            models.CheckConstraint(
                condition=~models.Q(heading=""), name="budget_line_says_what_it_is_for"
            ),
        ]

    def __str__(self) -> str:
        year = FinancialYear(self.year).label
        return f"{self.plan.code} budget {year}, line {self.number}: {self.heading}"
