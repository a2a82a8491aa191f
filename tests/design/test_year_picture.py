from __future__ import annotations

from datetime import date

import html5lib
import pytest

from goldenthread.design.year_picture import Lane, Mark, year_picture

JUNE_16, AUGUST_11 = date(2009, 6, 16), date(2009, 8, 11)
DIRECTORS = Lane("Directors", [Mark(JUNE_16, JUNE_16), Mark(AUGUST_11, AUGUST_11)])
COMMITTEES = Lane("Committees", [Mark(date(2009, 9, 14), date(2009, 9, 24))])


def drawn(*lanes: Lane, today: date | None = None) -> str:
    return year_picture(lanes, name="The reporting year", today=today)


def test_a_day_is_a_dot_and_days_that_run_on_are_a_bar() -> None:
    picture = drawn(DIRECTORS, COMMITTEES)

    assert (picture.count("<circle"), picture.count("<rect")) == (2, 1)
    assert ">Directors<" in picture
    assert 'aria-label="The reporting year"' in picture


def test_each_mark_says_its_day_and_each_january_its_year() -> None:
    far = Lane("Council", [Mark(date(2010, 2, 9), date(2010, 2, 9))])
    picture = drawn(COMMITTEES, far)

    for words in ("14\N{EN DASH}24", "9", "2009", "2010"):
        assert f">{words}<" in picture


def test_what_is_past_is_hollow_also_in_black_and_white() -> None:
    def hollow(today: date | None) -> int:
        return drawn(DIRECTORS, COMMITTEES, today=today).count('fill="#ffffff"')

    assert [hollow(today) for today in (None, JUNE_16, date(2009, 9, 24), date(2009, 10, 1))] == [
        0,
        0,
        2,
        3,
    ]


def test_it_runs_over_whole_months() -> None:
    picture = drawn(DIRECTORS, COMMITTEES)

    assert [
        month for month in ("May", "Jun", "Jul", "Aug", "Sep", "Oct") if f">{month}<" in picture
    ] == [
        "Jun",
        "Jul",
        "Aug",
        "Sep",
    ]


def test_what_comes_later_stands_farther_right() -> None:
    centres = [
        float(circle.attrib["cx"])
        for circle in html5lib.parse(drawn(DIRECTORS), namespaceHTMLElements=False).iter()
        if str(circle.tag).endswith("circle")
    ]

    assert centres == sorted(centres)
    assert len(set(centres)) == 2


@pytest.mark.parametrize(("today", "shows"), [(JUNE_16, True), (date(2012, 1, 1), False)])
def test_today_is_marked_while_it_lies_in_the_year(today: date, *, shows: bool) -> None:
    assert (">Today<" in drawn(DIRECTORS, today=today)) is shows


def test_of_a_long_time_every_second_month_is_named() -> None:
    far = Lane("Council", [Mark(date(2008, 1, 1), date(2008, 1, 1)), Mark(JUNE_16, JUNE_16)])

    assert drawn(far).count(">Feb<") == 0


def test_without_a_mark_there_is_no_picture() -> None:
    assert drawn() == ""
    assert drawn(Lane("Directors", [])) == ""


def test_a_lanes_name_is_never_markup() -> None:
    assert "<script>" not in drawn(Lane("<script>", DIRECTORS.marks))
