from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from goldenthread.domain.kinds import ItemKind
from goldenthread.domain.obligations import ReturnState
from goldenthread.domain.rating import Rating
from goldenthread.organisation.models import Council
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.board import BoardItem, board_of
from goldenthread.reporting.queries.lines import lines_of, plans_in
from tests.factories import (
    ActionFactory,
    ActionOfficerFactory,
    ActionUpdateFactory,
    ChallengeFactory,
    IndicatorFactory,
    IndicatorUpdateFactory,
    PlanFactory,
    PlanIndicatorFactory,
    PriorityFactory,
    ReportingCycleFactory,
    SixWeeklyCycleFactory,
)
from tests.reporting.filled import fill

IN_TIME, LATE = date(2009, 7, 14), date(2009, 7, 22)


def board(cycle: ReportingCycle, today: date = IN_TIME) -> list[BoardItem]:
    return board_of(cycle, list(plans_in(cycle)), today=today)


def test_an_action_says_what_it_is_and_who_may_file_it(cycle: ReportingCycle, plan: Plan) -> None:
    action = ActionFactory(challenge=ChallengeFactory(plan=plan, number=1), number=2)
    joint = ActionOfficerFactory(action=action).post

    [item] = board(cycle)

    assert (item.item_kind, item.item_id, item.plan) == (ItemKind.ACTION, action.pk, plan)
    assert (item.reference, item.title) == ("CYPF 1.2", action.description)
    assert item.reference == action.reference
    assert item.officer == str(action.action_officer)
    assert item.post_ids == {action.action_officer.pk, joint.pk}
    assert (item.state, item.rating, item.was, item.update_id) == (
        ReturnState.OWED,
        None,
        None,
        None,
    )


def test_an_indicator_says_what_it_is_and_who_may_file_it(
    cycle: ReportingCycle, plan: Plan
) -> None:
    indicator = PlanIndicatorFactory(plan=plan).indicator
    update = IndicatorUpdateFactory(cycle=cycle, indicator=indicator, submitted=True)

    [item] = board(cycle)

    assert (item.item_kind, item.item_id) == (ItemKind.INDICATOR, indicator.pk)
    assert (item.reference, item.title) == (indicator.reference, indicator.definition)
    assert item.post_ids == {indicator.indicator_officer.pk}
    assert (item.state, item.rating, item.update_id) == (
        ReturnState.IN,
        Rating.GREEN,
        update.pk,
    )


def test_an_item_of_each_kind_with_the_same_number_keeps_its_own_return(
    cycle: ReportingCycle, plan: Plan
) -> None:
    action = ActionFactory(challenge__plan=plan, pk=77)
    indicator = IndicatorFactory(council=plan.council, pk=77)
    PlanIndicatorFactory(plan=plan, indicator=indicator)
    ActionUpdateFactory(cycle=cycle, action=action, submitted=True, rating=Rating.RED)

    one, other = board(cycle)

    assert (one.rating, other.rating) == (Rating.RED, None)


def test_items_stand_plan_by_plan_in_the_order_of_the_plans(
    council: Council, cycle: ReportingCycle
) -> None:
    later, earlier = (
        PlanFactory(priority=PriorityFactory(council=council, number=number)) for number in (2, 1)
    )
    for plan in (later, earlier):
        PlanIndicatorFactory(plan=plan)
        challenge = ChallengeFactory(plan=plan)
        for number in (2, 1):
            ActionFactory(challenge=challenge, number=number)

    items = board(cycle)

    assert [item.plan for item in items] == [earlier] * 3 + [later] * 3
    assert [item.item_kind for item in items[:3]] == [
        ItemKind.ACTION,
        ItemKind.ACTION,
        ItemKind.INDICATOR,
    ]
    assert items[0].reference.endswith(".1")


def test_drafts_are_not_rated_and_become_late(cycle: ReportingCycle, plan: Plan) -> None:
    action = ActionFactory(challenge__plan=plan)
    ActionUpdateFactory(cycle=cycle, action=action, rating=Rating.RED)

    [now], [then] = board(cycle), board(cycle, LATE)

    assert (now.state, now.rating) == (ReturnState.DRAFTED, None)
    assert then.state is ReturnState.LATE


def test_an_action_that_starts_later_is_not_due_to_start(cycle: ReportingCycle, plan: Plan) -> None:
    ActionFactory(challenge__plan=plan, starts_on=date(2009, 7, 1))

    assert [item.state for item in board(cycle)] == [ReturnState.NOT_DUE_TO_START]


def test_the_rating_of_the_cycle_before_is_remembered_unless_it_was_a_draft(
    council: Council, cycle: ReportingCycle, plan: Plan
) -> None:
    six_weekly = SixWeeklyCycleFactory(council=council)
    challenge = ChallengeFactory(plan=plan)
    submitted, drafted = (ActionFactory(challenge=challenge, number=number) for number in (1, 2))
    ActionUpdateFactory(cycle=six_weekly, action=submitted, submitted=True, rating=Rating.AMBER)
    ActionUpdateFactory(cycle=six_weekly, action=drafted, rating=Rating.RED)

    assert [item.was for item in board(cycle)] == [Rating.AMBER, None]


def test_another_councils_items_are_never_among_them(cycle: ReportingCycle) -> None:
    ActionUpdateFactory(submitted=True)
    PlanIndicatorFactory()

    assert board(cycle) == []


def test_the_board_and_the_lines_say_the_same(council: Council) -> None:
    cycles = [ReportingCycleFactory(council=council), SixWeeklyCycleFactory(council=council)]
    plans = fill(cycles, plans=2, each=2)

    brief = board_of(cycles[0], plans, today=IN_TIME)
    full = [line for each in lines_of(cycles[0], plans, today=IN_TIME) for line in each.lines]

    assert [(i.item_kind, i.item_id, i.reference, i.state, i.rating, i.was) for i in brief] == [
        (i.item_kind, i.item_id, i.reference, i.state, i.rating, i.was) for i in full
    ]


@pytest.mark.parametrize(("plans", "each"), [(1, 5), (6, 5)], ids=["10 items", "60 items"])
def test_the_number_of_queries_is_the_same_for_ten_items_and_for_sixty(
    council: Council, django_assert_num_queries: DjangoAssertNumQueries, plans: int, each: int
) -> None:
    cycles = [ReportingCycleFactory(council=council), SixWeeklyCycleFactory(council=council)]
    made = fill(cycles, plans, each)
    cycle = ReportingCycle.objects.select_related("council").get(pk=cycles[0].pk)

    with django_assert_num_queries(7):
        items = board_of(cycle, made, today=IN_TIME)

    assert len(items) == 2 * plans * each
