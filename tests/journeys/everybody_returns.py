"""Run in a process of its own: every officer files what Quarter 2 still lacks.

It goes through the product's operations, one officer after another, as the demonstration does.
"""

from __future__ import annotations

import django
from django.conf import settings

django.setup()

# The models stand only once Django is set up.
from collections.abc import Callable  # noqa: E402
from dataclasses import replace  # noqa: E402
from datetime import date, datetime  # noqa: E402
from decimal import Decimal  # noqa: E402
from functools import partial  # noqa: E402

from django.utils import timezone  # noqa: E402

from goldenthread.demo.people import NAME  # noqa: E402
from goldenthread.domain.promises import GivenStep, StepOutcome  # noqa: E402
from goldenthread.domain.rating import Polarity, Rating  # noqa: E402
from goldenthread.domain.returns import FigureAnswer  # noqa: E402
from goldenthread.exception_reports.operations.reports import (  # noqa: E402
    ExceptionAnswers,
    submit_exception_report,
)
from goldenthread.exception_reports.operations.steps import Told  # noqa: E402
from goldenthread.exception_reports.queries.reports import exception_lines  # noqa: E402
from goldenthread.exception_reports.queries.steps import open_promises  # noqa: E402
from goldenthread.organisation.models import Council  # noqa: E402
from goldenthread.organisation.officeholder import Officeholder  # noqa: E402
from goldenthread.organisation.queries import holdings_on, officeholder  # noqa: E402
from goldenthread.reporting.assessments import cycle_figures  # noqa: E402
from goldenthread.reporting.models import ReportingCycle  # noqa: E402
from goldenthread.reporting.operations.action_updates import (  # noqa: E402
    ActionReturn,
    submit_action_update,
)
from goldenthread.reporting.operations.indicator_updates import (  # noqa: E402
    IndicatorReturn,
    submit_indicator_update,
)
from goldenthread.reporting.queries.cycles import find_cycle  # noqa: E402
from goldenthread.reporting.queries.lines import (  # noqa: E402
    ActionLine,
    IndicatorLine,
    Line,
    lines_of,
    plans_in,
)
from goldenthread.reporting.returns import UnconfirmedDoubtsError  # noqa: E402

SAYS = "Everything promised for the quarter was done."


def main() -> None:
    """File every return that is owed, and then every exception report."""
    at = settings.CLOCK()
    council = Council.objects.get(name=NAME)
    cycle = find_cycle(council, year="2009-10", code="Q2")
    assert cycle is not None
    owed = [line for line in _lines(cycle, at) if line.state.is_outstanding]
    for line in owed:
        _file(line, cycle, at)
    explained = [each for each in exception_lines(cycle, _lines(cycle, at)) if each.is_owed]
    for each in explained:
        _explain(each.line, cycle, at, each.report.version if each.report else 0)
    print(f"{len(owed)} returns, {len(explained)} exception reports")  # noqa: T201


def _lines(cycle: ReportingCycle, at: datetime) -> list[Line]:
    plans = lines_of(cycle, list(plans_in(cycle)), today=timezone.localdate(at))
    return [line for plan in plans for line in plan.lines]


def _officer(line: Line, cycle: ReportingCycle, day: date) -> Officeholder:
    holding = holdings_on(day).filter(post__title=line.officer).first()
    assert holding is not None
    found = officeholder(user=holding.holder, council=cycle.council.name, day=day)
    assert found is not None
    return found


def _file(line: Line, cycle: ReportingCycle, at: datetime) -> None:
    by = _officer(line, cycle, timezone.localdate(at))
    seen = line.update.version if line.update else 0
    if isinstance(line, ActionLine):
        answers = ActionReturn(rating=Rating.GREEN, commentary=SAYS, seen_version=seen)
        submit = partial(submit_action_update, cycle=cycle, action=line.action, by=by, at=at)
        _submit_ticked(submit, answers)
    else:
        _file_indicator(line, cycle, by, at, seen)


def _file_indicator(
    line: IndicatorLine, cycle: ReportingCycle, by: Officeholder, at: datetime, seen: int
) -> None:
    figures = cycle_figures(cycle, line.indicator)
    is_rated = line.indicator.polarity is not Polarity.NONE
    answers = IndicatorReturn(
        rating=Rating.GREEN if is_rated else None,
        commentary=SAYS,
        estimated_outturn=Decimal(50),
        judgement_reason="The work of the second half of the year is bought and booked.",
        figures={
            asked.period.starts_on: FigureAnswer(value=Decimal(50))
            for asked in figures.wanted
            if asked.is_due
        },
        seen_version=seen,
    )
    submit = partial(submit_indicator_update, cycle=cycle, indicator=line.indicator, by=by, at=at)
    _submit_ticked(submit, answers)


def _submit_ticked(submit: Callable[..., object], answers: ActionReturn | IndicatorReturn) -> None:
    """Submit a return, and again with a tick for whatever looks odd in it."""
    try:
        submit(answers=answers)
    except UnconfirmedDoubtsError as asked:
        ticked = frozenset(doubt.key for doubt in asked.doubts)
        submit(answers=replace(answers, confirmed=ticked))


def _explain(line: Line, cycle: ReportingCycle, at: datetime, seen: int) -> None:
    assert line.update is not None
    answers = ExceptionAnswers(
        why="Fewer people came forward than the plan supposed.",
        done="Two further sessions were held.",
        steps=(GivenStep(what="Hold a third", who=line.officer, due_on=date(2009, 11, 30)),),
        limits="None.",
        needs_resources=False,
        is_exceptional=False,
        seen_version=seen,
        told={
            promise.step.pk: Told(outcome=StepOutcome.DONE)
            for promise in open_promises(line.update.item, before=line.update)
        },
    )
    by = _officer(line, cycle, timezone.localdate(at))
    submit_exception_report(update=line.update, answers=answers, by=by, at=at)


if __name__ == "__main__":
    main()
