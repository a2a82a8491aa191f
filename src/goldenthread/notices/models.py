from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.db import models
from django.db.models import Q

from goldenthread.persistence.fields import EnumField

LONGEST_SUBJECT = 200


class NoticeKind(StrEnum):
    """Why a message was written."""

    REMINDER = "reminder"
    NUDGE = "nudge"
    RETURNED = "returned"
    SIGNED_OFF = "signed_off"
    CYCLE_OPENED = "cycle_opened"
    CYCLE_CLOSED = "cycle_closed"
    CYCLE_LOCKED = "cycle_locked"
    DEADLINE_MOVED = "deadline_moved"
    OPENING_MOVED = "opening_moved"
    LOCK_MOVED = "lock_moved"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


class Notice(models.Model):
    """A message to one person, kept until the mail server has taken it and for good afterwards.

    It holds no foreign keys, so that it outlives whatever it speaks of. `key` names what it is about,
    so that nobody gets the same message twice; `message_id` goes with every try, so that a mail
    server and a reader can tell a repeat. A worker that sends it holds it by `claimed_by` until
    `claimed_until`. From `lapses_at` on it is out of date, and is not sent any more.
    """

    council = models.SlugField()
    kind = EnumField(NoticeKind)
    key = models.CharField(max_length=200)
    recipient_id = models.BigIntegerField()
    recipient_name = models.CharField(max_length=200)
    address = models.EmailField(max_length=254)
    subject = models.CharField(max_length=LONGEST_SUBJECT)
    text = models.TextField()
    html = models.TextField()
    message_id = models.CharField(max_length=200, unique=True)
    written_at = models.DateTimeField()
    due_at = models.DateTimeField()
    lapses_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_by = models.CharField(max_length=64, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    latest_error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["council", "key"], name="one_notice_about_one_thing"),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(refused_at=None),
                name="notice_is_not_both_sent_and_refused",
            ),
            models.CheckConstraint(
                condition=Q(claimed_by="", claimed_until=None)
                | (~Q(claimed_by="") & Q(claimed_until__isnull=False)),
                name="notice_is_claimed_until_a_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(sent_at=None, refused_at=None),
                name="notices_to_send",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind.label} to {self.address}: {self.key}"

    def is_out_of_date(self, at: datetime) -> bool:
        """Test whether it was not sent in time, and is not to be sent any more."""
        return self.sent_at is None and self.lapses_at is not None and self.lapses_at <= at
