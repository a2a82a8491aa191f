"""Moving one date of a report, and what follows from it along with it (clause T-3)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.domain.kinds import CycleKind, Step
from goldenthread.domain.milestones import MilestoneRule
from goldenthread.domain.periods import Period
from goldenthread.domain.timetable import TimetableEntry
from goldenthread.domain.timetable_proposal import entry_of, place, setting_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An entry of a timetable before and after a move."""

    before: TimetableEntry
    after: TimetableEntry


def moves_along(
    moved: Move,
    entries: Collection[TimetableEntry],
    rules: Sequence[MilestoneRule],
    *,
    period: Period,
    report: CycleKind,
    closures: Collection[date],
) -> list[Move]:
    """List what would move along with an entry: each step that counts from it, or from such a step.

    `entries` are those of the same report as they stand. What already stands where its rule would
    put it stays, and so does everything while the moved entry is to be confirmed.
    """
    if moved.after.starts_on is None:
        return []
    days = {Step(entry.step): entry.starts_on for entry in entries}
    days[moved.after.step] = moved.after.starts_on
    setting = setting_of(rules, days.get(Step.FORUM_RECEIVES), frozenset(closures))
    found = []
    for rule in _following(moved.after.step, rules):
        placed = place(rule, days[Step(rule.anchor.value)], setting)
        days[rule.step] = placed.day
        after = entry_of(rule, placed, period.number, report)
        before = next((entry for entry in entries if entry.step is rule.step), None)
        if before is not None and before.starts_on != after.starts_on:
            found.append(Move(before=before, after=after))
    return found


def _following(step: Step, rules: Sequence[MilestoneRule]) -> Iterator[MilestoneRule]:
    """Find the rules that count from a step, directly or by way of others, in their own order."""
    reached = {step.value}
    for rule in rules:
        if rule.anchor.value in reached and rule.step is not step:
            reached.add(rule.step.value)
            yield rule
