from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from goldenthread.organisation.models import Body
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.packs import permissions
from goldenthread.packs.compose.material import NotReceivedError
from goldenthread.packs.models import Pack
from goldenthread.packs.operations.issuing import (
    AlreadyIssuedError,
    CannotIssueError,
    Urgency,
    issue_pack,
)
from goldenthread.packs.queries import not_issued
from goldenthread.reporting.models import ReportingCycle


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of issuing a forum's papers: the pack, or why there is none."""

    body: Body
    pack: Pack | None = None
    why_not: str = ""


def issue_all(
    *, cycle: ReportingCycle, by: Officeholder, at: datetime, urgency: Urgency | None = None
) -> list[Outcome]:
    """Issue a cycle's papers to every forum that receives them and has none yet, each by itself.

    What keeps one forum's papers back keeps no other's back. A reason of urgency is given to those
    alone that need one.

    :raises PermissionDenied: if the person is not the performance manager
    """
    permissions.check_can_issue(by)
    return [
        _issue(cycle=cycle, body=draft.body, by=by, at=at, urgency=urgency)
        for draft in not_issued([cycle])
    ]


def _issue(
    *,
    cycle: ReportingCycle,
    body: Body,
    by: Officeholder,
    at: datetime,
    urgency: Urgency | None,
) -> Outcome:
    try:
        pack = issue_pack(cycle=cycle, body=body, by=by, at=at, urgency=urgency)
    except (AlreadyIssuedError, CannotIssueError, NotReceivedError) as error:
        return Outcome(body=body, why_not=str(error))
    return Outcome(body=body, pack=pack)
