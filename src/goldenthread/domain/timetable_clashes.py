"""What in a year's timetable does not go together, and how long each forum waits for its report.

The timetable stands as it is: a clash is pointed out, with what would mend it, and may be meant.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from goldenthread.domain.clear_days import clear_days_between, latest_publication
from goldenthread.domain.kinds import BodyKind, CycleKind, Precision, Step
from goldenthread.domain.periods import FinancialYear, quarter
from goldenthread.domain.timetable import (
    TimetableEntry,
    day_in_words,
    range_in_words,
    step_in_words,
)
from goldenthread.domain.working_days import ONE_DAY, is_working_day, open_day

PUBLIC = (BodyKind.SCRUTINY, BodyKind.PDC, BodyKind.COUNCIL)
"""The forums that meet in public: their papers must be open before, and they fall still at elections."""

_BEFORE: Sequence[tuple[Step, Step]] = (
    (Step.UPDATE_DEADLINE, Step.PAPERS_OUT),
    (Step.PARTNERSHIPS_REVIEW, Step.PAPERS_OUT),
    (Step.PAPERS_OUT, Step.FORUM_RECEIVES),
    (Step.FORUM_RECEIVES, Step.EXCEPTIONS_DISCUSSED),
    (Step.EXCEPTIONS_DISCUSSED, Step.DIRECTORS_MEET_CHIEF_EXECUTIVE),
)
"""The steps of one report that follow each other (clause X-1)."""

_RUNGS = (BodyKind.DMT, BodyKind.SCRUTINY, BodyKind.PDC, BodyKind.COUNCIL)
"""The forums that receive one report after another; the partnership's boards stand beside (X-1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Something in a timetable that may be meant but is worth a look, and what would mend it."""

    entry: TimetableEntry
    words: str
    mend: str

    @property
    def sentence(self) -> str:
        """Say what clashes, and name whose date it is where the words do not."""
        return (
            f"{self.words}."
            if self.entry.what in self.words
            else f"{self.words}: {self.entry.what}."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """How many days after its quarter's end a forum receives a report: at its first and last meeting."""

    quarter: int
    report: CycleKind
    forum: BodyKind
    first: int
    last: int

    @property
    def words(self) -> str:
        """The days as a table has them: 42, or 77 to 104."""
        return str(self.first) if self.first == self.last else f"{self.first} to {self.last}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """What a timetable is held against.

    `bank_holidays` gives each holiday, and each day on which the council is closed, its name;
    `pre_election` holds first and last days of the periods before elections; papers of public meetings need `clear_days`, and a forum should have its report within its `most_days` of
    the quarter's end, where the framework says so.
    """

    year: FinancialYear
    bank_holidays: Mapping[date, str]
    pre_election: Collection[tuple[date, date]] = ()
    clear_days: int = 5
    most_days: Mapping[BodyKind, int] = field(default_factory=dict)


def timetable_clashes(entries: Collection[TimetableEntry], calendar: Calendar) -> list[Clash]:
    """Point out what does not go together, entry by entry (clause T-3, oddity 3 of the source)."""
    return [
        Clash(entry=entry, words=words, mend=mend)
        for entry in entries
        for words, mend in _clashes_of(entry, entries, calendar)
    ]


def lags(entries: Collection[TimetableEntry], year: FinancialYear) -> list[Lag]:
    """Say how long after each quarter's end each forum receives its report, in the timetable's order."""
    return [
        Lag(
            quarter=entry.quarter,
            report=entry.report,
            forum=entry.forum,
            first=(entry.starts_on - quarter(year, entry.quarter).ends_on).days,
            last=(entry.ends_on - quarter(year, entry.quarter).ends_on).days,
        )
        for entry in entries
        if entry.step is Step.FORUM_RECEIVES and entry.report is not CycleKind.SIX_WEEKLY
        if entry.forum and entry.starts_on and entry.ends_on
    ]


Said = Iterator[tuple[str, str]]


def _clashes_of(
    entry: TimetableEntry, entries: Collection[TimetableEntry], calendar: Calendar
) -> Said:
    yield from _outside_its_year(entry, calendar)
    yield from _closed_day(entry, calendar)
    yield from _steps_out_of_order(entry, entries)
    yield from _forums_out_of_order(entry, entries)
    yield from _before_its_period_ends(entry, calendar)
    yield from _too_few_clear_days(entry, entries, calendar)
    yield from _before_election(entry, calendar)
    yield from _too_late(entry, calendar)


def _outside_its_year(entry: TimetableEntry, calendar: Calendar) -> Said:
    """Point out a date before the year or after the half year in which its last reports are received."""
    first, last = calendar.year.starts_on, quarter(calendar.year.following, 2).ends_on
    if entry.starts_on and not first <= entry.starts_on <= last:
        yield (
            f"{_named(entry)} ({entry.when}) lies outside the year {calendar.year.label}",
            f"Look at its year: the dates run from {range_in_words(first, last)}.",
        )


def _closed_day(entry: TimetableEntry, calendar: Calendar) -> Said:
    day = entry.starts_on
    if day is None or entry.precision is Precision.RANGE:
        return
    when = entry.when[0].upper() + entry.when[1:]
    closures = calendar.bank_holidays
    if is_working_day(day, closures=closures):
        return
    falls = "begins on" if entry.precision is Precision.WEEK else "is"
    why = closures.get(day) or f"a {day:%A}"
    earlier, later = (open_day(day, stride, closures=closures) for stride in (-ONE_DAY, ONE_DAY))
    mend = f"Move it to {day_in_words(earlier)} or {day_in_words(later)}"
    if entry.precision is Precision.WEEK:
        mend = f"The first working day of that week is {day_in_words(later)}"
    yield f"{when} {falls} {why}", f"{mend}."


def _steps_out_of_order(entry: TimetableEntry, entries: Collection[TimetableEntry]) -> Said:
    for other in entries:
        if (entry.step, other.step) not in _BEFORE or not _is_of_one_report(entry, other):
            continue
        of_one_forum = entry.forum is other.forum or not (entry.forum and other.forum)
        starts_the_papers = entry.step in (Step.UPDATE_DEADLINE, Step.PARTNERSHIPS_REVIEW)
        if of_one_forum or starts_the_papers:
            yield from _should_precede(entry, other, entry.ends_on)


def _forums_out_of_order(entry: TimetableEntry, entries: Collection[TimetableEntry]) -> Said:
    if entry.step is not Step.FORUM_RECEIVES or entry.forum not in _RUNGS:
        return
    for other in entries:
        later = _RUNGS[_RUNGS.index(entry.forum) + 1 :]
        receives = other.step is Step.FORUM_RECEIVES and other.forum in later
        if receives and _is_of_one_report(entry, other):
            yield from _should_precede(entry, other, entry.starts_on)


def _should_precede(entry: TimetableEntry, other: TimetableEntry, day: date | None) -> Said:
    """Point out an entry whose day does not come before another; one to be confirmed may always."""
    if day is None or other.starts_on is None or day < other.starts_on:
        return
    yield (
        f"{_named(entry)} ({entry.when}) should come before: {_named(other)} ({other.when})",
        f"Move it to before {day_in_words(other.starts_on)}, or the other to after "
        f"{day_in_words(day)}.",
    )


def _is_of_one_report(entry: TimetableEntry, other: TimetableEntry) -> bool:
    return (entry.quarter, entry.report) == (other.quarter, other.report)


def _before_its_period_ends(entry: TimetableEntry, calendar: Calendar) -> Said:
    ends_on = quarter(calendar.year, entry.quarter).ends_on
    if entry.step is not Step.UPDATE_DEADLINE or entry.report is CycleKind.SIX_WEEKLY:
        return
    if entry.starts_on and entry.starts_on <= ends_on:
        yield (
            f"{_named(entry)} ({entry.when}) comes before the period has ended",
            f"Move it to after {day_in_words(ends_on)}.",
        )


def _too_few_clear_days(
    entry: TimetableEntry, entries: Collection[TimetableEntry], calendar: Calendar
) -> Said:
    if entry.step is not Step.PAPERS_OUT or entry.forum not in PUBLIC or not entry.starts_on:
        return
    for other in entries:
        meets = other.step is Step.FORUM_RECEIVES and other.forum is entry.forum
        if not (meets and _is_of_one_report(entry, other) and other.starts_on):
            continue
        closures = calendar.bank_holidays
        found = clear_days_between(entry.starts_on, other.starts_on, closures=closures)
        if found < calendar.clear_days:
            latest = latest_publication(other.starts_on, calendar.clear_days, closures=closures)
            yield (
                f"{_named(entry)} ({entry.when}) leaves {found} clear days before a public "
                f"meeting: it must be {calendar.clear_days}",
                f"Send them out by {day_in_words(latest)}.",
            )


def _before_election(entry: TimetableEntry, calendar: Calendar) -> Said:
    if entry.forum in _NOT_OF_MEMBERS:
        return
    for start, end in calendar.pre_election:
        if entry.starts_on and entry.ends_on and entry.starts_on <= end and start <= entry.ends_on:
            yield (
                f"{_named(entry)} ({entry.when}) falls in the pre-election period",
                f"Move it to after {day_in_words(end)}.",
            )


_NOT_OF_MEMBERS = (None, BodyKind.DMT, BodyKind.THEMATIC_PARTNERSHIPS)


def _too_late(entry: TimetableEntry, calendar: Calendar) -> Said:
    for lag in lags([entry], calendar.year):
        most = calendar.most_days.get(lag.forum, lag.last)
        if lag.last > most:
            ends_on = quarter(calendar.year, entry.quarter).ends_on
            latest = ends_on + timedelta(days=most)
            yield (
                f"{_named(entry)} ({entry.when}) comes {lag.words} days after the quarter's end: "
                f"it should be at most {most}",
                f"Move it to {day_in_words(latest)} or earlier.",
            )


def _named(entry: TimetableEntry) -> str:
    return step_in_words(entry.step, entry.forum)
