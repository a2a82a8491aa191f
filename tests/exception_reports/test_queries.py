from __future__ import annotations

from datetime import date

import pytest
from django.http import Http404
from pytest_django import DjangoAssertNumQueries

from goldenthread.domain.kinds import ItemKind
from goldenthread.domain.rating import Rating
from goldenthread.exception_reports.queries.reports import (
    answers_in_words,
    exception_lines,
    report_about,
    subject_of,
    update_to_explain,
)
from goldenthread.organisation.models import Council
from goldenthread.organisation.queries import framework_of
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.board import BoardItem, board_of
from goldenthread.reporting.queries.lines import Line, lines_of
from tests.factories import (
    ActionFactory,
    ActionUpdateFactory,
    ChallengeFactory,
    ExceptionReportFactory,
    IndicatorUpdateFactory,
    PlanFactory,
    PlanIndicatorFactory,
    ReportingCycleFactory,
    SixWeeklyCycleFactory,
)

TODAY = date(2009, 7, 28)
R, A, G = Rating.RED, Rating.AMBER, Rating.GREEN


@pytest.fixture
def plan(council: Council) -> Plan:
    return PlanFactory(council=council, code="CYPF")


def fill(cycle: ReportingCycle, plan: Plan, ratings: list[Rating]) -> None:
    """Give a plan an action and an indicator at each rating; the reds have exception reports."""
    challenge = ChallengeFactory(plan=plan)
    for number, rating in enumerate(ratings, start=1):
        action = ActionFactory(challenge=challenge, number=number)
        indicator = PlanIndicatorFactory(plan=plan, number=number).indicator
        of_action = ActionUpdateFactory(cycle=cycle, action=action, submitted=True, rating=rating)
        of_indicator = IndicatorUpdateFactory(
            cycle=cycle, indicator=indicator, submitted=True, rating=rating
        )
        if rating is R:
            ExceptionReportFactory(action_update=of_action, submitted=True)
            ExceptionReportFactory(action_update=None, indicator_update=of_indicator)


def lines(cycle: ReportingCycle, plan: Plan) -> tuple[Line, ...]:
    [found] = lines_of(cycle, [plan], today=TODAY)
    return found.lines


def board(cycle: ReportingCycle, plan: Plan) -> list[BoardItem]:
    return board_of(cycle, [plan], today=TODAY)


@pytest.mark.parametrize("listed", [lines, board])
def test_reds_stand_before_ambers_and_greens_not_at_all(
    cycle: ReportingCycle, plan: Plan, listed: type
) -> None:
    fill(cycle, plan, [A, G, R, A, R])

    found = exception_lines(cycle, listed(cycle, plan))

    assert [each.line.rating for each in found] == [R] * 4 + [A] * 4
    assert [each.line.item_kind for each in found[:4]] == [
        ItemKind.ACTION,
        ItemKind.ACTION,
        ItemKind.INDICATOR,
        ItemKind.INDICATOR,
    ]


@pytest.mark.parametrize("listed", [lines, board])
def test_each_exception_comes_with_its_own_report(
    cycle: ReportingCycle, plan: Plan, listed: type
) -> None:
    fill(cycle, plan, [R, A])

    action, indicator, *ambers = exception_lines(cycle, listed(cycle, plan))

    assert action.report is not None
    assert action.report.about == cycle.action_updates.get(action=action.line.item_id)
    assert not action.is_owed
    assert indicator.report is not None
    assert indicator.report.about == cycle.indicator_updates.get(indicator=indicator.line.item_id)
    assert indicator.is_owed, "a draft explains nothing yet"
    assert [(each.report, each.is_owed) for each in ambers] == [(None, True), (None, True)]


def test_drafts_are_no_exceptions_yet(cycle: ReportingCycle, plan: Plan) -> None:
    ActionUpdateFactory(cycle=cycle, action__challenge__plan=plan, rating=R)

    assert exception_lines(cycle, lines(cycle, plan)) == []


def test_a_six_weekly_cycle_has_no_exceptions(council: Council, plan: Plan) -> None:
    six_weekly = SixWeeklyCycleFactory(council=council)
    ActionUpdateFactory(cycle=six_weekly, action__challenge__plan=plan, submitted=True, rating=R)

    assert exception_lines(six_weekly, lines(six_weekly, plan)) == []


