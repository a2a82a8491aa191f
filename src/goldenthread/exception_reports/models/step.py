from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from goldenthread.domain.posts import Capacity
from goldenthread.domain.promises import StepOutcome
from goldenthread.exception_reports.models.report import ExceptionReport
from goldenthread.organisation.models import Post
from goldenthread.persistence.fields import EnumField


class PlannedStep(models.Model):
    """A step that an exception report promises: what, who does it, by when (clause E-2).

    Its owner is a post of the council, or somebody else in words. `note` says why its day was past
    already when it was promised. A draft's step may lack anything.
    """

    report = models.ForeignKey(ExceptionReport, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    what = models.TextField(blank=True)
    owner = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="planned_steps"
    )
    owner_words = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "number"], name="step_number_unique_in_report"
            ),
            models.CheckConstraint(
                condition=Q(owner=None) | Q(owner_words=""), name="planned_step_has_one_owner"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}, step {self.number}: {self.what}"

    @property
    def owner_name(self) -> str:
        """Who does it, in words."""
        return self.owner.title if self.owner else self.owner_words


class StepFollowUp(models.Model):
    """What became of a planned step, as somebody said it in a later cycle.

    Of a step that is not done, when it will be and what happened; the latest word counts.
    """

    step = models.ForeignKey(PlannedStep, on_delete=models.PROTECT, related_name="follow_ups")
    outcome = EnumField(StepOutcome)
    new_due_on = models.DateField(null=True, blank=True)
    words = models.TextField(blank=True)
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    told_for = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    told_as = EnumField(Capacity)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome=StepOutcome.NOT_DONE) | Q(new_due_on__isnull=False),
                name="step_not_done_gets_a_new_day",
            ),
            models.CheckConstraint(
                condition=Q(outcome=StepOutcome.DONE) | ~Q(words=""),
                name="step_not_done_says_what_happened",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step}: {self.outcome.label} (#{self.pk})"
