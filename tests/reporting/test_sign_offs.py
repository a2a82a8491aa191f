from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from goldenthread.accounts.models import User
from goldenthread.domain.kinds import LeadRole
from goldenthread.domain.posts import Capacity
from goldenthread.domain.rating import Rating
from goldenthread.domain.sign_off import SignOffState, ToSign
from goldenthread.indicators.models import Measurement
from goldenthread.organisation.models import Council
from goldenthread.persistence.versions import save_version
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ActionUpdate, ReportingCycle
from goldenthread.reporting.queries.sign_offs import (
    PlanSignOff,
    returns_to_sign,
    sign_off_standings,
)
from tests.factories import (
    IN_Q1,
    ActionFactory,
    ActionUpdateFactory,
    ChallengeFactory,
    CorrectionFactory,
    FinanceStatementFactory,
    IndicatorUpdateFactory,
    MeasurementFactory,
    PlanFactory,
    PlanIndicatorFactory,
    PlanStatementFactory,
    ReportingCycleFactory,
    RiskActionFactory,
    RiskActionUpdateFactory,
    RiskFactory,
    SignOffFactory,
    SixWeeklyCycleFactory,
    UserFactory,
)
from tests.reporting.filled import fill
from tests.reporting.signed import sign

SIGNED_AT = datetime(2009, 7, 28, 10, tzinfo=UTC)


@pytest.fixture
def leads(plan: Plan) -> dict[LeadRole, User]:
    return {
        LeadRole.LEAD_OFFICER: UserFactory(name="Leo Park"),
        LeadRole.LEAD_MEMBER: UserFactory(name="Dora Hill"),
    }


def items_in(cycle: ReportingCycle, plan: Plan) -> list[ToSign]:
    return returns_to_sign(cycle, [plan]).get(plan.pk, [])


def standing(cycle: ReportingCycle, plan: Plan) -> PlanSignOff:
    return sign_off_standings(cycle, [plan])[plan.pk]


def returned_action(cycle: ReportingCycle, plan: Plan, number: int = 1) -> ActionUpdate:
    action = ActionFactory(challenge=ChallengeFactory(plan=plan, number=number), number=number)
    return ActionUpdateFactory(cycle=cycle, action=action, submitted=True)


def test_an_unsigned_plan_says_who_has_not_signed(cycle: ReportingCycle, plan: Plan) -> None:
    returned_action(cycle, plan)

    found = standing(cycle, plan)

    assert found.state is SignOffState.UNSIGNED
    assert found.sentences == [
        "Not signed off by its Lead Officer or its Lead Member of DMT.",
    ]
    assert not found.is_signed


def test_a_signed_plan_says_by_whom_and_when(
    cycle: ReportingCycle, plan: Plan, leads: dict[LeadRole, User]
) -> None:
    returned_action(cycle, plan)
    for role, person in leads.items():
        sign(cycle, plan, role, person)

    found = standing(cycle, plan)

    assert found.is_signed
    assert found.why_not == ""
    assert found.sentences == [
        f"Signed off by its Lead Officer, Leo Park ({plan.lead_officer}), on 28 July 2009.",
        f"Signed off by its Lead Member of DMT, Dora Hill ({plan.lead_member}), on 28 July 2009.",
    ]


def test_a_deputy_is_named_as_one(cycle: ReportingCycle, plan: Plan) -> None:
    returned_action(cycle, plan)
    SignOffFactory(
        cycle=cycle,
        plan=plan,
        signed_by=UserFactory(name="Jo Field"),
        signed_for=plan.lead_officer,
        signed_as=Capacity.DEPUTY,
    )

    assert f"Jo Field (deputy for the {plan.lead_officer})" in standing(cycle, plan).sentences[0]


@pytest.mark.parametrize(
    "change",
    [
        {"rating": Rating.RED},
        {"commentary": "The club closed."},
        {"submitted_at": None, "submitted_by": None},
    ],
    ids=["rating", "words", "open again"],
)
def test_a_change_of_an_actions_return_shows(
    cycle: ReportingCycle, plan: Plan, leads: dict[LeadRole, User], change: dict[str, object]
) -> None:
    update = returned_action(cycle, plan)
    returned_action(cycle, plan, number=2)
    for role, person in leads.items():
        sign(cycle, plan, role, person)
    type(update).objects.filter(pk=update.pk).update(**change)

    found = standing(cycle, plan)

    assert found.state is SignOffState.CHANGED_SINCE_SIGNED
    assert found.changed == ["CYPF 1.1"]
    assert found.why_not == "Changed since signed: CYPF 1.1."


