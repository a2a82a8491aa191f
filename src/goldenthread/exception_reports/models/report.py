from __future__ import annotations

import hashlib
import json

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from goldenthread.domain.exception_states import EndorsingRole, ReportState
from goldenthread.domain.posts import Capacity
from goldenthread.exception_reports.models.county_file import CountyFile
from goldenthread.organisation.models import Post
from goldenthread.persistence.fields import EnumField, OptionalEnumField
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate

# A check that comes to NULL lets a row in, so each answer is asked for by itself.
_TOLD_WHOLE = (
    ~Q(why="")
    & Q(needs_resources__isnull=False, is_exceptional__isnull=False)
    & (Q(needs_resources=False) | (Q(needs_resources=True) & ~Q(resources="")))
    & (Q(is_exceptional=False) | (Q(is_exceptional=True) & ~Q(exceptional="")))
)
# The County's report stands in for ours (clause R-5).
_COUNTYS_STANDS_IN = Q(county_file__isnull=False) | ~Q(county_words="")
_NOT_RETURNED = Q(returned_at=None, returned_by=None, revision_note="")
_RETURNED_WITH_NOTE = Q(returned_at__isnull=False, returned_by__isnull=False) & ~Q(revision_note="")
_SEALED = (
    *("why", "done", "planned", "limits", "needs_resources", "resources", "resources_effect"),
    *("must_be_endorsed", "is_exceptional", "exceptional", "county_words", "county_file_id"),
    "version",
)


class ExceptionReport(models.Model):
    """Why an action or an indicator is off track, and what is being done about it (clause E-2).

    What is planned are its steps; `planned` are words about them. If it `must_be_endorsed`, DMT and
    a Cabinet Member endorse the resources that it asks for. `told_of_steps` keeps what it said of
    the steps promised before. A lead who sends it back says why in `revision_note`.
    """

    action_update = models.OneToOneField(
        ActionUpdate,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="exception_report",
    )
    indicator_update = models.OneToOneField(
        IndicatorUpdate,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="exception_report",
    )
    why = models.TextField(blank=True)
    done = models.TextField(blank=True)
    planned = models.TextField(blank=True)
    limits = models.TextField(blank=True)
    needs_resources = models.BooleanField(null=True, blank=True)
    resources = models.TextField(blank=True)
    resources_effect = models.TextField(blank=True)
    must_be_endorsed = models.BooleanField(null=True, blank=True)
    is_exceptional = models.BooleanField(null=True, blank=True)
    exceptional = models.TextField(blank=True)
    county_words = models.TextField(blank=True)
    county_file = models.ForeignKey(
        CountyFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    told_of_steps = models.JSONField(default=dict, blank=True)
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
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revision_note = models.TextField(blank=True)

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(action_update=None) ^ Q(indicator_update=None),
                name="exception_report_is_about_one_return",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None, submitted_by=None)
                | (
                    Q(submitted_at__isnull=False, submitted_by__isnull=False)
                    & (_TOLD_WHOLE | _COUNTYS_STANDS_IN)
                ),
                name="submitted_exception_report_is_whole",
            ),
            models.CheckConstraint(
                condition=_NOT_RETURNED | _RETURNED_WITH_NOTE,
                name="returned_exception_report_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Exception report, {self.about}"

    @property
    def about(self) -> ActionUpdate | IndicatorUpdate:
        """The return that it explains."""
        update = self.action_update or self.indicator_update
        if update is None:  # pragma: no cover - the database refuses it
            raise ValueError("This exception report is about nothing")
        return update

    @property
    def is_submitted(self) -> bool:
        return self.submitted_at is not None

    @property
    def is_to_revise(self) -> bool:
        """Whether a lead sent it back and it was not submitted again."""
        return self.returned_at is not None and not self.is_submitted

    @property
    def is_countys(self) -> bool:
        """Whether the County's own report stands in for ours (clause R-5)."""
        return self.county_file_id is not None or self.county_words != ""

    @property
    def state(self) -> ReportState:
        if not self.is_submitted:
            return ReportState.RETURNED if self.is_to_revise else ReportState.DRAFT
        endorsed = self.endorsed_as(EndorsingRole.LEAD_MEMBER)
        return ReportState.ENDORSED if endorsed else ReportState.SUBMITTED

    def endorsed_as(self, role: EndorsingRole) -> Endorsement | None:
        """Find somebody's endorsement of these very words, in a role."""
        if not self.is_submitted:
            return None
        given = [each for each in self.endorsements.all() if each.role is role]
        seal = self.seal if given else ""
        return next((each for each in given if each.seal == seal), None)

    @property
    def seal(self) -> str:
        """A digest of every word of this version, its steps' among them."""
        said = {name: getattr(self, name) for name in _SEALED}
        steps = [
            [step.what, step.owner_name, str(step.due_on), step.note] for step in self.steps.all()
        ]
        sealed = json.dumps([said, steps], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(sealed.encode()).hexdigest()


class Endorsement(models.Model):
    """Somebody's word that an exception report, or what it asks for, is right as it stood then.

    `seal` is of the words endorsed: once they change, the endorsement stands for them no more.
    """

    report = models.ForeignKey(
        ExceptionReport, on_delete=models.PROTECT, related_name="endorsements"
    )
    role = EnumField(EndorsingRole)
    seal = models.CharField(max_length=64)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    given_for = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    given_as = EnumField(Capacity)

    def __str__(self) -> str:
        return f"{self.report}, endorsed by {self.role.label} (#{self.pk})"
