from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from goldenthread.indicators.models.indicator import Indicator
from goldenthread.persistence.fields import FigureField


class Measurement(models.Model):
    """An indicator's figure for one period, or the reason why there is none.

    A provisional figure was given before its period had ended.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="measurements")
    starts_on = models.DateField()
    ends_on = models.DateField()
    value = FigureField(null=True, blank=True)
    unavailable_reason = models.TextField(blank=True)
    is_provisional = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "starts_on", "ends_on"],
                name="one_measurement_per_indicator_and_period",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")),
                name="measured_period_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(value=None) ^ Q(unavailable_reason=""),
                name="measurement_is_a_figure_or_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.reference}, {self.starts_on} to {self.ends_on}"
