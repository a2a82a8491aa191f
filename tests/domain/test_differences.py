from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.differences import MOST_COMPARED, Passage, Piece, word_difference

words = st.lists(st.sampled_from(["the", "club", "opened", "in", "June", "July.", "\n", " "]))
texts = words.map(" ".join) | st.text(max_size=80)


def marked(was: str, now: str) -> str:
    signs = {Passage.KEPT: "", Passage.DELETED: "-", Passage.INSERTED: "+"}
    pieces = word_difference(was, now)
    return "|".join(f"{signs[piece.passage]}{piece.text}" for piece in pieces)


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("The club opened in June.", "The club opened in June.", "The club opened in June."),
        ("", "The club opened.", "+The club opened."),
        ("The club opened.", "", "-The club opened."),
        (
            "The club opened in June with six children.",
            "The club opened in July with six children.",
            "The club opened in|- June|+ July| with six children.",
        ),
        (
            "Work goes on as planned.",
            "Work goes on as planned. The hall was painted.",
            "Work goes on as planned.|+ The hall was painted.",
        ),
    ],
    ids=["same", "new", "gone", "one word", "more said"],
)
def test_what_changed_is_told_from_what_did_not(was: str, now: str, told: str) -> None:
    assert marked(was, now) == told


def test_a_few_words_between_two_changes_are_read_with_them() -> None:
    was = "We met in the red hall and counted everybody who came to the opening."
    now = "We met in the blue hall but counted everybody who came to the opening."

    assert marked(was, now) == (
        "We met in the|- red hall and|+ blue hall but| counted everybody who came to the opening."
    )


def test_texts_with_little_in_common_are_told_one_after_the_other() -> None:
    was = "A new manager starts in the autumn, and three posts are vacant."
    now = "Visits rose because the museum opened its garden on Sundays."

    assert marked(was, now) == f"-{was}|+{now}"


def test_long_texts_are_compared_by_sentence() -> None:
    sentence = "In week {} we held a session for young people at the hall."
    was = " ".join(sentence.format(number) for number in range(60))
    now = was.replace("week 7 ", "week seven ")

    assert marked(was, now).count("|") == 3
    assert f"-{' ' + sentence.format(7)}|+ In week seven we held" in marked(was, now)


def test_very_long_texts_are_not_compared() -> None:
    lines = int(MOST_COMPARED**0.5) + 2
    was, now = "a.\n" * lines, "b.\n" * lines

    assert [piece.passage for piece in word_difference(was, now)] == [
        Passage.DELETED,
        Passage.INSERTED,
    ]


def test_a_piece_says_whether_it_was_kept() -> None:
    assert Piece(Passage.KEPT, "The").is_kept
    assert not Piece(Passage.INSERTED, "The").is_kept


@given(texts, texts)
def test_both_texts_can_be_read_from_their_difference(was: str, now: str) -> None:
    pieces = word_difference(was, now)

    assert "".join(p.text for p in pieces if p.passage is not Passage.INSERTED) == was
    assert "".join(p.text for p in pieces if p.passage is not Passage.DELETED) == now


@given(texts, texts)
def test_no_piece_is_empty_and_no_two_alike_stand_together(was: str, now: str) -> None:
    pieces = word_difference(was, now)

    assert all(piece.text for piece in pieces)
    assert all(one.passage is not other.passage for one, other in pairwise(pieces))


@given(texts)
def test_nothing_changed_is_nothing_told(text: str) -> None:
    assert all(piece.is_kept for piece in word_difference(text, text))
