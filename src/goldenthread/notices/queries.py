from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from django.db.models import Count, Q, QuerySet

from goldenthread.notices.models import Notice, NoticeKind

Notices: TypeAlias = QuerySet[Notice]

_SENT = Q(sent_at__isnull=False)
_REFUSED = Q(refused_at__isnull=False)
_UNSENT = Q(sent_at=None, refused_at=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many of a council's messages wait, were sent, were refused, and were out of date before they went."""

    waiting: int
    sent: int
    refused: int
    lapsed: int


def _waiting(at: datetime) -> Q:
    return _UNSENT & (Q(lapses_at=None) | Q(lapses_at__gt=at))


def _lapsed(at: datetime) -> Q:
    return _UNSENT & Q(lapses_at__lte=at)


def due(at: datetime) -> Notices:
    """List messages whose time has come, that are not out of date and that no worker holds, longest due first."""
    return waiting_anywhere(at).filter(due_at__lte=at).order_by("due_at", "pk")


def waiting(council: str, at: datetime) -> Notices:
    """List a council's messages that the mail server has not taken yet, newest first."""
    return notices_of(council).filter(_waiting(at))


def waiting_anywhere(at: datetime) -> Notices:
    """List the messages of all councils that wait, and that no worker holds."""
    is_free = Q(claimed_until=None) | Q(claimed_until__lte=at)
    return Notice.objects.filter(_waiting(at), is_free)


def lapsed(council: str, at: datetime) -> Notices:
    """List a council's messages that were out of date before the mail server took them, newest first."""
    return notices_of(council).filter(_lapsed(at))


def sent(council: str, at: datetime) -> Notices:
    """List a council's messages that the mail server has taken, newest first."""
    return notices_of(council).filter(_SENT)


def refused(council: str, at: datetime) -> Notices:
    """List a council's messages that the mail server will not take, newest first."""
    return notices_of(council).filter(_REFUSED)


def notices_to(council: str, recipient_id: int) -> Notices:
    """List a council's messages to one person, newest first."""
    return notices_of(council).filter(recipient_id=recipient_id)


def notices_about(council: str, kind: NoticeKind, key_prefix: str) -> Notices:
    """List a council's messages of a kind whose key begins so, newest first."""
    return notices_of(council).filter(kind=kind, key__startswith=key_prefix)


def latest_by_recipient(council: str, kind: NoticeKind, key_prefix: str) -> dict[int, Notice]:
    """Map each recipient, by their key, to the newest message of a kind whose key begins so."""
    oldest_first = reversed(notices_about(council, kind, key_prefix).defer("text", "html"))
    return {notice.recipient_id: notice for notice in oldest_first}


def every(council: str, at: datetime) -> Notices:
    """List a council's messages, newest first, however they stand."""
    return notices_of(council)


def notices_of(council: str) -> Notices:
    """List a council's messages, newest first."""
    return Notice.objects.filter(council=council).order_by("-written_at", "-pk")


def tally(council: str, at: datetime) -> Tally:
    """Count a council's messages by where they stand."""
    counts = Notice.objects.filter(council=council).aggregate(
        waiting=Count("pk", filter=_waiting(at)),
        sent=Count("pk", filter=_SENT),
        refused=Count("pk", filter=_REFUSED),
        lapsed=Count("pk", filter=_lapsed(at)),
    )
    return Tally(**counts)


def waiting_count(at: datetime) -> int:
    """Count the messages of all councils that the mail server has not taken yet."""
    return Notice.objects.filter(_waiting(at)).count()
