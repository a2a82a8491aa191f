from __future__ import annotations

from django.db import models
from django.utils.functional import cached_property

from goldenthread.domain.clear_days import Nation
from goldenthread.persistence.fields import EnumField


class Council(models.Model):
    """A council that uses Goldenthread; everything it keeps hangs from it."""

    name = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    nation = EnumField(Nation, default=Nation.ENGLAND)

    def __str__(self) -> str:
        return self.title

    @cached_property
    def framework_in_force(self) -> FrameworkVersion:
        """The framework that it adopted last: found once, since every page reads its council afresh.

        :raises FrameworkVersion.DoesNotExist: if it has adopted none
        """
        return self.frameworks.order_by("adopted_at", "pk").reverse()[:1].get()


class FrameworkVersion(models.Model):
    """A council's performance management framework as it stood from a moment on."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="frameworks")
    version = models.CharField(max_length=40)
    text = models.TextField()
    adopted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "version"], name="framework_version_unique_in_council"
            )
        ]

    def __str__(self) -> str:
        return f"{self.council}: framework {self.version}"