def test_the_reports_of_another_cycle_explain_nothing_here(
    council: Council, cycle: ReportingCycle, plan: Plan
) -> None:
    later = ReportingCycleFactory(
        council=council, code="Q2", quarter=2, opens_on=date(2009, 10, 7), due_on=date(2009, 10, 21)
    )
    fill(cycle, plan, [R])
    action, indicator = cycle.action_updates.get().action, cycle.indicator_updates.get().indicator
    ActionUpdateFactory(cycle=later, action=action, submitted=True, rating=R)
    IndicatorUpdateFactory(cycle=later, indicator=indicator, submitted=True, rating=R)

    found = exception_lines(later, lines(later, plan))

    assert [each.report for each in found] == [None, None]


@pytest.mark.parametrize("many", [5, 30], ids=["10 items", "60 items"])
def test_the_number_of_queries_is_the_same_for_ten_items_and_for_sixty(
    cycle: ReportingCycle,
    plan: Plan,
    django_assert_num_queries: DjangoAssertNumQueries,
    many: int,
) -> None:
    fill(cycle, plan, [R] * many)
    items = board(cycle, plan)
    fresh = ReportingCycle.objects.select_related("council").get(pk=cycle.pk)

    with django_assert_num_queries(3):
        found = exception_lines(fresh, items)
        answers = [each.report.why for each in found if each.report]

    assert len(found) == len(answers) == 2 * many


def test_nothing_off_track_asks_for_no_reports(
    cycle: ReportingCycle, plan: Plan, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fill(cycle, plan, [G])
    items = board(cycle, plan)
    fresh = ReportingCycle.objects.select_related("council").get(pk=cycle.pk)

    with django_assert_num_queries(1):
        assert exception_lines(fresh, items) == []


def test_the_report_about_a_return_is_found(cycle: ReportingCycle) -> None:
    about_action = ExceptionReportFactory(action_update__cycle=cycle)
    update = IndicatorUpdateFactory(cycle=cycle)
    about_indicator = ExceptionReportFactory(action_update=None, indicator_update=update)

    assert report_about(ItemKind.ACTION, about_action.about.pk) == about_action
    assert report_about(ItemKind.INDICATOR, update.pk) == about_indicator
    assert report_about(ItemKind.INDICATOR, 0) is None


@pytest.mark.parametrize("kind", [ItemKind.ACTION, ItemKind.INDICATOR])
def test_a_return_to_explain_is_found_in_its_own_cycle_only(
    cycle: ReportingCycle, kind: ItemKind
) -> None:
    make = ActionUpdateFactory if kind is ItemKind.ACTION else IndicatorUpdateFactory
    own, foreign = make(cycle=cycle), make()

    assert update_to_explain(cycle, kind, own.pk) == own
    with pytest.raises(Http404):
        update_to_explain(cycle, kind, foreign.pk)


def test_a_report_names_the_plan_its_lead_and_the_officer(
    cycle: ReportingCycle, plan: Plan
) -> None:
    fill(cycle, plan, [R])
    [of_action], [of_indicator] = cycle.action_updates.all(), cycle.indicator_updates.all()

    one, other = subject_of(of_action), subject_of(of_indicator)

    assert (one.reference, one.kind) == (of_action.action.reference, ItemKind.ACTION)
    assert one.facts == [
        ("Plan", plan.title),
        ("Lead Member of DMT", plan.lead_member.title),
        ("Officer responsible", of_action.action.action_officer.title),
        ("Action", of_action.action.description),
    ]
    assert (other.reference, other.kind) == (of_indicator.indicator.reference, ItemKind.INDICATOR)
    assert other.facts[2:] == [
        ("Officer responsible", of_indicator.indicator.indicator_officer.title),
        ("Indicator", of_indicator.indicator.definition),
    ]


def test_answers_stand_under_the_councils_questions(council: Council) -> None:
    questions = framework_of(council).exception_reports.questions
    whole = ExceptionReportFactory(
        council=council,
        why="The caretaker left.",
        needs_resources=True,
        resources="A caretaker.",
        is_exceptional=False,
    )

    answers = answers_in_words(whole, questions)

    assert [question for question, _ in answers] == [each.question for each in questions]
    assert [answer for _, answer in answers] == [
        "The caretaker left.",
        "Nothing stated.",
        "Nothing stated.",
        "Nothing stated.",
        "Yes. A caretaker.",
        "No.",
    ]


def test_a_yes_or_no_that_nobody_gave_is_said_to_be_open(council: Council) -> None:
    questions = framework_of(council).exception_reports.questions
    empty = ExceptionReportFactory(council=council)

    assert [answer for _, answer in answers_in_words(empty, questions)][-2:] == [
        "Not answered yet.",
        "Not answered yet.",
    ]


def test_a_report_is_known_by_the_return_it_explains(council: Council) -> None:
    report = ExceptionReportFactory(council=council)

    assert str(report) == f"Exception report, {report.about}"
