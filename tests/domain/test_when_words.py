from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.kinds import CycleKind, Precision, Step
from goldenthread.domain.timetable import TimetableEntry
from goldenthread.domain.when_words import When, WhenError, read_when, read_when_between

JUNE_8 = date(2009, 6, 8)


@pytest.mark.parametrize(
    "words",
    [
        "8 June 2009",
        " 8  june 2009 ",
        "8th June 2009",
        "8 Jun 2009",
        "08/06/2009",
        "8.6.2009",
        "2009-06-08",
        "Monday 8 June 2009",
        "Mon, 8 June 2009",
        "Monday, 8th June, 2009",
    ],
)
def test_a_day_is_read_however_it_is_written(words: str) -> None:
    assert read_when(words) == When(precision=Precision.DAY, starts_on=JUNE_8, ends_on=JUNE_8)


@pytest.mark.parametrize(
    "words", ["w/c 8 June 2009", "week commencing Monday 8 June 2009", "Week of 8/6/2009"]
)
def test_a_week_is_read_from_its_monday(words: str) -> None:
    found = read_when(words)

    assert (found.precision, found.starts_on, found.ends_on) == (
        Precision.WEEK,
        JUNE_8,
        date(2009, 6, 14),
    )


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("14 to 24 September 2009", date(2009, 9, 14), date(2009, 9, 24)),
        ("14-24 September 2009", date(2009, 9, 14), date(2009, 9, 24)),
        ("14 \N{EN DASH} 24 September 2009", date(2009, 9, 14), date(2009, 9, 24)),
        ("28 June to 3 July 2009", date(2009, 6, 28), date(2009, 7, 3)),
        ("16 December 2009 to 12 January 2010", date(2009, 12, 16), date(2010, 1, 12)),
        ("14/9/2009 to 24/9/2009", date(2009, 9, 14), date(2009, 9, 24)),
    ],
)
def test_a_range_may_leave_out_what_its_end_says(words: str, start: date, end: date) -> None:
    assert read_when(words) == When(precision=Precision.RANGE, starts_on=start, ends_on=end)


@pytest.mark.parametrize("words", ["TBC", "Date TBC", "Dates TBC", "to be confirmed"])
def test_a_date_may_be_to_be_confirmed(words: str) -> None:
    assert read_when(words) == When(precision=Precision.TO_BE_CONFIRMED)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("", '"" is no date'),
        ("soon", '"soon" is no date: write it like 8 June 2009'),
        ("31 June 2009", "is no date"),
        ("8 June", "is no date"),
        ("8/6/09", "is no date"),
        ("w/c soon", "is no date"),
        ("soon to 8 June 2009", "is no date"),
        ("8 June 2009 to soon", "is no date"),
        ("w/c 9 June 2009", "9 June 2009 is a Tuesday: a week begins on its Monday"),
        ("w/c 27 December 9999", "ends after all calendars"),
        ("24 to 14 September 2009", "ends before it starts"),
    ],
)
def test_what_is_no_date_is_refused_with_what_to_write(words: str, why: str) -> None:
    with pytest.raises(WhenError, match=why):
        read_when(words)


days = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 1))


@given(start=days, length=st.integers(1, 60), precision=st.sampled_from(Precision))
def test_whatever_a_timetable_prints_reads_back_the_same(
    start: date, length: int, precision: Precision
) -> None:
    monday = start - timedelta(days=start.weekday())
    spans = {
        Precision.DAY: (start, start),
        Precision.WEEK: (monday, monday + timedelta(days=6)),
        Precision.RANGE: (start, start + timedelta(days=length)),
        Precision.TO_BE_CONFIRMED: (None, None),
    }
    starts_on, ends_on = spans[precision]
    printed = TimetableEntry(
        quarter=1,
        report=CycleKind.QUARTERLY,
        step=Step.FORUM_RECEIVES,
        precision=precision,
        starts_on=starts_on,
        ends_on=ends_on,
    ).when

    assert read_when(printed) == When(precision=precision, starts_on=starts_on, ends_on=ends_on)


FIRST, LAST = date(2010, 4, 1), date(2011, 9, 30)


@pytest.mark.parametrize(
    ("words", "starts", "ends"),
    [
        ("8 December", (2010, 12, 8), None),
        ("8 March", (2011, 3, 8), None),
        ("8/12", (2010, 12, 8), None),
        ("8/12/10", (2010, 12, 8), None),
        ("8.2.11", (2011, 2, 8), None),
        ("14 to 24 September", (2010, 9, 14), (2010, 9, 24)),
        ("w/c 28 June", (2010, 6, 28), (2010, 7, 4)),
        ("8 December 2009", (2009, 12, 8), None),
    ],
)
def test_a_date_may_lack_its_year_or_give_two_figures_of_it(
    words: str, starts: tuple[int, int, int], ends: tuple[int, int, int] | None
) -> None:
    when = read_when_between(words, FIRST, LAST)

    assert (when.starts_on, when.ends_on) == (date(*starts), date(*(ends or starts)))


@pytest.mark.parametrize(
    "words", ["8", "31 June", "8/13/10", "8 Brumaire", "8/12/1", "w/c 29 June"]
)
def test_what_is_no_date_in_any_year_is_refused_as_it_was_written(words: str) -> None:
    with pytest.raises(WhenError, match=words):
        read_when_between(words, FIRST, LAST)


@given(st.text(max_size=80))
def test_whatever_is_typed_is_read_or_refused_in_words(words: str) -> None:
    said = ""
    with suppress(WhenError):
        said = read_when(words).precision.value

    assert said in ("", *Precision)
