from __future__ import annotations

from dataclasses import replace

import pytest

from goldenthread.domain.kinds import LeadRole
from goldenthread.domain.sign_off import (
    Signature,
    SignOffState,
    Standing,
    ToSign,
    seal_of,
    seals_for,
    standing_of,
)

ANN, BOB, LEO, DORA, DEPUTY = range(1, 6)
CLUB = ToSign(key="action-1", reference="CYPF 1.1", seal="club", authors=frozenset([ANN]))
VISITS = ToSign(key="indicator-1", reference="CYPF8", seal="visits", authors=frozenset([BOB]))
OWED = ToSign(key="action-2", reference="CYPF 1.2", seal=None)
IN = [CLUB, VISITS]


def signed(role: LeadRole, by: int, items: list[ToSign] = IN) -> Signature:
    return Signature(role=role, by=by, seals=seals_for(by, items))


def by_officer(by: int = LEO, items: list[ToSign] = IN) -> Signature:
    return signed(LeadRole.LEAD_OFFICER, by, items)


def by_member(by: int = DORA, items: list[ToSign] = IN) -> Signature:
    return signed(LeadRole.LEAD_MEMBER, by, items)


def references(items: tuple[ToSign, ...]) -> list[str]:
    return [item.reference for item in items]


def test_a_plan_that_nobody_signed_is_unsigned() -> None:
    standing = standing_of(IN, [])

    assert standing.state is SignOffState.UNSIGNED
    assert standing.unsigned_roles == list(LeadRole)


@pytest.mark.parametrize("signature", [by_officer(), by_member()])
def test_one_signature_of_two_signs_it_in_part(signature: Signature) -> None:
    standing = standing_of(IN, [signature])

    assert standing.state is SignOffState.SIGNED_IN_PART
    assert standing.unsigned_roles == [role for role in LeadRole if role is not signature.role]
    assert standing.of(signature.role).covered == (CLUB, VISITS)


def test_a_plan_is_signed_once_both_leads_signed() -> None:
    standing = standing_of(IN, [by_member(), by_officer()])

    assert standing.state is SignOffState.SIGNED
    assert standing.unsigned_roles == []


def test_what_is_not_in_is_not_signed_for() -> None:
    items = [*IN, OWED]

    standing = standing_of(items, [by_officer(items=items), by_member(items=items)])

    assert standing.state is SignOffState.SIGNED
    assert OWED not in standing.of(LeadRole.LEAD_OFFICER).covered


def test_what_came_in_since_is_not_signed_for() -> None:
    late = replace(OWED, seal="late", authors=frozenset([ANN]))

    standing = standing_of([*IN, late], [by_officer(), by_member(items=[*IN, late])])

    assert standing.state is SignOffState.SIGNED_IN_PART
    assert standing.new == (late,)


@pytest.mark.parametrize("seal", ["other words", None], ids=["corrected", "open again"])
def test_a_signature_does_not_hold_for_words_that_changed(seal: str | None) -> None:
    changed = replace(CLUB, seal=seal)

    standing = standing_of([changed, VISITS], [by_officer(), by_member()])

    assert standing.state is SignOffState.CHANGED_SINCE_SIGNED
    assert references(standing.changed) == ["CYPF 1.1"]
    assert standing.of(LeadRole.LEAD_MEMBER).covered == (VISITS,)


def test_signing_again_renews_it() -> None:
    now = [replace(CLUB, seal="other words"), VISITS]

    renewed = [by_officer(), by_member(), by_officer(items=now)]

    assert references(standing_of(now, renewed).changed) == ["CYPF 1.1"]
    assert standing_of(now, [*renewed, by_member(items=now)]).state is SignOffState.SIGNED


def test_a_signature_holds_again_for_the_same_words() -> None:
    assert standing_of(IN, [by_officer(), by_member()]).state is SignOffState.SIGNED
    assert standing_of([replace(CLUB, seal=None), VISITS], [by_officer()]).changed
    assert not standing_of(IN, [by_officer()]).changed


