"""What a cycle asks of plans beside the returns on their actions and indicators.

Risk returns, evaluations and what is said of a plan as a whole each bring it as a kind of their own,
which the settings name; whoever chases, reminds, checks or signs asks here for them all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from typing import Any, NamedTuple, Protocol

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.module_loading import import_string

from goldenthread.domain.framework import Framework
from goldenthread.domain.kinds import BodyKind, CycleKind
from goldenthread.domain.obligations import ObligationKind, ReturnState, Window, return_state
from goldenthread.domain.rating import Rating
from goldenthread.domain.sign_off import ToSign, seal_of
from goldenthread.organisation.queries import framework_of
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.models.drafted import Drafted
from goldenthread.reporting.queries.cycles import NOT_SET, RETURNED_ON, Meeting, meetings_in


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideItem:
    """Something that a cycle asks for: whose it is, until when, where it stands and is written.

    `key` names it in forms, addresses and seals; `called` is what a message names it, where that is not
    its reference and title. It is there once for each plan that it stands in.
    """

    kind: ObligationKind
    key: str
    reference: str
    title: str
    plan: Plan
    officer: str
    post_ids: frozenset[int]
    state: ReturnState
    due_on: date
    read_at: str
    written_at: str
    rating: Rating | None = None
    was: Rating | None = None
    revision_note: str = ""
    called: str = ""

    @property
    def name(self) -> str:
        """Name it in a sentence: "evaluation of CYPF 1.1"."""
        return f"{self.kind.before_title.lower()}{self.reference}"

    @property
    def what(self) -> str:
        """Name it in a message, where nothing else says of what kind it is."""
        return self.called or f"{self.kind.before_title}{self.reference} {self.title}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is kept of something, draft or not, and what it says, question by question."""

    kept: Drafted
    said: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Asking:
    """A cycle that asks something of plans; what is said of a whole plan comes in until a later day."""

    cycle: ReportingCycle
    plans: Sequence[Plan]
    until: date

    @property
    def where(self) -> list[str]:
        """How an address names the cycle."""
        return [self.cycle.council.name, *self.cycle.slug.split("/")]

    @cached_property
    def window(self) -> Window:
        return self.cycle.window

    @cached_property
    def later_window(self) -> Window:
        """When it takes what is said of a whole plan."""
        return replace(self.window, due_on=self.until)

    def address(self, page: str, *more: object) -> str:
        """Write the address of a page of the cycle, once for however many items ask for it."""
        known = self._addresses
        if (page, more) not in known:
            known[page, more] = reverse(page, args=[*self.where, *more])
        return known[page, more]

    @cached_property
    def _addresses(self) -> dict[tuple[str, tuple[object, ...]], str]:
        return {}


def plans_in_all(asking: Iterable[Asking]) -> list[Plan]:
    """List the plans of which cycles ask, each once."""
    return list({plan.pk: plan for each in asking for plan in each.plans}.values())


class KindBeside(Protocol):
    """One kind of thing that a cycle may ask for."""

    def is_asked_in(self, framework: Framework, kind: CycleKind) -> bool:
        """Test whether a council's reports of a kind ask for it."""

    def asked(self, asking: Sequence[Asking], *, today: date) -> Iterable[tuple[int, BesideItem]]:
        """List what cycles ask of plans, each with its cycle's key, in queries for all of them at once."""

    def to_sign(self, cycle: ReportingCycle, plans: Sequence[Plan]) -> Iterable[tuple[int, ToSign]]:
        """List what is kept as leads sign for it, each with the key of its plan."""

    def told(self, cycle: ReportingCycle, plan: Plan) -> Mapping[str, Told]:
        """Read what is kept of a plan, by its key."""


@cache
def kinds_beside() -> tuple[KindBeside, ...]:
    """Make the kinds that there are."""
    return tuple(import_string(path)() for path in settings.KINDS_BESIDE)


def asked_beside(cycle: ReportingCycle, plans: Sequence[Plan], *, today: date) -> list[BesideItem]:
    """List what a cycle asks of plans beside the returns on actions and indicators."""
    return asked_beside_in({cycle: plans}, today=today)[cycle.pk]


