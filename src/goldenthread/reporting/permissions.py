from __future__ import annotations

from typing import TypeAlias

from django.core.exceptions import PermissionDenied

from goldenthread.domain.closing import Closing
from goldenthread.indicators.models import Indicator
from goldenthread.organisation.models import Post
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import Action, Plan
from goldenthread.reporting.models import ReportingCycle

Item: TypeAlias = Action | Indicator
_SHUT_TO_OFFICERS = (Closing.CLOSED_TO_OFFICERS, Closing.LOCKED)


def check_can_file_in(by: Officeholder, cycle: ReportingCycle) -> None:
    """Let nobody file in the cycle of a council other than that of their posts.

    :raises PermissionDenied: if it is another council's
    """
    if cycle.council_id != by.council.pk:
        raise PermissionDenied(f"You hold no post in the council that reports in {cycle}.")


def check_can_file(by: Officeholder, item: Item, *, closing: Closing = Closing.OPEN) -> None:
    """Let an item's officers speak for it, and after the deadline those who answer for its plan.

    Whether the cycle still takes it is for `doors.check_may_file` to say (clause R-6).

    :raises PermissionDenied: if the person is neither
    """
    if holds(by, item) or (closing in _SHUT_TO_OFFICERS and answers_for(by, item)):
        return
    raise PermissionDenied(f"Only {officer_of(item)} can file this update.")


def holds(by: Officeholder, item: Item) -> bool:
    """Test whether a person holds an item's post, or one of them, or stands in for somebody who does."""
    return by.holds_any(holding_posts(item))


def answers_for(by: Officeholder, item: Item) -> bool:
    """Test whether a person answers for an item's plan: as a lead of it, or the performance manager."""
    return by.is_performance_manager or by.holds_any(leading_posts(item))


def acting_post(by: Officeholder, item: Item) -> Post | None:
    """Find the post in which a person speaks for an item: its own before that of a lead."""
    own = by.post_among(holding_posts(item))
    if own is not None:
        return own
    lead = by.post_among(leading_posts(item))
    return lead or next((post for post in by.posts if post.duty is not None), None)


def holding_posts(item: Item) -> frozenset[int]:
    """Name the posts that hold an item."""
    if isinstance(item, Action):
        return frozenset(holder.post_id for holder in item.holders.all())
    return frozenset([item.indicator_officer_id])


def leading_posts(item: Item) -> frozenset[int]:
    """Name the posts that lead the plans in which an item stands (clause P-2)."""
    plans = (
        [item.challenge.plan]
        if isinstance(item, Action)
        else Plan.objects.filter(placings__indicator=item)
    )
    return frozenset(post for plan in plans for post in (plan.lead_officer_id, plan.lead_member_id))


def officer_of(item: Item) -> Post:
    """Name the post that answers for an item."""
    return item.action_officer if isinstance(item, Action) else item.indicator_officer
