from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from goldenthread.organisation.models.council import Council


class WordTemplate(models.Model):
    """A council's own Word document, whose styles, header and footer its papers take.

    One that was taken off stays, because papers issued while it was on are still written on it.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="word_templates")
    name = models.CharField(max_length=120)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    taken_off_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="word_template_holds_something"),
            models.UniqueConstraint(
                fields=["council"],
                condition=Q(taken_off_at=None),
                name="one_word_template_on_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council}: {self.name}"
