from __future__ import annotations

import pytest

from goldenthread.domain.exempt_paragraphs import ExemptParagraph, marker, paragraphs_in_words


def test_there_are_seven_each_with_its_words() -> None:
    assert [paragraph.value for paragraph in ExemptParagraph] == list(range(1, 8))
    assert ExemptParagraph(1).label == "Paragraph 1: information relating to any individual"
    assert len({paragraph.words for paragraph in ExemptParagraph}) == 7


def test_the_paragraphs_relied_on_are_named_once_in_order() -> None:
    three, one = ExemptParagraph(3), ExemptParagraph(1)

    assert paragraphs_in_words([three, three]) == (
        "paragraph 3 of Part 1 of Schedule 12A of the Local Government Act 1972"
    )
    assert paragraphs_in_words([three, one]).startswith("paragraphs 1 and 3 of Part 1")
    assert paragraphs_in_words([*ExemptParagraph]).startswith(
        "paragraphs 1, 2, 3, 4, 5, 6 and 7 of"
    )


def test_what_is_left_out_says_on_what_ground() -> None:
    assert marker(ExemptParagraph.CRIME).startswith(
        "Left out of the public copy: exempt by virtue of paragraph 7 of"
    )


@pytest.mark.parametrize("number", [0, 8, -1])
def test_there_is_no_other(number: int) -> None:
    with pytest.raises(ValueError, match="not a valid ExemptParagraph"):
        ExemptParagraph(number)
