"""Cycles with all that the worker's messages need of them, read for many councils at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from goldenthread.chasing.queries.people import NO_PEOPLE, People, people_in
from goldenthread.chasing.queries.standings import Asked
from goldenthread.domain.kinds import BodyKind
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.beside import BesideItem, asked_beside_in
from goldenthread.reporting.queries.board import BoardItem, boards_of
from goldenthread.reporting.queries.cycles import NOT_SET, Meeting, meetings_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A cycle with its plans and items as they stand on a day, its council's people, and when DMT meets."""

    cycle: ReportingCycle
    today: date
    plans: tuple[Plan, ...]
    board: tuple[BoardItem, ...]
    beside: tuple[BesideItem, ...]
    people: People
    meeting: Meeting

    @property
    def asked(self) -> tuple[Asked, ...]:
        """All that officers owe in the cycle, but for exception reports."""
        return (*self.board, *self.beside)


def scenes_of(cycles: Collection[ReportingCycle], today: date) -> dict[int, Scene]:
    """Read some cycles by their keys, of however many councils, in a number of queries that stays."""
    if not cycles:
        return {}
    people = people_in({cycle.council_id for cycle in cycles}, today)
    plans = _plans_of({cycle.council_id for cycle in cycles})
    in_cycles = {cycle: plans[cycle.council_id] for cycle in cycles}
    boards, meetings = boards_of(in_cycles, today=today), meetings_in(cycles)
    beside = asked_beside_in(in_cycles, today=today, meetings=meetings)
    return {
        cycle.pk: Scene(
            cycle=cycle,
            today=today,
            plans=tuple(plans[cycle.council_id]),
            board=tuple(boards[cycle.pk]),
            beside=tuple(beside[cycle.pk]),
            people=people.get(cycle.council_id, NO_PEOPLE),
            meeting=meetings.get((cycle.pk, BodyKind.DMT), NOT_SET),
        )
        for cycle in cycles
    }


def _plans_of(councils: Collection[int]) -> dict[int, list[Plan]]:
    """List the plans of some councils by council, in the order of the priorities, with no more than themselves."""
    found: dict[int, list[Plan]] = defaultdict(list)
    for plan in Plan.objects.filter(council__in=councils).order_by("priority__number"):
        found[plan.council_id].append(plan)
    return found
