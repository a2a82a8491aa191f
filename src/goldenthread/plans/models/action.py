from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from goldenthread.organisation.models import Post
from goldenthread.plans.models.plan import Challenge


class Action(models.Model):
    """Something the council will do under a challenge: how, when and who (clause P-3).

    `due_words` is the "when" as the plan prints it; `due_on` the day it can be tracked by, wherever
    there is one. Several posts may hold an action, and one of them answers for it.
    """

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="actions")
    number = models.PositiveSmallIntegerField()
    description = models.TextField()
    due_words = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    action_officer = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="actions")
    officers = models.ManyToManyField(
        Post, through="plans.ActionOfficer", related_name="actions_held"
    )

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "number"], name="action_number_unique_in_challenge"
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(starts_on=None) | Q(due_on__gte=F("starts_on")),
                name="action_is_due_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.description}"

    @property
    def reference(self) -> str:
        """How people call it: CYPF 1.2, the second action of the first challenge."""
        return f"{self.challenge.plan.code} {self.challenge.number}.{self.number}"


class ActionOfficer(models.Model):
    """A post named beside an action, in the order the plan prints them."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="holders")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["action", "post"], name="post_holds_an_action_once")
        ]

    def __str__(self) -> str:
        return f"{self.post} for {self.action.reference}"
