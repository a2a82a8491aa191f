"""Proposing a year's timetable from the forums' meeting dates (clauses T-2 and T-3)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from goldenthread.domain.kinds import BodyKind, CycleKind, Precision, Step
from goldenthread.domain.milestones import (
    Anchor,
    Counts,
    IfClosed,
    MilestoneRule,
    problems_of_rules,
)
from goldenthread.domain.periods import FinancialYear, Period
from goldenthread.domain.periods import quarter as quarter_of
from goldenthread.domain.timetable import (
    TimetableEntry,
    TimetableError,
    day_in_words,
    forum_in_words,
)
from goldenthread.domain.working_days import (
    ONE_DAY,
    SATURDAY,
    is_working_day,
    open_day,
    shift_working_days,
)

ONE_WEEK = timedelta(weeks=1)

Meeting = date | tuple[date, date] | None
"""A forum's meeting as typed: a day, the first and last day of a range, or to be confirmed."""

Meetings = Mapping[tuple[int, CycleKind, BodyKind], Meeting]
"""A year's meetings as typed, by quarter (1 to 4), report and forum."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where a rule puts its step, and why; no day while it is to be confirmed."""

    day: date | None
    why: str
    moved_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What every step of one report is placed by."""

    forum: BodyKind
    papers: date | None
    closures: frozenset[date]


def propose_report(
    rules: Sequence[MilestoneRule],
    *,
    quarter: Period,
    report: CycleKind,
    meeting: date | None,
    closures: Collection[date],
) -> list[TimetableEntry]:
    """Propose the entries that follow from the day on which a report's first forum meets.

    Closures are bank holidays and the council's own closed days; weekends are known. The meeting
    stands as typed; while it is None, what counts from it is to be confirmed. An update deadline
    that would not come before the papers moves to the working day before them. Clause T-2.

    :raises TimetableError: if no single rule is the meeting, or one counts from a step that no rule
        before it gives
    """
    if not rules:
        return []
    _check_rules(rules, report)
    setting = setting_of(rules, meeting, frozenset(closures))
    known = {Anchor.QUARTER_END.value: quarter.ends_on, Anchor.FORUM_RECEIVES.value: meeting}
    entries = []
    for rule in rules:
        placed = place(rule, known[rule.anchor.value], setting)
        known[rule.step.value] = placed.day
        entries.append(entry_of(rule, placed, quarter.number, report))
    return entries


def _check_rules(rules: Sequence[MilestoneRule], report: CycleKind) -> None:
    problems = [
        f"{report.label} timetable, {'the list' if at is None else f'step {at + 1}'} {words}"
        for at, words in problems_of_rules(rules)
    ]
    if problems:
        raise TimetableError(*problems)


def setting_of(
    rules: Sequence[MilestoneRule], meeting: date | None, closures: frozenset[date]
) -> Setting:
    """Bring together what every step of one report is placed by."""
    forum = next(rule.forum for rule in rules if rule.step is Step.FORUM_RECEIVES and rule.forum)
    papers = next((rule for rule in rules if rule.step is Step.PAPERS_OUT), None)
    setting = Setting(forum=forum, papers=None, closures=closures)
    if papers is None or meeting is None:
        return setting
    return replace(setting, papers=place(papers, meeting, setting).day)


def place(rule: MilestoneRule, anchor: date | None, setting: Setting) -> Placed:
    """Place one step by its rule and the day that it counts from."""
    name = _anchor_in_words(rule.anchor, setting.forum)
    if anchor is None:
        return Placed(day=None, why=f"follows {name}, which is to be confirmed")
    name = f"{name} of {day_in_words(anchor)}"
    if rule.step is Step.FORUM_RECEIVES:
        return Placed(day=anchor, why=f"{name}, as given")
    counted = _counted(rule, anchor, setting.closures)
    day, moved = _settled(rule, counted, setting)
    why = f"{_distance_in_words(rule)} {name}{moved}"
    return Placed(day=day, why=why, moved_from=counted if moved else None)


def _counted(rule: MilestoneRule, anchor: date, closures: frozenset[date]) -> date:
    if rule.counts is Counts.WORKING_DAYS:
        day = shift_working_days(anchor, rule.offset_days, closures=closures)
    else:
        day = anchor + timedelta(days=rule.offset_days)
    if rule.precision is Precision.WEEK:
        day += timedelta(days=-day.weekday() % 7)
    return day


def _settled(rule: MilestoneRule, counted: date, setting: Setting) -> tuple[date, str]:
    """Move a counted day to one that stands, with the words that say why; none if it stays."""
    if rule.precision is Precision.WEEK:
        return _open_week(counted, setting.closures)
    day, moved = _reopened(rule.if_closed, counted, setting.closures)
    if rule.step is Step.UPDATE_DEADLINE and setting.papers and day >= setting.papers:
        day = shift_working_days(setting.papers, -1, closures=setting.closures)
        moved = f", moved from {day_in_words(counted)} to come before the papers"
    return day, moved


def _open_week(monday: date, closures: frozenset[date]) -> tuple[date, str]:
    week = monday
    while all(week + timedelta(days=day) in closures for day in range(SATURDAY)):
        week += ONE_WEEK
    if week == monday:
        return monday, ""
    return week, f", moved because the week of {day_in_words(monday)} is closed"


def _reopened(if_closed: IfClosed, counted: date, closures: frozenset[date]) -> tuple[date, str]:
    if is_working_day(counted, closures=closures):
        return counted, ""
    at_weekend = counted.weekday() >= SATURDAY
    match if_closed:
        case IfClosed.EARLIER:
            stride = -ONE_DAY
        case IfClosed.WEEK_LATER if not at_weekend:
            stride = ONE_WEEK
        case _:
            stride = ONE_DAY
    reason = f"is a {counted:%A}" if at_weekend else "is a closed day"
    day = open_day(counted, stride, closures=closures)
    return day, f", moved because {day_in_words(counted)} {reason}"


_ANCHORS_IN_WORDS = {
    Anchor.QUARTER_END: "the quarter's end",
    Anchor.UPDATE_DEADLINE: "the update deadline",
    Anchor.EXCEPTIONS_DISCUSSED: "the discussion of exceptions",
}


def _anchor_in_words(anchor: Anchor, forum: BodyKind) -> str:
    return _ANCHORS_IN_WORDS.get(anchor) or _meeting_in_words(forum)


def _meeting_in_words(forum: BodyKind) -> str:
    name = forum_in_words(forum)
    return f"{name}' meeting" if name.endswith("s") else f"{name}'s meeting"


def _distance_in_words(rule: MilestoneRule) -> str:
    if rule.offset_days == 0:
        return "on the same day as"
    number = abs(rule.offset_days)
    working = "working " if rule.counts is Counts.WORKING_DAYS else ""
    days = f"{number} {working}{'day' if number == 1 else 'days'}"
    side = "after" if rule.offset_days > 0 else "before"
    if rule.precision is Precision.WEEK:
        return f"the first week to begin {days} or more {side}"
    return f"{days} {side}"


def entry_of(
    rule: MilestoneRule, placed: Placed, quarter: int, report: CycleKind
) -> TimetableEntry:
    """Make an entry of a step that is placed."""
    day = placed.day
    in_week = rule.precision is Precision.WEEK
    return TimetableEntry(
        quarter=quarter,
        report=report,
        step=rule.step,
        forum=rule.forum,
        precision=rule.precision if day else Precision.TO_BE_CONFIRMED,
        starts_on=day,
        ends_on=day + timedelta(days=6) if day and in_week else day,
        derivation=placed.why,
        moved_from=placed.moved_from,
    )


def propose_year(
    rules: Mapping[CycleKind, Sequence[MilestoneRule]],
    *,
    year: FinancialYear,
    meetings: Meetings,
    closures: Collection[date],
) -> list[TimetableEntry]:
    """Propose a year's timetable: what the rules give, and the committees' own meetings as typed.

    A report that the meetings do not name in a quarter is not reported in it. Its steps follow from
    the meeting of the forum that its rules name; the other forums come after them, by their last
    day, those to be confirmed last. The result is a proposal, to be edited by hand. Clause T-3.

    :raises TimetableError: as :func:`propose_report` does, or if the meeting that a report's steps
        count from is a range of days
    """
    entries: list[TimetableEntry] = []
    for number in range(1, 5):
        for report in CycleKind:
            typed = {
                forum: meeting
                for (quarter, kind, forum), meeting in meetings.items()
                if (quarter, kind) == (number, report)
            }
            period = quarter_of(year, number)
            entries += _propose_one(rules.get(report, ()), period, report, typed, closures)
    return entries


def _propose_one(
    rules: Sequence[MilestoneRule],
    period: Period,
    report: CycleKind,
    typed: dict[BodyKind, Meeting],
    closures: Collection[date],
) -> Iterator[TimetableEntry]:
    leading = next((rule.forum for rule in rules if rule.step is Step.FORUM_RECEIVES), None)
    if leading in typed:
        meeting = typed.pop(leading)
        if isinstance(meeting, tuple):
            raise TimetableError(
                f"Quarter {period.number}, {report.label.lower()} report: the other dates count "
                f"from {_meeting_in_words(leading)}, which must be one day"
            )
        yield from propose_report(
            rules, quarter=period, report=report, meeting=meeting, closures=closures
        )
    committees = [_as_typed(period.number, report, *pair) for pair in typed.items()]
    yield from sorted(committees, key=lambda entry: entry.ends_on or date.max)


def _as_typed(quarter: int, report: CycleKind, forum: BodyKind, meeting: Meeting) -> TimetableEntry:
    start, end = meeting if isinstance(meeting, tuple) else (meeting, meeting)
    precision = Precision.DAY if start else Precision.TO_BE_CONFIRMED
    return TimetableEntry(
        quarter=quarter,
        report=report,
        step=Step.FORUM_RECEIVES,
        forum=forum,
        precision=Precision.RANGE if isinstance(meeting, tuple) else precision,
        starts_on=start,
        ends_on=end,
        derivation=f"{_meeting_in_words(forum)}, as given",
    )
