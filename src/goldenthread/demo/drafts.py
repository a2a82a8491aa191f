"""Returns that are begun and not yet submitted on the day that the demonstration stands on."""

from __future__ import annotations

from datetime import datetime

from goldenthread.demo.council import Cast
from goldenthread.demo.moments import LATEST, moment
from goldenthread.demo.plan_files import Draft, Files
from goldenthread.domain.returns import FigureAnswer
from goldenthread.indicators.models import Indicator
from goldenthread.plans.models import Action
from goldenthread.reporting.assessments import cycle_figures
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.operations.action_updates import ActionReturn, draft_action_update
from goldenthread.reporting.operations.indicator_updates import (
    IndicatorReturn,
    draft_indicator_update,
)
from goldenthread.reporting.queries.lines import actions_in, placings_in, plans_in


def write_drafts(files: Files, cast: Cast, cycle: ReportingCycle) -> None:
    """Begin the returns that the file of drafts holds, late on the day before."""
    drafts = {draft.reference: draft for draft in files.drafts}
    at = moment(LATEST, 17, 30)
    for action in actions_in(plans_in(cycle)):
        if draft := drafts.get(action.reference):
            _draft_action(draft, action, cast, cycle, at)
    for placing in placings_in(plans_in(cycle)):
        if draft := drafts.get(placing.indicator.reference):
            _draft_indicator(draft, placing.indicator, cast, cycle, at)


def _draft_action(
    draft: Draft, action: Action, cast: Cast, cycle: ReportingCycle, at: datetime
) -> None:
    draft_action_update(
        cycle=cycle,
        action=action,
        answers=ActionReturn(rating=draft.rating, commentary=draft.says),
        by=cast.holders[action.action_officer.title],
        at=at,
    )


def _draft_indicator(
    draft: Draft, indicator: Indicator, cast: Cast, cycle: ReportingCycle, at: datetime
) -> None:
    latest = cycle_figures(cycle, indicator).wanted[-1].period.starts_on
    draft_indicator_update(
        cycle=cycle,
        indicator=indicator,
        answers=IndicatorReturn(
            rating=draft.rating,
            commentary=draft.says,
            figures={latest: FigureAnswer(value=draft.figure)},
        ),
        by=cast.holders[indicator.indicator_officer.title],
        at=at,
    )
