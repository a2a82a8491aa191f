from __future__ import annotations

from django.core.exceptions import PermissionDenied

from goldenthread.organisation.officeholder import Officeholder


def check_can_issue(by: Officeholder) -> None:
    """Let only the performance manager collate and issue packs (clause O-3).

    :raises PermissionDenied: if the person holds no such post
    """
    if not by.is_performance_manager:
        raise PermissionDenied(
            "Only the performance manager can preview and issue packs. "
            "Issued papers are under Papers, for those who sit on the body."
        )
