"""The reporting timetable's entries, as published and as kept (clause T-1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from goldenthread.domain.kinds import BodyKind, CycleKind, Precision, Step


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
    came about, and `moved_from` which day it would have had; `first_planned` is the date in words
    that somebody moved by hand, and `moved_because` why. None of these makes two entries differ.

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
    first_planned: str = field(default="", compare=False)
    moved_because: str = field(default="", compare=False)

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
                return range_in_words(self.starts_on, self.ends_on)
            case _:
                return day_in_words(self.starts_on)

    @property
    def what(self) -> str:
        """What happens, as a sentence without its date."""
        return step_in_words(self.step, self.forum)

    @property
    def for_whom(self) -> str:
        """Whom it concerns: the forum, or whoever has to do something by then."""
        return concerned_in_words(self.step, self.forum)


def concerned_in_words(step: Step, forum: BodyKind | None) -> str:
    """Say whom a step concerns: "Scrutiny Committee", "Action and indicator officers"."""
    if forum is not None:
        return forum.label
    return {
        Step.UPDATE_DEADLINE: "Action and indicator officers",
        Step.LAA_DATA_FROM_COUNTY: "The County",
        Step.PARTNERSHIPS_REVIEW: BodyKind.THEMATIC_PARTNERSHIPS.label,
        Step.DIRECTORS_MEET_CHIEF_EXECUTIVE: "Directors and the Chief Executive",
    }.get(step, "Everybody")


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


def range_in_words(start: date, end: date) -> str:
    """Say a range as 14 to 24 September 2009, with no more of its start than it needs."""
    if start == end:
        return day_in_words(start)
    if start.year != end.year:
        return f"{day_in_words(start)} to {day_in_words(end)}"
    first = f"{start.day}" if start.month == end.month else f"{start.day} {start:%B}"
    return f"{first} to {day_in_words(end)}"


def forum_in_words(forum: BodyKind) -> str:
    """Name a forum in a sentence; DMT is known by its letters."""
    return "DMT" if forum is BodyKind.DMT else forum.label
