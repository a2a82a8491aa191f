from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.posts import (
    FARTHEST_AHEAD,
    LONGEST_DEPUTY,
    Capacity,
    Stay,
    problems_with_deputy,
    problems_with_start,
)

JUNE_1, JUNE_30, JULY_1 = date(2009, 6, 1), date(2009, 6, 30), date(2009, 7, 1)
DAY = timedelta(days=1)
DAYS = st.dates(date(2009, 1, 1), date(2010, 12, 31))
STAYS = st.builds(Stay, DAYS, st.none() | DAYS).filter(
    lambda stay: stay.ends_on is None or stay.ends_on >= stay.starts_on
)


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        (Stay(JUNE_1, JUNE_30), Stay(JULY_1), False),
        (Stay(JUNE_1, JULY_1), Stay(JULY_1), True),
        (Stay(JUNE_1), Stay(JULY_1), True),
        (Stay(JUNE_1, JUNE_1), Stay(JUNE_1, JUNE_1), True),
        (Stay(JULY_1, JULY_1), Stay(JUNE_1, JUNE_30), False),
    ],
)
def test_two_stays_overlap_when_they_share_a_day(one: Stay, other: Stay, *, overlap: bool) -> None:
    assert one.overlaps(other) is overlap


@given(STAYS, STAYS, DAYS)
def test_overlapping_is_mutual_and_follows_from_the_days(one: Stay, other: Stay, day: date) -> None:
    assert one.overlaps(other) == other.overlaps(one)
    if one.includes(day) and other.includes(day):
        assert one.overlaps(other)


@pytest.mark.parametrize(
    ("stay", "words"),
    [
        (Stay(JUNE_1), "from 1 June 2009"),
        (Stay(JUNE_1, JUNE_30), "from 1 June 2009 to 30 June 2009"),
    ],
)
def test_a_stay_is_said_in_words(stay: Stay, words: str) -> None:
    assert stay.words == words


@pytest.mark.parametrize(
    ("starts_on", "is_refused"),
    [
        (JUNE_1 - DAY, True),
        (JUNE_1, False),
        (JUNE_1 + FARTHEST_AHEAD * DAY, False),
        (JUNE_1 + (FARTHEST_AHEAD + 1) * DAY, True),
    ],
)
def test_a_stay_begins_today_or_within_a_year(starts_on: date, *, is_refused: bool) -> None:
    assert ("starts_on" in problems_with_start(starts_on, today=JUNE_1)) is is_refused


@pytest.mark.parametrize(
    ("ends_on", "is_refused"),
    [
        (None, True),
        (JUNE_1 - DAY, True),
        (JUNE_1, False),
        (JUNE_1 + (LONGEST_DEPUTY - 1) * DAY, False),
        (JUNE_1 + LONGEST_DEPUTY * DAY, True),
    ],
)
def test_a_deputy_stands_in_until_a_day_within_a_year(
    ends_on: date | None, *, is_refused: bool
) -> None:
    problems = problems_with_deputy(Stay(JUNE_1, ends_on), today=JUNE_1)

    assert set(problems) == ({"ends_on"} if is_refused else set())


@pytest.mark.parametrize("capacity", Capacity)
def test_a_capacity_has_a_label(capacity: Capacity) -> None:
    assert capacity.label
