"""A year of 63 dates: proposed from its meetings, and held against what it must go together with."""

from __future__ import annotations

from collections.abc import Callable

from goldenthread.demo.plan_files import read_published_timetable
from goldenthread.domain.kinds import BodyKind, CycleKind, Step
from goldenthread.domain.periods import FinancialYear
from goldenthread.domain.timetable_proposal import Meeting
from goldenthread.organisation.models import Council
from goldenthread.timetables.operations.proposing import propose


def year_proposed(council: Council) -> Callable[[], None]:
    """Give what is measured: the 2009/10 timetable laid out from its published meetings."""
    published = read_published_timetable()
    meetings: dict[tuple[int, CycleKind, BodyKind], Meeting] = {
        (entry.quarter, entry.report, entry.forum): entry.starts_on
        for entry in published
        if entry.step is Step.FORUM_RECEIVES and entry.forum
    }

    def lay_out() -> None:
        found = propose(council, FinancialYear(2009), meetings, closed_days=(), pre_election=None)
        if len(found.entries) != len(published) or not found.clashes:
            raise RuntimeError(f"{len(found.entries)} dates, {len(found.clashes)} clashes")

    return lay_out
