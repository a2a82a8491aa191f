"""Whose a date of the timetable is."""

from __future__ import annotations

from datetime import date

import pytest

from goldenthread.domain.kinds import BodyKind, CycleKind, Precision, Step
from goldenthread.domain.my_dates import Part, why_it_concerns
from goldenthread.domain.timetable import TimetableEntry

RETURNS = Part(returns=True)
COUNTYS = Part(returns=True, returns_laa=True)
LEADS = Part(leads=True)
LOOKS_AFTER_ALL = Part(looks_after_all=True)
DIRECTOR = Part(forums=frozenset([BodyKind.DMT]))
MEMBER = Part(forums=frozenset([BodyKind.SCRUTINY]))
PARTNER = Part(forums=frozenset([BodyKind.THEMATIC_PARTNERSHIPS]))
SITS = "you sit on it"


def entry(step: Step, forum: BodyKind | None = None) -> TimetableEntry:
    day = date(2009, 7, 21)
    return TimetableEntry(
        quarter=1,
        report=CycleKind.QUARTERLY,
        step=step,
        forum=forum,
        precision=Precision.DAY,
        starts_on=day,
        ends_on=day,
    )


@pytest.mark.parametrize(
    ("step", "forum", "part", "why"),
    [
        (Step.UPDATE_DEADLINE, None, RETURNS, "you return on actions or indicators"),
        (Step.UPDATE_DEADLINE, None, LEADS, "you answer for a plan"),
        (Step.UPDATE_DEADLINE, None, MEMBER, ""),
        (Step.LAA_DATA_FROM_COUNTY, None, COUNTYS, "you return on an LAA indicator"),
        (Step.LAA_DATA_FROM_COUNTY, None, RETURNS, ""),
        (Step.PARTNERSHIPS_REVIEW, BodyKind.THEMATIC_PARTNERSHIPS, PARTNER, SITS),
        (Step.PARTNERSHIPS_REVIEW, None, LEADS, ""),
        (Step.PAPERS_OUT, BodyKind.SCRUTINY, MEMBER, SITS),
        (Step.FORUM_RECEIVES, BodyKind.SCRUTINY, MEMBER, SITS),
        (Step.EXCEPTIONS_DISCUSSED, BodyKind.DMT, DIRECTOR, SITS),
        (Step.FORUM_RECEIVES, BodyKind.DMT, MEMBER, ""),
        (Step.DIRECTORS_MEET_CHIEF_EXECUTIVE, None, DIRECTOR, "you are a director"),
        (Step.DIRECTORS_MEET_CHIEF_EXECUTIVE, None, RETURNS, ""),
    ],
)
def test_a_date_is_somebodys_by_what_they_do(
    step: Step, forum: BodyKind | None, part: Part, why: str
) -> None:
    assert why_it_concerns(entry(step, forum), part) == why


@pytest.mark.parametrize("step", Step)
def test_whoever_looks_after_the_timetable_has_all_its_dates(step: Step) -> None:
    assert why_it_concerns(entry(step), LOOKS_AFTER_ALL) == "you look after the timetable"


@pytest.mark.parametrize("step", Step)
def test_whoever_has_no_part_in_it_has_no_date(step: Step) -> None:
    assert why_it_concerns(entry(step, BodyKind.DMT), Part()) == ""
