from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.domain.kinds import LeadRole
from goldenthread.domain.posts import Capacity
from goldenthread.domain.rating import Rating
from goldenthread.domain.sign_off import SignOffState
from goldenthread.organisation.models import Council
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ActionUpdate, ReportingCycle, SignOff
from goldenthread.reporting.operations.signing_off import (
    NothingToSignError,
    SignedInOtherRoleError,
    digest_of,
    sign_off_plan,
)
from goldenthread.reporting.queries.sign_offs import (
    PlanSignOff,
    sign_off_standings,
)
from goldenthread.reporting.returns import ChangedMeanwhileError, CycleClosedError
from tests.factories import (
    IN_Q1,
    ActionFactory,
    ActionUpdateFactory,
    ChallengeFactory,
    CouncilFactory,
    PlanStatementFactory,
    PostFactory,
    ReportingCycleFactory,
    SixWeeklyCycleFactory,
    UserFactory,
    officeholder,
)

AFTER_Q1 = datetime(2009, 7, 23, 10, tzinfo=UTC)
BEFORE_Q1 = datetime(2009, 7, 6, 10, tzinfo=UTC)
OFFICER, MEMBER = LeadRole.LEAD_OFFICER, LeadRole.LEAD_MEMBER


@pytest.fixture
def leo(plan: Plan) -> Officeholder:
    return officeholder(plan.lead_officer, user=UserFactory(name="Leo Park"))


@pytest.fixture
def dora(plan: Plan) -> Officeholder:
    return officeholder(plan.lead_member, user=UserFactory(name="Dora Hill"))


@pytest.fixture
def update(cycle: ReportingCycle, plan: Plan) -> ActionUpdate:
    return returned(cycle, plan, number=1)


def returned(cycle: ReportingCycle, plan: Plan, number: int, **given: object) -> ActionUpdate:
    challenge = ChallengeFactory(plan=plan, number=number)
    action = ActionFactory(challenge=challenge, number=number)
    return ActionUpdateFactory(cycle=cycle, action=action, submitted=True, **given)


def sign(
    cycle: ReportingCycle,
    plan: Plan,
    by: Officeholder,
    role: LeadRole = OFFICER,
    at: datetime = AFTER_Q1,
    seen: str | None = None,
) -> SignOff:
    return sign_off_plan(
        cycle=cycle,
        plan=plan,
        role=role,
        seen=digest_of(standing(cycle, plan).standing, by) if seen is None else seen,
        by=by,
        at=at,
    )


def standing(cycle: ReportingCycle, plan: Plan) -> PlanSignOff:
    return sign_off_standings(cycle, [plan], whole=[plan.pk])[plan.pk]


def test_two_leads_sign_a_plan_off(
    cycle: ReportingCycle,
    plan: Plan,
    update: ActionUpdate,
    leo: Officeholder,
    dora: Officeholder,
) -> None:
    first = sign(cycle, plan, leo)
    assert standing(cycle, plan).state is SignOffState.SIGNED_IN_PART
    sign(cycle, plan, dora, MEMBER)

    assert standing(cycle, plan).is_signed
    assert (first.signed_by, first.signed_for, first.signed_at) == (
        leo.user,
        plan.lead_officer,
        AFTER_Q1,
    )
    assert first.signed_as is Capacity.ANSWERABLE
    assert list(first.seals) == [f"action-{update.action.pk}"]


@pytest.mark.usefixtures("update")
def test_signing_stands_in_the_trail(cycle: ReportingCycle, plan: Plan, leo: Officeholder) -> None:
    signed = sign(cycle, plan, leo)

    entry = AuditEntry.objects.get(verb=Verb.PLAN_SIGNED_OFF)
    assert (entry.target_id, entry.actor_id) == (signed.pk, leo.user.pk)
    assert entry.changes == {"seals": [None, signed.seals]}


@pytest.mark.usefixtures("update")
def test_a_deputy_signs_as_one(cycle: ReportingCycle, plan: Plan) -> None:
    deputy = officeholder(plan.lead_officer)
    deputy = replace(deputy, capacities={plan.lead_officer.pk: Capacity.DEPUTY})

    assert sign(cycle, plan, deputy).signed_as is Capacity.DEPUTY


@pytest.mark.usefixtures("update")
@pytest.mark.parametrize("role", LeadRole)
def test_nobody_else_signs(cycle: ReportingCycle, plan: Plan, role: LeadRole) -> None:
    stranger = officeholder(PostFactory(council=plan.council))

    with pytest.raises(PermissionDenied, match="can sign this plan off as its"):
        sign(cycle, plan, stranger, role)


@pytest.mark.usefixtures("update")
def test_a_lead_signs_only_in_their_own_role(
    cycle: ReportingCycle, plan: Plan, leo: Officeholder
) -> None:
    with pytest.raises(PermissionDenied, match="as its Lead Member of DMT"):
        sign(cycle, plan, leo, MEMBER)


@pytest.mark.usefixtures("update")
def test_another_councils_lead_is_refused(cycle: ReportingCycle, plan: Plan) -> None:
    elsewhere = replace(officeholder(plan.lead_officer), council=CouncilFactory())

    with pytest.raises(PermissionDenied, match="You hold no post in the council"):
        sign(cycle, plan, elsewhere)


