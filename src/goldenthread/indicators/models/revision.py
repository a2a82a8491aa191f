from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from goldenthread.design.words import long_date
from goldenthread.indicators.models.target import Target


class Revision(models.Model):
    """A change of what was promised: what it was, what it became, when, why and on what authority.

    `was` and `became` are words, as papers said and say them (clause G-5).
    """

    number = models.PositiveSmallIntegerField()
    was = models.CharField(max_length=300)
    became = models.CharField(max_length=300)
    reason = models.TextField()
    authority = models.CharField(max_length=300)
    revised_at = models.DateTimeField()
    revised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True

    @property
    def revised_on(self) -> date:
        return timezone.localdate(self.revised_at)

    @property
    def sentence(self) -> str:
        """Say what stood before, when that changed and on what authority."""
        return (
            f"Revised from {self.was} on {long_date(self.revised_on)}. Authority: {self.authority}"
        )


class TargetRevision(Revision):
    """One revision of an indicator's target of a year, which keeps what the target was before.

    For an LAA target it holds the County's agreement too (clause G-2).
    """

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="revisions")
    county_agreement = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["target", "number"], name="target_revision_number_unique_in_target"
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(authority=""),
                name="target_revision_has_reason_and_authority",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target}, revision {self.number}"
