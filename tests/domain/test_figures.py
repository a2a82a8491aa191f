from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.figures import figure_in_words, percent_in_words
from goldenthread.domain.kinds import Unit

MINUS = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("figure", "unit", "said"),
    [
        pytest.param("54000", Unit.NUMBER, "54,000", id="thousands"),
        pytest.param("1234567.5", Unit.NUMBER, "1,234,567.5", id="millions"),
        pytest.param("999", Unit.NUMBER, "999", id="below a thousand"),
        pytest.param("46.4", Unit.PERCENT, "46.4%", id="percent"),
        pytest.param("41.00", Unit.PERCENT, "41%", id="trailing noughts"),
        pytest.param("8.5", Unit.DAYS, "8.5 days", id="days"),
        pytest.param("1", Unit.DAYS, "1 day", id="one day"),
        pytest.param("-1", Unit.DAYS, f"{MINUS}1 day", id="minus one day"),
        pytest.param("21", Unit.DAYS, "21 days", id="days that end in one"),
        pytest.param("0", Unit.DAYS, "0 days", id="no days"),
        pytest.param("512", Unit.KILOGRAMS, "512 kg", id="kilograms"),
        pytest.param("3.2", Unit.RATE, "3.2", id="rate"),
        pytest.param("1200", Unit.POUNDS, "£1,200", id="pounds"),
        pytest.param("1200.50", Unit.POUNDS, "£1,200.50", id="pounds and pence"),
        pytest.param("0.5", Unit.POUNDS, "£0.50", id="pence"),
        pytest.param("33.333333", Unit.POUNDS, "£33.33", id="less than a penny over"),
        pytest.param("-1200", Unit.POUNDS, f"{MINUS}£1,200", id="minus before the pound"),
        pytest.param("-3.5", Unit.PERCENT, f"{MINUS}3.5%", id="minus percent"),
        pytest.param("0", Unit.NUMBER, "0", id="nought"),
        pytest.param("0.000", Unit.PERCENT, "0%", id="nought with decimals"),
        pytest.param("-0", Unit.NUMBER, "0", id="minus nought"),
        pytest.param("5E+4", Unit.NUMBER, "50,000", id="exponent"),
    ],
)
def test_figure_keeps_its_own_decimals_and_has_its_unit(figure: str, unit: Unit, said: str) -> None:
    assert figure_in_words(Decimal(figure), unit) == said


@pytest.mark.parametrize(
    ("figure", "decimals", "said"),
    [
        pytest.param("0.5", 0, "1", id="half goes up"),
        pytest.param("2.5", 0, "3", id="half goes up from an even figure"),
        pytest.param("2.45", 1, "2.5", id="half goes up at one decimal"),
        pytest.param("2.449", 1, "2.4", id="less than half goes down"),
        pytest.param("-2.5", 0, f"{MINUS}3", id="half goes away from nought"),
        pytest.param("999.5", 0, "1,000", id="into the thousands"),
        pytest.param("41", 2, "41.00", id="noughts are kept"),
        pytest.param("0", 1, "0.0", id="nought"),
        pytest.param("-0.04", 1, "0.0", id="nothing left to be negative"),
        pytest.param("-0.05", 1, f"{MINUS}0.1", id="just negative"),
        pytest.param("-0.04", 2, f"{MINUS}0.04", id="negative at two decimals"),
    ],
)
def test_figure_is_rounded_to_its_decimals(figure: str, decimals: int, said: str) -> None:
    assert figure_in_words(Decimal(figure), Unit.NUMBER, decimals) == said


def test_day_is_plural_when_it_has_decimals() -> None:
    assert figure_in_words(Decimal(1), Unit.DAYS, 1) == "1.0 days"


@pytest.mark.parametrize(
    ("share", "said"),
    [
        pytest.param("0.05", "5%", id="whole"),
        pytest.param("0.0731707", "7.3%", id="one decimal"),
        pytest.param("0.07250", "7.3%", id="half goes up"),
        pytest.param("1", "100%", id="all of it"),
        pytest.param("0", "0%", id="nothing"),
        pytest.param("0.0004", "0%", id="next to nothing"),
        pytest.param("173.738095", "17,373.8%", id="many times over"),
        pytest.param("-0.05", f"{MINUS}5%", id="minus"),
        pytest.param("-0.0004", "0%", id="next to nothing, negative"),
    ],
)
def test_share_is_said_as_a_percentage_to_one_decimal(share: str, said: str) -> None:
    assert percent_in_words(Decimal(share)) == said


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=2), st.sampled_from(Unit))
def test_figure_in_words_has_neither_exponent_nor_hyphen(value: Decimal, unit: Unit) -> None:
    """Refuses what a member would stumble over: 5E+4, and a hyphen that breaks at a line's end."""
    said = figure_in_words(value, unit)
    assert "E" not in said
    assert "-" not in said
    assert said.startswith(MINUS) is (value < 0)


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=6))
def test_figure_can_be_read_back_from_its_words(value: Decimal) -> None:
    said = figure_in_words(value, Unit.NUMBER)
    assert Decimal(said.replace(",", "").replace(MINUS, "-")) == value
