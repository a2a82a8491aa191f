from __future__ import annotations

import pytest

from goldenthread.accounts.models import User
from goldenthread.demo.people import (
    PASSWORD,
    ROLES,
    DemonstrationPeople,
    demonstration_users,
    email_of,
    roles,
)
from goldenthread.organisation.models import Council

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "email"),
    [
        ("Imran Chaudhry", "imran.chaudhry@chase.example"),
        ("Mei-Ling Cheung", "mei-ling.cheung@chase.example"),
        ("Wing Kit Lau", "wing-kit.lau@chase.example"),
    ],
)
def test_an_address_is_made_of_a_name(name: str, email: str) -> None:
    assert email_of(name) == email


def test_there_is_somebody_for_each_role(played_council: Council) -> None:
    people = roles(played_council)
    assert [person.role for person in people] == list(ROLES)
    assert len({person.email for person in people}) == len(people)


def test_each_of_them_can_sign_in(played_council: Council) -> None:
    for person in roles(played_council):
        assert User.objects.get(email=person.email).check_password(PASSWORD)


def test_the_sign_in_page_is_given_the_same_people(played_council: Council) -> None:
    users = demonstration_users()
    assert [user["email"] for user in users] == [who.email for who in roles(played_council)]
    assert set(users[0]) == {"role", "name", "email"}


def test_the_pi_officer_still_owes_an_indicator(played_council: Council) -> None:
    owed = played_council.indicators.get(reference="AESE12")
    officer = owed.indicator_officer
    assert not owed.updates.filter(cycle__code="Q2").exists()
    assert officer.holdings.get().holder.email == roles(played_council)[0].email


def test_nobody_is_offered_where_the_council_has_not_been_played(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("goldenthread.demo.people.NAME", "nowhere")
    assert demonstration_users() == []


def test_more_posts_than_names_are_refused() -> None:
    people = DemonstrationPeople([])
    with pytest.raises(StopIteration):
        people.next_person()
