from __future__ import annotations

from django.conf import settings
from django.db import models

from goldenthread.domain.kinds import LeadRole
from goldenthread.domain.posts import Capacity
from goldenthread.organisation.models import Post
from goldenthread.persistence.fields import EnumField
from goldenthread.plans.models import Plan
from goldenthread.reporting.models.cycle import ReportingCycle


class SignOff(models.Model):
    """A lead's word that a plan's returns of a cycle are right as they stood when it was given.

    `seals` holds a digest of each return's words by its item, so that what changed since can be told.
    """

    cycle = models.ForeignKey(ReportingCycle, on_delete=models.PROTECT, related_name="sign_offs")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="sign_offs")
    role = EnumField(LeadRole)
    seals = models.JSONField(default=dict)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    signed_for = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    signed_as = EnumField(Capacity)

    def __str__(self) -> str:
        return (
            f"{self.plan.code} in {self.cycle.slug}, signed by its {self.role.label} (#{self.pk})"
        )
