from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from pytest_django import DjangoAssertNumQueries

from goldenthread.domain.rating import Rating
from goldenthread.organisation.models import Council
from goldenthread.reporting import permissions
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.filings import action_filing, indicator_filing
from tests.factories import (
    ActionFactory,
    ActionOfficerFactory,
    ActionUpdateFactory,
    IndicatorFactory,
    IndicatorUpdateFactory,
    MeasurementFactory,
    PlanIndicatorFactory,
    PostFactory,
    SixWeeklyCycleFactory,
    officeholder,
)


@pytest.fixture
def before(council: Council) -> ReportingCycle:
    return SixWeeklyCycleFactory(council=council)


def test_an_action_comes_with_its_return_and_the_one_before(
    cycle: ReportingCycle, before: ReportingCycle
) -> None:
    action = ActionFactory(council=cycle.council)
    now = ActionUpdateFactory(cycle=cycle, action=action)
    then = ActionUpdateFactory(cycle=before, action=action, submitted=True, rating=Rating.RED)

    filing = action_filing(cycle, action.pk)

    assert (filing.action, filing.update, filing.before) == (action, now, then)
    assert (filing.plan, filing.was) == (action.challenge.plan, Rating.RED)
    assert (filing.reference, filing.title) == (action.reference, action.description)


def test_an_indicator_comes_with_its_return_and_the_one_before(
    cycle: ReportingCycle, before: ReportingCycle
) -> None:
    placing = PlanIndicatorFactory(council=cycle.council)
    indicator = placing.indicator
    MeasurementFactory(indicator=indicator)
    now = IndicatorUpdateFactory(cycle=cycle, indicator=indicator)
    then = IndicatorUpdateFactory(cycle=before, indicator=indicator, submitted=True)

    filing = indicator_filing(cycle, indicator.reference)

    assert (filing.update, filing.before) == (now, then)
    assert (filing.plan, filing.was) == (placing.plan, Rating.GREEN)
    assert (filing.reference, filing.title) == (indicator.reference, indicator.definition)
    assert [f.period.starts_on for f in filing.figures.wanted] == [
        date(2009, 5, 1),
        date(2009, 6, 1),
    ]


def test_an_item_that_nobody_returned_comes_without_returns(cycle: ReportingCycle) -> None:
    action = ActionFactory(council=cycle.council)
    placing = PlanIndicatorFactory(council=cycle.council)

    one = action_filing(cycle, action.pk)
    other = indicator_filing(cycle, placing.indicator.reference)

    assert (one.update, one.before, one.was) == (None, None, None)
    assert (other.update, other.before, other.was) == (None, None, None)


def test_a_draft_left_in_the_cycle_before_was_no_rating(
    cycle: ReportingCycle, before: ReportingCycle
) -> None:
    action = ActionFactory(council=cycle.council)
    ActionUpdateFactory(cycle=before, action=action, rating=Rating.RED)

    assert action_filing(cycle, action.pk).was is None


def test_another_councils_items_are_not_found(cycle: ReportingCycle) -> None:
    with pytest.raises(Http404):
        action_filing(cycle, ActionFactory().pk)
    with pytest.raises(Http404):
        indicator_filing(cycle, PlanIndicatorFactory().indicator.reference)


def test_an_indicator_that_stands_in_no_plan_is_not_found(cycle: ReportingCycle) -> None:
    outside = IndicatorFactory(council=cycle.council)

    with pytest.raises(Http404, match=outside.reference):
        indicator_filing(cycle, outside.reference)


@pytest.mark.parametrize("many", [1, 5])
def test_finding_an_item_takes_a_fixed_number_of_queries(
    cycle: ReportingCycle,
    before: ReportingCycle,
    django_assert_num_queries: DjangoAssertNumQueries,
    many: int,
) -> None:
    action = ActionFactory(council=cycle.council)
    for _ in range(many):
        ActionOfficerFactory(action=action)
    indicator = PlanIndicatorFactory(council=cycle.council).indicator
    for month in range(1, 2 * many):
        MeasurementFactory(
            indicator=indicator, starts_on=date(2008, month, 1), ends_on=date(2008, month, 28)
        )

    with django_assert_num_queries(8):
        action_filing(cycle, action.pk)
    with django_assert_num_queries(7):
        assert indicator_filing(cycle, indicator.reference).figures.wanted


@pytest.mark.parametrize("joint", [False, True])
def test_whoever_holds_an_action_may_file_it(council: Council, *, joint: bool) -> None:
    action = ActionFactory(council=council)
    other = ActionOfficerFactory(action=action).post

    permissions.check_can_file(officeholder(other if joint else action.action_officer), action)


def test_only_the_indicator_officer_may_file_an_indicator(council: Council) -> None:
    indicator = IndicatorFactory(council=council)
    stranger = officeholder(PostFactory(council=council))

    permissions.check_can_file(officeholder(indicator.indicator_officer), indicator)
    with pytest.raises(PermissionDenied):
        permissions.check_can_file(stranger, indicator)


def test_permission_to_file_costs_no_query_once_an_item_is_found(
    cycle: ReportingCycle, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    action = action_filing(cycle, ActionFactory(council=cycle.council).pk).action
    holder = officeholder(PostFactory(council=cycle.council))

    with django_assert_num_queries(0), pytest.raises(PermissionDenied):
        permissions.check_can_file(holder, action)
