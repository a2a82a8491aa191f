from __future__ import annotations

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from goldenthread.domain.rating import Rating
from goldenthread.indicators.models import Indicator
from goldenthread.persistence.fields import FigureField, OptionalEnumField
from goldenthread.plans.models import Action
from goldenthread.reporting.models.cycle import ReportingCycle
from goldenthread.reporting.models.drafted import SAYS_WHY_RETURNED, Drafted

_NOT_SUBMITTED = Q(submitted_at=None, submitted_by=None)
_SUBMITTED_WITH_WORDS = Q(submitted_at__isnull=False, submitted_by__isnull=False) & ~Q(
    commentary=""
)


class OfficersReturn(Drafted):
    """What all returns of officers have: a rating and words.

    `confirmed_doubts` are the questions that the system asked and the officer ticked, in words.
    """

    rating = OptionalEnumField(Rating)
    commentary = models.TextField(blank=True)
    confirmed_doubts = models.JSONField(default=list, blank=True)

    class Meta:
        abstract = True

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
                condition=SAYS_WHY_RETURNED,
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
                condition=SAYS_WHY_RETURNED,
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
