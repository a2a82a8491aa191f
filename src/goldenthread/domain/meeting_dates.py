"""Reading the forums' meeting dates as they are typed or pasted, and giving each report its own (T-3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.domain.kinds import BodyKind, CycleKind, Precision
from goldenthread.domain.periods import FinancialYear, quarter
from goldenthread.domain.timetable import day_in_words, forum_in_words
from goldenthread.domain.timetable_proposal import Meeting, Meetings
from goldenthread.domain.when_words import When, WhenError, read_when_between
from goldenthread.domain.working_days import SATURDAY

MOST_LINES = 2_000
_LAST_QUARTER = 4
_ANNUAL_REPORT = "annual report"
_ON_ANNUAL_REPORT = re.compile(rf"\(?(on |for )?(the )?{_ANNUAL_REPORT}\)?", flags=re.IGNORECASE)
_WEEKDAYS = re.compile(
    r"\b(mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(day)?\b,?", flags=re.IGNORECASE
)
_BETWEEN_DATES = re.compile(r"[;\t]|,(?!\s*\d{4}\b)|\s{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingDate:
    """A forum's meeting: a day, or the first and last day of a range; and whether it is on the annual report."""

    forum: BodyKind
    starts_on: date
    ends_on: date
    is_on_annual_report: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingsRead:
    """The meetings that were found, in order, and what was wrong, a sentence each."""

    meetings: tuple[MeetingDate, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A date as it is written somewhere: where, whose meeting it is if that is known, and the words.

    A `problem` keeps it out, whatever its words say. `title` is what the meeting is called.
    """

    where: str
    forum: BodyKind | None
    words: str = ""
    problem: str = ""
    title: str = ""


def read_meetings(
    lines: Sequence[str], names: Mapping[str, BodyKind], *, year: FinancialYear
) -> MeetingsRead:
    """Read lines that name a forum and its dates: "DMT: 16 June 2009; 11 August 2009".

    A line with only a forum's name is a heading for the dates below it; one date may stand on each
    line, before or after the name. `names` are what people call the forums, in small letters. A date
    far out of the year, given twice or on a weekend is named; the first is left out.
    """
    return take_meetings(said_in_lines(lines, names), year=year, problems=problems_of_lines(lines))


def problems_of_lines(lines: Sequence[str]) -> list[str]:
    """Say that there are more lines than are read."""
    if len(lines) <= MOST_LINES:
        return []
    return [f"There are {len(lines):,} lines: only the first {MOST_LINES:,} are read"]


def said_in_lines(lines: Sequence[str], names: Mapping[str, BodyKind]) -> Iterator[Said]:
    """Find the dates in lines, each with the forum of its own line or of the heading above it."""
    heading, title = None, ""
    for number, line in enumerate(lines[:MOST_LINES], start=1):
        forum, rest = forum_in(line, names)
        if forum:
            heading, title = forum, line
        for words in dates_in(_ON_ANNUAL_REPORT.sub("", rest)):
            yield Said(where=f"Line {number}", forum=heading, words=words, title=title)


def take_meetings(
    said: Iterable[Said], *, year: FinancialYear, problems: Iterable[str] = ()
) -> MeetingsRead:
    """Take the meetings that are dates of this year, and say of the others what keeps them out."""
    wrong = list(problems)
    found: dict[tuple[BodyKind, date], MeetingDate] = {}
    for each in said:
        problem = each.problem or _take(each, year, found)
        wrong += [f"{each.where}: {problem}"] if problem else []
    order = sorted(found.values(), key=lambda each: (each.starts_on, each.forum))
    return MeetingsRead(meetings=tuple(order), problems=tuple(wrong))


def forum_in(line: str, names: Mapping[str, BodyKind]) -> tuple[BodyKind | None, str]:
    """Find the forum that a line names, the longest name first, and what is left of the line."""
    for name in sorted(names, key=len, reverse=True):
        words = r"\s+".join(map(re.escape, name.split()))
        found = re.search(rf"(?<!\w){words}(?!\w)", line, flags=re.IGNORECASE)
        if found:
            return names[name], f"{line[: found.start()]}\t{line[found.end() :]}"
    return None, line


def dates_in(rest: str) -> Iterator[str]:
    """Part a line into its dates, without weekdays."""
    for part in _BETWEEN_DATES.split(_WEEKDAYS.sub("", rest)):
        said = part.strip(" :-\N{EN DASH}.,")
        if said:
            yield said


def _take(each: Said, year: FinancialYear, found: dict[tuple[BodyKind, date], MeetingDate]) -> str:
    """Take in one date, or say what keeps it out; a weekend is taken and named."""
    said, forum = each.words, each.forum
    if forum is None:
        return f'"{said[:60]}" names no forum: begin the line with one, such as DMT'
    try:
        when = read_when_between(said, year.starts_on, last_day_of_meetings(year))
    except WhenError as error:
        name, colon, _ = said.partition(":")
        return f'no forum is called "{name.strip()[:60]}"' if colon else str(error)
    return _take_when(when, forum, _ANNUAL_REPORT in each.title.lower(), year, found)


def _take_when(
    when: When,
    forum: BodyKind,
    is_annual: bool,
    year: FinancialYear,
    found: dict[tuple[BodyKind, date], MeetingDate],
) -> str:
    if when.starts_on is None or when.ends_on is None:
        return ""
    named = f"{forum_in_words(forum)}, {day_in_words(when.starts_on)}"
    if not year.starts_on <= when.starts_on <= last_day_of_meetings(year):
        return f"{named}, is out of the year {year.label} and the half year after it"
    if (forum, when.starts_on) in found:
        return f"{named}, is given twice"
    found[forum, when.starts_on] = MeetingDate(
        forum=forum,
        starts_on=when.starts_on,
        ends_on=when.ends_on,
        is_on_annual_report=is_annual,
    )
    at_weekend = when.precision is Precision.DAY and when.starts_on.weekday() >= SATURDAY
    return f"{named}, is a {when.starts_on:%A}" if at_weekend else ""


def last_day_of_meetings(year: FinancialYear) -> date:
    """Find the last day on which a meeting counts to a year: its last reports come in the half year after."""
    return quarter(year.following, 2).ends_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """When a forum is likely to meet on a report, in days from the quarter's end: the best and the ends."""

    best: int
    earliest: int
    latest: int


# The framework's own year: DMT 14 days before and 40 to 42 after a quarter's end, Scrutiny 67 to 69,
# the committees from 74 on, the partnership's boards beside them (oddity 14 of the source).
EXPECTED: Mapping[tuple[CycleKind, BodyKind], Expected] = {
    (CycleKind.SIX_WEEKLY, BodyKind.DMT): Expected(best=-12, earliest=-35, latest=0),
    (CycleKind.QUARTERLY, BodyKind.DMT): Expected(best=41, earliest=25, latest=62),
    (CycleKind.QUARTERLY, BodyKind.SCRUTINY): Expected(best=68, earliest=50, latest=95),
    (CycleKind.QUARTERLY, BodyKind.PDC): Expected(best=78, earliest=70, latest=110),
    (CycleKind.QUARTERLY, BodyKind.LSP_EXECUTIVE_BOARD): Expected(best=62, earliest=45, latest=90),
    (CycleKind.QUARTERLY, BodyKind.LSP_STRATEGIC_BOARD): Expected(best=83, earliest=60, latest=100),
}


def meetings_of_reports(
    meetings: Iterable[MeetingDate],
    wanted: Iterable[tuple[CycleKind, BodyKind]],
    *,
    year: FinancialYear,
) -> Meetings:
    """Give each report of the year the meeting at which each forum is likely to receive it (T-3).

    Of several in reach the one nearest to the framework's own distance is taken; the committees' are
    a range, from the first to the last of theirs in reach. A forum with none is to be confirmed. The
    annual report has the first meeting of each forum after the year that is called after it.
    """
    every = list(meetings)
    annual = {
        (_LAST_QUARTER, CycleKind.ANNUAL, each.forum): _days_of(each)
        for each in sorted(every, key=lambda each: each.starts_on, reverse=True)
        if each.is_on_annual_report and each.starts_on > quarter(year, _LAST_QUARTER).ends_on
    }
    return annual | {
        (number, kind, forum): _meeting(
            [each for each in every if each.forum is forum],
            EXPECTED[kind, forum],
            quarter(year, number).ends_on,
        )
        for number in range(1, 5)
        for kind, forum in wanted
        if (kind, forum) in EXPECTED
    }


def _meeting(own: Sequence[MeetingDate], expected: Expected, quarter_end: date) -> Meeting:
    first, last = (
        quarter_end + timedelta(days=days) for days in (expected.earliest, expected.latest)
    )
    reach = [each for each in own if first <= each.starts_on <= last]
    if not reach:
        return None
    if reach[0].forum is BodyKind.PDC:
        start, end = min(each.starts_on for each in reach), max(each.ends_on for each in reach)
        return (start, end) if start < end else start
    best = quarter_end + timedelta(days=expected.best)
    nearest = min(reach, key=lambda each: abs(each.starts_on - best))
    return _days_of(nearest)


def _days_of(meeting: MeetingDate) -> date | tuple[date, date]:
    if meeting.starts_on == meeting.ends_on:
        return meeting.starts_on
    return meeting.starts_on, meeting.ends_on
