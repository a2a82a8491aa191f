from __future__ import annotations

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from goldenthread.domain.posts import Capacity, Stay
from goldenthread.organisation.models.council import Council
from goldenthread.persistence.fields import EnumField, OptionalEnumField


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
    """A person in a post from one day to another; with no last day, still in it.

    Several may hold a post at once: one answers for it, others hold it jointly, and a deputy stands
    in between two days.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="holdings"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    capacity = EnumField(Capacity, default=Capacity.ANSWERABLE)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="holding_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(capacity=Capacity.DEPUTY) | Q(ends_on__isnull=False),
                name="deputy_stands_in_until_a_day",
            ),
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(capacity=Capacity.ANSWERABLE, ends_on=None),
                name="one_person_answers_for_a_post",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder} as {self.post} from {self.starts_on}"

    @property
    def stay(self) -> Stay:
        """The days of the person in the post."""
        return Stay(self.starts_on, self.ends_on)
