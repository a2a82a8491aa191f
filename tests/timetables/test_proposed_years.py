"""Later years, proposed from plausible meetings round the real bank holidays, looked at day by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib import resources

import pytest

from goldenthread.domain.clear_days import Nation
from goldenthread.domain.framework import parse_framework
from goldenthread.domain.kinds import BodyKind, CycleKind, Precision, Step
from goldenthread.domain.periods import FinancialYear
from goldenthread.domain.timetable import TimetableEntry, TimetableError
from goldenthread.domain.timetable_clashes import Calendar, timetable_clashes
from goldenthread.domain.timetable_proposal import Meeting, propose_year
from goldenthread.domain.when_words import read_when
from goldenthread.timetables.bank_holidays import bank_holidays

ORGANISATION = resources.files("goldenthread.organisation")
RULES = parse_framework((ORGANISATION / "framework.toml").read_text("utf-8")).timetable.rules
SIX_WEEKLY, QUARTERLY = CycleKind.SIX_WEEKLY, CycleKind.QUARTERLY


def on(words: str) -> date | None:
    return read_when(words).starts_on


def proposed(
    year: int,
    six_weekly: Sequence[str],
    quarterly: Sequence[str],
    *,
    scrutiny: Sequence[str] = (),
    nation: Nation = Nation.ENGLAND,
    closed: Sequence[str] = (),
) -> list[TimetableEntry]:
    meetings: dict[tuple[int, CycleKind, BodyKind], Meeting] = {
        (number, kind, forum): on(words)
        for kind, forum, dates in (
            (SIX_WEEKLY, BodyKind.DMT, six_weekly),
            (QUARTERLY, BodyKind.DMT, quarterly),
            (QUARTERLY, BodyKind.SCRUTINY, scrutiny),
        )
        for number, words in enumerate(dates, start=1)
    }
    holidays = bank_holidays(FinancialYear(year), nation)
    closures = {*holidays, *(day for words in closed if (day := on(words)))}
    return propose_year(RULES, year=FinancialYear(year), meetings=meetings, closures=closures)


def days_of(entries: Sequence[TimetableEntry], kind: CycleKind, number: int) -> list[str]:
    return [
        f"{entry.starts_on:%a} {entry.starts_on.day} {entry.starts_on:%b %y}"
        for entry in entries
        if (entry.report, entry.quarter) == (kind, number) and entry.starts_on
    ]


def clashes_of(
    year: int, entries: Sequence[TimetableEntry], nation: Nation = Nation.ENGLAND
) -> list[str]:
    held_against = Calendar(
        year=FinancialYear(year),
        bank_holidays=bank_holidays(FinancialYear(year), nation),
        clear_days=nation.clear_days,
    )
    return [clash.words for clash in timetable_clashes(entries, held_against)]


@pytest.fixture(scope="module")
def of_2010() -> list[TimetableEntry]:
    return proposed(
        2010,
        ["15 June 2010", "21 September 2010", "21 December 2010", "22 March 2011"],
        ["10 August 2010", "9 November 2010", "8 February 2011", "10 May 2011"],
        scrutiny=["6 September 2010", "6 December 2010", "7 March 2011", "6 June 2011"],
        closed=["29 December 2010", "30 December 2010", "31 December 2010"],
    )


@pytest.fixture(scope="module")
def of_2026() -> list[TimetableEntry]:
    return proposed(
        2026,
        ["16 June 2026", "22 September 2026", "22 December 2026", "23 March 2027"],
        ["11 August 2026", "10 November 2026", "9 February 2027", "11 May 2027"],
        scrutiny=["7 September 2026", "7 December 2026", "8 March 2027", "7 June 2027"],
        closed=["29 December 2026", "30 December 2026", "31 December 2026"],
    )


def test_2010_follows_the_rule_round_its_bank_holidays(of_2010: list[TimetableEntry]) -> None:
    # Christmas Day and Boxing Day fall on a weekend: Monday 27 and Tuesday 28 December stand in.
    assert days_of(of_2010, SIX_WEEKLY, 3) == [
        "Mon 13 Dec 10",
        "Thu 16 Dec 10",
        "Tue 21 Dec 10",
        "Tue 4 Jan 11",
        "Mon 10 Jan 11",
    ]
    # Monday 3 January stands in for New Year's Day, and does not count.
    assert days_of(of_2010, QUARTERLY, 3) == [
        *("Mon 24 Jan 11", "Mon 24 Jan 11", "Mon 31 Jan 11", "Thu 3 Feb 11"),
        *("Tue 8 Feb 11", "Tue 15 Feb 11", "Mon 21 Feb 11", "Mon 7 Mar 11"),
    ]
    # The last working day before Easter; the royal wedding of 29 April comes after the partnerships.
    assert days_of(of_2010, QUARTERLY, 4)[:4] == [
        *("Thu 21 Apr 11", "Thu 21 Apr 11", "Thu 28 Apr 11", "Thu 5 May 11"),
    ]
    assert clashes_of(2010, of_2010) == []


def test_2026_follows_the_rule_round_its_bank_holidays(of_2026: list[TimetableEntry]) -> None:
    assert days_of(of_2026, SIX_WEEKLY, 1) == [
        "Mon 8 Jun 26",
        "Thu 11 Jun 26",
        "Tue 16 Jun 26",
        "Tue 23 Jun 26",
        "Mon 29 Jun 26",
    ]
    assert days_of(of_2026, SIX_WEEKLY, 3)[3:] == ["Tue 5 Jan 27", "Mon 11 Jan 27"]
    # Easter is early: Good Friday 26 March, Easter Monday 29 March, before the quarter has ended.
    assert days_of(of_2026, SIX_WEEKLY, 4)[3:] == ["Tue 30 Mar 27", "Mon 5 Apr 27"]
    assert days_of(of_2026, QUARTERLY, 4) == [
        *("Wed 21 Apr 27", "Wed 21 Apr 27", "Wed 28 Apr 27", "Thu 6 May 27"),
        *("Tue 11 May 27", "Tue 18 May 27", "Mon 24 May 27", "Mon 7 Jun 27"),
    ]
    assert clashes_of(2026, of_2026) == []


@pytest.mark.parametrize("year", ["of_2010", "of_2026"])
def test_only_christmas_moves_an_entry_of_a_later_year(
    year: str, request: pytest.FixtureRequest
) -> None:
    entries: list[TimetableEntry] = request.getfixturevalue(year)

    [moved] = [entry for entry in entries if entry.moved_from]
    assert (moved.quarter, moved.step) == (3, Step.EXCEPTIONS_DISCUSSED)


@pytest.mark.parametrize(
    ("nation", "deadline", "discussion"),
    [
        # Saint Andrew's Day is a Monday, and so is no day for returns; Easter Monday is an open one.
        (Nation.SCOTLAND, "Fri 27 Nov 26", "Mon 29 Mar 27"),
        (Nation.ENGLAND, "Mon 30 Nov 26", "Mon 5 Apr 27"),
        (Nation.WALES, "Mon 30 Nov 26", "Mon 5 Apr 27"),
        (Nation.NORTHERN_IRELAND, "Mon 30 Nov 26", "Mon 5 Apr 27"),
    ],
)
def test_each_nation_goes_round_its_own_holidays(
    nation: Nation, deadline: str, discussion: str
) -> None:
    meetings = ["16 June 2026", "22 September 2026", "8 December 2026", "22 March 2027"]
    entries = proposed(2026, meetings, [], nation=nation)

    assert days_of(entries, SIX_WEEKLY, 3)[0] == deadline
    assert days_of(entries, SIX_WEEKLY, 4)[3] == discussion


def test_northern_ireland_keeps_its_own_days() -> None:
    meetings = ["21 July 2026", "22 September 2026", "8 December 2026", "25 March 2027"]

    entries = proposed(2026, meetings, [], nation=Nation.NORTHERN_IRELAND)

    # The Twelfth is a Sunday in 2026, and kept on Monday 13 July; Saint Patrick's Day is a Wednesday.
    assert days_of(entries, SIX_WEEKLY, 1)[0] == "Fri 10 Jul 26"
    assert days_of(entries, SIX_WEEKLY, 4)[0] == "Tue 16 Mar 27"


@pytest.mark.parametrize(
    ("nation", "words"),
    [
        (Nation.WALES, []),
        (
            Nation.ENGLAND,
            [
                "Papers sent out to Scrutiny Committee (1 September 2026) leaves 3 clear days before a "
                "public meeting: it must be 5"
            ],
        ),
    ],
)
def test_three_clear_days_are_enough_in_wales(nation: Nation, words: list[str]) -> None:
    meeting, papers = (
        TimetableEntry(
            quarter=1,
            report=QUARTERLY,
            step=step,
            forum=BodyKind.SCRUTINY,
            precision=Precision.DAY,
            starts_on=day,
            ends_on=day,
        )
        for step, day in (
            (Step.FORUM_RECEIVES, date(2026, 9, 7)),
            (Step.PAPERS_OUT, date(2026, 9, 1)),
        )
    )

    assert clashes_of(2026, [papers, meeting], nation) == words


def test_a_meeting_of_several_days_is_refused_in_a_later_year_too() -> None:
    meetings: dict[tuple[int, CycleKind, BodyKind], Meeting] = {
        (1, QUARTERLY, BodyKind.DMT): (date(2026, 8, 11), date(2026, 8, 12))
    }

    with pytest.raises(TimetableError, match="must be one day"):
        propose_year(RULES, year=FinancialYear(2026), meetings=meetings, closures=[])
