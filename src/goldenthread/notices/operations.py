from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from email.utils import make_msgid
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from goldenthread.accounts.models import User
from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.domain.plain_text import clean, one_line
from goldenthread.domain.working_days import ONE_DAY
from goldenthread.notices.models import LONGEST_SUBJECT, Notice, NoticeKind
from goldenthread.notices.queries import waiting_anywhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What a message says: the same in plain text and in HTML."""

    subject: str
    text: str
    html: str


def end_of(day: date) -> datetime:
    """Find the moment from which on a message that holds for a day is out of date."""
    return timezone.make_aware(datetime.combine(day + ONE_DAY, time()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message to somebody who has not left, and the key by which they get it once.

    From `lapses_at` on it is out of date, and is not sent any more.
    """

    key: str
    to_id: int
    name: str
    address: str
    message: Message
    lapses_at: datetime | None = None


@transaction.atomic
def post_notice(
    *,
    council: str,
    kind: NoticeKind,
    key: str,
    to: User,
    message: Message,
    at: datetime,
    lapses_at: datetime | None = None,
) -> Notice | None:
    """Put a message into the outbox, in the transaction of whatever caused it; the worker sends it.

    Returns None if a message of that key is there already: a caller that runs late, twice or on two
    machines writes it once. Nothing is written to somebody who has left.
    """
    if not to.is_active:
        return None
    letter = Letter(
        key=key,
        to_id=to.pk,
        name=to.name,
        address=to.email,
        message=message,
        lapses_at=lapses_at,
    )
    notice, is_new = Notice.objects.get_or_create(
        council=council, key=key, defaults=_written(kind, letter, at)
    )
    return notice if is_new else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """Messages of one kind for people of one council."""

    council: str
    kind: NoticeKind
    letters: Sequence[Letter]


@transaction.atomic
def post_notices(postings: Sequence[Posting], *, at: datetime) -> list[list[Letter]]:
    """Put messages into the outbox at once, in a number of queries that stays, and return the new ones.

    They are returned posting by posting. The caller keeps others from writing messages of the same
    keys meanwhile, by a lock of its own.
    """
    keys = [letter.key for posting in postings for letter in posting.letters]
    if not keys:
        return [[] for _ in postings]
    found = Notice.objects.filter(council__in={each.council for each in postings}, key__in=keys)
    there = set(found.values_list("council", "key"))
    new = [
        [letter for letter in posting.letters if (posting.council, letter.key) not in there]
        for posting in postings
    ]
    Notice.objects.bulk_create(
        [
            Notice(council=posting.council, key=letter.key, **_written(posting.kind, letter, at))
            for posting, letters in zip(postings, new, strict=True)
            for letter in letters
        ],
        ignore_conflicts=True,
    )
    return new


def _written(kind: NoticeKind, letter: Letter, at: datetime) -> dict[str, Any]:
    return {
        "kind": kind,
        "recipient_id": letter.to_id,
        "recipient_name": letter.name,
        "address": letter.address,
        "subject": one_line(letter.message.subject, at_most=LONGEST_SUBJECT),
        "text": clean(letter.message.text),
        "html": clean(letter.message.html),
        # The host's name is no business of whoever reads the mail.
        "message_id": make_msgid(domain=settings.MAIL_DOMAIN),
        "written_at": at,
        "due_at": at,
        "lapses_at": letter.lapses_at,
    }


@transaction.atomic
def let_lapse(
    letters: Iterable[tuple[str, int]], kinds: Collection[NoticeKind], *, at: datetime
) -> int:
    """Let messages of some kinds that wait for people of councils lapse: another says what is so by now.

    Those that a worker is just sending go out all the same. Returns how many lapsed.
    """
    wanted = set(letters)
    rows = waiting_anywhere(at).filter(
        kind__in=kinds,
        council__in={council for council, _ in wanted},
        recipient_id__in={person for _, person in wanted},
    )
    found = [
        pk
        for pk, council, person in rows.values_list("pk", "council", "recipient_id")
        if (council, person) in wanted
    ]
    return Notice.objects.filter(pk__in=found, sent_at=None).update(lapses_at=at)


class CannotRetryError(Exception):
    """A message cannot be tried again: it is not refused, is out of date, or its recipient has left."""


@transaction.atomic
def retry_notice(*, notice: Notice, by: User | None, at: datetime) -> None:
    """Let a message that was refused be tried afresh, under the same Message-ID.

    It goes to the address that its recipient has by now. With nobody as `by`, the council's IT did it
    at the command line.

    :raises CannotRetryError: if it is not refused (any more), is out of date, or its recipient has left
    """
    held = Notice.objects.select_for_update().get(pk=notice.pk)
    if held.refused_at is None:
        raise CannotRetryError(f"{held} is not refused")
    if held.is_out_of_date(at):
        raise CannotRetryError(f"{held} is out of date")
    before, held.address = held.address, _present_address(held)
    held.refused_at, held.due_at, held.tries = None, at, 0
    held.save(update_fields=["address", "refused_at", "due_at", "tries"])
    audit.record(
        council=held.council,
        verb=Verb.NOTICE_RETRIED,
        target=held,
        by=by,
        at=at,
        changes={"refused": [held.latest_error, None], "address": [before, held.address]},
    )


def _present_address(notice: Notice) -> str:
    recipient = User.objects.filter(pk=notice.recipient_id).first()
    if recipient is None:
        return notice.address
    if not recipient.is_active:
        raise CannotRetryError(f"{recipient.name} has left")
    return recipient.email
