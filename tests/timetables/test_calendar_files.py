from __future__ import annotations

from datetime import date
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.kinds import BodyKind, CycleKind
from goldenthread.domain.meeting_dates import EXPECTED, meetings_of_reports, take_meetings
from goldenthread.domain.periods import FinancialYear
from goldenthread.timetables import calendar_files
from goldenthread.timetables.calendar_files import (
    CalendarFileError,
    events_of_calendar,
    said_in_calendar,
)

FIRST, LAST = date(2009, 4, 1), date(2010, 9, 30)


def calendar(*events: str) -> bytes:
    inside = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{inside}END:VCALENDAR\r\n".encode()


def lines(*events: str) -> list[str]:
    return [
        f"{name}\t{day}"
        for name, day in events_of_calendar(calendar(*events), first=FIRST, last=LAST)
    ]


@pytest.mark.parametrize(
    "start",
    ["DTSTART;VALUE=DATE:20090616", "DTSTART:20090616T140000", "DTSTART:20090616T230000Z"],
)
def test_an_event_stands_on_its_day_by_our_own_clock(start: str) -> None:
    day = "2009-06-17" if start.endswith("Z") else "2009-06-16"

    assert lines(f"SUMMARY:DMT\r\n{start}") == [f"DMT\t{day}"]


def test_an_event_that_recurs_stands_on_each_of_its_days_but_those_left_out() -> None:
    event = (
        "SUMMARY:Scrutiny\r\nDTSTART;TZID=Europe/London:20090907T180000\r\n"
        "RRULE:FREQ=WEEKLY;COUNT=4\r\nEXDATE;TZID=Europe/London:20090914T180000"
    )

    assert lines(event) == [f"Scrutiny\t2009-09-{day}" for day in ("07", "21", "28")]


def test_a_recurrence_keeps_its_day_across_the_change_of_the_clocks() -> None:
    event = (
        "SUMMARY:DMT\r\nDTSTART;TZID=Europe/London:20091020T003000\r\n"
        "RRULE:FREQ=WEEKLY;UNTIL=20091103T235959Z"
    )

    assert lines(event) == ["DMT\t2009-10-20", "DMT\t2009-10-27", "DMT\t2009-11-03"]


def test_a_recurrence_without_an_end_ends_with_the_year() -> None:
    event = "SUMMARY:DMT\r\nDTSTART;VALUE=DATE:20080401\r\nRRULE:FREQ=MONTHLY"

    found = lines(event)

    assert (found[0], found[-1]) == ("DMT\t2009-04-01", "DMT\t2010-09-01")


def test_two_groups_of_days_left_out_are_both_left_out() -> None:
    event = (
        "SUMMARY:DMT\r\nDTSTART;VALUE=DATE:20090601\r\nRRULE:FREQ=DAILY;COUNT=3\r\n"
        "EXDATE;VALUE=DATE:20090601\r\nEXDATE;VALUE=DATE:20090602"
    )

    assert lines(event) == ["DMT\t2009-06-03"]


def test_a_turn_that_was_moved_stands_where_it_went_and_one_called_off_nowhere() -> None:
    every_month = "UID:a\r\nSUMMARY:DMT\r\nDTSTART:20090616T140000\r\nRRULE:FREQ=MONTHLY;COUNT=4"
    moved = "UID:a\r\nSUMMARY:DMT\r\nRECURRENCE-ID:20090716T140000\r\nDTSTART:20090723T100000"
    called_off = (
        "UID:a\r\nSUMMARY:DMT\r\nSTATUS:CANCELLED\r\n"
        "RECURRENCE-ID:20090816T140000\r\nDTSTART:20090816T140000"
    )
    another = "UID:b\r\nSUMMARY:LSP\r\nDTSTART:20090716T140000"

    found = lines(every_month, moved, called_off, another)

    assert sorted(found) == [
        "DMT\t2009-06-16",
        "DMT\t2009-07-23",
        "DMT\t2009-09-16",
        "LSP\t2009-07-16",
    ]