def asked_beside_in(
    plans: Mapping[ReportingCycle, Sequence[Plan]],
    *,
    today: date,
    meetings: Mapping[tuple[int, BodyKind | None], Meeting] | None = None,
) -> dict[int, list[BesideItem]]:
    """List what several cycles ask of plans, by the cycle's key, in queries for all of them at once.

    `meetings` is when DMT meets, where that is known already.
    """
    found: dict[int, list[BesideItem]] = {cycle.pk: [] for cycle in plans}
    asked = {cycle: _asked_in(cycle, some) for cycle, some in plans.items()}
    asking_any = [cycle for cycle, kinds in asked.items() if kinds]
    if not asking_any:
        return found
    held = meetings_in(asking_any) if meetings is None else meetings
    for kind in kinds_beside():
        asking = [
            Asking(cycle=cycle, plans=plans[cycle], until=_until(cycle, held))
            for cycle, kinds in asked.items()
            if kind in kinds
        ]
        for cycle_id, item in kind.asked(asking, today=today) if asking else ():
            found[cycle_id].append(item)
    return found


def _until(cycle: ReportingCycle, meetings: Mapping[tuple[int, BodyKind | None], Meeting]) -> date:
    """Find the last day for what is said of whole plans: when DMT's papers go out, or the deadline."""
    return meetings.get((cycle.pk, BodyKind.DMT), NOT_SET).papers_out_on or cycle.due_on


def to_sign_beside(cycle: ReportingCycle, plans: Sequence[Plan]) -> dict[int, list[ToSign]]:
    """List what is kept beside the returns as leads sign for it, by the plan's key."""
    found: dict[int, list[ToSign]] = defaultdict(list)
    for kind in _asked_in(cycle, plans):
        for plan_id, item in kind.to_sign(cycle, plans):
            found[plan_id].append(item)
    return found


def told_beside(cycle: ReportingCycle, plan: Plan) -> dict[str, Told]:
    """Read what is kept of a plan beside the returns, by its key."""
    return {
        key: told
        for kind in _asked_in(cycle, [plan])
        for key, told in kind.told(cycle, plan).items()
    }


def asks_anything(cycle: ReportingCycle) -> bool:
    """Test whether a cycle asks officers for anything; only of the annual one the framework tells."""
    return cycle.kind in RETURNED_ON or asks_officers(framework_of(cycle.council), cycle.kind)


def asks_officers(framework: Framework, kind: CycleKind) -> bool:
    """Test whether a cycle of a kind asks officers for anything."""
    return kind in RETURNED_ON or any(each.is_asked_in(framework, kind) for each in kinds_beside())


def _asked_in(cycle: ReportingCycle, plans: Sequence[Plan]) -> list[KindBeside]:
    if not plans:
        return []
    framework = framework_of(cycle.council)
    return [kind for kind in kinds_beside() if kind.is_asked_in(framework, cycle.kind)]


class Kept(NamedTuple):
    """As much of what is kept as tells where it stands."""

    is_submitted: bool
    is_returned: bool
    revision_note: str
    rating: Rating | None = None

    @property
    def submitted_rating(self) -> Rating | None:
        return self.rating if self.is_submitted else None


def kept_by(rows: QuerySet[Any], *names: str, rated: bool = False) -> dict[tuple[Any, ...], Kept]:
    """Read where what is kept stands, by what its names hold, in one query."""
    more = ("rating",) if rated else ()
    found = rows.values_list(*names, "submitted_at", "returned_at", "revision_note", *more)
    places = len(names)
    return {
        row[:places]: Kept(row[places] is not None, row[places + 1] is not None, *row[places + 2 :])
        for row in found
    }


def state_in(
    window: Window,
    kept: Kept | None,
    *,
    today: date,
    starts_on: date | None = None,
    counts_not_due_to_start: bool = False,
) -> ReturnState:
    """Say where something stands on a day."""
    return return_state(
        window=window,
        today=today,
        submitted=kept is not None and kept.is_submitted,
        drafted=kept is not None,
        returned=kept is not None and kept.is_returned,
        starts_on=starts_on,
        counts_not_due_to_start=counts_not_due_to_start,
    )


FILED = ("submitted_by_id", "saved_by_id")
"""The names of the columns that `sealed` takes as who filed something."""


def sealed(
    key: str, reference: str, words: Sequence[object], filed: Sequence[int | None]
) -> ToSign:
    """Seal what is kept for a lead to sign; its draft has no seal."""
    submitted_by, saved_by = filed
    return ToSign(
        key=key,
        reference=reference,
        seal=seal_of(words) if submitted_by else None,
        authors=frozenset(person for person in (submitted_by, saved_by) if person),
    )
