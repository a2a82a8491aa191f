"""The one door that every return passes, from whichever page, table, workbook or command it comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from goldenthread.design.words import join_words
from goldenthread.domain.closing import Claim, Closing, may_file
from goldenthread.domain.kinds import CycleKind
from goldenthread.domain.timetable import day_in_words
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.organisation.queries import performance_managers
from goldenthread.reporting import permissions
from goldenthread.reporting.models import LettingIn, OfficersReturn, ReportingCycle
from goldenthread.reporting.permissions import Item
from goldenthread.reporting.returns import CycleClosedError

_UNNAMED = "the performance manager"


@dataclass(frozen=True, kw_only=True)
class Door:
    """A cycle's door as a person finds it on a day, with what is held of each item they bring.

    Whatever it asks is read once for all the items, however many are turned away.
    """

    cycle: ReportingCycle
    by: Officeholder
    day: date
    held: Mapping[Item, OfficersReturn | None]

    @cached_property
    def closing(self) -> Closing:
        """How far the cycle is closed."""
        return self.cycle.closing_on(self.day)

    @cached_property
    def claims(self) -> dict[Item, Claim]:
        """What the person brings to the door for each item; while it is open, only their post."""
        holds = {item: permissions.holds(self.by, item) for item in self.held}
        if self.closing in (Closing.NOT_OPEN, Closing.OPEN):
            return {item: Claim(holds=mine) for item, mine in holds.items()}
        let_in = is_let_in(self.by, self.cycle, self.day)
        led = permissions.answered_for(self.by, list(self.held))
        return {
            item: Claim(
                holds=holds[item],
                answers=item in led,
                is_let_in=let_in,
                is_to_revise=update is not None and update.is_to_revise,
            )
            for item, update in self.held.items()
        }

    @cached_property
    def closed_words(self) -> str:
        """Why the cycle takes no return, and what to do."""
        return closed_words(self.cycle, self.day)

    def takes(self, item: Item) -> bool:
        """Test whether the cycle takes the return of an item from the person."""
        has_returns = self.cycle.kind is not CycleKind.ANNUAL
        return has_returns and may_file(self.claims[item], self.closing)

    def check_may_file(self, item: Item) -> None:
        """Make sure that the person can file or correct the return of an item (clause R-6).

        :raises PermissionDenied: if it is not theirs to file
        :raises CycleClosedError: if the cycle does not take it from them; the words say what to do
        """
        permissions.check_can_file_in(self.by, self.cycle)
        claim, cycle = self.claims[item], self.cycle
        if not (claim.holds or claim.answers):
            raise permissions.not_theirs(item)
        if cycle.kind is CycleKind.ANNUAL:
            raise CycleClosedError(
                f"{cycle.title} takes no returns: it looks back on the quarters'."
            )
        if not self.takes(item):
            raise CycleClosedError(self.closed_words)


def is_let_in(by: Officeholder, cycle: ReportingCycle, day: date) -> bool:
    """Test whether a closed cycle was opened to a person, and by what was said last still is on a day."""
    lettings = LettingIn.objects.filter(cycle=cycle, person=by.user).order_by("-pk")
    until = lettings.values_list("until", flat=True).first()
    return until is not None and day <= until


def takes_from(
    by: Officeholder, item: Item, *, cycle: ReportingCycle, held: OfficersReturn | None, day: date
) -> bool:
    """Test whether a cycle takes a return from a person on a day, for a page to show its form."""
    return Door(cycle=cycle, by=by, day=day, held={item: held}).takes(item)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """What a person can do with a return on a day; at most one of the three."""

    files: bool = False
    calls_back: bool = False
    corrects: bool = False

    @property
    def are_open(self) -> bool:
        return self.files or self.calls_back or self.corrects


def ways_with(
    by: Officeholder, item: Item, *, cycle: ReportingCycle, held: OfficersReturn | None, day: date
) -> Ways:
    """Say whether a person can file a return, call it back until the deadline, or correct it after."""
    if not takes_from(by, item, cycle=cycle, held=held, day=day):
        return Ways()
    if held is None or not held.is_submitted:
        return Ways(files=True)
    is_open = cycle.closing_on(day) is Closing.OPEN
    return Ways(calls_back=is_open, corrects=not is_open)


def check_may_file(
    by: Officeholder, item: Item, *, cycle: ReportingCycle, held: OfficersReturn | None, day: date
) -> None:
    """Make sure that a person can file or correct a return of an item on a day (clause R-6).

    :raises PermissionDenied: if it is not theirs to file
    :raises CycleClosedError: if the cycle does not take it from them; the words say what to do
    """
    Door(cycle=cycle, by=by, day=day, held={item: held}).check_may_file(item)


def closed_words(cycle: ReportingCycle, day: date) -> str:
    """Say why a cycle takes no return from somebody on a day, and what to do."""
    match cycle.closing_on(day):
        case Closing.NOT_OPEN:
            return (
                f"{cycle.title} takes returns from {day_in_words(cycle.opens_on)}. Come back then."
            )
        case Closing.LOCKED:
            return f"{locked_words(cycle)} Ask {_keeper_of(cycle, day)} to let you in."
        case _:
            return (
                f"{cycle.title} took returns until {day_in_words(cycle.due_on)}. "
                f"Ask {_keeper_of(cycle, day)} to let you in."
            )


def locked_words(cycle: ReportingCycle) -> str:
    """Say that a cycle is locked, by somebody or because its papers have gone out."""
    if cycle.locked_at is None and cycle.locks_on is not None:
        return f"{cycle.title} is locked since {day_in_words(cycle.locks_on)}: its papers went out."
    return f"{cycle.title} is locked: its papers are being made."


def _keeper_of(cycle: ReportingCycle, day: date) -> str:
    """Name whoever can let somebody in: the performance manager, Petra Moss,."""
    names = [person.name for person in performance_managers(cycle.council, day)]
    return f"the performance manager, {join_words(names, 'or')}," if names else _UNNAMED