def test_days_listed_beside_the_first_are_meetings_too() -> None:
    event = "SUMMARY:DMT\r\nDTSTART;VALUE=DATE:20090601\r\nRDATE;VALUE=DATE:20090708,20090715"

    assert lines(event) == ["DMT\t2009-06-01", "DMT\t2009-07-08", "DMT\t2009-07-15"]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=MONTHLY;BYDAY=2TU",
        "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2",
        "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=9",
    ],
)
def test_meetings_recur_as_calendar_programs_say_it(rule: str) -> None:
    event = f"SUMMARY:DMT\r\nDTSTART;VALUE=DATE:20090609\r\nRRULE:{rule};UNTIL=20090610"

    assert lines(event) == ["DMT\t2009-06-09"]


@pytest.mark.parametrize(
    "broken",
    [
        "DTSTART;VALUE=DATE:20090601\r\nDTSTART;VALUE=DATE:20090602",
        "DTSTART;VALUE=DATE:20090601\r\nRRULE:FREQ=DAILY;COUNT=2\r\nRRULE:FREQ=DAILY;COUNT=3",
        "DTSTART;VALUE=DATE:20090601\r\nRRULE;VALUE=TEXT:FREQ=DAILY",
        "DTSTART;VALUE=DATE:20090601\r\nRRULE:FREQ=DAILY;COUNT=3,4",
        "DTSTART;VALUE=DATE:20090601\r\nRRULE:FREQ=DAILY;UNTIL=20090701,20090702",
        "DTSTART;VALUE=TIME:101010",
        "DTSTART;VALUE=PERIOD:20090601T000000Z/PT1H",
        "DTSTART;VALUE=DURATION:PT1H",
        "DTSTART;VALUE=TEXT:soon",
        "DTSTART;TZID=Asia/Tokyo:00010101T000000",
        "DTSTART;VALUE=DATE:20090601\r\nRECURRENCE-ID;VALUE=TEXT:soon",
    ],
)
def test_an_event_that_is_broken_is_refused_in_words(broken: str) -> None:
    with pytest.raises(CalendarFileError, match="is broken"):
        lines(f"SUMMARY:DMT\r\n{broken}")


@pytest.mark.parametrize(
    ("start", "rule"),
    [
        ("00010101", "FREQ=DAILY"),
        ("20090601", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31"),
        ("20090601", "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31"),
        ("20090601", "FREQ=MONTHLY;INTERVAL=12;BYMONTH=2"),
        ("20090201", "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31"),
        ("20090601", "FREQ=YEARLY;BYDAY=MO;BYSETPOS=366"),
        ("20090601", "FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=2"),
        ("20090601", f"FREQ=MONTHLY;BYMONTHDAY={','.join(['28'] * 32)}"),
        ("20090601", "FREQ=YEARLY;BYMONTH=13"),
        ("20090601", "FREQ=MONTHLY;BYDAY=9MO"),
        ("20090601", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0"),
    ],
)
def test_rules_that_would_be_counted_for_hours_are_refused_at_once(start: str, rule: str) -> None:
    event = f"SUMMARY:DMT\r\nDTSTART;VALUE=DATE:{start}\r\nRRULE:{rule}"
    begun = monotonic()

    with pytest.raises(CalendarFileError, match=r"recurs? (in no way|too often)"):
        lines(*[event] * 200)

    assert monotonic() - begun < 3


def test_what_is_cancelled_out_of_the_year_or_without_a_day_is_left_out() -> None:
    assert (
        lines(
            "SUMMARY:DMT\r\nDTSTART;VALUE=DATE:20090616\r\nSTATUS:CANCELLED",
            "SUMMARY:DMT\r\nDTSTART;VALUE=DATE:20190616",
            "SUMMARY:DMT",
        )
        == []
    )


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n", b"BEGIN:VEVENT", b"\xff\xfe"])
def test_a_file_that_is_no_calendar_is_refused(content: bytes) -> None:
    with pytest.raises(CalendarFileError, match="no calendar"):
        events_of_calendar(content, first=FIRST, last=LAST)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=WEEKLY;BYYEARDAY=366",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;COUNT=2;UNTIL=20090701",
        "FREQ=WEEKLY;BYDAY=9ZZ",
        "COUNT=3",
    ],
)
def test_a_rule_that_no_meeting_follows_is_refused(rule: str) -> None:
    with pytest.raises(CalendarFileError, match=r"recurs in no way|is broken"):
        lines(f"SUMMARY:DMT\r\nDTSTART;VALUE=DATE:20090601\r\nRRULE:{rule}")


