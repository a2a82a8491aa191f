from __future__ import annotations

from django.db import models
from simple_history.models import HistoricalRecords

from goldenthread.domain.kinds import Frequency, IndicatorKind, Unit
from goldenthread.domain.outturn import Accumulation, Projection
from goldenthread.domain.rating import Polarity
from goldenthread.organisation.models import Council, Post
from goldenthread.persistence.fields import EnumField, FigureField


class Indicator(models.Model):
    """A performance indicator: what is measured, how, how often, and who answers for it (clause P-4)."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="indicators")
    reference = models.CharField(max_length=40)
    other_reference = models.CharField(max_length=80, blank=True)
    definition = models.TextField()
    rule = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)
    polarity = EnumField(Polarity)
    unit = EnumField(Unit)
    decimals = models.PositiveSmallIntegerField(default=0)
    frequency = EnumField(Frequency)
    accumulation = EnumField(Accumulation)
    projection = EnumField(Projection, default=Projection.STRAIGHT_LINE)
    baseline = models.CharField(max_length=200, blank=True)
    previous_outturn = FigureField(null=True, blank=True)
    indicator_officer = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="indicators")
    collected_by_county = models.BooleanField(default=False)

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "reference"], name="indicator_reference_unique_in_council"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.definition}"


class Designation(models.Model):
    """One of the sets that an indicator belongs to: national, LAA, SCS or local."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="designations")
    kind = EnumField(IndicatorKind)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "kind"], name="indicator_is_of_a_kind_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator.reference} as {self.kind.label}"
