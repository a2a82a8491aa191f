from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from goldenthread.domain.cycle_steps import ByHand, CycleStep
from goldenthread.persistence.fields import EnumField, OptionalEnumField
from goldenthread.reporting.models.cycle import ReportingCycle


class StepTaken(models.Model):
    """A step of a cycle as it was taken: by itself on its day, or by hand in some way and for a reason.

    `falls_on` is the day of the step from then on, `planned_on` what it was before; None is never. One
    that came by itself is there once for each day it fell on, and says how many people were told; so is
    the close of a cycle that somebody `closed_at` once, for each time that it was.
    """

    cycle = models.ForeignKey(ReportingCycle, on_delete=models.PROTECT, related_name="steps_taken")
    step = EnumField(CycleStep)
    way = OptionalEnumField(ByHand)
    planned_on = models.DateField(null=True, blank=True)
    falls_on = models.DateField(null=True, blank=True)
    because = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    told = models.PositiveSmallIntegerField(default=0)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name_plural = "steps taken"
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "step", "falls_on"],
                condition=Q(way=None, closed_at=None),
                name="step_comes_once_on_its_day",
            ),
            models.UniqueConstraint(
                fields=["cycle", "closed_at"],
                condition=Q(way=None, closed_at__isnull=False),
                name="close_at_once_comes_once",
            ),
            models.CheckConstraint(
                condition=Q(way=None, taken_by=None, because="", falls_on__isnull=False)
                | (Q(way__isnull=False, taken_by__isnull=False) & ~Q(because="")),
                name="step_by_hand_says_who_and_why",
            ),
        ]

    def __str__(self) -> str:
        how = self.way.value if self.way else "by itself"
        return f"{self.cycle.slug} {self.step.value} {how}, {self.falls_on} (#{self.pk})"
