from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from goldenthread.domain.rating import Basis, TargetFigures
from goldenthread.indicators.models.indicator import Indicator
from goldenthread.persistence.fields import EnumField, FigureField


class Target(models.Model):
    """What an indicator is to reach in one financial year, known by the calendar year it starts in."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="targets")
    year = models.PositiveSmallIntegerField()
    basis = EnumField(Basis, default=Basis.TARGET)
    value = FigureField(null=True, blank=True)
    lower = FigureField(null=True, blank=True)
    upper = FigureField(null=True, blank=True)
    green_value = FigureField(null=True, blank=True)
    amber_value = FigureField(null=True, blank=True)
    amber_within = FigureField(null=True, blank=True)
    absolute_tolerance = FigureField(null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "year"], name="one_target_per_indicator_and_year"
            ),
            models.CheckConstraint(
                # A check that comes to NULL lets a row in, so each end is asked for by itself.
                condition=Q(lower=None, upper=None)
                | Q(lower__isnull=False, upper__isnull=False, lower__lte=F("upper")),
                name="target_range_has_two_ends_in_order",
            ),
            models.CheckConstraint(
                condition=(Q(amber_within=None) | Q(amber_within__gte=0))
                & (Q(absolute_tolerance=None) | Q(absolute_tolerance__gte=0)),
                name="target_tolerance_is_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.reference}: target of {self.year}"

    @property
    def figures(self) -> TargetFigures:
        return TargetFigures(
            value=self.value,
            lower=self.lower,
            upper=self.upper,
            green_value=self.green_value,
            amber_value=self.amber_value,
            amber_within=self.amber_within,
            absolute_tolerance=self.absolute_tolerance,
            basis=self.basis,
        )