@pytest.mark.usefixtures("update")
def test_the_same_person_cannot_sign_in_both_roles(cycle: ReportingCycle, plan: Plan) -> None:
    both = officeholder(plan.lead_officer, plan.lead_member)
    sign(cycle, plan, both)

    with pytest.raises(SignedInOtherRoleError, match="You signed this plan as its Lead Officer"):
        sign(cycle, plan, both, MEMBER)

    assert SignOff.objects.count() == 1


def test_what_the_signer_filed_is_left_to_the_other(
    cycle: ReportingCycle, plan: Plan, leo: Officeholder, dora: Officeholder
) -> None:
    returned(cycle, plan, number=1)
    mine = returned(cycle, plan, number=2, saved_by=leo.user)

    signed = sign(cycle, plan, leo)

    assert f"action-{mine.action.pk}" not in signed.seals
    sign(cycle, plan, dora, MEMBER)
    assert standing(cycle, plan).is_signed


def test_who_filed_all_that_is_in_has_nothing_to_sign(
    cycle: ReportingCycle, plan: Plan, leo: Officeholder
) -> None:
    returned(cycle, plan, number=1, saved_by=leo.user)

    with pytest.raises(NothingToSignError, match="No return is in yet that you could sign for"):
        sign(cycle, plan, leo)


def test_a_plan_with_nothing_in_is_not_signed(
    cycle: ReportingCycle, plan: Plan, leo: Officeholder
) -> None:
    with pytest.raises(NothingToSignError):
        sign(cycle, plan, leo)


@pytest.mark.usefixtures("update")
def test_what_is_signed_already_is_not_signed_twice(
    cycle: ReportingCycle, plan: Plan, leo: Officeholder
) -> None:
    sign(cycle, plan, leo)

    with pytest.raises(NothingToSignError, match="signed already by its Lead Officer"):
        sign(cycle, plan, leo)


def test_signing_again_renews_what_changed(
    cycle: ReportingCycle, plan: Plan, update: ActionUpdate, leo: Officeholder, dora: Officeholder
) -> None:
    sign(cycle, plan, leo)
    sign(cycle, plan, dora, MEMBER)
    update.rating = Rating.RED
    update.save()
    assert standing(cycle, plan).changed == [update.action.reference]

    sign(cycle, plan, leo)
    sign(cycle, plan, dora, MEMBER)

    assert standing(cycle, plan).is_signed
    assert SignOff.objects.count() == 4


def test_nobody_signs_words_that_they_have_not_seen(
    cycle: ReportingCycle, plan: Plan, update: ActionUpdate, leo: Officeholder
) -> None:
    seen = digest_of(standing(cycle, plan).standing, leo)
    update.commentary = "The club closed."
    update.save()

    with pytest.raises(ChangedMeanwhileError, match="changed while you were reading"):
        sign(cycle, plan, leo, seen=seen)

    assert not SignOff.objects.exists()


@pytest.mark.usefixtures("update")
def test_nothing_is_signed_before_the_cycle_opens(
    cycle: ReportingCycle, plan: Plan, leo: Officeholder
) -> None:
    with pytest.raises(CycleClosedError, match="takes returns from 7 July 2009"):
        sign(cycle, plan, leo, at=BEFORE_Q1)


@pytest.mark.usefixtures("update")
def test_nothing_is_signed_once_the_cycle_is_locked(
    cycle: ReportingCycle, plan: Plan, leo: Officeholder
) -> None:
    cycle.locked_at, cycle.locked_by = IN_Q1, UserFactory()
    cycle.save()

    with pytest.raises(CycleClosedError, match="is locked"):
        sign(cycle, plan, leo)


def test_an_annual_report_has_nothing_to_sign_for(
    council: Council, plan: Plan, leo: Officeholder
) -> None:
    kept = council.frameworks.get()
    kept.text = kept.text.replace('"indicators", "evaluations"]', '"indicators"]')
    kept.save()
    annual = ReportingCycleFactory(council=council, code="ANNUAL", kind="annual")

    with pytest.raises(CycleClosedError, match="has no returns to sign for"):
        sign(annual, plan, leo)


def test_what_other_apps_bring_is_signed_with_the_returns(
    cycle: ReportingCycle, plan: Plan, update: ActionUpdate, leo: Officeholder
) -> None:
    overview = PlanStatementFactory(cycle=cycle, plan=plan, submitted=True)
    found = sign_off_standings(cycle, [plan], whole=[plan.pk])[plan.pk]

    signed = sign_off_plan(
        cycle=cycle,
        plan=plan,
        role=OFFICER,
        seen=digest_of(found.standing, leo),
        by=leo,
        at=AFTER_Q1,
    )

    keys = {f"action-{update.action.pk}", f"plan_overview-{overview.plan.pk}-overview"}
    assert signed.seals == {item.key: item.seal for item in found.standing.items}
    assert set(signed.seals) == keys


@pytest.mark.usefixtures("update")
def test_a_signature_is_of_one_cycle(
    council: Council, cycle: ReportingCycle, plan: Plan, leo: Officeholder
) -> None:
    six_weekly = SixWeeklyCycleFactory(council=council)
    sign(cycle, plan, leo)

    assert standing(six_weekly, plan).state is SignOffState.UNSIGNED


@pytest.mark.usefixtures("update")
def test_a_signature_is_never_changed(cycle: ReportingCycle, plan: Plan, leo: Officeholder) -> None:
    signed = sign(cycle, plan, leo)

    with pytest.raises(DatabaseError, match="append-only"):
        signed.save()
