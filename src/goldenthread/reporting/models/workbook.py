from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from goldenthread.reporting.models.cycle import ReportingCycle


class UploadedWorkbook(models.Model):
    """A workbook of returns that an officer uploaded: what it would change, and later what it did.

    What was read of it is kept, so that what is confirmed is what was shown; the file itself is not.
    Only whoever uploaded it sees it. `problems` are of the whole workbook or of rows of no item,
    `rows` what each row would do, `results` what it did once it was taken in.
    """

    cycle = models.ForeignKey(
        ReportingCycle, on_delete=models.PROTECT, related_name="uploaded_workbooks"
    )
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    problems = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    results = models.JSONField(default=list)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    taken_in_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(file_name=""), name="uploaded_workbook_has_a_file_name"
            ),
            models.CheckConstraint(
                condition=Q(taken_in_at=None) | Q(taken_in_at__gte=F("uploaded_at")),
                name="workbook_is_taken_in_after_its_upload",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} for {self.cycle.slug} (#{self.pk})"

    @property
    def is_taken_in(self) -> bool:
        return self.taken_in_at is not None
