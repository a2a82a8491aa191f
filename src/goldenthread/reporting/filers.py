"""Who filed a return, in words: named beside the post that it is of."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.utils import timezone

from goldenthread.accounts.models import User
from goldenthread.design.words import long_date
from goldenthread.domain.posts import Capacity
from goldenthread.organisation.models import Post
from goldenthread.reporting.permissions import Item, holding_posts, officer_of


class Filed(Protocol):
    """Anything that somebody submits in a post, such as a return or its exception report."""

    submitted_at: datetime | None
    submitted_by: User | None
    submitted_for: Post | None
    submitted_as: Capacity | None


def filed_words(update: Filed, item: Item) -> str:
    """Say for which post a return was filed, by whom and when; nothing of one that is not in.

    "Leisure Services Manager: filed by Jo Field, deputy, on 14 July 2009".
    """
    if update.submitted_by is None or update.submitted_at is None:
        return ""
    when = long_date(timezone.localdate(update.submitted_at))
    role = _role(update, item)
    who = f"{update.submitted_by.name}, {role}," if role else update.submitted_by.name
    return f"{_post_filed_for(update, item)}: filed by {who} on {when}"


def filed_by_another(update: Filed, item: Item) -> str:
    """Name whoever filed a return other than the post's own holder, for a paper; nothing otherwise."""
    role = _role(update, item)
    if update.submitted_by is None or not role:
        return ""
    return f"Filed by {update.submitted_by.name}, {role}."


def _post_filed_for(update: Filed, item: Item) -> Post:
    """Find the post that a return speaks for: one that holds the item, also where a lead filed it."""
    post = update.submitted_for
    return post if post is not None and post.pk in holding_posts(item) else officer_of(item)


def _role(update: Filed, item: Item) -> str:
    """Say in what capacity somebody filed; nothing of a post's own holder."""
    post, capacity = update.submitted_for, update.submitted_as
    if post is None or capacity is None:
        return ""
    is_own = post.pk in holding_posts(item)
    if capacity is Capacity.ANSWERABLE:
        return "" if is_own else post.title
    return capacity.label.lower() if is_own else f"{capacity.label.lower()} of {post.title}"
