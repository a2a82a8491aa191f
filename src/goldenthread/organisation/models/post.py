from __future__ import annotations

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from goldenthread.organisation.models.council import Council
from goldenthread.persistence.fields import OptionalEnumField


class Duty(StrEnum):
    """What a post does for the whole council, beyond the items it owns."""

    PERFORMANCE_MANAGER = "performance_manager"
    FINANCE = "finance"


class Post(models.Model):
    """A job or seat that owns work: an officer's post, a team, a director, a cabinet member."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=200)
    duty = OptionalEnumField(Duty)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "title"], name="post_title_unique_in_council"
            )
        ]

    def __str__(self) -> str:
        return self.title


class PostHolding(models.Model):
    """A person in a post from one day to another; with no last day, still in it."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="holdings"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="holding_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.holder} as {self.post} from {self.starts_on}"
