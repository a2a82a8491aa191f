"""Who settles who holds a post, what papers are written on, and what was promised and revised."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from goldenthread.domain.posts import Capacity
from goldenthread.organisation.models import Duty, Post, PostHolding
from goldenthread.organisation.officeholder import Officeholder


def check_can_fill(by: Officeholder, post: Post) -> None:
    """Let only the performance manager of a council put people in its posts, and no deputy of theirs.

    :raises PermissionDenied: if the person is not
    """
    if not _manages(by, post):
        raise PermissionDenied(
            "Only the performance manager can say who holds a post, and nobody who stands in for them."
        )


def check_can_name_deputy(by: Officeholder, post: Post) -> None:
    """Let those who hold a post, and the performance manager, say who stands in; a deputy names none.

    :raises PermissionDenied: if the person is neither
    """
    holds = by.holds(post.pk) and by.capacity_in(post) is not Capacity.DEPUTY
    if not holds and not _manages(by, post):
        raise PermissionDenied(
            f"Only whoever holds the post of {post} and the performance manager can name its deputy, "
            "and nobody who stands in for them."
        )


def check_can_end(by: Officeholder, holding: PostHolding) -> None:
    """Let a deputy's time be ended by whoever could have named them, and any other by the manager.

    :raises PermissionDenied: if the person may not
    """
    if holding.capacity is Capacity.DEPUTY:
        check_can_name_deputy(by, holding.post)
    else:
        check_can_fill(by, holding.post)


def check_can_choose_template(by: Officeholder) -> None:
    """Let only whoever issues a council's papers choose the Word document that they are written on.

    :raises PermissionDenied: if the person is not the performance manager
    """
    if not by.is_performance_manager:
        raise PermissionDenied("Only the performance manager can choose the template of papers.")


def check_can_revise(by: Officeholder, council_id: int) -> None:
    """Let only a council's performance manager enter that a target or date was revised (clause G-5).

    :raises PermissionDenied: if the person is not
    """
    if council_id != by.council.pk or not by.is_performance_manager:
        raise PermissionDenied("Only the performance manager can enter a revised target or date.")


def _manages(by: Officeholder, post: Post) -> bool:
    """Test whether somebody says who holds a post: the performance manager, but not as their deputy.

    A deputy chases, locks and issues papers for them. Who could fill posts as one could keep, by
    taking over the manager's own, what was lent for some days.
    """
    return post.council_id == by.council.pk and any(
        held.duty is Duty.PERFORMANCE_MANAGER and by.capacity_in(held) is not Capacity.DEPUTY
        for held in by.posts
    )
