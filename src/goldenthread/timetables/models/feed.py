from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from goldenthread.organisation.models import Body, Council


class CalendarFeed(models.Model):
    """A private address at which somebody's calendar program reads their dates, or those of a body.

    Only a fingerprint of the address is kept. What it gives follows, whenever it is read, from the
    posts that its holder has on that day.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="calendar_feeds")
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar_feeds"
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="calendar_feeds"
    )
    fingerprint = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "holder"],
                condition=Q(body=None, revoked_at=None),
                name="one_feed_of_a_persons_own_dates",
            ),
            models.UniqueConstraint(
                fields=["holder", "body"],
                condition=Q(revoked_at=None),
                name="one_feed_of_a_body_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"Calendar feed {self.pk}: {self.of_what} for {self.holder}"

    @property
    def of_what(self) -> str:
        """Whose dates it gives, in words."""
        return self.body.title if self.body else "own dates"
