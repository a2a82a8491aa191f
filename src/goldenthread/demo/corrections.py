"""What was typed wrong in quarter 1 and put right in September, for the next papers to list.

Its papers had gone out and it was locked, so whoever put it right was let in.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from goldenthread.demo.council import Cast
from goldenthread.demo.moments import moment
from goldenthread.demo.plan_files import Files
from goldenthread.demo.returns import answers_of
from goldenthread.plans.models import Plan
from goldenthread.reporting.assessments import cycle_figures
from goldenthread.reporting.models import IndicatorUpdate, ReportingCycle
from goldenthread.reporting.operations.closing import let_in
from goldenthread.reporting.operations.indicator_updates import submit_indicator_update

REFERENCE = "CYPF6"
WHY = "Two parties of 18 from one school were counted twice. The bookings diary has 1,048."
_LET_IN_ON, _PUT_RIGHT_ON, _LET_IN_UNTIL = (
    date(2009, 9, 23),
    date(2009, 9, 24),
    date(2009, 9, 30),
)
_LET_IN_BECAUSE = "CYPF6 counts a school's visits twice; Scrutiny asked."


def put_slip_right(files: Files, cast: Cast, cycle: ReportingCycle) -> None:
    """Have the plan's Lead Officer put quarter 1's figure right, after papers have gone out."""
    update = IndicatorUpdate.objects.select_related("indicator__council").get(
        cycle=cycle, indicator__reference=REFERENCE
    )
    [entry] = (
        each for plan in files.plans for each in plan.indicators if each.reference == REFERENCE
    )
    plan = Plan.objects.select_related("lead_officer").get(placings__indicator=update.indicator)
    by = cast.holders[plan.lead_officer.title]
    let_in(
        cycle=cycle,
        person=by.user,
        until=_LET_IN_UNTIL,
        reason=_LET_IN_BECAUSE,
        by=cast.manager,
        at=moment(_LET_IN_ON, 15),
    )
    figures = cycle_figures(cycle, update.indicator, update)
    right = answers_of(cycle, figures, entry, with_slips=False)
    submit_indicator_update(
        cycle=cycle,
        indicator=update.indicator,
        answers=replace(right, seen_version=update.version, correction_reason=WHY),
        by=by,
        at=moment(_PUT_RIGHT_ON, 11),
    )
