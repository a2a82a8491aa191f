"""Reading meeting dates from a calendar file; it comes from outside, and is read with care."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from itertools import count
from typing import Any

from dateutil.rrule import rrulestr
from django.utils import timezone
from icalendar import Calendar, vRecur
from icalendar.error import BrokenCalendarProperty

from goldenthread.domain.kinds import BodyKind
from goldenthread.domain.meeting_dates import Said
from goldenthread.timetables.forum_names import forum_of_event

MOST_EVENTS = 10_000
MOST_RULES, MOST_TURNS = 200, 50_000
MOST_IN_RULE = 31
MOST_BYTES = 5_000_000
LONGEST_RULE, MOST_ON_RECURRING = 400, 400_000
MOST_NAMED = 8
_LIKE_A_FORUM = re.compile(
    r"(?i)\b(assembly|board|cabinet|commission|committee|cttee|council|executive|forum|group|panel"
    r"|partnership|scrutiny|team)\b"
)
_FOLD = re.compile(rb"\r?\n[ \t]")
_ON_RECURRING = re.compile(rb"(?im)^(RRULE|EXRULE|RDATE|EXDATE)[;:](.*)$")

# A rule by the second, or one that no day of the calendar ever meets, would be counted out for hours.
_RULES_OF = {
    "DAILY": {"BYDAY"},
    "WEEKLY": {"BYDAY"},
    "MONTHLY": {"BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"},
    "YEARLY": {"BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"},
}
_IN_ANY_RULE = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"}
_NTH = re.compile(r"[+-]?\d+")
BROKEN = "An event of this calendar is broken: export the calendar again"


class CalendarFileError(Exception):
    """A file that is no calendar, or too much of one; the words say so."""


def said_in_calendar(
    content: bytes, names: Mapping[str, BodyKind], *, first: date, last: date
) -> list[Said]:
    """Find the meetings in a calendar: its events between two days that name a forum.

    :raises CalendarFileError: as :func:`events_of_calendar` does
    """
    said: list[Said] = []
    strangers: Counter[str] = Counter()
    for name, day in events_of_calendar(content, first=first, last=last):
        where = f'Event "{name[:60]}"'
        if forum := forum_of_event(name, names):
            said.append(Said(where=where, forum=forum, words=day.isoformat(), title=name))
        elif _LIKE_A_FORUM.search(name):
            strangers[name[:60]] += 1
    if strangers:
        said.append(Said(where="The calendar", forum=None, problem=_of_strangers(strangers)))
    return said


def _of_strangers(strangers: Counter[str]) -> str:
    """Name the events that may be a forum's and are left out, those that come most often first."""
    named = [f"{name} ({count})" for name, count in strangers.most_common(MOST_NAMED)]
    more = len(strangers) - len(named)
    words = ", ".join(named) + (f" and {more:,} more" if more else "")
    return f"of no forum that is known here, and left out: {words}"


def events_of_calendar(content: bytes, *, first: date, last: date) -> list[tuple[str, date]]:
    """Read a calendar's events between two days: what each is called, and its day.

    An event that recurs stands on each of its days, but a turn that was moved or called off only
    where it went; a time of day with a zone is brought to ours.

    :raises CalendarFileError: if it is no calendar, or holds more than 10,000 events
    """
    if len(content) > MOST_BYTES:
        raise CalendarFileError("This calendar is larger than 5 MB: export only the year you need")
    _check_rules(content)
    try:
        events = Calendar.from_ical(content).walk("VEVENT")
    except (ValueError, KeyError, IndexError) as error:
        raise CalendarFileError("This file is no calendar: export one as .ics") from error
    if len(events) > MOST_EVENTS:
        raise CalendarFileError(
            f"This calendar has {len(events):,} events: export only the year you need"
        )
    if sum("RRULE" in event for event in events) > MOST_RULES:
        raise CalendarFileError(
            f"This calendar has more than {MOST_RULES} events that recur: export only the meetings"
        )
    counted = count()
    try:
        moved = _moved_turns(events)
        return [
            (_name_of(event), day)
            for event in events
            for day in _days_of(event, moved, counted, last)
            if first <= day <= last
        ]
    except BrokenCalendarProperty as error:
        raise CalendarFileError(f"An event of this calendar is broken: {error}") from error
    except (ValueError, IndexError, OverflowError) as error:
        raise CalendarFileError(BROKEN) from error


def _check_rules(content: bytes) -> None:
    """Look at how events recur before they are read: a long list of days takes the reader minutes.

    :raises CalendarFileError: if a rule is longer than a meeting's, or there are too many days listed
    """
    lines = _ON_RECURRING.findall(_FOLD.sub(b"", content))
    if any(len(line) > LONGEST_RULE for kind, line in lines if kind.upper().endswith(b"RULE")):
        raise CalendarFileError("An event of this calendar recurs in no way that meetings do")
    if sum(len(line) for _, line in lines) > MOST_ON_RECURRING:
        raise CalendarFileError(
            "The events of this calendar recur too often: export only the meetings"
        )


def _name_of(event: Any) -> str:
    return " ".join(str(event.get("SUMMARY", "")).split())


