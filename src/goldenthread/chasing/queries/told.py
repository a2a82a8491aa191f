"""Whom a cycle's step concerns, and what each hears of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from goldenthread.chasing.queries.people import Holder, People, people_of
from goldenthread.domain.kinds import LeadRole
from goldenthread.domain.obligations import ReturnState
from goldenthread.domain.posts import Capacity
from goldenthread.organisation.queries import performance_managers
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.board import BoardItem, board_of
from goldenthread.reporting.queries.lines import plans_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Somebody who owes returns in a cycle that opened, and how many."""

    person: Holder
    owed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAtClose:
    """A plan when its cycle closed to officers: how many returns it asks for, and what is missing."""

    plan: Plan
    asked: int
    missing: tuple[tuple[BoardItem, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """Somebody who answers for plans in a cycle that closed to officers."""

    person: Holder
    plans: tuple[PlanAtClose, ...]


def opened_to(cycle: ReportingCycle, today: date) -> list[Opened]:
    """List who owes returns in a cycle, each with how many; what two plans share counts once."""
    people = people_of(cycle.council, today)
    board = board_of(cycle, list(plans_in(cycle)), today=today)
    items = {(item.item_kind, item.item_id): item for item in board}
    holders: dict[int, Holder] = {}
    owed: Counter[int] = Counter()
    for item in items.values():
        for holder in people.reached_by(item.post_ids) if item.state.is_outstanding else ():
            holders[holder.person_id] = holder
            owed[holder.person_id] += 1
    return [Opened(person=holders[person], owed=count) for person, count in sorted(owed.items())]


def closed_to(cycle: ReportingCycle, today: date, roles: Collection[LeadRole]) -> list[Closed]:
    """List who answers for plans of a cycle in some roles, each with their plans (clause R-6)."""
    people = people_of(cycle.council, today)
    plans = list(plans_in(cycle))
    board = board_of(cycle, plans, today=today)
    told: dict[int, dict[int, Plan]] = {}
    holders: dict[int, Holder] = {}
    for plan in plans:
        for holder in people.reached_by(_lead_posts(plan, roles)):
            holders[holder.person_id] = holder
            told.setdefault(holder.person_id, {})[plan.pk] = plan
    at_close = {plan.pk: _at_close(plan, board, people) for plan in plans}
    return [
        Closed(person=holders[person], plans=tuple(at_close[pk] for pk in led))
        for person, led in sorted(told.items())
    ]


def returns_missing(cycle: ReportingCycle, today: date) -> int:
    """Count the returns that a cycle asked for and does not have."""
    board = board_of(cycle, list(plans_in(cycle)), today=today)
    return len({(i.item_kind, i.item_id) for i in board if i.state.is_outstanding})


def managers_of(cycle: ReportingCycle, today: date) -> list[Holder]:
    """List who looks after the performance of a cycle's council and can be written to."""
    managers = performance_managers(cycle.council, today)
    holders = [
        Holder(
            person_id=manager.pk,
            name=manager.name,
            address=manager.email,
            capacity=Capacity.ANSWERABLE,
            is_active=manager.is_active,
        )
        for manager in managers
    ]
    return [holder for holder in holders if holder.can_be_written_to]


def _lead_posts(plan: Plan, roles: Iterable[LeadRole]) -> list[int]:
    posts: Mapping[LeadRole, int] = {
        LeadRole.LEAD_OFFICER: plan.lead_officer_id,
        LeadRole.LEAD_MEMBER: plan.lead_member_id,
    }
    return [posts[role] for role in roles]


def _at_close(plan: Plan, board: Iterable[BoardItem], people: People) -> PlanAtClose:
    own = [item for item in board if item.plan.pk == plan.pk]
    missing = [item for item in own if item.state.is_outstanding]
    return PlanAtClose(
        plan=plan,
        asked=len(missing) + sum(item.state is ReturnState.IN for item in own),
        missing=tuple((item, _who(item, people)) for item in missing),
    )


def _who(item: BoardItem, people: People) -> str:
    names = ", ".join(holder.words for holder in people.of(item.post_ids))
    return f"{item.officer} ({names})" if names else f"{item.officer} (nobody holds this post)"
