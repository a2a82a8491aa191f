"""Whom a day's reminders are for, and what each of them owes or answers for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from goldenthread.chasing.queries.board import ChaseBoard, chase_board
from goldenthread.chasing.queries.obligations import Obligation
from goldenthread.chasing.queries.people import Holder
from goldenthread.design.words import join_words, plural
from goldenthread.domain.reminders import Audience
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.lines import plans_in


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


@dataclass(slots=True, kw_only=True)
class Digest:
    """All that one person hears on one day, however many posts, plans and cycles they have."""

    person: Holder
    owed: list[CycleOwed] = field(default_factory=list)
    behind: list[PlanBehind] = field(default_factory=list)

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
    cycles: Sequence[ReportingCycle],
    audiences: Mapping[int, Iterable[Audience]],
    *,
    today: date,
) -> list[Digest]:
    """Bring together what each person hears on a day.

    `audiences` says by a cycle's key whom a step is due for. Whoever hears anything hears all that
    they owe in any of the cycles; who owes nothing and answers for nothing late hears nothing.
    """
    boards = [chase_board(cycle, list(plans_in(cycle)), today=today) for cycle in cycles]
    digests: dict[int, Digest] = {}
    for board in boards:
        for audience in Audience:
            if audience in audiences.get(board.cycle.pk, ()):
                _add(digests, board, audience)
    for digest in digests.values():
        digest.owed = list(_owed_by(digest.person, boards))
    return list(digests.values())


def _add(digests: dict[int, Digest], board: ChaseBoard, audience: Audience) -> None:
    if audience is Audience.OFFICERS:
        for one in board.outstanding:
            for holder in board.people.reached_by(one.item.post_ids):
                digests.setdefault(holder.person_id, Digest(person=holder))
        return
    behind = _by_plan(board.outstanding)
    for row in board.plans:
        plan = row.standing.plan
        lead = plan.lead_officer_id if audience is Audience.LEAD_OFFICER else plan.lead_member_id
        for holder in board.people.reached_by([lead]) if behind[plan.pk] else ():
            digest = digests.setdefault(holder.person_id, Digest(person=holder))
            if all(each.plan != plan or each.cycle != board.cycle for each in digest.behind):
                digest.behind.append(_plan_behind(board, plan, behind[plan.pk]))


def _by_plan(outstanding: Iterable[Obligation]) -> dict[int, list[Obligation]]:
    behind: dict[int, list[Obligation]] = defaultdict(list)
    for one in outstanding:
        for plan in one.plans:
            behind[plan.pk].append(one)
    return behind


def _plan_behind(board: ChaseBoard, plan: Plan, behind: Iterable[Obligation]) -> PlanBehind:
    return PlanBehind(
        cycle=board.cycle,
        plan=plan,
        obligations=tuple((one, board.row_of(one).who) for one in behind),
    )


def _owed_by(person: Holder, boards: Iterable[ChaseBoard]) -> Iterator[CycleOwed]:
    for board in boards:
        owed = board.owed_by(person.person_id)
        if owed:
            yield CycleOwed(cycle=board.cycle, obligations=tuple(owed))
