from __future__ import annotations

from datetime import date
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.kinds import BodyKind, CycleKind, Step
from goldenthread.domain.meeting_dates import (
    EXPECTED,
    MOST_LINES,
    MeetingDate,
    meetings_of_reports,
    read_meetings,
)
from goldenthread.domain.periods import FinancialYear
from goldenthread.domain.timetable_csv import read_timetable

YEAR = FinancialYear(2009)
NAMES = {
    "dmt": BodyKind.DMT,
    "directors' management team": BodyKind.DMT,
    "scrutiny": BodyKind.SCRUTINY,
    "scrutiny committee": BodyKind.SCRUTINY,
    "pdc": BodyKind.PDC,
}
DATA = resources.files("goldenthread.demo") / "data" / "timetable-2009-10.csv"
PUBLISHED = read_timetable(DATA.read_text(encoding="utf-8").splitlines())


def days(*lines: str) -> list[tuple[BodyKind, date]]:
    return [
        (each.forum, each.starts_on) for each in read_meetings(lines, NAMES, year=YEAR).meetings
    ]


def problems(*lines: str) -> list[str]:
    return list(read_meetings(lines, NAMES, year=YEAR).problems)


def test_a_line_may_say_that_a_meeting_is_on_the_annual_report() -> None:
    read = read_meetings(["Scrutiny (annual report): 7 June 2010; 15 June"], NAMES, year=YEAR)

    assert read.problems == ()
    found = meetings_of_reports(read.meetings, EXPECTED, year=YEAR)
    assert found[4, CycleKind.ANNUAL, BodyKind.SCRUTINY] == date(2010, 6, 7)


BOTH = [(BodyKind.DMT, date(2009, 6, 16)), (BodyKind.DMT, date(2009, 8, 11))]


@pytest.mark.parametrize(
    "lines",
    [
        ["DMT: 16 June 2009; 11 August 2009"],
        ["DMT: 16 June 2009, 11 August 2009"],
        ["DMT", "16 June 2009", "", "11/8/2009"],
        ["16 June 2009 - DMT", "Directors' Management Team\t2009-08-11"],
        ["DMT\tTuesday 16 June 2009\t11th August, 2009"],
        ["dmt   Tuesday, 16 June 2009   Tue 11 Aug 2009"],
        ["DMT: 16 June; 11 August"],
        ["DMT: 16/6/09; 11.8.09"],
        ["DMT: Tuesday 16th June; 11/8"],
    ],
)
def test_dates_are_read_however_they_stand(lines: list[str]) -> None:
    assert days(*lines) == BOTH
    assert problems(*lines) == []


def test_the_longest_name_wins() -> None:
    assert days("Scrutiny Committee 7 September 2009") == [(BodyKind.SCRUTINY, date(2009, 9, 7))]


def test_a_range_is_one_meeting() -> None:
    [found] = read_meetings(["PDC: 14 to 24 September 2009"], NAMES, year=YEAR).meetings

    assert found == MeetingDate(
        forum=BodyKind.PDC, starts_on=date(2009, 9, 14), ends_on=date(2009, 9, 24)
    )


def test_a_date_to_be_confirmed_is_no_meeting_yet() -> None:
    assert days("DMT: TBC") == []
    assert problems("DMT: TBC") == []


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["16 June 2009"], 'Line 1: "16 June 2009" names no forum: begin the line with one'),
        (["DMT: soon"], 'Line 1: "soon" is no date: write it like'),
        (["DMT", "Rotary Club: 16 June 2009"], 'Line 2: no forum is called "Rotary Club"'),
        (["DMT: 16 June 2019"], "Line 1: DMT, 16 June 2019, is out of the year 2009/10"),
        (["DMT: 31 March 2009"], "is out of the year"),
        (["DMT", "16 June 2009", "16/6/2009"], "Line 3: DMT, 16 June 2009, is given twice"),
        (["DMT: 14 June 2009"], "Line 1: DMT, 14 June 2009, is a Sunday"),
    ],
)
def test_what_is_wrong_is_named_by_its_line(lines: list[str], words: str) -> None:
    [problem] = problems(*lines)

    assert words in problem


def test_of_too_many_lines_the_rest_is_left_and_said() -> None:
    assert problems("DMT", *[""] * MOST_LINES) == [
        f"There are {MOST_LINES + 1:,} lines: only the first {MOST_LINES:,} are read"
    ]


@given(st.lists(st.text(max_size=60), max_size=20))
def test_whatever_is_pasted_is_read_or_named(lines: list[str]) -> None:
    found = read_meetings(lines, NAMES, year=YEAR)

    assert all(YEAR.starts_on <= each.starts_on for each in found.meetings)


def test_each_report_of_2009_finds_its_published_meetings() -> None:
    """Clause T-2."""
    received = {
        (entry.quarter, entry.report, entry.forum): entry
        for entry in PUBLISHED
        if entry.step is Step.FORUM_RECEIVES and entry.report is not CycleKind.ANNUAL
    }
    meetings = [
        MeetingDate(forum=entry.forum, starts_on=entry.starts_on, ends_on=entry.ends_on)
        for entry in received.values()
        if entry.forum and entry.starts_on and entry.ends_on
    ]

    found = meetings_of_reports(meetings, EXPECTED, year=YEAR)

    for (number, kind, forum), entry in received.items():
        assert forum is not None
        typed = (entry.starts_on, entry.ends_on)
        expected = entry.starts_on if entry.starts_on == entry.ends_on else typed
        assert found[number, kind, forum] == expected


def test_the_committees_days_become_one_range() -> None:
    lines = ["PDC: 14 September 2009; 17 September 2009; 24 September 2009; 3 March 2010"]
    read = read_meetings(lines, NAMES, year=YEAR).meetings
    wanted = [(CycleKind.QUARTERLY, BodyKind.PDC)]

    found = meetings_of_reports(read, wanted, year=YEAR)

    assert found[1, CycleKind.QUARTERLY, BodyKind.PDC] == (date(2009, 9, 14), date(2009, 9, 24))
    alone = meetings_of_reports(read[:1], wanted, year=YEAR)
    assert alone[1, CycleKind.QUARTERLY, BodyKind.PDC] == date(2009, 9, 14)


def test_a_meeting_out_of_reach_leaves_the_report_to_be_confirmed() -> None:
    read = read_meetings(["DMT: 1 April 2009"], NAMES, year=YEAR).meetings

    found = meetings_of_reports(read, [(CycleKind.QUARTERLY, BodyKind.DMT)], year=YEAR)

    assert set(found.values()) == {None}


def test_a_board_that_meets_over_some_days_keeps_them() -> None:
    board = MeetingDate(
        forum=BodyKind.SCRUTINY, starts_on=date(2009, 9, 7), ends_on=date(2009, 9, 8)
    )

    found = meetings_of_reports([board], [(CycleKind.QUARTERLY, BodyKind.SCRUTINY)], year=YEAR)

    assert found[1, CycleKind.QUARTERLY, BodyKind.SCRUTINY] == (date(2009, 9, 7), date(2009, 9, 8))


def test_a_forum_that_nobody_expects_anywhere_is_left_to_be_typed() -> None:
    assert meetings_of_reports([], [(CycleKind.ANNUAL, BodyKind.COUNCIL)], year=YEAR) == {}
