"""Dates in an officer's words: "by June" needs its year, "on 14 May" said in June does not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.loose_dates import MONTHS, LooseDate, loose_dates

IN_OCTOBER = date(2009, 10, 14)
IN_FEBRUARY = date(2010, 2, 3)


def quoted(words: str, today: date = IN_OCTOBER) -> list[str]:
    return [loose.words for loose in loose_dates(words, today=today)]


def test_a_deadline_in_a_month_that_is_long_past_is_loose() -> None:
    assert loose_dates("The lift will be in use by June.", today=IN_OCTOBER) == [
        LooseDate("by June", 2009, 2010)
    ]


def test_a_day_halfway_round_the_year_is_loose() -> None:
    assert loose_dates("The fair is on 3 August.", today=IN_FEBRUARY) == [
        LooseDate("on 3 August", 2009, 2010)
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        pytest.param("By June at the latest.", ["By June"], id="at the start"),
        pytest.param("Due by the end of April", ["by the end of April"], id="end of a month"),
        pytest.param("It opened on the 3rd of April.", ["on the 3rd of April"], id="in words"),
        pytest.param("It is late April now.", ["late April"], id="late"),
        pytest.param("From early-April on", ["early-April"], id="with a hyphen"),
        pytest.param("1 May it was.", ["1 May"], id="its day makes May a month"),
        pytest.param(
            "In April we did, and in April we shall.", ["In April", "in April"], id="as written"
        ),
        pytest.param("by June, by June and by June", ["by June"], id="once each"),
        pytest.param("30 April 7 people came.", ["30 April"], id="a number after it is no year"),
    ],
)
def test_it_is_quoted_as_it_was_written(words: str, found: list[str]) -> None:
    assert quoted(words) == found


@pytest.mark.parametrize(
    "words",
    [
        "It was done in March 2010.",
        "It was done on 3 April, 2010.",
        "Between 3 April and 4 May 2010.",
        "From April to June 2010.",
        "April-June 2010 was dry.",
        "We may ask. May we ask? Forty marched in the March for Jobs.",
        "Mrs April Jones and Theresa May spoke with June.",
        "By mayhem and in Marchington.",
        "Since April it has been open.",
        "It closed last May and reopens next March; this April was dry.",
        "Twelve were filled by the end of September.",
        "It was done on 14 July.",
        "Forms come in by 31 December.",
        "It will open on 2 November.",
        "Members came on 6 October and will decide on 4 November.",
        "Trained in August. They will start soon.",
        "On 42 April nothing happened.",
        "",
    ],
)
def test_a_reader_can_tell_the_year_of_others(words: str) -> None:
    assert quoted(words) == []


@pytest.mark.parametrize("promise", ["will open", "shall open", "is to open", "hope to open"])
def test_what_is_promised_for_a_day_just_past_is_loose(promise: str) -> None:
    assert quoted(f"The doors {promise} on 21 September.") == ["on 21 September"]


def test_a_promise_is_kept_to_its_sentence() -> None:
    assert quoted("We shall see. The doors opened on 21 September.") == []


@pytest.mark.parametrize(
    ("today", "is_loose"),
    [
        pytest.param(date(2009, 9, 30), False, id="three months on, it is an account"),
        pytest.param(date(2009, 10, 1), True, id="a day later, it may be a promise"),
    ],
)
def test_a_deadline_is_plain_for_three_months(today: date, *, is_loose: bool) -> None:
    assert bool(quoted("Ready by 30 June.", today)) is is_loose


@pytest.mark.parametrize(
    ("today", "is_loose"),
    [
        pytest.param(date(2009, 9, 30), False, id="five months after"),
        pytest.param(date(2009, 10, 1), True, id="a day more"),
        pytest.param(date(2009, 11, 27), True, id="five months and a day before"),
        pytest.param(date(2009, 11, 28), False, id="five months before"),
    ],
)
def test_a_day_is_plain_for_five_months_either_way(today: date, *, is_loose: bool) -> None:
    assert bool(quoted("It was on 30 April.", today)) is is_loose


def test_a_day_that_a_year_lacks_is_taken_for_the_last_of_its_month() -> None:
    assert loose_dates("On 29 February.", today=date(2009, 8, 20)) == [
        LooseDate("On 29 February", 2009, 2010)
    ]


days = st.dates(date(2000, 1, 1), date(2030, 12, 31))
some_month = st.sampled_from(MONTHS)


@given(some_month, days, st.integers(1900, 2100))
def test_with_its_year_no_date_is_loose(month: str, today: date, year: int) -> None:
    assert quoted(f"It will be done by 3 {month} {year}, not in {month} {year}.", today) == []


@given(some_month, days)
def test_a_reader_has_two_years_to_choose_from_that_follow_each_other(
    month: str, today: date
) -> None:
    for loose in loose_dates(f"It will be done by {month}.", today=today):
        assert loose.later == loose.earlier + 1
        assert today.year in (loose.earlier, loose.later)


@given(st.text(max_size=200), days)
def test_whatever_is_written_can_be_read(words: str, today: date) -> None:
    assert all(loose.words in words for loose in loose_dates(words, today=today))
