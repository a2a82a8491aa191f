from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from goldenthread.reporting.models.cycle import ReportingCycle
from goldenthread.reporting.models.update import ActionUpdate, IndicatorUpdate


class Correction(models.Model):
    """What was put right in a submitted return after its cycle had closed, and why.

    `changes` lists what changed in words, each as its name, what it was and what it is now. Papers
    issued before keep what they said; the next ones list the correction.
    """

    cycle = models.ForeignKey(ReportingCycle, on_delete=models.PROTECT, related_name="corrections")
    action_update = models.ForeignKey(
        ActionUpdate,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
    )
    indicator_update = models.ForeignKey(
        IndicatorUpdate,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
    )
    reason = models.TextField()
    changes = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(action_update=None) ^ Q(indicator_update=None),
                name="correction_is_of_one_return",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="correction_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"Correction #{self.pk} of {self.update_corrected}"

    @property
    def update_corrected(self) -> ActionUpdate | IndicatorUpdate:
        """The return that was put right."""
        update = self.action_update or self.indicator_update
        if update is None:  # pragma: no cover - the database refuses it
            raise ValueError("This correction is of nothing")
        return update
