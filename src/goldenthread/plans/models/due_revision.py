from __future__ import annotations

from django.db import models
from django.db.models import Q

from goldenthread.indicators.models import Revision
from goldenthread.plans.models.action import Action


class DueRevision(Revision):
    """One revision of when an action is due, which keeps what the plan promised before."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="due_revisions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["action", "number"], name="due_revision_number_unique_in_action"
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(authority=""),
                name="due_revision_has_reason_and_authority",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action.reference}, revision {self.number} of its date"
