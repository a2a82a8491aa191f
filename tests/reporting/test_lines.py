from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from goldenthread.domain.kinds import ItemKind
from goldenthread.domain.obligations import ReturnState
from goldenthread.domain.rating import Polarity, Rating
from goldenthread.organisation.models import Council, FrameworkVersion
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.lines import PlanLines, lines_of, plans_in
from tests.factories import (
    ActionFactory,
    ActionOfficerFactory,
    ActionUpdateFactory,
    ChallengeFactory,
    IndicatorFactory,
    IndicatorUpdateFactory,
    MeasurementFactory,
    PlanFactory,
    PlanIndicatorFactory,
    PriorityFactory,
    ReportingCycleFactory,
    SixWeeklyCycleFactory,
    TargetFactory,
)
from tests.reporting.filled import fill

IN_TIME, LATE = date(2009, 7, 14), date(2009, 7, 22)


def lines(cycle: ReportingCycle, plan: Plan, today: date = IN_TIME) -> PlanLines:
    [found] = lines_of(cycle, [plan], today=today)
    return found


def test_plans_stand_in_the_order_of_the_priorities(
    council: Council, cycle: ReportingCycle
) -> None:
    made = {
        number: PlanFactory(priority=PriorityFactory(council=council, number=number))
        for number in (3, 1, 2)
    }
    PlanFactory()

    assert list(plans_in(cycle)) == [made[1], made[2], made[3]]
    found = lines_of(cycle, [made[2], made[1]], today=IN_TIME)
    assert [each.plan for each in found] == [made[2], made[1]]


def test_actions_stand_under_their_challenges_in_order(cycle: ReportingCycle, plan: Plan) -> None:
    second, first = (ChallengeFactory(plan=plan, number=number) for number in (2, 1))
    for challenge, number in ((second, 1), (first, 2), (first, 1)):
        ActionFactory(challenge=challenge, number=number)

    found = lines(cycle, plan)

    assert [line.reference for line in found.actions] == ["CYPF 1.1", "CYPF 1.2", "CYPF 2.1"]
    assert [(challenge, len(each)) for challenge, each in found.challenges] == [
        (first, 2),
        (second, 1),
    ]


def test_an_action_line_says_what_it_is_and_whose(cycle: ReportingCycle, plan: Plan) -> None:
    action = ActionFactory(challenge__plan=plan, description="Open a club")
    joint = ActionOfficerFactory(action=action).post

    [line] = lines(cycle, plan).lines

    assert (line.item_kind, line.item_id, line.plan) == (ItemKind.ACTION, action.pk, plan)
    assert (line.title, line.officer) == ("Open a club", str(action.action_officer))
    assert line.is_rateable
    [held] = lines(cycle, plan).actions
    assert [holder.post for holder in held.action.holders.all()] == [action.action_officer, joint]


def test_an_indicator_line_says_what_it_is_and_how_it_goes(
    cycle: ReportingCycle, plan: Plan
) -> None:
    second, first = (PlanIndicatorFactory(plan=plan, number=number) for number in (2, 1))
    TargetFactory(indicator=first.indicator)
    MeasurementFactory(indicator=first.indicator)

    one, other = lines(cycle, plan).indicators

    assert (one.item_kind, one.item_id, one.plan) == (
        ItemKind.INDICATOR,
        first.indicator.pk,
        plan,
    )
    assert (one.reference, one.title) == (first.indicator.reference, "Visits to museums")
    assert one.officer == str(first.indicator.indicator_officer)
    assert (one.target, one.latest, one.latest_when) == ("1,200", "100", "April 2009")
    assert other.reference == second.indicator.reference
    assert (other.target, other.latest, other.latest_when) == ("None set", "No figure", "")


def test_a_monitored_indicator_cannot_be_rated(cycle: ReportingCycle, plan: Plan) -> None:
    PlanIndicatorFactory(plan=plan, indicator__polarity=Polarity.NONE)
    PlanIndicatorFactory(plan=plan)

    assert [line.is_rateable for line in lines(cycle, plan).lines] == [False, True]


@pytest.mark.parametrize("kind", ["action", "indicator"])
@pytest.mark.parametrize(
    ("held", "today", "state"),
    [
        (None, IN_TIME, ReturnState.OWED),
        (None, LATE, ReturnState.LATE),
        ({}, IN_TIME, ReturnState.DRAFTED),
        ({}, LATE, ReturnState.LATE),
        ({"submitted": True}, IN_TIME, ReturnState.IN),
        ({"submitted": True}, LATE, ReturnState.IN),
    ],
)
def test_a_line_says_where_its_return_stands(
    cycle: ReportingCycle,
    plan: Plan,
    kind: str,
    held: dict[str, bool] | None,
    today: date,
    state: ReturnState,
) -> None:
    action = ActionFactory(challenge__plan=plan)
    indicator = PlanIndicatorFactory(plan=plan).indicator
    if held is not None:
        ActionUpdateFactory(cycle=cycle, action=action, **held)
        IndicatorUpdateFactory(cycle=cycle, indicator=indicator, **held)

    found = lines(cycle, plan, today)

    [line] = found.actions if kind == "action" else found.indicators
    assert line.state is state
    assert (line.update is None) is (held is None)


