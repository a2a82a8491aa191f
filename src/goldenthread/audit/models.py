from __future__ import annotations

from enum import StrEnum

from django.db import models

from goldenthread.persistence.fields import EnumField


class Verb(StrEnum):
    """What can be done that is kept for good, in the past tense."""

    COUNCIL_ADDED = "council_added"
    FRAMEWORK_ADOPTED = "framework_adopted"
    POST_ADDED = "post_added"
    POST_TAKEN_UP = "post_taken_up"
    POST_LEFT = "post_left"
    DEPUTY_NAMED = "deputy_named"
    BODY_ADDED = "body_added"
    CORPORATE_PLAN_ADDED = "corporate_plan_added"
    PRIORITY_ADDED = "priority_added"
    PLAN_ADDED = "plan_added"
    CHALLENGE_ADDED = "challenge_added"
    ACTION_ADDED = "action_added"
    BUDGET_SET = "budget_set"
    RISK_ADDED = "risk_added"
    RISK_ACTION_ADDED = "risk_action_added"
    INDICATOR_ADDED = "indicator_added"
    INDICATOR_PLACED = "indicator_placed"
    TARGET_SET = "target_set"
    TARGET_REVISED = "target_revised"
    DUE_REVISED = "due_revised"
    MEASUREMENT_RECORDED = "measurement_recorded"
    CYCLE_PLANNED = "cycle_planned"
    MILESTONES_MOVED = "milestones_moved"
    CLOSED_DAYS_KEPT = "closed_days_kept"
    CLOSED_DAYS_TAKEN_OUT = "closed_days_taken_out"
    CALENDAR_FEED_MADE = "calendar_feed_made"
    CALENDAR_FEED_STOPPED = "calendar_feed_stopped"
    MILESTONE_ADDED = "milestone_added"
    MILESTONE_REMOVED = "milestone_removed"
    CYCLE_LOCKED = "cycle_locked"
    CYCLE_UNLOCKED = "cycle_unlocked"
    CYCLE_STEP_TAKEN = "cycle_step_taken"
    CYCLE_STEP_SET = "cycle_step_set"
    DEADLINE_TOLD = "deadline_told"
    ANOTHER_DAY_TOLD = "another_day_told"
    PERSON_LET_IN = "person_let_in"
    UPDATE_DRAFTED = "update_drafted"
    UPDATE_SUBMITTED = "update_submitted"
    UPDATE_CALLED_BACK = "update_called_back"
    UPDATE_CORRECTED = "update_corrected"
    UPDATE_RETURNED = "update_returned"
    WORKBOOK_UPLOADED = "workbook_uploaded"
    WORKBOOK_TAKEN_IN = "workbook_taken_in"
    PLAN_SIGNED_OFF = "plan_signed_off"
    EXCEPTION_REPORT_DRAFTED = "exception_report_drafted"
    EXCEPTION_REPORT_SUBMITTED = "exception_report_submitted"
    EXCEPTION_REPORT_CALLED_BACK = "exception_report_called_back"
    EXCEPTION_REPORT_RETURNED = "exception_report_returned"
    EXCEPTION_REPORT_ENDORSED = "exception_report_endorsed"
    COUNTY_REPORT_ATTACHED = "county_report_attached"
    STATEMENT_DRAFTED = "statement_drafted"
    STATEMENT_SUBMITTED = "statement_submitted"
    STATEMENT_CALLED_BACK = "statement_called_back"
    EVALUATION_DRAFTED = "evaluation_drafted"
    EVALUATION_SUBMITTED = "evaluation_submitted"
    EVALUATION_CALLED_BACK = "evaluation_called_back"
    FINANCE_DRAFTED = "finance_drafted"
    FINANCE_SUBMITTED = "finance_submitted"
    FINANCE_CALLED_BACK = "finance_called_back"
    PLANNED_STEP_FOLLOWED_UP = "planned_step_followed_up"
    OFFICERS_REMINDED = "officers_reminded"
    OFFICERS_NUDGED = "officers_nudged"
    NOTICE_RETRIED = "notice_retried"
    PACK_ISSUED = "pack_issued"
    PACK_FILES_MADE = "pack_files_made"
    PACK_FILE_RETRIED = "pack_file_retried"
    EXEMPTION_MARKED = "exemption_marked"
    EXEMPTION_LIFTED = "exemption_lifted"
    WORD_TEMPLATE_PUT_ON = "word_template_put_on"
    WORD_TEMPLATE_TAKEN_OFF = "word_template_taken_off"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


class AuditChain(models.Model):
    """The end of one council's audit trail, to which the next entry is chained."""

    council = models.SlugField(unique=True)
    length = models.PositiveBigIntegerField(default=0)
    seal = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"Audit trail of {self.council}, {self.length} entries"


class AuditEntry(models.Model):
    """One deed: who did what to which record, when, sealed to the entry before it.

    It holds no foreign keys, so that the trail outlives whatever it speaks of.
    """

    council = models.SlugField()
    number = models.PositiveBigIntegerField()
    verb = EnumField(Verb)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.TextField()
    target_type = models.CharField(max_length=100)
    target_id = models.BigIntegerField()
    target_name = models.TextField()
    changes = models.JSONField(default=dict)
    happened_at = models.DateTimeField()
    previous_seal = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "audit entries"
        constraints = [
            models.UniqueConstraint(
                fields=["council", "number"], name="audit_entry_number_unique_in_council"
            )
        ]
        indexes = [models.Index(fields=["target_type", "target_id"], name="audit_entry_target")]

    def __str__(self) -> str:
        return f"{self.council} #{self.number}: {self.verb} {self.target_name}"
