from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from goldenthread.reporting.models.cycle import ReportingCycle


class LettingIn(models.Model):
    """A closed or locked cycle opened to one person until a day, with the reason."""

    cycle = models.ForeignKey(ReportingCycle, on_delete=models.PROTECT, related_name="lettings_in")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="lettings_in"
    )
    until = models.DateField()
    reason = models.TextField()
    let_in_at = models.DateTimeField()
    let_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name_plural = "lettings in"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="letting_in_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.person} let into {self.cycle.slug} until {self.until} (#{self.pk})"
