from __future__ import annotations

from django.conf import settings
from django.db import models

from goldenthread.documents.formats import Format
from goldenthread.organisation.models import Body, FrameworkVersion
from goldenthread.persistence.fields import EnumField
from goldenthread.reporting.models import ReportingCycle


class Pack(models.Model):
    """A forum's papers of one cycle as issued, frozen: nothing later changes what they say."""

    cycle = models.ForeignKey(ReportingCycle, on_delete=models.PROTECT, related_name="packs")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="packs")
    framework = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    tree = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "body", "number"], name="pack_number_unique_for_a_body_and_cycle"
            )
        ]

    def __str__(self) -> str:
        return f"{self.cycle.slug} for {self.body.code}, issue {self.number}"


class PackFile(models.Model):
    """An issued pack as one file."""

    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="files")
    format = EnumField(Format)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pack", "format"], name="one_file_per_pack_and_format")
        ]

    def __str__(self) -> str:
        return f"{self.pack} as {self.format.value}"
