"""Giving somebody's calendar program an address of its own, and taking it back."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from goldenthread.accounts.models import User
from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.organisation.models import Body
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.timetables.models import CalendarFeed
from goldenthread.timetables.permissions import check_can_follow
from goldenthread.timetables.queries.feeds import fingerprint_of


@transaction.atomic
def make_feed(*, body: Body | None, by: Officeholder, at: datetime) -> str:
    """Make a feed of a person's own dates or of a body's, and return the secret of its address.

    It is told this once. A feed of the same dates that they had stops.

    :raises PermissionDenied: if the body is none of theirs
    """
    check_can_follow(by, body)
    # Two of one person's clicks at once are told apart here.
    User.objects.select_for_update().get(pk=by.user.pk)
    _stop(body=body, by=by, at=at)
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(
        council=by.council,
        holder=by.user,
        body=body,
        fingerprint=fingerprint_of(token),
        made_at=at,
    )
    _record(Verb.CALENDAR_FEED_MADE, feed, by, at)
    return token


@transaction.atomic
def stop_feed(*, body: Body | None, by: Officeholder, at: datetime) -> None:
    """Stop a person's own feed of their dates or of a body's, if they have one.

    Whoever has left a body may still stop what they made.
    """
    User.objects.select_for_update().get(pk=by.user.pk)
    _stop(body=body, by=by, at=at)


def _stop(*, body: Body | None, by: Officeholder, at: datetime) -> None:
    held = CalendarFeed.objects.filter(
        council=by.council, holder=by.user, body=body, revoked_at=None
    )
    for feed in held:
        feed.revoked_at = at
        feed.save(update_fields=["revoked_at"])
        _record(Verb.CALENDAR_FEED_STOPPED, feed, by, at)


def _record(verb: Verb, feed: CalendarFeed, by: Officeholder, at: datetime) -> None:
    audit.record(council=by.council.name, verb=verb, target=feed, by=by.user, at=at)
