"""Dates as a calendar program reads them: whole days, so that summer time moves none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event, vText

from goldenthread.accounts.permits import is_permitted
from goldenthread.organisation.queries import officeholder
from goldenthread.timetables.models import CalendarFeed
from goldenthread.timetables.permissions import check_can_follow
from goldenthread.timetables.queries.occasions import (
    HOW_FAR_BACK,
    Occasion,
    occasions_of,
    occasions_of_body,
)

REFRESH = timedelta(hours=4)
"""How often a program is asked to read the feed again."""


def occasions_in(feed: CalendarFeed, today: date) -> list[Occasion]:
    """List what a feed gives on a day: nothing to who may not see it any more.

    An empty calendar takes its dates out of the programs that follow it; an error would leave them.
    """
    since = today - HOW_FAR_BACK
    by = officeholder(user=feed.holder, council=feed.council.name, day=today)
    if by is None or not feed.holder.is_active:
        return []
    if not is_permitted(check_can_follow, by, feed.body):
        return []
    return occasions_of_body(feed.body, since=since) if feed.body else occasions_of(by, since=since)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """What is the same in all of a feed: its name, whose it is, since when, where its pages are."""

    title: str
    council: str
    made_at: datetime
    address_of: Callable[[str], str]


def calendar_of(occasions: Iterable[Occasion], channel: Channel) -> bytes:
    """Write occasions as an iCalendar file (RFC 5545), the same bytes for the same dates.

    A day is a DATE and its end is the day after it. A date that moves keeps its UID, and its
    SEQUENCE and LAST-MODIFIED rise. None stands in the way of a meeting.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Goldenthread//Reporting timetable//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", vText(channel.title))
    calendar.add("x-wr-calname", vText(channel.title))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", _duration(REFRESH))
    for occasion in occasions:
        calendar.add_component(_event(occasion, channel))
    written: bytes = calendar.to_ical()
    return written


def _event(occasion: Occasion, channel: Channel) -> Event:
    event = Event()
    revised_at = occasion.revised_at or channel.made_at
    event.add("uid", f"{occasion.key}@{channel.council}.goldenthread")
    event.add("dtstamp", revised_at)
    event.add("last-modified", revised_at)
    event.add("sequence", occasion.revision)
    event.add("dtstart", occasion.starts_on)
    event.add("dtend", occasion.ends_on + timedelta(days=1))
    event.add("summary", f"{occasion.what} ({occasion.about})")
    event.add("description", _description(occasion, channel))
    event.add("url", channel.address_of(occasion.href))
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event


def _description(occasion: Occasion, channel: Channel) -> str:
    when, why = (f"{words[:1].upper()}{words[1:]}." for words in (occasion.when, occasion.why))
    return "\n".join(filter(None, [when, why, occasion.note, channel.address_of(occasion.href)]))


def _duration(span: timedelta) -> str:
    return f"PT{span // timedelta(hours=1)}H"
