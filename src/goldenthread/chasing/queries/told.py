"""Whom a cycle's step concerns, and what each hears of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.accounts.models import User
from goldenthread.chasing.queries.obligations import count_in_words
from goldenthread.chasing.queries.people import Holder, People
from goldenthread.chasing.queries.scenes import Scene
from goldenthread.chasing.queries.standings import Asked
from goldenthread.domain.cycle_steps import is_worth_telling
from goldenthread.domain.kinds import LeadRole
from goldenthread.domain.obligations import ObligationKind, ReturnState
from goldenthread.domain.posts import Capacity
from goldenthread.domain.reminders import Audience
from goldenthread.organisation.queries import framework_of
from goldenthread.plans.models import Plan
from goldenthread.reporting.queries.beside import BesideItem, asks_anything
from goldenthread.reporting.queries.due_steps import DueStep

_ROLES = {Audience.LEAD_OFFICER: LeadRole.LEAD_OFFICER, Audience.LEAD_MEMBER: LeadRole.LEAD_MEMBER}


def is_to_be_told(one: DueStep, today: date) -> bool:
    """Test whether a step that has come is still news, in a cycle that asks officers for anything."""
    cycle = one.cycle
    return asks_anything(cycle) and is_worth_telling(one.step, cycle.course, today)


def roles_to_tell(close: DueStep, today: date) -> list[LeadRole]:
    """List the leads whom no reminder tells yet of what is missing since the cycle closed."""
    steps = framework_of(close.cycle.council).reminders.steps
    come = {step.audience for step in steps if step.falls_on(close.falls_on) <= today}
    return [role for audience, role in _ROLES.items() if audience not in come]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Somebody who owes something in a cycle that opened: of which kinds, and the first by when.

    `is_beside` tells that some of it is not returned among My updates.
    """

    person: Holder
    kinds: tuple[ObligationKind, ...]
    due_on: date
    is_one_date: bool
    is_beside: bool

    @property
    def words(self) -> str:
        """Count what is owed: "2 returns and 1 evaluation"."""
        return count_in_words(self.kinds)

    @property
    def page(self) -> str:
        """Name the page that lists it: home, where some of it is not among My updates."""
        return "home:home" if self.is_beside else "reporting:my_updates"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAtClose:
    """A plan when its cycle closed to officers: how many returns it asks for, and what is missing."""

    plan: Plan
    asked: int
    missing: tuple[tuple[Asked, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """Somebody who answers for plans in a cycle that closed to officers."""

    person: Holder
    plans: tuple[PlanAtClose, ...]


def opened_to(scene: Scene) -> list[Opened]:
    """List who owes anything in a cycle, each with how much; what two plans share counts once."""
    return _holding(scene, [item for item in scene.asked if item.state.is_outstanding])


def owing_by_deadline(scene: Scene) -> list[Opened]:
    """List who owes what is due by a cycle's deadline, and not only when its papers go out."""
    owed = (item for item in scene.asked if item.state.is_outstanding)
    return _holding(scene, [item for item in owed if _is_due_by_deadline(item, scene)])


def to_open_to(scene: Scene) -> list[Opened]:
    """List who will owe anything in a cycle once it opens, each with how much."""
    return _holding(scene, [item for item in scene.asked if item.state is ReturnState.NOT_OPEN])


def _holding(scene: Scene, asked: Iterable[Asked]) -> list[Opened]:
    holders: dict[int, Holder] = {}
    owed: dict[int, list[Asked]] = defaultdict(list)
    for item in {item.key: item for item in asked}.values():
        for holder in scene.people.reached_by(item.post_ids):
            holders[holder.person_id] = holder
            owed[holder.person_id].append(item)
    return [_opened(holders[person], theirs, scene) for person, theirs in sorted(owed.items())]


def _opened(person: Holder, owed: Sequence[Asked], scene: Scene) -> Opened:
    days = {_due_on(item, scene) for item in owed}
    return Opened(
        person=person,
        kinds=tuple(item.kind for item in owed),
        due_on=min(days),
        is_one_date=len(days) == 1,
        is_beside=any(isinstance(item, BesideItem) for item in owed),
    )


def _due_on(item: Asked, scene: Scene) -> date:
    return item.due_on if isinstance(item, BesideItem) else scene.cycle.due_on


def _is_due_by_deadline(item: Asked, scene: Scene) -> bool:
    """Test whether something is due with the returns: what is said of a plan comes in for longer."""
    return _due_on(item, scene) <= scene.cycle.due_on


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


def missing_in(scene: Scene) -> list[ObligationKind]:
    """List of which kinds is what a cycle asked for and does not have."""
    asked = {item.key: item for item in scene.asked}
    return [item.kind for item in asked.values() if item.state.is_outstanding]


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
    asked = [item for item in scene.asked if _is_due_by_deadline(item, scene)]
    own = [item for item in asked if item.plan.pk == plan.pk]
    missing = [item for item in own if item.state.is_outstanding]
    return PlanAtClose(
        plan=plan,
        asked=len(missing) + sum(item.state is ReturnState.IN for item in own),
        missing=tuple((item, _who(item, scene.people)) for item in missing),
    )


def _who(item: Asked, people: People) -> str:
    names = ", ".join(holder.words for holder in people.of(item.post_ids))
    return f"{item.officer} ({names})" if names else f"{item.officer} (nobody holds this post)"
