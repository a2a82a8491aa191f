from __future__ import annotations

import pytest

from goldenthread.documents.renderers.measures import broken


@pytest.mark.parametrize("text", ["", "Homes let in time", "x" * 36])
def test_words_that_fit_a_line_are_left_as_they_are(text: str) -> None:
    assert broken(text) == text


def test_a_word_longer_than_a_line_stands_in_a_list_of_its_own() -> None:
    long = "x" * 37
    assert broken(f"See {long} and {long}") == ["See ", [long], " and ", [long]]


def test_a_narrower_line_breaks_shorter_words() -> None:
    assert broken("Kingfisher pond", longest=9) == [["Kingfisher"], " pond"]
