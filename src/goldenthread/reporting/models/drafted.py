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
SAYS_WHY_RETURNED = Q(returned_at=None, returned_by=None, revision_note="") | (
    Q(returned_at__isnull=False, returned_by__isnull=False) & ~Q(revision_note="")
)


class Drafted(models.Model):
    """What is kept as a draft, by version, until somebody submits it in one of their posts.

    `version` counts its savings, so that whoever saves over somebody else's words is told. A lead
    who sends it back says why in `revision_note`, which stays when it is submitted again.
    """

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
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revision_note = models.TextField(blank=True)

    class Meta:
        abstract = True

    @property
    def is_submitted(self) -> bool:
        return self.submitted_at is not None

    @property
    def is_to_revise(self) -> bool:
        """Whether a lead sent it back and it was not submitted again."""
        return self.returned_at is not None and not self.is_submitted

    @property
    def is_unrevised(self) -> bool:
        """Whether a lead sent it back and nothing was saved since."""
        return (
            self.returned_at is not None and self.is_to_revise and self.saved_at <= self.returned_at
        )
