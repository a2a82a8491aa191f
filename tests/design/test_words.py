from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.design import words
from goldenthread.domain.kinds import Unit

JUNE = date(2009, 6, 8)


def test_a_day_is_written_in_full() -> None:
    assert words.long_date(JUNE) == "8 June 2009"


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        (JUNE, JUNE, "8 June 2009"),
        (date(2009, 9, 14), date(2009, 9, 24), "14 to 24 September 2009"),
        (date(2009, 9, 28), date(2009, 10, 3), "28 September to 3 October 2009"),
        (date(2009, 12, 16), date(2010, 1, 12), "16 December 2009 to 12 January 2010"),
    ],
)
def test_a_range_names_a_month_only_as_often_as_it_changes(
    start: date, end: date, written: str
) -> None:
    assert words.date_range(start, end) == written


def test_a_range_that_runs_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        words.date_range(JUNE, date(2009, 6, 7))


@pytest.mark.parametrize(
    ("days", "written"),
    [
        (3, "in 3 days"),
        (1, "tomorrow"),
        (0, "today"),
        (-1, "1 day late"),
        (-2, "2 days late"),
    ],
)
def test_a_day_is_so_far_off(days: int, written: str) -> None:
    assert words.days_until(JUNE, JUNE + timedelta(days)) == written


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        ("54000", Unit.NUMBER, "54,000"),
        ("46.40", Unit.PERCENT, "46.4%"),
        ("38.255", Unit.PERCENT, "38.26%"),
        ("1", Unit.DAYS, "1 day"),
        ("21.5", Unit.DAYS, "21.5 days"),
        ("310", Unit.KILOGRAMS, "310 kg"),
        ("1234567", Unit.POUNDS, "£1.2m"),
        ("999999", Unit.POUNDS, "£999,999"),
        ("-1250.5", Unit.POUNDS, "\N{MINUS SIGN}£1,250.5"),
        ("-1500000", Unit.POUNDS, "\N{MINUS SIGN}£1.5m"),
        ("0", Unit.PERCENT, "0%"),
        ("-0.001", Unit.NUMBER, "0"),
    ],
)
def test_a_figure_carries_its_unit(value: str, unit: Unit, written: str) -> None:
    assert words.figure(Decimal(value), unit) == written


def test_decimals_ask_for_the_exact_figure() -> None:
    assert words.figure(Decimal(1234567), Unit.POUNDS, 2) == "£1,234,567.00"
    assert words.exact_figure(Decimal(1234567), Unit.POUNDS) == "£1,234,567"


def test_a_missing_figure_is_said_in_words_and_nought_is_not_missing() -> None:
    assert words.figure(None, Unit.NUMBER) == "No figure"
    assert words.figure(Decimal(0), Unit.NUMBER) == "0"


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_a_plain_number_can_be_read_back(value: Decimal) -> None:
    written = words.plain_number(value).replace(",", "").replace(words.MINUS, "-")
    assert Decimal(written) == value


@pytest.mark.parametrize(
    ("value", "written"),
    [("1200", "+1,200"), ("-7.3", "\N{MINUS SIGN}7.3"), ("0", "0"), ("0.001", "0")],
)
def test_a_difference_has_its_sign(value: str, written: str) -> None:
    assert words.signed_figure(Decimal(value), Unit.NUMBER) == written


@pytest.mark.parametrize(
    ("change", "unit", "written"),
    [
        ("3.1", Unit.PERCENT, "up 3.1 percentage points"),
        ("-1", Unit.PERCENT, "down 1 percentage point"),
        ("-1200", Unit.NUMBER, "down 1,200"),
        ("0", Unit.DAYS, "no change"),
    ],
)
def test_a_change_is_said_in_words(change: str, unit: Unit, written: str) -> None:
    assert words.change_in_words(Decimal(change), unit) == written


def test_things_are_counted() -> None:
    assert words.plural(1, "action") == "1 action"
    assert words.plural(1200, "action") == "1,200 actions"
    assert words.plural(0, "reply", "replies") == "no replies"


@pytest.mark.parametrize(
    ("names", "written"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_a_list_reads_as_a_sentence(names: list[str], written: str) -> None:
    assert words.join_words(names) == written
