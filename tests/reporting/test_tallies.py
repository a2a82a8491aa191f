from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from goldenthread.domain.rating import Rating
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.lines import PlanLines, lines_of
from goldenthread.reporting.queries.tallies import tally_ratings, tally_returns
from tests.factories import (
    ActionFactory,
    ActionUpdateFactory,
)

IN_TIME, LATE = date(2009, 7, 14), date(2009, 7, 22)


def lines(cycle: ReportingCycle, plan: Plan, today: date = IN_TIME) -> PlanLines:
    [found] = lines_of(cycle, [plan], today=today)
    return found


def test_items_are_counted_by_rating_and_never_averaged(cycle: ReportingCycle, plan: Plan) -> None:
    for rating in (Rating.RED, Rating.AMBER, Rating.AMBER, Rating.GREEN):
        action = ActionFactory(challenge__plan=plan)
        ActionUpdateFactory(cycle=cycle, action=action, submitted=True, rating=rating)
    ActionFactory(challenge__plan=plan)
    ActionFactory(challenge__plan=plan, starts_on=date(2009, 9, 1))

    tally = tally_ratings(lines(cycle, plan).lines)

    assert (tally.red, tally.amber, tally.green, tally.unrated, tally.total) == (1, 2, 1, 1, 5)


def test_returns_are_counted_by_where_they_stand(cycle: ReportingCycle, plan: Plan) -> None:
    actions = [ActionFactory(challenge__plan=plan) for _ in range(4)]
    ActionFactory(challenge__plan=plan, starts_on=date(2009, 9, 1))
    ActionUpdateFactory(cycle=cycle, action=actions[0], submitted=True)
    ActionUpdateFactory(cycle=cycle, action=actions[1])

    now, then = (tally_returns(lines(cycle, plan, day).lines) for day in (IN_TIME, LATE))

    assert (now.returned, now.drafted, now.owed, now.late, now.not_due_to_start) == (1, 1, 2, 0, 1)
    assert (now.asked, now.outstanding, now.is_complete) == (4, 3, False)
    assert (then.drafted, then.owed, then.late, then.outstanding) == (0, 0, 3, 3)


def test_a_plan_with_nothing_owed_is_complete(cycle: ReportingCycle, plan: Plan) -> None:
    ActionFactory(challenge__plan=plan, starts_on=date(2009, 9, 1))

    assert tally_returns(lines(cycle, plan).lines).is_complete
    assert tally_ratings([]).total == 0


def test_nothing_is_counted_as_nothing() -> None:
    assert tally_ratings([]).total == tally_returns([]).asked == 0


def test_a_count_cannot_be_put_right_by_hand() -> None:
    tally = tally_ratings([])

    with pytest.raises(FrozenInstanceError):
        tally.red = 0  # type: ignore[misc]
