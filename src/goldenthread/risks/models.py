from __future__ import annotations

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from goldenthread.domain.rating import Rating
from goldenthread.plans.models import RiskAction
from goldenthread.reporting.models import OfficersReturn, ReportingCycle
from goldenthread.reporting.models.drafted import SAYS_WHY_RETURNED

_DRAFT = Q(submitted_at=None, submitted_by=None)
_WHOLE = (
    Q(submitted_at__isnull=False, submitted_by__isnull=False, rating__isnull=False)
    & ~Q(commentary="")
    & (Q(rating=Rating.GREEN) | ~Q(being_done=""))
)


class RiskActionUpdate(OfficersReturn):
    """What a Risk Owner says of an action of the risk register in one cycle (clause R-3).

    `commentary` is the note on progress. Red or amber needs no exception report, but says in
    `being_done` what is being done about it.
    """

    cycle = models.ForeignKey(
        ReportingCycle, on_delete=models.PROTECT, related_name="risk_action_updates"
    )
    risk_action = models.ForeignKey(RiskAction, on_delete=models.PROTECT, related_name="updates")
    being_done = models.TextField(blank=True)

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "risk_action"], name="one_update_per_risk_action_and_cycle"
            ),
            models.CheckConstraint(
                condition=_DRAFT | _WHOLE, name="submitted_risk_action_update_is_whole"
            ),
            models.CheckConstraint(
                condition=SAYS_WHY_RETURNED, name="returned_risk_action_update_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle.slug}: {self.risk_action.reference}"

    @property
    def item(self) -> RiskAction:
        return self.risk_action

    @property
    def progress(self) -> str:
        """The note on progress, and of red or amber what is being done."""
        doing = f"What is being done: {self.being_done}" if self.being_done else ""
        return "\n".join(words for words in (self.commentary, doing) if words)
