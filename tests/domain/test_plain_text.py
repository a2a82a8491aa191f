from __future__ import annotations

import pytest

from goldenthread.domain.plain_text import clean, no_formula, one_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("a\tb", "a b"),
        ("nul\x00, bell\x07, half a pair\ud83d", "nul, bell, half a pair"),
        ("Zoë, Łódź, 東京", "Zoë, Łódź, 東京"),
    ],
)
def test_what_no_reader_sees_is_dropped_and_line_ends_agree(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_a_line_is_one_line() -> None:
    assert one_line("  Due\r\n Bcc:\x0b all ") == "Due Bcc: all"


@pytest.mark.parametrize(
    ("at_most", "kept"), [(None, "Nine days"), (9, "Nine days"), (8, "Nine da…"), (6, "Nine…")]
)
def test_a_long_line_ends_in_an_ellipsis(at_most: int | None, kept: str) -> None:
    assert one_line("Nine days", at_most=at_most) == kept


def test_a_line_of_nothing_is_refused_no_length() -> None:
    assert one_line("\x00\n", at_most=1) == ""


@pytest.mark.parametrize("typed", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_what_looks_like_a_formula_is_refused_as_one(typed: str) -> None:
    assert no_formula(typed) == f"'{typed}"
    assert no_formula(f"a{typed}") == f"a{typed}"
