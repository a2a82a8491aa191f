"""Who makes a file of issued papers: one worker at a time, until a moment."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.domain.retries import wait_before_making
from goldenthread.packs.models import FileToMake, Pack, PackFile
from goldenthread.packs.queries import due_files, files_of
from goldenthread.packs.seals import seal_of

# Ten times what a long paper takes; a PDF is given up after two minutes.
LEASE = timedelta(minutes=5)
_ENDED = "Whatever made it ended in the middle, each time: its memory may not suffice."


@transaction.atomic
def claim_next(*, worker: str, at: datetime, pack: Pack | None = None) -> FileToMake | None:
    """Take the file that has been due longest; None if there is none that nobody else holds.

    Whoever holds one and does not say what came of it before the lease is over loses it to the next:
    they have died. A file at which workers die again and again is given up, so that it takes no more
    of them with it.
    """
    due = due_files(at) if pack is None else due_files(at).filter(pack=pack)
    # PostgreSQL steps over rows that another worker is just taking; on SQLite one writes at a time.
    free = due.select_for_update(skip_locked=True, of=("self",))
    while (file := free.first()) is not None:
        if wait_before_making(file.tries) is not None:
            _change(file, claimed_by=worker, claimed_until=at + LEASE, tries=file.tries + 1)
            return file
        _change(file, given_up_at=at, latest_error=_ENDED, claimed_by="", claimed_until=None)
    return None


@transaction.atomic
def record_made(file: FileToMake, content: bytes, *, at: datetime) -> bool:
    """Keep a file for good; False if somebody else holds it now, and the content is dropped."""
    # The last file of a pack is told in the record, so only one at a time may count what is left.
    Pack.objects.select_for_update().get(pk=file.pack_id)
    if not _held(file).delete()[0]:
        return False
    PackFile.objects.create(
        pack=file.pack,
        edition=file.edition,
        format=file.format,
        content=content,
        size=len(content),
        sha256=seal_of(content),
    )
    if not file.pack.files_to_make.exists():
        _tell(file.pack, at)
    return True


def _tell(pack: Pack, at: datetime) -> None:
    audit.record(
        council=pack.cycle.council.name,
        verb=Verb.PACK_FILES_MADE,
        target=pack,
        by=None,
        at=at,
        changes={
            f"{file.edition.value}.{file.format.value}": [None, file.sha256]
            for file in files_of(pack)
        },
    )


def record_failed(file: FileToMake, *, words: str, at: datetime) -> bool:
    """Write down why a file could not be made, and when it is tried again; at last it is given up."""
    wait = wait_before_making(file.tries)
    changes: dict[str, Any] = {"given_up_at": at} if wait is None else {"due_at": at + wait}
    released = {"claimed_by": "", "claimed_until": None, "latest_error": words}
    return bool(_held(file).update(**released, **changes))


def _held(file: FileToMake) -> QuerySet[FileToMake]:
    """Find a file only as long as whoever claimed it still holds it."""
    return FileToMake.objects.filter(pk=file.pk, claimed_by=file.claimed_by)


def _change(file: FileToMake, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(file, name, value)
    file.save(update_fields=list(changes))
