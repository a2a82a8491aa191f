"""What moves along with a date of the timetable, and what would then clash."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from django.shortcuts import get_object_or_404

from goldenthread.domain.kinds import BodyKind, Step
from goldenthread.domain.periods import quarter
from goldenthread.domain.timetable import TimetableEntry
from goldenthread.domain.timetable_clashes import Clash, timetable_clashes
from goldenthread.domain.timetable_moves import Move, moves_along
from goldenthread.domain.when_words import When
from goldenthread.organisation.queries import framework_of
from goldenthread.reporting.models import Milestone, ReportingCycle
from goldenthread.timetables.bank_holidays import calendar_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Along:
    """A milestone that would move along, and where to."""

    milestone: Milestone
    after: TimetableEntry

    @property
    def when(self) -> When:
        return When(
            precision=self.after.precision,
            starts_on=self.after.starts_on,
            ends_on=self.after.ends_on,
        )


def milestone_of(cycle: ReportingCycle, number: int) -> Milestone:
    """Find a date of a cycle's timetable by its place.

    :raises Http404: if the cycle has no such date
    """
    return get_object_or_404(cycle.milestones.select_related("cycle__council"), number=number)


def along_with(milestone: Milestone, when: When) -> list[Along]:
    """List the dates of the same report that would move along, in the timetable's order."""
    cycle = milestone.cycle
    others = list(cycle.milestones.exclude(pk=milestone.pk).order_by("number"))
    for other in others:
        other.cycle = cycle
    first = {(other.step, other.forum): other for other in reversed(others)}
    found = moves_along(
        [Move(before=milestone.entry, after=moved_entry(milestone, when))],
        [other.entry for other in first.values()],
        framework_of(cycle.council).timetable.rules[cycle.kind],
        period=quarter(cycle.financial_year, cycle.quarter),
        report=cycle.kind,
        closures=calendar_of(cycle.council, cycle.financial_year).bank_holidays,
    )
    return [
        Along(milestone=first[move.before.step, move.before.forum], after=move.after)
        for move in found
    ]


def moved_entry(milestone: Milestone, when: When) -> TimetableEntry:
    """Give a milestone's entry as it would be."""
    return replace(
        milestone.entry,
        precision=when.precision,
        starts_on=when.starts_on,
        ends_on=when.ends_on,
    )


def clashes_with(
    cycle: ReportingCycle, step: Step, forum: BodyKind | None, when: When
) -> list[Clash]:
    """Find what would clash in the cycle's timetable with one more date, and does not without it."""
    entries = []
    for held in cycle.milestones.order_by("number"):
        held.cycle = cycle
        entries.append(held.entry)
    added = TimetableEntry(
        quarter=cycle.quarter,
        report=cycle.kind,
        step=step,
        forum=forum,
        precision=when.precision,
        starts_on=when.starts_on,
        ends_on=when.ends_on,
    )
    calendar = calendar_of(cycle.council, cycle.financial_year)
    before = {clash.sentence for clash in timetable_clashes(entries, calendar)}
    found = timetable_clashes([*entries, added], calendar)
    return [clash for clash in found if clash.sentence not in before]


def clashes_after(milestone: Milestone, when: When, along: Collection[Along]) -> list[Clash]:
    """Find what would clash in the cycle's timetable once these dates have moved."""
    cycle = milestone.cycle
    after = {each.milestone.pk: each.after for each in along}
    after[milestone.pk] = moved_entry(milestone, when)
    entries = []
    for held in cycle.milestones.order_by("number"):
        held.cycle = cycle
        entries.append(after.get(held.pk, held.entry))
    return timetable_clashes(entries, calendar_of(cycle.council, cycle.financial_year))
