"""The annual report's returns, which are due with those of the last quarter."""

from __future__ import annotations

from datetime import datetime

from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.domain.closing import Course
from goldenthread.domain.kinds import CycleKind, Step
from goldenthread.domain.working_days import ONE_DAY
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.reporting.models import ReportingCycle


def let_annual_follow(
    quarter: ReportingCycle, before: Course, *, because: str, by: Officeholder, at: datetime
) -> None:
    """Let the annual report's returns be due with a quarter's whose deadline moved, if they were before.

    One with a deadline of its own in the timetable keeps it.
    """
    if quarter.kind is not CycleKind.QUARTERLY or quarter.due_on == before.due_on:
        return
    annual = (
        ReportingCycle.objects.select_for_update(of=("self",))
        .filter(
            council=quarter.council_id,
            year=quarter.year,
            kind=CycleKind.ANNUAL,
            quarter=quarter.quarter,
            due_on=before.due_on,
        )
        .exclude(milestones__step=Step.UPDATE_DEADLINE)
        .first()
    )
    if annual is None:
        return
    opens_on = quarter.opens_on if annual.opens_on == before.opens_on else annual.opens_on
    annual.due_on, annual.opens_on = quarter.due_on, min(opens_on, quarter.due_on)
    if annual.locks_on is not None:
        annual.locks_on = max(annual.locks_on, annual.due_on + ONE_DAY)
    annual.save()
    audit.record(
        council=by.council.name,
        verb=Verb.MILESTONES_MOVED,
        target=annual,
        by=by.user,
        at=at,
        changes={"because": [None, because.strip()], "due on": [before.due_on, annual.due_on]},
    )
