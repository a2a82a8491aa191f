from __future__ import annotations

import pytest

from goldenthread.domain.off_track import Run, ordinal, run_of
from goldenthread.domain.rating import Rating

R, A, G = Rating.RED, Rating.AMBER, Rating.GREEN


@pytest.mark.parametrize(
    ("ratings", "words"),
    [
        ([R], "Red this quarter"),
        ([A, G, R], "Amber this quarter"),
        ([R, None, R], "Red this quarter"),
        ([R, R, R], "Red for the third quarter in a row"),
        ([A, A, G], "Amber for the second quarter in a row"),
        ([R, A, A], "Off track for the third quarter in a row, now red"),
        ([A, A, R, R], "Off track for the fourth quarter in a row, amber for the second"),
    ],
)
def test_a_row_of_quarters_is_said_in_words(ratings: list[Rating | None], words: str) -> None:
    run = run_of(ratings)

    assert run is not None
    assert run.words == words
    assert run.is_repeated is (run.off_track > 1)


@pytest.mark.parametrize("ratings", [[], [G, R], [None, R]])
def test_what_is_on_track_now_has_no_row(ratings: list[Rating | None]) -> None:
    assert run_of(ratings) is None


def test_a_row_counts_all_off_track_and_those_at_its_rating() -> None:
    assert run_of([A, R, R, G, R]) == Run(rating=A, off_track=3, at_rating=1)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "first"),
        (10, "tenth"),
        (11, "11th"),
        (12, "12th"),
        (21, "21st"),
        (22, "22nd"),
        (113, "113th"),
        (23, "23rd"),
    ],
)
def test_places_in_a_row_are_written_out_up_to_ten(number: int, words: str) -> None:
    assert ordinal(number) == words


def test_there_is_no_nought_in_a_row() -> None:
    with pytest.raises(ValueError, match="no 0th"):
        ordinal(0)
