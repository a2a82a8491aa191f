from __future__ import annotations

from contextlib import suppress

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldenthread.audit.models import AuditEntry
from goldenthread.audit.queries import first_broken_entry
from goldenthread.domain.kinds import ItemKind
from goldenthread.domain.rating import Rating
from goldenthread.indicators.models import Indicator
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import Action
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate, ReportingCycle
from goldenthread.reporting.operations.action_updates import ActionReturn, submit_action_in
from goldenthread.reporting.operations.indicator_updates import submit_indicator_in
from goldenthread.reporting.operations.sittings import sit_down
from goldenthread.reporting.returns import IncompleteReturnError
from tests.factories import (
    IN_Q1,
    ActionFactory,
    ActionUpdateFactory,
    IndicatorFactory,
    SixWeeklyCycleFactory,
    TargetFactory,
    officeholder,
)
from tests.reporting.answers import whole

SAID = ActionReturn(rating=Rating.GREEN, commentary="The club opened in June.")


@pytest.fixture
def by(indicator_officer: Officeholder) -> Officeholder:
    return indicator_officer


def _actions(by: Officeholder, count: int) -> list[Action]:
    [post] = by.posts
    return [ActionFactory(action_officer=post) for _ in range(count)]


def _indicators(by: Officeholder, count: int) -> list[Indicator]:
    [post] = by.posts
    made = [
        IndicatorFactory(council=by.council, indicator_officer=post, previous_outturn=1)
        for _ in range(count)
    ]
    for indicator in made:
        TargetFactory(indicator=indicator)
    return made


def test_returns_are_filed_one_by_one_in_one_sitting(
    cycle: ReportingCycle, by: Officeholder
) -> None:
    actions, indicators = _actions(by, 2), _indicators(by, 2)

    with sit_down(cycle=cycle, actions=actions, indicators=indicators, by=by, at=IN_Q1) as sitting:
        for action in actions:
            submit_action_in(sitting, action=action, answers=SAID)
        for indicator in indicators:
            submit_indicator_in(sitting, indicator=indicator, answers=whole())

    assert [update.is_submitted for update in ActionUpdate.objects.all()] == [True, True]
    assert [update.is_submitted for update in IndicatorUpdate.objects.all()] == [True, True]
    assert AuditEntry.objects.count() == 4
    assert first_broken_entry(by.council.name) is None
    assert [update.history.count() for update in IndicatorUpdate.objects.all()] == [1, 1]


def test_one_that_is_not_whole_loses_none_of_the_others(
    cycle: ReportingCycle, by: Officeholder
) -> None:
    first, bad, last = _indicators(by, 3)

    with sit_down(cycle=cycle, indicators=[first, bad, last], by=by, at=IN_Q1) as sitting:
        submit_indicator_in(sitting, indicator=first, answers=whole())
        with suppress(IncompleteReturnError):
            submit_indicator_in(sitting, indicator=bad, answers=whole(commentary=""))
        submit_indicator_in(sitting, indicator=last, answers=whole())

    filed = IndicatorUpdate.objects.values_list("indicator", flat=True)
    assert set(filed) == {first.pk, last.pk}
    assert AuditEntry.objects.count() == 2


def test_what_is_read_is_read_once_for_all(cycle: ReportingCycle, by: Officeholder) -> None:
    def reads(count: int) -> int:
        actions, indicators = _actions(by, count), _indicators(by, count)
        sat_down = sit_down(cycle=cycle, actions=actions, indicators=indicators, by=by, at=IN_Q1)
        with CaptureQueriesContext(connection) as queries, sat_down as sitting:
            assert sitting.framework.version
            assert len(sitting.figures) == count
            assert sitting.before == {}
        return len(queries)

    assert reads(1) == reads(20)


def test_it_knows_what_was_said_the_time_before(cycle: ReportingCycle, by: Officeholder) -> None:
    [action] = _actions(by, 1)
    six_weekly = SixWeeklyCycleFactory(council=by.council)
    said = ActionUpdateFactory(cycle=six_weekly, action=action, submitted=True)

    with sit_down(cycle=cycle, actions=[action], by=by, at=IN_Q1) as sitting:
        assert sitting.before == {(ItemKind.ACTION, action.pk): said}


def test_nobody_of_another_council_sits_down(cycle: ReportingCycle) -> None:
    stranger = officeholder(IndicatorFactory().indicator_officer)

    with pytest.raises(PermissionDenied), sit_down(cycle=cycle, by=stranger, at=IN_Q1):
        pass
