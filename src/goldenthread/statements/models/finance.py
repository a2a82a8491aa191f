from __future__ import annotations

from django.db import models
from simple_history.models import HistoricalRecords

from goldenthread.domain.variance import Spending
from goldenthread.plans.models import BudgetLine, Plan
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.models.drafted import (
    IS_DRAFT,
    IS_SUBMITTED,
    SAYS_WHY_RETURNED,
    Drafted,
)


class FinanceStatement(Drafted):
    """How a plan's spending stands against its budget in one cycle, in the Finance Team's words (clause O-2)."""

    cycle = models.ForeignKey(
        ReportingCycle, on_delete=models.PROTECT, related_name="finance_statements"
    )
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="finance_statements")
    words = models.TextField(blank=True)

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "plan"], name="one_finance_statement_per_plan_and_cycle"
            ),
            models.CheckConstraint(
                condition=IS_DRAFT | IS_SUBMITTED,
                name="submitted_finance_statement_says_who_made_it",
            ),
            models.CheckConstraint(
                condition=SAYS_WHY_RETURNED, name="returned_finance_statement_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle.slug}: finances of {self.plan.code}"


class FinanceFigure(models.Model):
    """What a finance statement says of one line of the budget, in pounds.

    `heading` and `budget` are the line's as they were then; its variance is computed, never typed.
    A draft's figure may lack anything.
    """

    statement = models.ForeignKey(
        FinanceStatement, on_delete=models.PROTECT, related_name="figures"
    )
    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="figures")
    heading = models.CharField(max_length=200)
    budget = models.DecimalField(max_digits=14, decimal_places=2)
    spent = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    forecast = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    explanation = models.TextField(blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["line__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "line"], name="one_figure_per_budget_line_and_statement"
            )
        ]

    def __str__(self) -> str:
        return f"{self.statement}: {self.heading}"

    @property
    def spending(self) -> Spending | None:
        """The three figures of the line, once all are given."""
        if self.spent is None or self.forecast is None:
            return None
        return Spending(budget=self.budget, spent=self.spent, forecast=self.forecast)