@pytest.mark.parametrize(
    "change",
    [
        {"rating": Rating.AMBER},
        {"commentary": "A wet spring."},
        {"estimated_outturn": Decimal(1300)},
        {"no_estimate_reason": "Nobody counts."},
        {"judgement_reason": "A class was added."},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_change_of_an_indicators_return_shows(
    cycle: ReportingCycle, plan: Plan, leads: dict[LeadRole, User], change: dict[str, object]
) -> None:
    indicator = PlanIndicatorFactory(plan=plan).indicator
    update = IndicatorUpdateFactory(cycle=cycle, indicator=indicator, submitted=True)
    sign(cycle, plan, LeadRole.LEAD_OFFICER, leads[LeadRole.LEAD_OFFICER])
    type(update).objects.filter(pk=update.pk).update(**change)

    assert standing(cycle, plan).changed == [indicator.reference]


def test_what_says_the_same_in_another_form_has_not_changed(
    cycle: ReportingCycle, plan: Plan, leads: dict[LeadRole, User]
) -> None:
    indicator = PlanIndicatorFactory(plan=plan).indicator
    update = IndicatorUpdateFactory(cycle=cycle, indicator=indicator, submitted=True)
    sign(cycle, plan, LeadRole.LEAD_OFFICER, leads[LeadRole.LEAD_OFFICER])
    update.estimated_outturn = Decimal("1250.000")
    update.save()

    assert standing(cycle, plan).changed == []


def test_a_figure_that_changes_with_its_return_shows(
    cycle: ReportingCycle, plan: Plan, leads: dict[LeadRole, User]
) -> None:
    indicator = PlanIndicatorFactory(plan=plan).indicator
    figure = MeasurementFactory(indicator=indicator)
    update = IndicatorUpdateFactory(cycle=cycle, indicator=indicator, submitted=True)
    sign(cycle, plan, LeadRole.LEAD_OFFICER, leads[LeadRole.LEAD_OFFICER])
    later = SIGNED_AT + timedelta(days=1)
    figure.value, figure.recorded_at = Decimal(120), later
    save_version(figure, by=None, at=later)
    assert standing(cycle, plan).changed == []

    type(update).objects.filter(pk=update.pk).update(saved_at=later)

    assert standing(cycle, plan).changed == [indicator.reference]


def test_a_figure_that_a_later_cycle_makes_firm_changes_nothing_signed(
    cycle: ReportingCycle, plan: Plan, leads: dict[LeadRole, User]
) -> None:
    indicator = PlanIndicatorFactory(plan=plan).indicator
    figure = Measurement(
        indicator=indicator,
        starts_on=date(2009, 6, 1),
        ends_on=date(2009, 6, 30),
        value=Decimal(90),
        is_provisional=True,
        recorded_at=IN_Q1,
    )
    save_version(figure, by=None, at=IN_Q1)
    IndicatorUpdateFactory(cycle=cycle, indicator=indicator, submitted=True)
    sign(cycle, plan, LeadRole.LEAD_OFFICER, leads[LeadRole.LEAD_OFFICER])
    [before] = items_in(cycle, plan)

    figure.value, figure.is_provisional = Decimal(95), False
    figure.recorded_at = datetime(2009, 9, 1, 10, tzinfo=UTC)
    save_version(figure, by=None, at=figure.recorded_at)

    assert items_in(cycle, plan) == [before]
    assert standing(cycle, plan).changed == []


def test_what_came_in_since_is_named(
    cycle: ReportingCycle, plan: Plan, leads: dict[LeadRole, User]
) -> None:
    returned_action(cycle, plan)
    for role, person in leads.items():
        sign(cycle, plan, role, person)
    returned_action(cycle, plan, number=2)

    found = standing(cycle, plan)

    assert found.state is SignOffState.SIGNED_IN_PART
    assert found.why_not == "In since it was signed: CYPF 2.2."


def test_whoever_corrected_a_return_is_one_of_its_authors(
    cycle: ReportingCycle, plan: Plan
) -> None:
    update = returned_action(cycle, plan)
    indicator = PlanIndicatorFactory(plan=plan).indicator
    told = IndicatorUpdateFactory(cycle=cycle, indicator=indicator, submitted=True)
    corrections = [
        CorrectionFactory(cycle=cycle, action_update=update),
        CorrectionFactory(cycle=cycle, action_update=None, indicator_update=told),
    ]

    authors = [item.authors for item in items_in(cycle, plan)]
    assert authors == [
        {filed.submitted_by_id, correction.made_by_id}
        for filed, correction in zip([update, told], corrections, strict=True)
    ]


def test_what_both_leads_filed_is_said_to_need_a_third(
    cycle: ReportingCycle, plan: Plan, leads: dict[LeadRole, User]
) -> None:
    officer, member = leads.values()
    update = returned_action(cycle, plan)
    type(update).objects.filter(pk=update.pk).update(submitted_by=officer, saved_by=member)
    for role, person in leads.items():
        sign(cycle, plan, role, person)

    assert standing(cycle, plan).why_not == (
        "Filed by those who signed, and signed by nobody else: CYPF 1.1."
    )


def test_an_indicator_of_two_plans_is_signed_for_in_each(
    council: Council, cycle: ReportingCycle, plan: Plan
) -> None:
    indicator = PlanIndicatorFactory(plan=plan).indicator
    other = PlanIndicatorFactory(plan=PlanFactory(council=council), indicator=indicator).plan
    IndicatorUpdateFactory(cycle=cycle, indicator=indicator, submitted=True)

    found = returns_to_sign(cycle, [plan, other])

    assert [item.reference for item in found[plan.pk]] == [indicator.reference]
    assert found[plan.pk] == found[other.pk]


def test_what_other_apps_bring_is_signed_for_too(
    cycle: ReportingCycle, plan: Plan, leads: dict[LeadRole, User]
) -> None:
    returned_action(cycle, plan)
    sign(cycle, plan, LeadRole.LEAD_OFFICER, leads[LeadRole.LEAD_OFFICER])
    action = RiskActionFactory(risk=RiskFactory(plan=plan, number=1), number=1)
    RiskActionUpdateFactory(cycle=cycle, risk_action=action, submitted=True)
    PlanStatementFactory(cycle=cycle, plan=plan, submitted=True)
    FinanceStatementFactory(cycle=cycle, plan=plan, submitted=True)

    found = sign_off_standings(cycle, [plan])[plan.pk]

    assert found.new == [
        f"{plan.code} R1.1",
        f"{plan.code} overview",
        f"{plan.code} financial overview",
    ]


def test_another_cycles_signature_and_another_plans_say_nothing(
    council: Council, cycle: ReportingCycle, plan: Plan
) -> None:
    returned_action(cycle, plan)
    SignOffFactory(cycle=SixWeeklyCycleFactory(council=council), plan=plan)
    SignOffFactory(cycle=cycle, plan=PlanFactory(council=council))

    assert standing(cycle, plan).state is SignOffState.UNSIGNED


def test_no_plans_have_no_standing(cycle: ReportingCycle) -> None:
    assert sign_off_standings(cycle, []) == {}
    assert returns_to_sign(cycle, []) == {}


@pytest.mark.parametrize(("plans", "each"), [(1, 5), (6, 5)], ids=["10 items", "60 items"])
def test_the_number_of_queries_is_the_same_for_ten_items_and_for_sixty(
    council: Council, django_assert_num_queries: DjangoAssertNumQueries, plans: int, each: int
) -> None:
    cycle = ReportingCycleFactory(council=council)
    made = fill([cycle], plans, each)
    for plan in made:
        for role, person in zip(LeadRole, (UserFactory(), UserFactory()), strict=True):
            sign(cycle, plan, role, person)

    with django_assert_num_queries(9):
        found = sign_off_standings(cycle, made)

    assert [each.is_signed for each in found.values()] == [True] * plans


def test_unsigned_plans_cost_one_query(
    council: Council, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cycle = ReportingCycleFactory(council=council)
    made = fill([cycle], plans=3, each=2)

    with django_assert_num_queries(1):
        sign_off_standings(cycle, made)
