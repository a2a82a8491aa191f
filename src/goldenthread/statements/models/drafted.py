from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from goldenthread.domain.posts import Capacity
from goldenthread.organisation.models import Post
from goldenthread.persistence.fields import OptionalEnumField

IS_DRAFT = Q(submitted_at=None, submitted_by=None, submitted_for=None)
IS_SUBMITTED = Q(
    submitted_at__isnull=False, submitted_by__isnull=False, submitted_for__isnull=False
)


class Drafted(models.Model):
    """What is kept as a draft, by version, until somebody submits it in one of their posts."""

    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_for = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_as = OptionalEnumField(Capacity)

    class Meta:
        abstract = True

    @property
    def is_submitted(self) -> bool:
        return self.submitted_at is not None
