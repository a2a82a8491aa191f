"""Taking messages from the outbox to the mail server: never lost, never sent by two workers."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.db import DatabaseError, connection

from goldenthread.domain.retries import Verdict
from goldenthread.notices import claims
from goldenthread.notices.models import Notice
from goldenthread.notices.postbox import NotTakenError, Postbox, UnreachableError
from goldenthread.notices.queries import due

_BETWEEN_RECORDINGS = 1.0
_log = logging.getLogger(__name__)


class _Outcome(StrEnum):
    SENT = "sent"
    REFUSED = "refused"
    DELAYED = "delayed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What came of going through the outbox once.

    `unreachable` says in the mail server's or the network's words why it was broken off, if it was.
    """

    sent: int = 0
    refused: int = 0
    delayed: int = 0
    unreachable: str = ""

    @property
    def is_empty(self) -> bool:
        return self == Delivery()


def has_mail_server() -> bool:
    """Test whether anybody has said which mail server to use."""
    return bool(settings.EMAIL_HOST)


def check_mail_server() -> None:
    """Make sure that the mail server lets us in and takes messages from our address; none is sent.

    :raises UnreachableError: if it does not
    """
    with Postbox() as postbox:
        postbox.check_sender()


def deliver_due(
    *, worker: str, clock: Callable[[], datetime], is_stopping: Callable[[], bool]
) -> Delivery:
    """Send every message that is due, one after another over one connection.

    `worker` is a word that no other worker has. Each message is claimed, sent and written down before
    the next, so that a worker that dies leaves at most one in doubt: whoever finds its claim run out
    sends it again under the same Message-ID. `is_stopping` is asked between messages.
    """
    counts: Counter[_Outcome] = Counter()
    unreachable = ""
    try:
        with Postbox() as postbox:
            while not is_stopping() and due(clock()).exists():
                postbox.open()
                notice = claims.claim_next(worker=worker, at=clock(), lease=settings.MAIL_LEASE)
                if notice is None:
                    break
                counts[_deliver(notice, postbox, clock)] += 1
    except UnreachableError as error:
        unreachable = str(error)
        claims.note_on_due(words=unreachable, at=clock())
    return Delivery(
        sent=counts[_Outcome.SENT],
        refused=counts[_Outcome.REFUSED],
        delayed=counts[_Outcome.DELAYED],
        unreachable=unreachable,
    )


def _deliver(notice: Notice, postbox: Postbox, clock: Callable[[], datetime]) -> _Outcome:
    try:
        postbox.send(notice)
    except NotTakenError as error:
        return _not_taken(notice, error, at=clock())
    except Exception as error:
        # One message that cannot even be written must not hold up those behind it.
        _log.exception("Message %s could not be written", notice.pk)
        words = f"{type(error).__name__}: {error}"
        return _not_taken(notice, NotTakenError(Verdict.TRY_AGAIN, words), at=clock())
    if not _record_sent(notice, clock):
        _log.warning("Message %s took so long that another worker has it too", notice.pk)
    return _Outcome.SENT


def _record_sent(notice: Notice, clock: Callable[[], datetime]) -> bool:
    """Write down what the mail server has taken, however often it takes: forgotten, it goes twice."""
    while True:
        try:
            return claims.record_sent(notice, at=clock())
        except DatabaseError:
            if notice.claimed_until is None or clock() >= notice.claimed_until:
                raise
            connection.close_if_unusable_or_obsolete()
            time.sleep(_BETWEEN_RECORDINGS)


def _not_taken(notice: Notice, error: NotTakenError, *, at: datetime) -> _Outcome:
    """Write down what the server's no means.

    :raises UnreachableError: if it is a no to us, and so to every message
    """
    match error.verdict:
        case Verdict.NOT_LET_IN:
            claims.give_back(notice, words=error.words)
            raise UnreachableError(error.words) from error
        case Verdict.REFUSED:
            claims.record_refused(notice, words=error.words, at=at)
            return _Outcome.REFUSED
        case Verdict.TRY_AGAIN:
            claims.record_delayed(notice, words=error.words, at=at)
            return _Outcome.DELAYED
