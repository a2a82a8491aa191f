from __future__ import annotations

from django.core.exceptions import PermissionDenied

from goldenthread.organisation.models import Body
from goldenthread.organisation.officeholder import Officeholder


def check_can_follow(by: Officeholder, body: Body | None) -> None:
    """Let somebody have their own dates in a calendar, and those of a body that they sit on.

    The performance manager may have those of any body of the council.

    :raises PermissionDenied: if the body is none of theirs
    """
    if body is None:
        return
    if body.council_id != by.council.pk:
        raise PermissionDenied(f"You hold no post in the council of {body}.")
    if not by.is_performance_manager and not _sits_on(by, body):
        raise PermissionDenied(
            f"The calendar of {body} is for those who sit on it, and for the performance manager."
        )


def _sits_on(by: Officeholder, body: Body) -> bool:
    return body.memberships.filter(post__in=by.post_ids).exists()
