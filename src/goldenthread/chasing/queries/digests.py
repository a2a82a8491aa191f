"""Whom a day's reminders are for, and what each of them owes or answers for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from goldenthread.chasing.queries.obligations import Obligation
from goldenthread.chasing.queries.owing import Owing, owing_in, posts_in_words
from goldenthread.chasing.queries.people import Holder
from goldenthread.chasing.queries.scenes import Scene
from goldenthread.chasing.queries.told import PlanAtClose, closed_to
from goldenthread.design.words import join_words, plural
from goldenthread.domain.kinds import LeadRole
from goldenthread.domain.reminders import Audience
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleOwed:
    """What somebody owes in one cycle."""

    cycle: ReportingCycle
    obligations: tuple[Obligation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanBehind:
    """What is not in of a plan that somebody answers for, each with who holds it."""

    cycle: ReportingCycle
    plan: Plan
    obligations: tuple[tuple[Obligation, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleClosed:
    """The plans that somebody answers for in a cycle that has closed to officers."""

    scene: Scene
    plans: tuple[PlanAtClose, ...]


@dataclass(slots=True, kw_only=True)
class Digest:
    """All that one person hears on one day, however many posts, plans and cycles they have."""

    person: Holder
    owed: list[CycleOwed] = field(default_factory=list)
    behind: list[PlanBehind] = field(default_factory=list)
    closed: list[CycleClosed] = field(default_factory=list)

    def has_behind(self, cycle: ReportingCycle, plan: Plan) -> bool:
        return any(each.cycle == cycle and each.plan == plan for each in self.behind)

    @property
    def obligations(self) -> list[Obligation]:
        return [one for owed in self.owed for one in owed.obligations]

    @property
    def words(self) -> str:
        """Say in short what the person hears of."""
        owed = plural(len(self.obligations), "item")
        plans = join_words([behind.plan.code for behind in self.behind])
        return f"owes {owed}" + (f", answers for {plans}" if plans else "")


def digests_of(
    scenes: Sequence[Scene],
    audiences: Mapping[int, Iterable[Audience]],
    closed: Mapping[int, Collection[LeadRole]],
) -> list[Digest]:
    """Bring together what each person of a council hears on a day.

    `audiences` says by a cycle's key whom a step is due for. Whoever hears anything hears all that
    they owe in any of the cycles; who owes nothing and answers for nothing late hears nothing.
    `closed` says by a cycle's key which leads are to hear today that it closed: those of them who
    hear anything hear that too, in the same message.
    """
    digests: dict[int, Digest] = {}
    owing = [owing_in(scene) for scene in scenes]
    for scene, owed in zip(scenes, owing, strict=True):
        for audience in Audience:
            if audience in audiences.get(scene.cycle.pk, ()):
                _add(digests, scene, owed, audience)
    for digest in digests.values():
        digest.owed = list(_owed_by(digest.person, owing))
    for scene in scenes:
        _add_closed(digests, scene, closed.get(scene.cycle.pk, ()))
    return list(digests.values())


def _add(digests: dict[int, Digest], scene: Scene, owing: Owing, audience: Audience) -> None:
    if audience is Audience.OFFICERS:
        for one in owing.outstanding:
            for holder in owing.people.reached_by(one.item.post_ids):
                digests.setdefault(holder.person_id, Digest(person=holder))
        return
    behind = _by_plan(owing.outstanding)
    for plan in scene.plans:
        lead = plan.lead_officer_id if audience is Audience.LEAD_OFFICER else plan.lead_member_id
        for holder in owing.people.reached_by([lead]) if behind[plan.pk] else ():
            digest = digests.setdefault(holder.person_id, Digest(person=holder))
            if not digest.has_behind(scene.cycle, plan):
                digest.behind.append(_plan_behind(owing, plan, behind[plan.pk]))


def _add_closed(digests: Mapping[int, Digest], scene: Scene, roles: Collection[LeadRole]) -> None:
    for closed in closed_to(scene, roles) if roles else ():
        digest = digests.get(closed.person.person_id)
        if digest is None:
            continue
        plans = [one for one in closed.plans if not digest.has_behind(scene.cycle, one.plan)]
        digest.closed.append(CycleClosed(scene=scene, plans=tuple(plans)))


def _by_plan(outstanding: Iterable[Obligation]) -> dict[int, list[Obligation]]:
    behind: dict[int, list[Obligation]] = defaultdict(list)
    for one in outstanding:
        for plan in one.plans:
            behind[plan.pk].append(one)
    return behind


def _plan_behind(owing: Owing, plan: Plan, behind: Iterable[Obligation]) -> PlanBehind:
    return PlanBehind(
        cycle=owing.cycle,
        plan=plan,
        obligations=tuple((one, posts_in_words(owing.posts_of(one))) for one in behind),
    )


def _owed_by(person: Holder, owing: Iterable[Owing]) -> Iterator[CycleOwed]:
    for one in owing:
        owed = one.owed_by(person.person_id)
        if owed:
            yield CycleOwed(cycle=one.cycle, obligations=tuple(owed))
