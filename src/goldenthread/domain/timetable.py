"""The reporting timetable's entries, as published and as kept (clause T-1)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from goldenthread.domain.kinds import BodyKind, CycleKind, Precision, Step
from goldenthread.domain.working_days import SATURDAY


class TimetableError(ValueError):
    """A timetable that cannot stand; each of its problems is a sentence."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetableEntry:
    """What happens when, in one quarter's reporting of one kind (clause T-1).

    `starts_on` and `ends_on` are inclusive: the same day, Monday to Sunday of a week, the ends of a
    range, or both None while the date is to be confirmed. `derivation` says how a proposed date
    came about, and `moved_from` which day it would have had; neither makes two entries differ.

    :raises ValueError: if there is no such quarter, or the days do not fit the precision
    """

    quarter: int
    report: CycleKind
    step: Step
    forum: BodyKind | None = None
    precision: Precision
    starts_on: date | None = None
    ends_on: date | None = None
    derivation: str = field(default="", compare=False)
    moved_from: date | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if self.quarter not in range(1, 5):
            raise ValueError(f"a year has quarters 1 to 4, not {self.quarter}")
        if self.precision is Precision.TO_BE_CONFIRMED:
            if self.starts_on or self.ends_on:
                raise ValueError("an entry to be confirmed has no days yet")
        elif self.starts_on is None or self.ends_on is None:
            raise ValueError(f'an entry of precision "{self.precision}" has a first and a last day')
        else:
            _check_span(self.precision, self.starts_on, self.ends_on)

    @property
    def when(self) -> str:
        """The date as a paper has it: 8 June 2009, week commencing 29 June 2009, to be confirmed."""
        if self.starts_on is None or self.ends_on is None:
            return "to be confirmed"
        match self.precision:
            case Precision.WEEK:
                return f"week commencing {day_in_words(self.starts_on)}"
            case Precision.RANGE:
                return _range_in_words(self.starts_on, self.ends_on)
            case _:
                return day_in_words(self.starts_on)

    @property
    def what(self) -> str:
        """What happens, as a sentence without its date."""
        return step_in_words(self.step, self.forum)


def step_in_words(step: Step, forum: BodyKind | None) -> str:
    """Say what a step is and whose: "DMT receives the report"."""
    if forum is None or step is Step.PARTNERSHIPS_REVIEW:
        return step.label
    who = forum_in_words(forum)
    receives = "receive" if forum in (BodyKind.PDC, BodyKind.THEMATIC_PARTNERSHIPS) else "receives"
    return {
        Step.PAPERS_OUT: f"Papers sent out to {who}",
        Step.FORUM_RECEIVES: f"{who} {receives} the report",
        Step.EXCEPTIONS_DISCUSSED: f"{who} discusses the exceptions",
    }.get(step, f"{step.label}, {who}")


def _check_span(precision: Precision, start: date, end: date) -> None:
    if precision is Precision.DAY and start != end:
        raise ValueError("an entry of one day starts and ends on that day")
    if precision is Precision.WEEK and (start.weekday() or end - start != timedelta(days=6)):
        raise ValueError("a week runs from a Monday to the Sunday after it")
    if precision is Precision.RANGE and start >= end:
        raise ValueError("a range ends after the day on which it starts")


def day_in_words(day: date) -> str:
    """Say a day as 8 June 2009."""
    return f"{day.day} {day:%B %Y}"


def _range_in_words(start: date, end: date) -> str:
    """Say a range as 14 to 24 September 2009, with no more of its start than it needs."""
    if start.year != end.year:
        return f"{day_in_words(start)} to {day_in_words(end)}"
    first = f"{start.day}" if start.month == end.month else f"{start.day} {start:%B}"
    return f"{first} to {day_in_words(end)}"


def forum_in_words(forum: BodyKind) -> str:
    """Name a forum in a sentence; DMT is known by its letters."""
    return "DMT" if forum is BodyKind.DMT else forum.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Oddity:
    """Something in a timetable that may be meant but is worth a look."""

    entry: TimetableEntry
    words: str


def timetable_oddities(
    entries: Collection[TimetableEntry],
    *,
    bank_holidays: Mapping[date, str],
    pre_election: tuple[date, date] | None = None,
) -> list[Oddity]:
    """Point out what looks odd; the timetable stands as it is (oddity 3 of the source).

    `bank_holidays` gives each holiday its name; `pre_election` is a closed range of days.
    """
    odd = []
    for entry in entries:
        words = [*_odd_days(entry, bank_holidays), *_odd_order(entry, entries)]
        if pre_election:
            words += _before_election(entry, *pre_election)
        odd += [Oddity(entry=entry, words=each) for each in words]
    return odd


def _odd_days(entry: TimetableEntry, bank_holidays: Mapping[date, str]) -> Iterator[str]:
    day = entry.starts_on
    if day is None or entry.precision is Precision.RANGE:
        return
    when = entry.when[0].upper() + entry.when[1:]
    falls = "begins on" if entry.precision is Precision.WEEK else "is"
    if day in bank_holidays:
        yield f"{when} {falls} {bank_holidays[day]}"
    elif day.weekday() >= SATURDAY:
        yield f"{when} {falls} a {day:%A}"


_BEFORE = {
    Step.UPDATE_DEADLINE: Step.PAPERS_OUT,
    Step.PARTNERSHIPS_REVIEW: Step.PAPERS_OUT,
    Step.PAPERS_OUT: Step.FORUM_RECEIVES,
}


def _odd_order(entry: TimetableEntry, entries: Collection[TimetableEntry]) -> Iterator[str]:
    """Name the steps of the same report that should come after this one but do not (clause X-1)."""
    for other in entries:
        if _should_precede(entry, other) and not _precedes(entry, other):
            yield f"{_named(entry)} ({entry.when}) should come before {_named(other)} ({other.when})"


def _should_precede(entry: TimetableEntry, other: TimetableEntry) -> bool:
    of_one_forum = entry.step is not Step.PAPERS_OUT or entry.forum is other.forum
    of_one_report = (entry.quarter, entry.report) == (other.quarter, other.report)
    return of_one_report and of_one_forum and other.step is _BEFORE.get(entry.step)


def _precedes(entry: TimetableEntry, other: TimetableEntry) -> bool:
    """Test whether an entry ends before another starts; a date to be confirmed may always do so."""
    return not (entry.ends_on and other.starts_on) or entry.ends_on < other.starts_on


def _named(entry: TimetableEntry) -> str:
    words = entry.step.replace("_", " ").capitalize()
    return f"{words} for {forum_in_words(entry.forum)}" if entry.forum else words


def _before_election(entry: TimetableEntry, start: date, end: date) -> Iterator[str]:
    if entry.forum in (None, BodyKind.DMT, BodyKind.THEMATIC_PARTNERSHIPS):
        return
    if entry.starts_on and entry.ends_on and entry.starts_on <= end and start <= entry.ends_on:
        yield f"{_named(entry)} ({entry.when}) falls in the pre-election period"
