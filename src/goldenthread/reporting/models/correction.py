from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from goldenthread.domain.rating import Rating
from goldenthread.reporting.models.cycle import ReportingCycle
from goldenthread.reporting.models.update import ActionUpdate, IndicatorUpdate

WRITTEN = ("Comments", "Why no estimate", "Why rated so")
NOT_WRITTEN = ("nothing", *(rating.label for rating in Rating))


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
    def sentences(self) -> list[str]:
        """What changed, each in words: "Quarter 1 2009/10: 38, was 31"; what somebody wrote is quoted."""
        return [
            f"{change['what']}: {_quoted(change, 'now')}, was {_quoted(change, 'was')}"
            for change in self.changes
        ]

    @property
    def update_corrected(self) -> ActionUpdate | IndicatorUpdate:
        """The return that was put right."""
        update = self.action_update or self.indicator_update
        if update is None:  # pragma: no cover - the database refuses it
            raise ValueError("This correction is of nothing")
        return update


def _quoted(change: dict[str, str], key: str) -> str:
    """Put what an officer wrote in quotation marks, and leave a figure or a rating as it is."""
    words = change[key]
    is_figure = change["what"] not in WRITTEN and words.lstrip("£\N{MINUS SIGN}")[:1].isdigit()
    if is_figure or words in NOT_WRITTEN:
        return words
    return f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}"
