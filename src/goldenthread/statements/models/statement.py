from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from simple_history.models import HistoricalRecords

from goldenthread.domain.statements import Said
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.models.drafted import (
    IS_DRAFT,
    IS_SUBMITTED,
    SAYS_WHY_RETURNED,
    Drafted,
)


class PlanStatement(Drafted):
    """What is said of a plan as a whole in one cycle, such as its overview (clause O-1).

    `key` names it among those that the council's framework asks. `answers` are kept by the key of
    their question: the words, and yes or no where that is asked.
    """

    cycle = models.ForeignKey(ReportingCycle, on_delete=models.PROTECT, related_name="statements")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="statements")
    key = models.CharField(max_length=40)
    answers = models.JSONField(default=dict)

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "plan", "key"], name="one_statement_of_a_kind_per_plan_and_cycle"
            ),
            models.CheckConstraint(
                condition=IS_DRAFT | IS_SUBMITTED, name="submitted_statement_says_who_made_it"
            ),
            models.CheckConstraint(condition=SAYS_WHY_RETURNED, name="returned_statement_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.cycle.slug}: {self.key} of {self.plan.code}"

    @property
    def said(self) -> Mapping[str, Said]:
        """Each question's answer, by its key."""
        return {
            key: Said(words=answer["words"], is_yes=answer["is_yes"])
            for key, answer in self.answers.items()
        }