def test_more_than_a_year_can_need_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    event = "SUMMARY:DMT\r\nDTSTART;VALUE=DATE:20090616"
    monkeypatch.setattr(calendar_files, "MOST_EVENTS", 1)
    with pytest.raises(CalendarFileError, match="2 events"):
        lines(event, event)

    monkeypatch.setattr(calendar_files, "MOST_RULES", 0)
    with pytest.raises(CalendarFileError, match="more than 0 events that recur"):
        lines(f"{event}\r\nRRULE:FREQ=DAILY;COUNT=2")

    monkeypatch.setattr(calendar_files, "MOST_BYTES", 10)
    with pytest.raises(CalendarFileError, match="larger than 5 MB"):
        lines(event)


@given(st.binary(max_size=200))
def test_whatever_is_uploaded_is_read_or_refused(content: bytes) -> None:
    refused = False
    try:
        found = events_of_calendar(content, first=FIRST, last=LAST)
    except CalendarFileError:
        refused, found = True, []

    assert refused or found == []


def test_events_that_name_a_forum_are_meetings_and_a_plain_council_is_none() -> None:
    names = {"dmt": BodyKind.DMT, "council": BodyKind.COUNCIL, "full council": BodyKind.COUNCIL}
    when = "DTSTART;VALUE=DATE:20090616"
    titles = [
        "DMT (room 2)",
        "Council tax bills go out",
        "Council",
        "Annual meeting of Full Council",
    ]
    content = calendar(*(f"SUMMARY:{title}\r\n{when}" for title in titles))

    found = said_in_calendar(content, names, first=FIRST, last=LAST)

    assert [(each.where, each.forum) for each in found] == [
        ('Event "DMT (room 2)"', BodyKind.DMT),
        ('Event "Council"', BodyKind.COUNCIL),
        ('Event "Annual meeting of Full Council"', BodyKind.COUNCIL),
        ("The calendar", None),
    ]
    assert found[-1].problem.endswith("and left out: Council tax bills go out (1)")


def test_a_meeting_that_is_called_after_the_annual_report_fills_its_box() -> None:
    names = {"full council": BodyKind.COUNCIL}
    content = calendar(
        "SUMMARY:Full Council (annual report)\r\nDTSTART;VALUE=DATE:20100624",
        "SUMMARY:Full Council\r\nDTSTART;VALUE=DATE:20100422",
    )
    year = FinancialYear(2009)

    read = take_meetings(said_in_calendar(content, names, first=FIRST, last=LAST), year=year)

    meetings = meetings_of_reports(read.meetings, EXPECTED, year=year)
    assert meetings[4, CycleKind.ANNUAL, BodyKind.COUNCIL] == date(2010, 6, 24)


@pytest.mark.parametrize(
    "event",
    [
        f"RRULE:FREQ=MONTHLY;BYMONTHDAY={','.join(['28'] * 200)}",
        "\r\n".join(f"EXDATE:{','.join(['20090616T093000'] * 500)}" for _ in range(60)),
        f"rrule:FREQ=MONTHLY;BYMONTHDAY=1{',28' * 100}\r\n {',28' * 100}",
    ],
)
def test_long_lists_of_days_are_refused_before_they_are_read(
    monkeypatch: pytest.MonkeyPatch, event: str
) -> None:
    monkeypatch.setattr(calendar_files, "Calendar", None)

    with pytest.raises(CalendarFileError, match="recur"):
        lines(f"SUMMARY:DMT\r\nDTSTART:20090616T093000\r\n{event}")


def test_a_turn_that_was_moved_stands_on_its_new_day_alone() -> None:
    series = "UID:dmt\r\nSUMMARY:DMT\r\nDTSTART;TZID=Europe/London:20090602T093000"
    moved = (
        "UID:dmt\r\nRECURRENCE-ID;TZID=Europe/London:20090616T093000\r\nSUMMARY:DMT\r\n"
        "DTSTART;TZID=Europe/London:20090617T093000"
    )

    found = lines(f"{series}\r\nRRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=3", moved)

    assert found == ["DMT\t2009-06-02", "DMT\t2009-06-30", "DMT\t2009-06-17"]


@pytest.mark.parametrize("word", ["Cancelled:", "Canceled:", "CANCELLED:"])
def test_a_meeting_whose_name_says_that_it_is_called_off_is_left_out(word: str) -> None:
    assert not lines(f"SUMMARY:{word} DMT\r\nDTSTART;VALUE=DATE:20090616")
