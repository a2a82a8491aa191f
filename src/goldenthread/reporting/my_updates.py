"""What somebody owes: their items of the open cycle, and of closed ones where they may still file.

Home, the page of my updates and the table all show this one list.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from goldenthread.domain.closing import Closing
from goldenthread.domain.kinds import ItemKind
from goldenthread.domain.obligations import ReturnState, return_state
from goldenthread.domain.rating import Rating
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.organisation.queries import framework_of
from goldenthread.plans.models import Plan
from goldenthread.reporting import permissions
from goldenthread.reporting.doors import Door
from goldenthread.reporting.models import OfficersReturn, ReportingCycle
from goldenthread.reporting.needs import needs_of_action, needs_of_indicator
from goldenthread.reporting.queries.cycles import RETURNED_ON, current_cycle, cycles_of, next_cycle
from goldenthread.reporting.queries.filings import ActionFiling
from goldenthread.reporting.queries.own_filings import Filing, own_filings
from goldenthread.reporting.queries.to_file import cycles_to_file_in

_KEY = re.compile("([0-9]{1,9})-(action|indicator)-([0-9]{1,9})")


class ItemKey(NamedTuple):
    """What a row's key names, whoever sent it."""

    cycle_id: int
    item_kind: ItemKind
    item_id: int


def read_key(key: str) -> ItemKey | None:
    """Read the key of an item among all cycles, 7-action-12; None if it is no such key."""
    found = _KEY.fullmatch(key)
    return found and ItemKey(int(found[1]), ItemKind(found[2]), int(found[3]))


