"""Whom a cycle's step concerns, and what each hears of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from goldenthread.accounts.models import User
from goldenthread.chasing.queries.people import Holder, People
from goldenthread.chasing.queries.scenes import Scene
from goldenthread.domain.cycle_steps import is_worth_telling
from goldenthread.domain.kinds import LeadRole
from goldenthread.domain.obligations import ReturnState
from goldenthread.domain.posts import Capacity
from goldenthread.domain.reminders import Audience
from goldenthread.organisation.queries import framework_of
from goldenthread.plans.models import Plan
from goldenthread.reporting.queries.board import BoardItem
from goldenthread.reporting.queries.cycles import RETURNED_ON
from goldenthread.reporting.queries.due_steps import DueStep

_ROLES = {Audience.LEAD_OFFICER: LeadRole.LEAD_OFFICER, Audience.LEAD_MEMBER: LeadRole.LEAD_MEMBER}


def is_to_be_told(one: DueStep, today: date) -> bool:
    """Test whether a step that has come is still news, in a cycle that takes returns."""
    cycle = one.cycle
    return cycle.kind in RETURNED_ON and is_worth_telling(one.step, cycle.course, today)


def roles_to_tell(close: DueStep, today: date) -> list[LeadRole]:
    """List the leads whom no reminder tells yet of what is missing since the cycle closed."""
    steps = framework_of(close.cycle.council).reminders.steps
    come = {step.audience for step in steps if step.falls_on(close.falls_on) <= today}
    return [role for audience, role in _ROLES.items() if audience not in come]


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


def opened_to(scene: Scene) -> list[Opened]:
    """List who owes returns in a cycle, each with how many; what two plans share counts once."""
    return _holding(scene, lambda state: state.is_outstanding)


def to_open_to(scene: Scene) -> list[Opened]:
    """List who will owe returns in a cycle once it opens, each with how many."""
    return _holding(scene, lambda state: state is ReturnState.NOT_OPEN)


def _holding(scene: Scene, is_owed: Callable[[ReturnState], bool]) -> list[Opened]:
    items = {(item.item_kind, item.item_id): item for item in scene.board}
    holders: dict[int, Holder] = {}
    owed: Counter[int] = Counter()
    for item in items.values():
        for holder in scene.people.reached_by(item.post_ids) if is_owed(item.state) else ():
            holders[holder.person_id] = holder
            owed[holder.person_id] += 1
    return [Opened(person=holders[person], owed=count) for person, count in sorted(owed.items())]


def closed_to(scene: Scene, roles: Collection[LeadRole]) -> list[Closed]:
    """List who answers for plans of a cycle in some roles, each with their plans (clause R-6)."""
    told: dict[int, dict[int, Plan]] = {}
    holders: dict[int, Holder] = {}
    for plan in scene.plans:
        for holder in scene.people.reached_by(_lead_posts(plan, roles)):
            holders[holder.person_id] = holder
            told.setdefault(holder.person_id, {})[plan.pk] = plan
    at_close = {plan.pk: _at_close(plan, scene) for plan in scene.plans}
    return [
        Closed(person=holders[person], plans=tuple(at_close[pk] for pk in led))
        for person, led in sorted(told.items())
    ]


def returns_missing(scene: Scene) -> int:
    """Count the returns that a cycle asked for and does not have."""
    return len({(i.item_kind, i.item_id) for i in scene.board if i.state.is_outstanding})


def reached(managers: Iterable[User]) -> list[Holder]:
    """List who of those who look after a council's performance can be written to."""
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


def _at_close(plan: Plan, scene: Scene) -> PlanAtClose:
    own = [item for item in scene.board if item.plan.pk == plan.pk]
    missing = [item for item in own if item.state.is_outstanding]
    return PlanAtClose(
        plan=plan,
        asked=len(missing) + sum(item.state is ReturnState.IN for item in own),
        missing=tuple((item, _who(item, scene.people)) for item in missing),
    )


def _who(item: BoardItem, people: People) -> str:
    names = ", ".join(holder.words for holder in people.of(item.post_ids))
    return f"{item.officer} ({names})" if names else f"{item.officer} (nobody holds this post)"
