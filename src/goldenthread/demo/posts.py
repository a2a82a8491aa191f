"""The titles of the demonstration council's posts, and which of them sit together on a body."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from goldenthread.demo.plan_files import Files, PlanLead
from goldenthread.domain.kinds import BodyKind
from goldenthread.organisation.models import Duty

PERFORMANCE_MANAGER = "Performance Manager"
FINANCE = "Head of Financial Management"
DUTIES = {PERFORMANCE_MANAGER: Duty.PERFORMANCE_MANAGER, FINANCE: Duty.FINANCE}

CHIEF_EXECUTIVE = "Chief Executive"
DIRECTORS = [
    CHIEF_EXECUTIVE,
    "Director of Organisation Improvement",
    "Director of Service Improvement",
    "Corporate Director",
]
LEADER = "Leader of the Council"
SCRUTINY_CHAIR = "Chair of the Scrutiny Committee"
EXECUTIVE_BOARD_CHAIR = "Chair of the LSP Executive Board"
STRATEGIC_BOARD_CHAIR = "Chair of the LSP Strategic Board"

_WARDS = (
    *("Castle Ring", "Heath End", "Valley Park", "Millfields", "Mill Green", "Bracken Rise"),
    *("Kingsley", "Five Lanes", "Tollgate", "Rugeley North", "Rugeley South", "Chase Central"),
    *("Beacon Hill", "Hednesford Road", "Wharf Lane"),
)
COUNCILLORS = [f"Councillor for {ward}" for ward in _WARDS]
_ON_SCRUTINY, _ON_A_COMMITTEE = 3, 2


class Forum(NamedTuple):
    """A body before it is added, with the titles of the posts that sit on it."""

    code: str
    title: str
    kind: BodyKind
    members: list[str]


def titles(files: Files) -> list[str]:
    """List every post once, the performance manager first."""
    leads = [title for lead in files.leads for title in (lead.lead_dmt_member, lead.lead_officer)]
    owners = [title for plan in files.plans for title in plan.posts]
    chairs = [_committee_chair(lead) for lead in files.leads]
    boards = [EXECUTIVE_BOARD_CHAIR, STRATEGIC_BOARD_CHAIR]
    officers = [PERFORMANCE_MANAGER, *DIRECTORS, FINANCE, *leads, *owners]
    return list(dict.fromkeys([*officers, LEADER, SCRUTINY_CHAIR, *chairs, *boards, *COUNCILLORS]))


def forums(files: Files) -> Iterator[Forum]:
    """List the bodies: one of each kind, and a policy development committee for each plan."""
    yield _only(BodyKind.DMT, DIRECTORS)
    yield _only(BodyKind.SCRUTINY, [SCRUTINY_CHAIR, *COUNCILLORS[:_ON_SCRUTINY]])
    for place, lead in enumerate(files.leads):
        yield _committee(lead, _committee_members(place))
    yield _only(BodyKind.LSP_EXECUTIVE_BOARD, [EXECUTIVE_BOARD_CHAIR, CHIEF_EXECUTIVE])
    yield _only(BodyKind.LSP_STRATEGIC_BOARD, [STRATEGIC_BOARD_CHAIR, LEADER, CHIEF_EXECUTIVE])
    yield _only(BodyKind.THEMATIC_PARTNERSHIPS, [lead.lead_officer for lead in files.leads])
    yield _only(BodyKind.COUNCIL, [LEADER, *COUNCILLORS])


def committee_code(plan_code: str) -> str:
    """Name the committee that receives a plan, as commands do: PDC-CYPF."""
    return f"{BodyKind.PDC}-{plan_code}"


def _committee_chair(lead: PlanLead) -> str:
    return f"Chair of the {lead.plan} Committee"


def _committee(lead: PlanLead, councillors: list[str]) -> Forum:
    return Forum(
        committee_code(lead.code),
        f"{lead.plan} Policy Development Committee",
        BodyKind.PDC,
        [_committee_chair(lead), *councillors],
    )


def _committee_members(place: int) -> list[str]:
    start = _ON_SCRUTINY + place * _ON_A_COMMITTEE
    return COUNCILLORS[start : start + _ON_A_COMMITTEE]


def _only(kind: BodyKind, members: list[str]) -> Forum:
    return Forum(kind.value, kind.label, kind, members)
