from __future__ import annotations

from django.conf import settings
from django.db import models

from goldenthread.exception_reports.county_formats import CountyFormat
from goldenthread.persistence.fields import EnumField
from goldenthread.reporting.models import IndicatorUpdate


class CountyFile(models.Model):
    """The County's own exception report on an indicator that it collects, as it came (clause R-5)."""

    indicator_update = models.ForeignKey(
        IndicatorUpdate, on_delete=models.PROTECT, related_name="county_files"
    )
    name = models.CharField(max_length=120)
    format = EnumField(CountyFormat)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    attached_at = models.DateTimeField()
    attached_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.name} for {self.indicator_update} (#{self.pk})"

    @property
    def size_words(self) -> str:
        """How big it is, as a download's link says it."""
        kilobytes = max(1, round(self.size / 1024))
        return f"{kilobytes} kB" if kilobytes < 1024 else f"{kilobytes / 1024:.1f} MB"
