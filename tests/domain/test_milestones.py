from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.kinds import Precision, Step
from goldenthread.domain.milestones import Anchor, MilestoneRule
from goldenthread.domain.working_days import is_working_day, shift_working_days


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"precision": Precision.RANGE}, 'has the precision "range": it must be day or week'),
        ({"precision": Precision.WEEK}, "must be given to the day"),
        ({"offset_days": -367}, "is -367 days away: it must be at most 366 days away"),
        ({"offset_days": 0}, "comes before its meeting"),
        ({"anchor": Anchor.QUARTER_END}, "comes before its meeting"),
        ({"step": Step.FORUM_RECEIVES}, "is the meeting itself"),
        (
            {"step": Step.UPDATE_DEADLINE, "anchor": Anchor.UPDATE_DEADLINE},
            "counts from itself",
        ),
    ],
)
def test_rule_that_cannot_be_placed_is_refused(change: dict[str, object], words: str) -> None:
    papers = MilestoneRule(step=Step.PAPERS_OUT, anchor=Anchor.FORUM_RECEIVES, offset_days=-5)
    with pytest.raises(ValueError, match=words):
        replace(papers, **change)  # type: ignore[arg-type]


@given(
    start=st.dates(min_value=date(2009, 4, 1), max_value=date(2010, 6, 30)),
    days=st.integers(-60, 60),
    closures=st.sets(
        st.dates(min_value=date(2009, 1, 1), max_value=date(2010, 12, 31)), max_size=60
    ),
)
def test_working_days_counted_there_lie_on_a_working_day_that_far_away(
    start: date, days: int, closures: set[date]
) -> None:
    end = shift_working_days(start, days, closures=closures)
    between = range(1, (end - start).days + 1) if days > 0 else range((end - start).days, 0)
    passed = [start + timedelta(days=n) for n in between]
    assert sum(is_working_day(day, closures=closures) for day in passed) == abs(days)
