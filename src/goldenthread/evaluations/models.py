from __future__ import annotations

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from goldenthread.indicators.models import Indicator
from goldenthread.plans.models import Action
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.models.drafted import (
    IS_DRAFT,
    IS_SUBMITTED,
    SAYS_WHY_RETURNED,
    Drafted,
)

_IS_WHOLE = ~Q(delivered="") & ~Q(difference="")
_OF_AN_ACTION = Q(action__isnull=False, indicator__isnull=True)
_OF_AN_INDICATOR = Q(action__isnull=True, indicator__isnull=False)


class Evaluation(Drafted):
    """What came of an action or an indicator in a year, and what difference it made (clause C-3).

    It is of one of the two. `delivered` says what was done, `difference` the outcome.
    """

    cycle = models.ForeignKey(ReportingCycle, on_delete=models.PROTECT, related_name="evaluations")
    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, null=True, blank=True, related_name="evaluations"
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, blank=True, related_name="evaluations"
    )
    delivered = models.TextField(blank=True)
    difference = models.TextField(blank=True)

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "action"], name="one_evaluation_per_action_and_cycle"
            ),
            models.UniqueConstraint(
                fields=["cycle", "indicator"], name="one_evaluation_per_indicator_and_cycle"
            ),
            models.CheckConstraint(
                condition=_OF_AN_ACTION | _OF_AN_INDICATOR, name="evaluation_is_of_one_item"
            ),
            models.CheckConstraint(
                condition=IS_DRAFT | (IS_SUBMITTED & _IS_WHOLE),
                name="submitted_evaluation_is_whole",
            ),
            models.CheckConstraint(
                condition=SAYS_WHY_RETURNED, name="returned_evaluation_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle.slug}: evaluation of {self.item.reference}"

    @property
    def item(self) -> Action | Indicator:
        """The action or the indicator that it is of.

        :raises ValueError: if it is of neither, which the database refuses
        """
        item = self.action or self.indicator
        if item is None:
            raise ValueError("An evaluation is of an action or of an indicator.")
        return item