@dataclass(frozen=True, slots=True, kw_only=True)
class MyItem:
    """An item of mine in a cycle: where its return stands, what it needs, and whether I may file it."""

    filing: Filing
    state: ReturnState
    takes: bool

    @property
    def needs(self) -> list[str]:
        """What the return still lacks; for a list of indicators this reads the figures of them all."""
        return _needs(self.filing) if self.state.is_outstanding else []

    @property
    def cycle(self) -> ReportingCycle:
        return self.filing.cycle

    @property
    def item_kind(self) -> ItemKind:
        return ItemKind.ACTION if isinstance(self.filing, ActionFiling) else ItemKind.INDICATOR

    @property
    def item_id(self) -> int:
        return self.filing.item.pk

    @property
    def reference(self) -> str:
        return self.filing.reference

    @property
    def title(self) -> str:
        return self.filing.title

    @property
    def plan(self) -> Plan:
        return self.filing.plan

    @property
    def officer(self) -> str:
        return str(permissions.officer_of(self.filing.item))

    @property
    def update(self) -> OfficersReturn | None:
        return self.filing.update

    @property
    def update_id(self) -> int | None:
        return self.filing.update.pk if self.filing.update else None

    @property
    def rating(self) -> Rating | None:
        return self.filing.update.submitted_rating if self.filing.update else None

    @property
    def was(self) -> Rating | None:
        return self.filing.was

    @property
    def before(self) -> OfficersReturn | None:
        """What was submitted the time before; a draft left behind says nothing."""
        before = self.filing.before
        return before if before is not None and before.is_submitted else None

    @property
    def is_sent_back(self) -> bool:
        return self.state is ReturnState.TO_REVISE

    @property
    def is_unrevised(self) -> bool:
        """Whether a lead sent it back and nothing was saved since."""
        update = self.filing.update
        if update is None or update.returned_at is None:
            return False
        return self.is_sent_back and update.saved_at <= update.returned_at

    @property
    def key(self) -> str:
        """Name the item among all cycles: 7-action-12."""
        return f"{self.cycle.pk}-{self.item_kind.value}-{self.item_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Items of one plan in one cycle, under one heading."""

    cycle: ReportingCycle
    plan: Plan
    items: tuple[MyItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MyUpdates:
    """All that somebody holds in the cycles that matter today: sent back first, then soonest due."""

    cycle: ReportingCycle | None
    next_cycle: ReportingCycle | None
    items: tuple[MyItem, ...]

    @property
    def owed(self) -> list[MyItem]:
        return [item for item in self.items if item.state.is_outstanding]

    @property
    def sent_back(self) -> list[MyItem]:
        return [item for item in self.owed if item.is_sent_back]

    @property
    def to_do(self) -> list[MyItem]:
        return [item for item in self.owed if not item.is_sent_back]

    @property
    def to_file(self) -> list[MyItem]:
        """What is owed and can be filed today."""
        return [item for item in self.owed if item.takes]

    @property
    def done(self) -> list[MyItem]:
        return [item for item in self.items if not item.state.is_outstanding]

    @property
    def in_current(self) -> list[MyItem]:
        return [item for item in self.items if self.cycle and item.cycle.pk == self.cycle.pk]

    @property
    def to_do_by_plan(self) -> list[Group]:
        return list(_grouped(self.to_do))


def my_updates(holder: Officeholder, *, today: date) -> MyUpdates:
    """List what somebody holds and owes on a day (clauses R-1, R-2, R-6).

    The number of queries grows with the cycles in which they may still file, not with the items.
    """
    current = current_cycle(holder.council, today)
    items = [
        item
        for cycle in _cycles(holder, current, today)
        for item in _items(cycle, holder, today)
        if item.is_sent_back or _matters(item, current, today)
    ]
    return MyUpdates(
        cycle=current,
        next_cycle=next_cycle(holder.council, today),
        items=tuple(sorted(items, key=lambda item: (not item.is_sent_back, item.cycle.due_on))),
    )


def left_behind(holder: Officeholder, keys: Collection[str], *, today: date) -> list[MyItem]:
    """Find items of mine by their keys also where their cycle asks for them no more.

    The number of queries grows with the cycles that the keys name, not with the keys.
    """
    named = {read.cycle_id for read in map(read_key, keys) if read}
    cycles = cycles_of(holder.council).filter(pk__in=named)
    return [item for cycle in cycles for item in _items(cycle, holder, today) if item.key in keys]


def _matters(item: MyItem, current: ReportingCycle | None, today: date) -> bool:
    is_current = current is not None and item.cycle.pk == current.pk
    return is_current or item.takes or item.cycle.closing_on(today) is Closing.OPEN


def _cycles(
    holder: Officeholder, current: ReportingCycle | None, today: date
) -> Iterable[ReportingCycle]:
    """List the current cycle, and the others in which somebody may still have something to file."""
    others = cycles_to_file_in(holder, today).filter(opens_on__lte=today, kind__in=RETURNED_ON)
    found = {cycle.pk: cycle for cycle in others}
    if current:
        found[current.pk] = current
    return found.values()


def _items(cycle: ReportingCycle, holder: Officeholder, today: date) -> Iterator[MyItem]:
    counts = framework_of(cycle.council).rating.counts_not_due_to_start
    filings = own_filings(cycle, holder).every
    held = {filing.item: filing.update for filing in filings}
    door = Door(cycle=cycle, by=holder, day=today, held=held)
    for filing in filings:
        state = _state(filing, today, counts_not_due_to_start=counts)
        yield MyItem(
            filing=filing,
            state=state,
            takes=door.takes(filing.item),
        )


def _state(filing: Filing, today: date, *, counts_not_due_to_start: bool) -> ReturnState:
    update = filing.update
    return return_state(
        window=filing.cycle.window,
        today=today,
        submitted=update is not None and update.is_submitted,
        drafted=update is not None,
        returned=update is not None and update.returned_at is not None,
        starts_on=filing.action.starts_on if isinstance(filing, ActionFiling) else None,
        counts_not_due_to_start=counts_not_due_to_start,
    )


def _needs(filing: Filing) -> list[str]:
    if isinstance(filing, ActionFiling):
        return needs_of_action(filing.update)
    return needs_of_indicator(filing.figures, filing.update)


def _grouped(items: Iterable[MyItem]) -> Iterator[Group]:
    for (cycle, plan), found in groupby(items, key=lambda item: (item.cycle, item.plan)):
        yield Group(cycle=cycle, plan=plan, items=tuple(found))
