"""Calendar feeds: which one an address stands for, and which a person may have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from goldenthread.organisation.models import Body
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.organisation.queries import bodies_of
from goldenthread.timetables.models import CalendarFeed


def fingerprint_of(token: str) -> str:
    """Turn the secret of an address into what is kept of it."""
    return sha256(token.encode()).hexdigest()


def find_feed(token: str) -> CalendarFeed | None:
    """Find the feed of an address; none if there never was one, or it was stopped.

    It is looked up by the fingerprint, so how long that takes says nothing about the secret.
    """
    found = CalendarFeed.objects.filter(fingerprint=fingerprint_of(token), revoked_at=None)
    return found.select_related("council", "holder", "body__council").first()


@dataclass(frozen=True, slots=True, kw_only=True)
class Followable:
    """Dates that somebody may have in their calendar, and the feed of them that they have."""

    body: Body | None
    feed: CalendarFeed | None

    @property
    def title(self) -> str:
        return self.body.title if self.body else "My own dates"

    @property
    def code(self) -> str:
        """How a form names them."""
        return self.body.code if self.body else "mine"


def followable(by: Officeholder) -> list[Followable]:
    """List what a person may follow: their own dates, then the bodies', in three queries."""
    feeds = CalendarFeed.objects.filter(
        council=by.council, holder=by.user, revoked_at=None
    ).select_related("holder")
    have = {feed.body_id: feed for feed in feeds}
    return [
        Followable(body=body, feed=have.get(body.pk if body else None))
        for body in [None, *_bodies(by)]
    ]


def _bodies(by: Officeholder) -> Sequence[Body]:
    bodies = bodies_of(by.council)
    if by.is_performance_manager:
        return list(bodies)
    return list(bodies.filter(memberships__post__in=by.post_ids).distinct())