def test_a_lead_cannot_sign_for_their_own_return() -> None:
    mine = replace(CLUB, authors=frozenset([ANN, LEO]))
    forged = Signature(role=LeadRole.LEAD_OFFICER, by=LEO, seals={mine.key: "club"})

    assert mine.key not in seals_for(LEO, [mine, VISITS])
    assert not forged.covers(mine)


def test_a_leads_own_return_needs_only_the_other() -> None:
    items = [replace(CLUB, authors=frozenset([LEO])), VISITS]

    alone = standing_of(items, [by_officer(items=items)])
    both = standing_of(items, [by_officer(items=items), by_member(items=items)])

    assert references(alone.of(LeadRole.LEAD_OFFICER).own) == ["CYPF 1.1"]
    assert (alone.state, both.state) == (SignOffState.SIGNED_IN_PART, SignOffState.SIGNED)


def test_what_both_leads_had_a_hand_in_needs_a_third() -> None:
    items = [replace(CLUB, authors=frozenset([LEO, DORA])), VISITS]
    signatures = [by_officer(items=items), by_member(items=items)]

    standing = standing_of(items, signatures)

    assert standing.state is SignOffState.SIGNED_IN_PART
    assert references(standing.uncovered) == ["CYPF 1.1"]
    by_deputy = by_member(DEPUTY, items)
    assert standing_of(items, [*signatures, by_deputy]).state is SignOffState.SIGNED


def test_what_an_earlier_signer_covered_stays_covered() -> None:
    filed_by_deputy = replace(CLUB, authors=frozenset([DEPUTY]))
    items = [filed_by_deputy, VISITS]

    standing = standing_of(
        items, [by_officer(items=items), by_officer(DEPUTY, items), by_member(items=items)]
    )

    assert standing.of(LeadRole.LEAD_OFFICER).covered == (filed_by_deputy, VISITS)
    assert standing.state is SignOffState.SIGNED


def test_nobody_signs_in_both_roles() -> None:
    standing = standing_of(IN, [by_officer(LEO), by_member(LEO)])

    assert standing.state is SignOffState.SIGNED_IN_PART
    assert standing.unsigned_roles == [LeadRole.LEAD_MEMBER]


def test_a_lead_who_corrects_what_they_signed_has_not_signed_it_any_more() -> None:
    corrected = [replace(CLUB, seal="other words", authors=frozenset([ANN, LEO])), VISITS]

    standing: Standing = standing_of(corrected, [by_officer(), by_member()])

    assert references(standing.of(LeadRole.LEAD_OFFICER).own) == ["CYPF 1.1"]
    assert references(standing.of(LeadRole.LEAD_MEMBER).changed) == ["CYPF 1.1"]


def test_a_lead_is_told_what_is_left_to_sign_and_what_is_their_own() -> None:
    mine = replace(CLUB, key="action-9", reference="CYPF 9.9", authors=frozenset([LEO]))
    standing = standing_of([*IN, mine, OWED], [by_officer(items=[CLUB])])

    assert standing.left_to(LeadRole.LEAD_OFFICER, LEO) == (VISITS,)
    assert standing.left_to(LeadRole.LEAD_MEMBER, DORA) == (CLUB, VISITS, mine)
    assert standing.own(LEO) == (mine,)


def test_a_seal_is_of_the_words_in_their_order() -> None:
    assert seal_of(["green", "The club opened."]) == seal_of(["green", "The club opened."])
    assert seal_of(["green", "The club opened."]) != seal_of(["The club opened.", "green"])
    assert seal_of(["ab", "c"]) != seal_of(["a", "bc"])
    assert len(seal_of([])) == 64


def test_a_state_is_said_in_words() -> None:
    assert [state.label for state in SignOffState] == [
        "Not signed off",
        "Signed in part",
        "Changed since signed",
        "Signed off",
    ]
