from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from goldenthread.demo.moments import LATEST, moment
from goldenthread.demo.people import ROLES
from goldenthread.demo.plan_files import YEAR
from goldenthread.domain.sign_off import SignOffState
from goldenthread.notices.models import Notice, NoticeKind
from goldenthread.organisation.models import Council
from goldenthread.organisation.queries import holdings_on, officeholder
from goldenthread.packs.models import Pack
from goldenthread.reporting.models import ActionUpdate
from goldenthread.reporting.operations.checking import return_update_for_revision
from goldenthread.reporting.queries.cycles import find_cycle
from goldenthread.reporting.queries.lines import plans_in
from goldenthread.reporting.queries.sign_offs import PlanSignOff, sign_off_standings

pytestmark = pytest.mark.django_db


def sign_offs(council: Council, code: str) -> dict[str, PlanSignOff]:
    cycle = find_cycle(council, year=YEAR.slug, code=code)
    assert cycle is not None
    found = sign_off_standings(cycle, list(plans_in(cycle)))
    return {sign_off.plan.code: sign_off for sign_off in found.values()}


@pytest.mark.parametrize("code", ["6W1", "6W2"])
def test_six_weekly_plans_are_signed_off(played_council: Council, code: str) -> None:
    assert all(sign_off.is_signed for sign_off in sign_offs(played_council, code).values())


def test_of_quarter_1_one_plan_is_unsigned_and_two_changed_since(played_council: Council) -> None:
    found = sign_offs(played_council, "Q1")

    assert found.pop("CI").state is SignOffState.UNSIGNED
    assert found.pop("SSCC").changed == ["SSCC 2.4"]
    assert found.pop("CYPF").changed == ["CYPF6"]
    assert all(sign_off.is_signed for sign_off in found.values())


def test_the_papers_of_quarter_1_say_so(played_council: Council) -> None:
    pack = Pack.objects.get(cycle__code="Q1", body__code="DMT")
    said = bytes(pack.tree).decode()

    assert "Not signed off by its Lead Officer or its Lead Member of DMT." in said
    assert "Changed since signed: SSCC 2.4." in said


def test_nobody_has_signed_quarter_2_yet(played_council: Council) -> None:
    states = {sign_off.state for sign_off in sign_offs(played_council, "Q2").values()}

    assert states == {SignOffState.UNSIGNED}


def test_a_visitor_finds_a_return_sent_back_to_them(played_council: Council) -> None:
    update = ActionUpdate.objects.get(cycle__code="Q2", returned_at__isnull=False)

    assert update.is_to_revise
    assert update.action.reference == "AESE 2.3"
    assert str(update.action.action_officer) == ROLES["PI Officer"]
    assert Notice.objects.filter(kind=NoticeKind.RETURNED, recipient_name="Emeka Nwosu").exists()


def test_an_officer_cannot_send_back_what_they_revise(played_council: Council) -> None:
    update = ActionUpdate.objects.get(cycle__code="Q1", returned_at__isnull=False)
    holding = holdings_on(LATEST).get(post=update.action.action_officer)
    by = officeholder(user=holding.holder, council=played_council.name, day=LATEST)
    assert by is not None

    with pytest.raises(PermissionDenied):
        return_update_for_revision(
            update=update, note="Why?", seen_version=update.version, by=by, at=moment(LATEST, 9)
        )
