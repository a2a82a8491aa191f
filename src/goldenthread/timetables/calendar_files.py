"""Reading meeting dates from a calendar file; it comes from outside, and is read with care."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from dateutil.rrule import rrulestr
from django.utils import timezone
from icalendar import Calendar
from icalendar.error import BrokenCalendarProperty

from goldenthread.domain.kinds import BodyKind
from goldenthread.domain.meeting_dates import Said
from goldenthread.timetables.forum_names import forum_of_event

MOST_EVENTS = 10_000
MOST_RULES, MOST_TURNS = 200, 500
MOST_BYTES = 5_000_000

# A rule by the second, or one that no day of the calendar ever meets, would be counted out for hours.
_RULES_OF = {
    "DAILY": {"BYDAY"},
    "WEEKLY": {"BYDAY"},
    "MONTHLY": {"BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"},
    "YEARLY": {"BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"},
}
_IN_ANY_RULE = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"}


class CalendarFileError(Exception):
    """A file that is no calendar, or too much of one; the words say so."""


def said_in_calendar(
    content: bytes, names: Mapping[str, BodyKind], *, first: date, last: date
) -> list[Said]:
    """Find the meetings in a calendar: its events between two days that name a forum.

    :raises CalendarFileError: as :func:`events_of_calendar` does
    """
    return [
        Said(where=f'Event "{name[:60]}"', forum=forum, words=day.isoformat())
        for name, day in events_of_calendar(content, first=first, last=last)
        if (forum := forum_of_event(name, names))
    ]


def events_of_calendar(content: bytes, *, first: date, last: date) -> list[tuple[str, date]]:
    """Read a calendar's events between two days: what each is called, and its day.

    An event that recurs stands on each of its days; a time of day with a zone is brought to ours.

    :raises CalendarFileError: if it is no calendar, or holds more than 10,000 events
    """
    if len(content) > MOST_BYTES:
        raise CalendarFileError("This calendar is larger than 5 MB: export only the year you need")
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
    try:
        moved = _moved_turns(events)
        return [found for event in events for found in _days_of(event, moved, first, last)]
    except BrokenCalendarProperty as error:
        raise CalendarFileError(f"An event of this calendar is broken: {error}") from error


def _moved_turns(events: Iterable[Any]) -> set[tuple[str, date]]:
    """Find the turns of recurring events that an event of their own takes the place of."""
    return {
        (str(event.get("UID", "")), _local_day(turn.dt))
        for event in events
        if (turn := event.get("RECURRENCE-ID")) is not None
    }


def _days_of(
    event: Any, moved: Collection[tuple[str, date]], first: date, last: date
) -> Iterator[tuple[str, date]]:
    start = event.get("DTSTART")
    name = " ".join(str(event.get("SUMMARY", "")).split())
    if start is None or _is_cancelled(event, name):
        return
    recurs, uid = "RRULE" in event, str(event.get("UID", ""))
    for day in _days(event, start.dt, first, last):
        if first <= day <= last and not (recurs and (uid, day) in moved):
            yield name, day


def _is_cancelled(event: Any, name: str) -> bool:
    """Whether a meeting is called off: by its status, or by the word that Outlook puts before its name."""
    said_first = name.lower().startswith(("cancelled:", "canceled:"))
    return said_first or str(event.get("STATUS", "")).upper() == "CANCELLED"


def _days(event: Any, start: date | datetime, first: date, last: date) -> Iterable[date]:
    rule = event.get("RRULE")
    if rule is None:
        return [_local_day(start)]
    _check_rule(rule)
    begins = start if isinstance(start, datetime) else datetime.combine(start, time())
    left_out = {_local_day(day) for day in _exceptions(event)}
    # Without a zone: a meeting recurs at the same time of the clock, summer and winter.
    turns = rrulestr(_rule_words(rule), dtstart=begins.replace(tzinfo=None))
    found = turns.between(
        datetime.combine(first, time()) - timedelta(days=1),
        datetime.combine(last, time()) + timedelta(days=1),
    )
    return [turn.date() for turn in islice(found, MOST_TURNS) if turn.date() not in left_out]


def _check_rule(rule: Any) -> None:
    parts = {str(key).upper() for key in rule}
    often = str(next(iter(rule.get("FREQ", [])), "")).upper()
    steps = [int(each) for each in rule.get("INTERVAL", [])]
    is_known = often in _RULES_OF and parts <= _RULES_OF[often] | _IN_ANY_RULE
    # Twice an end would be one too many, and a step of nought would never get anywhere.
    if not is_known or min(steps, default=1) < 1 or {"COUNT", "UNTIL"} <= parts:
        raise CalendarFileError("An event of this calendar recurs in no way that meetings do")


def _rule_words(rule: Any) -> str:
    """Write a rule as text, its end without a zone, as its start has none."""
    words: str = rule.to_ical().decode()
    return ";".join(
        part.rstrip("Z") if part.startswith("UNTIL=") else part for part in words.split(";")
    )


def _exceptions(event: Any) -> Iterator[date | datetime]:
    given = event.get("EXDATE", [])
    for group in given if isinstance(given, list) else [given]:
        yield from (each.dt for each in group.dts)


def _local_day(moment: date | datetime) -> date:
    if not isinstance(moment, datetime):
        return moment
    return timezone.localdate(moment) if moment.tzinfo else moment.date()
