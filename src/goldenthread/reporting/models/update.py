from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from goldenthread.domain.posts import Capacity
from goldenthread.domain.rating import Rating
from goldenthread.indicators.models import Indicator
from goldenthread.organisation.models import Post
from goldenthread.persistence.fields import FigureField, OptionalEnumField
from goldenthread.plans.models import Action
from goldenthread.reporting.models.cycle import ReportingCycle

_NOT_SUBMITTED = Q(submitted_at=None, submitted_by=None)
_SUBMITTED_WITH_WORDS = Q(submitted_at__isnull=False, submitted_by__isnull=False) & ~Q(
    commentary=""
)


_NOT_RETURNED = Q(returned_at=None, returned_by=None, revision_note="")
_RETURNED_WITH_NOTE = Q(returned_at__isnull=False, returned_by__isnull=False) & ~Q(revision_note="")


class OfficersReturn(models.Model):
    """What all returns have: a rating, words, who saved and who submitted them.

    Until it is submitted it is a draft. `version` counts its savings, so that whoever saves over
    somebody else's words is told. Who submitted it did so in a post, as its holder or deputy.
    `confirmed_doubts` are the questions that the system asked and the officer ticked, in words.
    A lead who sends it back says why in `revision_note`, which stays when it is submitted again.
    """

    rating = OptionalEnumField(Rating)
    commentary = models.TextField(blank=True)
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
    confirmed_doubts = models.JSONField(default=list, blank=True)
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
    def submitted_rating(self) -> Rating | None:
        """The rating that stands in the report: a draft has none."""
        return self.rating if self.is_submitted else None


class ActionUpdate(OfficersReturn):
    """What an action officer says of their action in one cycle (clause R-1)."""

    cycle = models.ForeignKey(
        ReportingCycle, on_delete=models.PROTECT, related_name="action_updates"
    )
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="updates")

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "action"], name="one_update_per_action_and_cycle"
            ),
            models.CheckConstraint(
                condition=_NOT_SUBMITTED | (_SUBMITTED_WITH_WORDS & Q(rating__isnull=False)),
                name="submitted_action_update_is_whole",
            ),
            models.CheckConstraint(
                condition=_NOT_RETURNED | _RETURNED_WITH_NOTE,
                name="returned_action_update_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle.slug}: {self.action.reference}"

    @property
    def item(self) -> Action:
        return self.action


class IndicatorUpdate(OfficersReturn):
    """What an indicator officer says of their indicator in one cycle (clause R-2).

    It keeps the rating that the figures suggested, with its reason and inputs, beside the one that
    the officer chose; and the projected outturn beside the estimated one. Figures not yet
    submitted wait in `draft_figures`, by the first day of their period.
    """

    cycle = models.ForeignKey(
        ReportingCycle, on_delete=models.PROTECT, related_name="indicator_updates"
    )
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="updates")
    estimated_outturn = FigureField(null=True, blank=True)
    no_estimate_reason = models.TextField(blank=True)
    projected_outturn = FigureField(null=True, blank=True)
    projection_reason = models.TextField(blank=True)
    suggested_rating = OptionalEnumField(Rating)
    suggestion_reason = models.TextField(blank=True)
    suggestion_inputs = models.JSONField(default=list)
    judgement_reason = models.TextField(blank=True)
    draft_figures = models.JSONField(default=dict)

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "indicator"], name="one_update_per_indicator_and_cycle"
            ),
            models.CheckConstraint(
                condition=_NOT_SUBMITTED
                | (
                    _SUBMITTED_WITH_WORDS
                    & (Q(estimated_outturn__isnull=False) | ~Q(no_estimate_reason=""))
                ),
                name="submitted_indicator_update_is_whole",
            ),
            models.CheckConstraint(
                condition=_NOT_RETURNED | _RETURNED_WITH_NOTE,
                name="returned_indicator_update_says_why",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None)
                | Q(suggested_rating=None)
                | Q(rating=models.F("suggested_rating"))
                | ~Q(judgement_reason=""),
                name="judgement_against_the_figures_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle.slug}: {self.indicator.reference}"

    @property
    def item(self) -> Indicator:
        return self.indicator
