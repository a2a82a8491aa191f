from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.clear_days import Nation, clear_days_between, latest_publication
from goldenthread.domain.working_days import is_working_day, runs_of

GOOD_FRIDAY, EASTER_MONDAY = date(2010, 4, 2), date(2010, 4, 5)
EASTER = frozenset({GOOD_FRIDAY, EASTER_MONDAY})
SOME_YEARS = st.dates(date(2009, 1, 1), date(2027, 12, 31))


def test_papers_out_on_a_monday_leave_five_clear_days_before_tuesday_week() -> None:
    assert clear_days_between(date(2009, 9, 7), date(2009, 9, 15), closures=()) == 5


def test_neither_the_day_of_publication_nor_that_of_the_meeting_is_clear() -> None:
    assert clear_days_between(date(2009, 9, 7), date(2009, 9, 8), closures=()) == 0


def test_bank_holidays_and_weekends_are_not_clear_days() -> None:
    assert clear_days_between(date(2010, 4, 1), date(2010, 4, 7), closures=EASTER) == 1


def test_papers_after_their_meeting_leave_no_clear_day() -> None:
    assert clear_days_between(date(2009, 9, 15), date(2009, 9, 7), closures=()) == 0


@pytest.mark.parametrize(
    ("nation", "days"),
    [
        (Nation.ENGLAND, 5),
        (Nation.WALES, 3),
        (Nation.SCOTLAND, 3),
        (Nation.NORTHERN_IRELAND, 5),
    ],
)
def test_each_nation_has_its_own_clear_days(nation: Nation, days: int) -> None:
    assert nation.clear_days == days


def test_easter_makes_papers_due_a_week_and_more_before_the_meeting() -> None:
    assert latest_publication(date(2010, 4, 8), 5, closures=EASTER) == date(2010, 3, 29)


@given(meeting=SOME_YEARS, clear=st.integers(1, 10), closures=st.sets(SOME_YEARS, max_size=20))
def test_the_latest_day_leaves_just_enough_clear_days(
    meeting: date, clear: int, closures: set[date]
) -> None:
    found = latest_publication(meeting, clear, closures=closures)

    assert is_working_day(found, closures=closures)
    assert clear_days_between(found, meeting, closures=closures) == clear
    assert clear_days_between(found + timedelta(days=1), meeting, closures=closures) in (
        clear,
        clear - 1,
    )


def test_days_that_follow_each_other_are_one_run() -> None:
    closed = [date(2009, 12, 31), date(2009, 12, 29), date(2009, 12, 30), EASTER_MONDAY]

    assert runs_of(closed) == [
        (date(2009, 12, 29), date(2009, 12, 31)),
        (EASTER_MONDAY, EASTER_MONDAY),
    ]
    assert runs_of([]) == []