def test_a_drafts_rating_is_not_told(cycle: ReportingCycle, plan: Plan) -> None:
    action = ActionFactory(challenge__plan=plan)
    ActionUpdateFactory(cycle=cycle, action=action, rating=Rating.RED)

    [line] = lines(cycle, plan).lines

    assert line.update is not None
    assert line.rating is None


def test_a_line_remembers_the_cycle_before(council: Council, plan: Plan) -> None:
    six_weekly = SixWeeklyCycleFactory(council=council)
    quarter = ReportingCycleFactory(council=council)
    action = ActionFactory(challenge__plan=plan)
    indicator = PlanIndicatorFactory(plan=plan).indicator
    ActionUpdateFactory(cycle=six_weekly, action=action, submitted=True, rating=Rating.RED)
    IndicatorUpdateFactory(cycle=six_weekly, indicator=indicator, submitted=True)

    now, before = lines(quarter, plan).lines, lines(six_weekly, plan).lines

    assert [(line.rating, line.was) for line in now] == [(None, Rating.RED), (None, Rating.GREEN)]
    assert [(line.rating, line.was) for line in before] == [
        (Rating.RED, None),
        (Rating.GREEN, None),
    ]


def test_an_action_that_starts_later_is_not_due_to_start(cycle: ReportingCycle, plan: Plan) -> None:
    for starts_on in (date(2009, 6, 30), date(2009, 7, 1), None):
        ActionFactory(challenge__plan=plan, starts_on=starts_on)

    states = [line.state for line in lines(cycle, plan).actions]

    assert sorted(states) == [ReturnState.NOT_DUE_TO_START, ReturnState.OWED, ReturnState.OWED]


def test_a_council_may_count_actions_that_are_not_due_to_start(
    council: Council, cycle: ReportingCycle, plan: Plan
) -> None:
    adopted = FrameworkVersion.objects.get(council=council)
    adopted.text = adopted.text.replace(
        "counts_not_due_to_start = false", "counts_not_due_to_start = true"
    )
    adopted.save()
    ActionFactory(challenge__plan=plan, starts_on=date(2009, 7, 1))

    [line] = lines(cycle, plan).lines

    assert line.state is ReturnState.OWED


def test_another_councils_items_are_never_among_them(cycle: ReportingCycle, plan: Plan) -> None:
    own = ActionFactory(challenge__plan=plan)
    foreign = ActionFactory()
    PlanIndicatorFactory()
    ActionUpdateFactory(action=foreign, submitted=True)

    found = lines_of(cycle, list(plans_in(cycle)), today=IN_TIME)

    assert [line.item_id for each in found for line in each.lines] == [own.pk]


def test_an_indicator_in_two_plans_stands_in_both(
    council: Council, cycle: ReportingCycle, plan: Plan
) -> None:
    other, indicator = PlanFactory(council=council), IndicatorFactory(council=council)
    for each in (plan, other):
        PlanIndicatorFactory(plan=each, indicator=indicator)
    IndicatorUpdateFactory(cycle=cycle, indicator=indicator, submitted=True)

    one, two = lines_of(cycle, [plan, other], today=IN_TIME)

    assert [line.rating for line in (*one.lines, *two.lines)] == [Rating.GREEN, Rating.GREEN]
    assert (one.indicators[0].plan, two.indicators[0].plan) == (plan, other)


@pytest.mark.parametrize(("plans", "each"), [(1, 5), (6, 5)], ids=["10 items", "60 items"])
def test_the_number_of_queries_is_the_same_for_ten_items_and_for_sixty(
    council: Council, django_assert_num_queries: DjangoAssertNumQueries, plans: int, each: int
) -> None:
    cycles = [ReportingCycleFactory(council=council), SixWeeklyCycleFactory(council=council)]
    fill(cycles, plans, each)
    cycle = ReportingCycle.objects.select_related("council").get(pk=cycles[0].pk)

    with django_assert_num_queries(16):
        found = lines_of(cycle, list(plans_in(cycle)), today=IN_TIME)
        shown = [
            (
                *(line.reference, line.title, line.officer, line.plan.title, line.state),
                *(line.rating, line.was, line.update and line.update.commentary),
            )
            for plan in found
            for line in plan.lines
        ]
        figures = [(line.target, line.latest) for plan in found for line in plan.indicators]
        posts = [h.post.title for p in found for a in p.actions for h in a.action.holders.all()]
        challenges = [challenge.title for plan in found for challenge, _ in plan.challenges]

    assert len(shown) == 2 * plans * each
    assert len(figures) == len(posts) == plans * each
    assert len(challenges) == plans
