from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.kinds import LeadRole
from goldenthread.domain.sign_off import (
    Signature,
    SignOffState,
    ToSign,
    seals_for,
    standing_of,
)

LEADS = (101, 102)
people = st.integers(1, 4)
seals = st.sampled_from(["yesterday", "today"])


@st.composite
def plans(draw: st.DrawFn) -> list[ToSign]:
    count = draw(st.integers(1, 5))
    return [
        ToSign(
            key=f"action-{number}",
            reference=f"CYPF 1.{number}",
            seal=draw(st.none() | seals),
            authors=draw(st.frozensets(people, min_size=1, max_size=2)),
        )
        for number in range(count)
    ]


signatures = st.builds(
    Signature,
    role=st.sampled_from(LeadRole),
    by=people,
    seals=st.dictionaries(st.sampled_from([f"action-{n}" for n in range(5)]), seals),
)


@given(plans(), st.lists(signatures, max_size=5))
def test_a_signed_plan_has_two_signers_and_nobodys_word_on_their_own(
    items: list[ToSign], given_words: list[Signature]
) -> None:
    standing = standing_of(items, given_words)

    if standing.state is SignOffState.SIGNED:
        for item in items:
            covering = [each for each in given_words if each.covers(item)]
            assert not item.is_in or covering
            assert all(each.by not in item.authors for each in covering)
        assert len({each.by for each in given_words}) > 1
        assert {each.role for each in given_words} == set(LeadRole)


@given(plans(), st.lists(signatures, max_size=5))
def test_every_return_that_is_in_stands_in_one_place_for_each_role_that_signed(
    items: list[ToSign], given_words: list[Signature]
) -> None:
    for role in standing_of(items, given_words).roles:
        found = [*role.covered, *role.changed, *role.new, *role.own]
        keys = [item.key for item in found if item.is_in]
        if role.has_signed:
            assert sorted(keys) == sorted(item.key for item in items if item.is_in)
        else:
            assert keys == []


@given(plans(), st.lists(signatures, max_size=5))
def test_two_leads_who_filed_nothing_can_always_sign_it_off(
    items: list[ToSign], before: list[Signature]
) -> None:
    now = [
        Signature(role=role, by=by, seals=seals_for(by, items))
        for role, by in zip(LeadRole, LEADS, strict=True)
    ]
    standing = standing_of(items, [*before, *now])
    open_again = [item for item in standing.changed if not item.is_in]

    assert standing.state is SignOffState.SIGNED or standing.changed == tuple(open_again)


@given(plans(), st.data())
def test_any_change_of_what_was_signed_shows(items: list[ToSign], data: st.DataObject) -> None:
    items = [replace(item, seal=item.seal or "today") for item in items]
    words = [
        Signature(role=role, by=by, seals=seals_for(by, items))
        for role, by in zip(LeadRole, LEADS, strict=True)
    ]
    place = data.draw(st.integers(0, len(items) - 1))
    changed = replace(items[place], seal="tomorrow")
    now = [*items[:place], changed, *items[place + 1 :]]

    standing = standing_of(now, words)

    assert standing.state is SignOffState.CHANGED_SINCE_SIGNED
    assert standing.changed == (changed,)


@given(plans(), st.lists(signatures, min_size=1, max_size=5))
def test_nobody_alone_can_sign_a_plan_off(
    items: list[ToSign], given_words: list[Signature]
) -> None:
    by_one = [replace(each, by=1) for each in given_words]

    assert standing_of(items, by_one).state is not SignOffState.SIGNED
