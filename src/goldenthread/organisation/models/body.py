from __future__ import annotations

from django.db import models

from goldenthread.domain.kinds import BodyKind
from goldenthread.organisation.models.council import Council
from goldenthread.organisation.models.post import Post
from goldenthread.persistence.fields import OptionalEnumField


class Body(models.Model):
    """A forum that receives papers: the directors' management team, a committee, a partnership board.

    One that only the council's own framework names, such as its Cabinet, has no kind but its code.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="bodies")
    code = models.SlugField(max_length=40)
    title = models.CharField(max_length=200)
    kind = OptionalEnumField(BodyKind)

    class Meta:
        verbose_name_plural = "bodies"
        constraints = [
            models.UniqueConstraint(fields=["council", "code"], name="body_code_unique_in_council")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def known_as(self) -> str:
        """How the framework names it: by its kind, or one of the council's own by its code."""
        return self.kind or self.code


class BodyMembership(models.Model):
    """A post that sits on a body."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="memberships")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="memberships")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "post"], name="post_sits_once_on_a_body")
        ]

    def __str__(self) -> str:
        return f"{self.post} on {self.body}"
