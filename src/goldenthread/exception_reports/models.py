from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate

# A check that comes to NULL lets a row in, so each answer is asked for by itself.
_TOLD_WHOLE = (
    ~Q(why="")
    & ~Q(planned="")
    & Q(needs_resources__isnull=False, is_exceptional__isnull=False)
    & (Q(needs_resources=False) | (Q(needs_resources=True) & ~Q(resources="")))
    & (Q(is_exceptional=False) | (Q(is_exceptional=True) & ~Q(exceptional="")))
)


class ExceptionReport(models.Model):
    """Why an action or an indicator is off track, and what is being done about it (clause E-2)."""

    action_update = models.OneToOneField(
        ActionUpdate,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="exception_report",
    )
    indicator_update = models.OneToOneField(
        IndicatorUpdate,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="exception_report",
    )
    why = models.TextField(blank=True)
    done = models.TextField(blank=True)
    planned = models.TextField(blank=True)
    limits = models.TextField(blank=True)
    needs_resources = models.BooleanField(null=True, blank=True)
    resources = models.TextField(blank=True)
    is_exceptional = models.BooleanField(null=True, blank=True)
    exceptional = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(action_update=None) ^ Q(indicator_update=None),
                name="exception_report_is_about_one_return",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None, submitted_by=None)
                | (Q(submitted_at__isnull=False, submitted_by__isnull=False) & _TOLD_WHOLE),
                name="submitted_exception_report_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Exception report, {self.about}"

    @property
    def about(self) -> ActionUpdate | IndicatorUpdate:
        """The return that it explains."""
        update = self.action_update or self.indicator_update
        if update is None:  # pragma: no cover - the database refuses it
            raise ValueError("This exception report is about nothing")
        return update

    @property
    def is_submitted(self) -> bool:
        return self.submitted_at is not None
