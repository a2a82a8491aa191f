"""A council's outbox at the command line: what waits, was sent, was refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from goldenthread.config.working import no_mail_server
from goldenthread.design.words import plural
from goldenthread.notices import queries
from goldenthread.notices.models import Notice
from goldenthread.notices.operations import NotRefusedError, retry_notice
from goldenthread.organisation.models import Council

MOST_LISTED = 20


def describe(council: Council) -> Iterator[str]:
    """Say in lines what waits and why, how much was sent, and what was refused in which words."""
    tally = queries.tally(council.name)
    yield f"{council.title}: {tally.waiting} waiting, {tally.sent} sent, {tally.refused} refused."
    if tally.waiting and (why := no_mail_server()):
        yield why
    if tally.waiting:
        yield "\nWaiting:"
        yield from _listed(queries.waiting(council.name), tally.waiting)
    if tally.refused:
        yield "\nRefused; try again with --retry when the cause is mended:"
        yield from _listed(queries.refused(council.name), tally.refused)


def _listed(notices: queries.Notices, count: int) -> Iterator[str]:
    for notice in notices[:MOST_LISTED]:
        yield f"  {_moment(notice.written_at)}  {notice.address}  {notice.subject}"
        if notice.tries or notice.latest_error:
            yield f"    {_tries(notice)}"
    if count > MOST_LISTED:
        yield f"  and {count - MOST_LISTED} older"


def _tries(notice: Notice) -> str:
    tried = f"tried {plural(notice.tries, 'time')}" if notice.tries else "not tried yet"
    next_try = "" if notice.refused_at else f", next {_moment(notice.due_at)}"
    return f"{tried}{next_try}: {notice.latest_error or 'under way'}"


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def retry_refused(council: Council, *, at: datetime) -> int:
    """Let all refused messages of a council be tried again; returns how many."""
    return sum(_retry(notice, at) for notice in queries.refused(council.name))


def _retry(notice: Notice, at: datetime) -> bool:
    try:
        retry_notice(notice=notice, by=None, at=at)
    except NotRefusedError:
        # Somebody else let it be tried again meanwhile.
        return False
    return True
