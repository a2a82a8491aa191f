"""A council's outbox at the command line: what waits, was sent, was refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import click
from django.conf import settings
from django.utils import timezone

from goldenthread.config.working import no_mail_server
from goldenthread.design.words import plural
from goldenthread.notices import delivery, queries
from goldenthread.notices.models import Notice
from goldenthread.notices.operations import CannotRetryError, retry_notice
from goldenthread.notices.postbox import UnreachableError
from goldenthread.organisation.models import Council

MOST_LISTED = 20


def check_mail_server() -> None:
    """Say that the mail server lets us in.

    :raises ClickException: if it does not, or none is set
    """
    if not delivery.has_mail_server():
        raise click.ClickException("There is no mail server to ask.")
    try:
        delivery.check_mail_server()
    except UnreachableError as error:
        raise click.ClickException(f"The mail server does not let us in: {error}") from error
    click.echo(f"The mail server {settings.EMAIL_HOST} lets us in.")


def describe(council: Council, at: datetime) -> Iterator[str]:
    """Say in lines what waits and why, how much was sent, and what was refused in which words."""
    tally = queries.tally(council.name, at)
    lapsed = f" {tally.lapsed} not sent: out of date." if tally.lapsed else ""
    yield f"{council.title}: {tally.waiting} waiting, {tally.sent} sent, {tally.refused} refused.{lapsed}"
    if tally.waiting and (why := no_mail_server(at)):
        yield why
    if tally.waiting:
        yield "\nWaiting:"
        yield from _listed(queries.waiting(council.name, at), tally.waiting)
    if tally.refused:
        yield "\nRefused; try again with --retry when the cause is mended:"
        yield from _listed(queries.refused(council.name, at), tally.refused)


def _listed(notices: queries.Notices, count: int) -> Iterator[str]:
    for notice in notices[:MOST_LISTED]:
        yield f"  {_moment(notice.written_at)}  {notice.address}  {notice.subject}"
        if notice.tries or notice.latest_error:
            yield f"    {_tries(notice)}"
    if count > MOST_LISTED:
        yield f"  and {count - MOST_LISTED} older"


def _tries(notice: Notice) -> str:
    if not notice.tries:
        return f"waits for the mail server, which said: {notice.latest_error}"
    next_try = "" if notice.refused_at else f", next {_moment(notice.due_at)}"
    return f"tried {plural(notice.tries, 'time')}{next_try}: {notice.latest_error or 'under way'}"


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def retry_refused(council: Council, *, at: datetime) -> int:
    """Let the refused messages of a council be tried again, but those to leavers and those out of date; returns how many."""
    return sum(_retry(notice, at) for notice in queries.refused(council.name, at))


def _retry(notice: Notice, at: datetime) -> bool:
    try:
        retry_notice(notice=notice, by=None, at=at)
    except CannotRetryError:
        # They have left, it is out of date, or somebody else let it be tried again meanwhile.
        return False
    return True
