"""The one door that every return passes, from whichever page, table, workbook or command it comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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


def claim_on(
    item: Item, *, cycle: ReportingCycle, held: OfficersReturn | None, by: Officeholder, day: date
) -> Claim:
    """Say what a person brings to a cycle's door for one return; while it is open, only their post."""
    if cycle.closing_on(day) in (Closing.NOT_OPEN, Closing.OPEN):
        return Claim(holds=permissions.holds(by, item))
    return Claim(
        holds=permissions.holds(by, item),
        answers=permissions.answers_for(by, item),
        is_let_in=is_let_in(by, cycle, day),
        is_to_revise=held is not None and held.is_to_revise,
    )


def is_let_in(by: Officeholder, cycle: ReportingCycle, day: date) -> bool:
    """Test whether a closed cycle was opened to a person, and by what was said last still is on a day."""
    lettings = LettingIn.objects.filter(cycle=cycle, person=by.user).order_by("-pk")
    until = lettings.values_list("until", flat=True).first()
    return until is not None and day <= until


def takes_from(
    by: Officeholder, item: Item, *, cycle: ReportingCycle, held: OfficersReturn | None, day: date
) -> bool:
    """Test whether a cycle takes a return from a person on a day, for a page to show its form."""
    claim = claim_on(item, cycle=cycle, held=held, by=by, day=day)
    return cycle.kind is not CycleKind.ANNUAL and may_file(claim, cycle.closing_on(day))


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
    permissions.check_can_file_in(by, cycle)
    permissions.check_can_file(by, item, closing=cycle.closing_on(day))
    if cycle.kind is CycleKind.ANNUAL:
        raise CycleClosedError(f"{cycle.title} takes no returns: it looks back on the quarters'.")
    if not takes_from(by, item, cycle=cycle, held=held, day=day):
        raise CycleClosedError(closed_words(cycle, day))


def closed_words(cycle: ReportingCycle, day: date) -> str:
    """Say why a cycle takes no return from somebody on a day, and what to do."""
    match cycle.closing_on(day):
        case Closing.NOT_OPEN:
            return (
                f"{cycle.title} takes returns from {day_in_words(cycle.opens_on)}. Come back then."
            )
        case Closing.LOCKED:
            return (
                f"{cycle.title} is locked: its papers are being made. "
                f"Ask {_keeper_of(cycle, day)} to let you in."
            )
        case _:
            return (
                f"{cycle.title} took returns until {day_in_words(cycle.due_on)}. "
                f"Ask {_keeper_of(cycle, day)} to let you in."
            )


def _keeper_of(cycle: ReportingCycle, day: date) -> str:
    """Name whoever can let somebody in: the performance manager, Petra Moss,."""
    names = [person.name for person in performance_managers(cycle.council, day)]
    return f"the performance manager, {join_words(names, 'or')}," if names else _UNNAMED
