from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from goldenthread.domain.timetable import range_in_words
from goldenthread.organisation.models import Council


class ClosedPeriod(models.Model):
    """Days, the first and the last included, on which a council is closed, or its members keep still.

    They are typed when a year is proposed, and hold for every date that is moved afterwards.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="closed_periods")
    starts_on = models.DateField()
    ends_on = models.DateField()
    is_pre_election = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="closed_period_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["council", "starts_on", "ends_on", "is_pre_election"],
                name="closed_period_kept_once",
            ),
        ]

    def __str__(self) -> str:
        what = "Pre-election" if self.is_pre_election else "Closed"
        return f"{what} {self.words} ({self.council.name})"

    @property
    def words(self) -> str:
        """Its days as a page has them: 29 to 31 December 2010."""
        return range_in_words(self.starts_on, self.ends_on)
