"""How a step of the timetable is said."""

from __future__ import annotations

from datetime import date

import pytest

from goldenthread.domain.kinds import BodyKind, CycleKind, Precision, Step
from goldenthread.domain.timetable import TimetableEntry, concerned_in_words, step_in_words


@pytest.mark.parametrize(
    ("step", "forum", "words"),
    [
        (Step.UPDATE_DEADLINE, None, "Returns due"),
        (Step.LAA_DATA_FROM_COUNTY, None, "LAA data due from the County"),
        (
            Step.PARTNERSHIPS_REVIEW,
            BodyKind.THEMATIC_PARTNERSHIPS,
            "Thematic partnerships review their progress",
        ),
        (Step.PAPERS_OUT, BodyKind.DMT, "Papers sent out to DMT"),
        (Step.FORUM_RECEIVES, BodyKind.DMT, "DMT receives the report"),
        (
            Step.FORUM_RECEIVES,
            BodyKind.PDC,
            "Policy Development Committees receive the report",
        ),
        (Step.EXCEPTIONS_DISCUSSED, BodyKind.DMT, "DMT discusses the exceptions"),
        (Step.DIRECTORS_MEET_CHIEF_EXECUTIVE, None, "Directors meet the Chief Executive"),
        (Step.UPDATE_DEADLINE, BodyKind.SCRUTINY, "Returns due, Scrutiny Committee"),
    ],
)
def test_a_step_is_said_with_its_forum(step: Step, forum: BodyKind | None, words: str) -> None:
    assert step_in_words(step, forum) == words


def test_an_entry_says_what_it_is() -> None:
    day = date(2009, 6, 16)
    entry = TimetableEntry(
        quarter=1,
        report=CycleKind.SIX_WEEKLY,
        step=Step.FORUM_RECEIVES,
        forum=BodyKind.SCRUTINY,
        precision=Precision.DAY,
        starts_on=day,
        ends_on=day,
    )
    assert entry.what == "Scrutiny Committee receives the report"


def test_a_step_that_does_not_exist_has_no_words() -> None:
    with pytest.raises(ValueError, match="tea_is_served"):
        Step("tea_is_served")


@pytest.mark.parametrize(
    ("step", "forum", "words"),
    [
        (Step.UPDATE_DEADLINE, None, "Action and indicator officers"),
        (Step.LAA_DATA_FROM_COUNTY, None, "The County"),
        (Step.PARTNERSHIPS_REVIEW, None, "Thematic partnerships"),
        (Step.FORUM_RECEIVES, BodyKind.SCRUTINY, "Scrutiny Committee"),
        (Step.DIRECTORS_MEET_CHIEF_EXECUTIVE, None, "Directors and the Chief Executive"),
        (Step.EXCEPTIONS_DISCUSSED, None, "Everybody"),
    ],
)
def test_a_step_says_whom_it_concerns(step: Step, forum: BodyKind | None, words: str) -> None:
    assert concerned_in_words(step, forum) == words
