"""Moving dates of a report, and what follows from them along with them (clause T-3)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.domain.kinds import BodyKind, CycleKind, Step
from goldenthread.domain.milestones import Anchor, MilestoneRule
from goldenthread.domain.periods import FinancialYear, Period, quarter
from goldenthread.domain.timetable import TimetableEntry
from goldenthread.domain.timetable_proposal import Setting, entry_of, place, setting_of

Whose = tuple[Step, BodyKind | None]
"""A step of a report and the forum it is of: what a rule and its entry have in common."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An entry of a timetable before and after a move."""

    before: TimetableEntry
    after: TimetableEntry


def moves_along(
    moved: Sequence[Move],
    entries: Collection[TimetableEntry],
    rules: Sequence[MilestoneRule],
    *,
    period: Period,
    report: CycleKind,
    closures: Collection[date],
) -> list[Move]:
    """List what would move along with some entries: each step that counts from one, or from such a step.

    `entries` are those of the same report as they stand. What already stands where its rule would
    put it stays, and so does what counts from an entry that is to be confirmed. Another forum's
    meeting than that which the rules name takes nothing along.
    """
    if not rules:
        return []
    held = {_whose(entry): entry for entry in reversed([*entries])}
    typed = {_whose(move.after): move.after for move in moved}
    stands = {_whose(rule): typed.get(_whose(rule)) or held.get(_whose(rule)) for rule in rules}
    days = {rule.step.value: entry.starts_on for rule in rules if (entry := stands[_whose(rule)])}
    days[Anchor.QUARTER_END.value] = period.ends_on
    setting = setting_of(rules, days.get(Step.FORUM_RECEIVES.value), frozenset(closures))
    reached = {rule.step.value for rule in rules if _whose(rule) in typed}
    found = []
    for rule in rules:
        before, anchor = held.get(_whose(rule)), days.get(rule.anchor.value)
        follows = rule.anchor.value in reached or _is_overtaken(rule, before, setting, reached)
        if _whose(rule) in typed or not follows or before is None or anchor is None:
            continue
        placed = place(rule, anchor, setting)
        days[rule.step.value] = placed.day
        reached.add(rule.step.value)
        if before.starts_on != placed.day:
            after = entry_of(rule, placed, period.number, report)
            found.append(Move(before=before, after=after))
    return found


def moves_along_in_year(
    moved: Sequence[Move],
    entries: Collection[TimetableEntry],
    rules: Mapping[CycleKind, Sequence[MilestoneRule]],
    *,
    year: FinancialYear,
    closures: Collection[date],
) -> list[Move]:
    """List what would move along with some entries of a year, report by report."""
    reports = dict.fromkeys((move.before.quarter, move.before.report) for move in moved)
    return [
        along
        for number, report in reports
        for along in moves_along(
            [m for m in moved if (m.before.quarter, m.before.report) == (number, report)],
            [e for e in entries if (e.quarter, e.report) == (number, report)],
            rules.get(report, ()),
            period=quarter(year, number),
            report=report,
            closures=closures,
        )
    ]


def _whose(one: TimetableEntry | MilestoneRule) -> Whose:
    return one.step, one.forum


def _is_overtaken(
    rule: MilestoneRule, held: TimetableEntry | None, setting: Setting, reached: Collection[str]
) -> bool:
    """Tell a deadline that papers, moving with their meeting, would not come after any more."""
    if rule.step is not Step.UPDATE_DEADLINE or Step.FORUM_RECEIVES.value not in reached:
        return False
    day = held.starts_on if held else None
    return day is not None and setting.papers is not None and day >= setting.papers
