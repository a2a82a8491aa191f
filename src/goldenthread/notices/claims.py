"""Who holds a message while it is sent: one worker at a time, until a moment."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from goldenthread.domain.retries import wait_after
from goldenthread.notices.models import Notice
from goldenthread.notices.queries import due


@transaction.atomic
def claim_next(*, worker: str, at: datetime, lease: timedelta) -> Notice | None:
    """Take the message that has been due longest; None if there is none that nobody else holds.

    Whoever holds one and does not say what came of it before the lease is over loses it to the next:
    they have died. PostgreSQL steps over rows that another worker is just taking; on SQLite there is
    one writer at a time.
    """
    notice = due(at).select_for_update(skip_locked=True).first()
    if notice is None:
        return None
    notice.claimed_by, notice.claimed_until = worker, at + lease
    notice.tries += 1
    notice.save(update_fields=["claimed_by", "claimed_until", "tries"])
    return notice


def record_sent(notice: Notice, *, at: datetime) -> bool:
    """Write down that the mail server has taken a message; False if somebody else holds it now."""
    return _let_go(notice, sent_at=at, latest_error="")


def record_refused(notice: Notice, *, words: str, at: datetime) -> bool:
    """Write down that the mail server will not take a message, in its own words."""
    return _let_go(notice, refused_at=at, latest_error=words)


def record_delayed(notice: Notice, *, words: str, at: datetime) -> bool:
    """Write down that a message has to wait, and until when; after enough tries it is refused."""
    wait = wait_after(notice.tries)
    if wait is None:
        words = f"Given up after {notice.tries} tries. {words}"
        return record_refused(notice, words=words, at=at)
    return _let_go(notice, due_at=at + wait, latest_error=words)


def give_back(notice: Notice, *, words: str) -> bool:
    """Let go of a message that could not be tried at all, for no fault of its own."""
    return _let_go(notice, tries=notice.tries - 1, latest_error=words)


def note_on_due(*, words: str, at: datetime) -> None:
    """Write beside every message that is due why none can be sent."""
    due(at).exclude(latest_error=words).order_by().update(latest_error=words)


def _let_go(notice: Notice, **changes: Any) -> bool:
    return bool(_held(notice).update(claimed_by="", claimed_until=None, **changes))


def _held(notice: Notice) -> QuerySet[Notice]:
    """Find a message only as long as whoever claimed it still holds it."""
    return Notice.objects.filter(pk=notice.pk, claimed_by=notice.claimed_by, sent_at=None)
