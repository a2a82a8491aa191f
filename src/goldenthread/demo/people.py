"""The demonstration's people, and those of them that a visitor can sign in as."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.contrib.auth.hashers import make_password

from goldenthread.accounts.models import User
from goldenthread.demo.moments import STANDS_ON
from goldenthread.domain.posts import Capacity
from goldenthread.organisation.models import Council
from goldenthread.organisation.queries import holdings_on

NAME = "chase"
"""The council's name in addresses and commands."""
PASSWORD = "goldenthread-demo"  # noqa: S105 - everybody may know it
ROLES = {
    "PI Officer": "Principal Economic Development Officer",
    "Action Officer": "Parks and Open Spaces Manager",
    "Lead Officer": "Head of Planning and Regeneration",
    "Lead Member of DMT": "Director of Organisation Improvement",
    "Performance Manager": "Performance Manager",
    "Finance": "Head of Financial Management",
    "Policy Development Committee": "Chair of the Access to Education, Skills and Employment Committee",
    "Scrutiny Committee": "Chair of the Scrutiny Committee",
}
"""A post for each role in which the system can be looked at."""


class Role(NamedTuple):
    """Somebody a visitor can sign in as."""

    role: str
    name: str
    email: str


class DemonstrationPeople:
    """Adds people one by one, by name; all of them have the demonstration's password."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = iter(names)
        # To hash it takes a third of a second, so one hash serves everybody.
        self._hash = make_password(PASSWORD)

    def next_person(self) -> User:
        """Add the next person who can sign in.

        :raises StopIteration: if there are more posts than names
        """
        name = next(self._names)
        person = User.objects.create_user(email=email_of(name), name=name)
        person.password = self._hash
        person.save(update_fields=["password"])
        return person


def email_of(name: str) -> str:
    """Make an address of a name: first.last, in a domain that never exists."""
    *first, last = name.lower().split()
    return f"{'-'.join(first)}.{last}@{NAME}.example"


def roles(council: Council) -> list[Role]:
    """List the people that a visitor can sign in as, a role each."""
    holdings = holdings_on(STANDS_ON).filter(
        post__council=council, post__title__in=ROLES.values(), capacity=Capacity.ANSWERABLE
    )
    found = {holding.post.title: holding.holder for holding in holdings}
    return [
        Role(role, found[title].name, found[title].email)
        for role, title in ROLES.items()
        if title in found
    ]


def demonstration_users() -> list[dict[str, str]]:
    """List the same people for the sign-in page; none until the council has been played."""
    council = Council.objects.filter(name=NAME).first()
    return [role._asdict() for role in roles(council)] if council else []