def _is_cancelled(event: Any) -> bool:
    """Whether a meeting is called off: by its status, or by the word that Outlook puts before its name."""
    said_first = _name_of(event).lower().startswith(("cancelled:", "canceled:"))
    return said_first or str(event.get("STATUS", "")).upper() == "CANCELLED"


def _moved_turns(events: Iterable[Any]) -> Mapping[str, set[date]]:
    """Find by event the days of its turns that stand in the file by themselves: moved or called off."""
    moved: dict[str, set[date]] = defaultdict(set)
    for event in events:
        if "RECURRENCE-ID" in event:
            moved[str(event.get("UID"))].add(_local_day(_moment(event, "RECURRENCE-ID")))
    return moved


def _days_of(
    event: Any, moved: Mapping[str, set[date]], counted: Iterator[int], last: date
) -> Iterator[date]:
    if "DTSTART" not in event or _is_cancelled(event):
        return
    start = _moment(event, "DTSTART")
    if "RECURRENCE-ID" in event:
        yield _local_day(start)
        return
    left_out = {_local_day(day) for day in _listed(event, "EXDATE")}
    left_out |= moved.get(str(event.get("UID")), set())
    turns = dict.fromkeys(_turns(event, start, counted, last))
    turns |= dict.fromkeys(_local_day(day) for day in _listed(event, "RDATE"))
    yield from (day for day in turns if day not in left_out)


def _turns(
    event: Any, start: date | datetime, counted: Iterator[int], last: date
) -> Iterator[date]:
    """Count an event's days out to the last that is asked for."""
    rule = event.get("RRULE")
    if rule is None:
        yield _local_day(start)
        return
    _check_rule(rule)
    begins = start if isinstance(start, datetime) else datetime.combine(start, time())
    # Without a zone: a meeting recurs at the same time of the clock, summer and winter.
    for turn in rrulestr(_rule_words(rule), dtstart=begins.replace(tzinfo=None)):
        if turn.date() > last:
            return
        if next(counted) >= MOST_TURNS:
            raise CalendarFileError(
                "The events of this calendar recur too often: export only the meetings"
            )
        yield turn.date()


def _check_rule(rule: Any) -> None:
    """Refuse a rule that is no meeting's; one that never comes true would be counted out for hours.

    So the parts that can each rule the others out are not taken together.
    """
    if not isinstance(rule, vRecur):
        raise CalendarFileError(BROKEN)
    parts = {str(key).upper() for key in rule}
    often = str(next(iter(rule.get("FREQ", [])), "")).upper()
    steps = [int(each) for each in rule.get("INTERVAL", [])]
    is_known = often in _RULES_OF and parts <= _RULES_OF[often] | _IN_ANY_RULE
    # Twice an end would be one too many, and a step of nought would never get anywhere.
    is_endless = min(steps, default=1) < 1 or {"COUNT", "UNTIL"} <= parts
    if not is_known or is_endless or not _comes_true(rule, parts, max(steps, default=1)):
        raise CalendarFileError("An event of this calendar recurs in no way that meetings do")


def _comes_true(rule: Any, parts: set[str], step: int) -> bool:
    months, days, places = (
        [int(each) for each in rule.get(part, [])] for part in ("BYMONTH", "BYMONTHDAY", "BYSETPOS")
    )
    nths = [int(found[0]) for each in rule.get("BYDAY", []) if (found := _NTH.match(str(each)))]
    are_few = max(map(len, rule.values())) <= MOST_IN_RULE
    is_of_one_kind = len(parts & {"BYDAY", "BYMONTHDAY"}) < 2 and not (places and (days or nths))
    in_reach = (
        all(1 <= month <= 12 for month in months)
        and all(1 <= abs(day) <= (28 if months or step > 1 else 31) for day in days)
        and all(1 <= abs(place) <= 4 for place in [*places, *nths])
    )
    # Every so many months from one month may never come to another.
    return are_few and is_of_one_kind and in_reach and not (months and step > 1)


def _rule_words(rule: Any) -> str:
    """Write a rule as text, its end without a zone, as its start has none."""
    words: str = rule.to_ical().decode()
    return ";".join(
        part.rstrip("Z") if part.startswith("UNTIL=") else part for part in words.split(";")
    )


def _moment(event: Any, name: str) -> date | datetime:
    """Read a day or a moment that an event has once.

    :raises CalendarFileError: if it is neither, or there are several
    """
    found = getattr(event.get(name), "dt", None)
    if not isinstance(found, date):
        raise CalendarFileError(BROKEN)
    return found


def _listed(event: Any, name: str) -> Iterator[date | datetime]:
    """Read the days that an event lists beside its rule; of a span of time, when it begins."""
    given = event.get(name, [])
    for group in given if isinstance(given, list) else [given]:
        for each in group.dts:
            yield each.dt[0] if isinstance(each.dt, tuple) else each.dt


def _local_day(moment: date | datetime) -> date:
    if not isinstance(moment, datetime):
        return moment
    return timezone.localdate(moment) if moment.tzinfo else moment.date()
