"""Who holds the posts of a council on a day, and who of them can be written to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from goldenthread.domain.posts import Capacity
from goldenthread.organisation.models import Council, Post
from goldenthread.organisation.queries import holdings_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A person in a post; one who has left, or has no address, cannot be written to."""

    person_id: int
    name: str
    address: str
    capacity: Capacity
    is_active: bool

    @property
    def can_be_written_to(self) -> bool:
        return self.is_active and bool(self.address)

    @property
    def words(self) -> str:
        """Name the person, and how they hold the post where they do not answer for it."""
        said = [] if self.capacity is Capacity.ANSWERABLE else [self.capacity.label.lower()]
        if not self.is_active:
            said.append("has left")
        elif not self.address:
            said.append("has no email address")
        return f"{self.name} ({', '.join(said)})" if said else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """A council's posts by their titles, and who holds each, whoever answers for it first."""

    titles: Mapping[int, str]
    holders: Mapping[int, tuple[Holder, ...]]

    def of(self, post_ids: Iterable[int]) -> list[Holder]:
        """List who holds any of some posts, each person once."""
        found: dict[int, Holder] = {}
        for post_id in sorted(post_ids):
            for holder in self.holders.get(post_id, ()):
                found.setdefault(holder.person_id, holder)
        return list(found.values())

    def reached_by(self, post_ids: Iterable[int]) -> list[Holder]:
        """List who of them can be written to."""
        return [holder for holder in self.of(post_ids) if holder.can_be_written_to]


NO_PEOPLE = People(titles={}, holders={})


def people_of(council: Council, day: date) -> People:
    """Find who holds which post of a council on a day, in two queries."""
    return people_in([council.pk], day).get(council.pk, NO_PEOPLE)


def people_in(councils: Collection[int], day: date) -> dict[int, People]:
    """Find who holds which post of some councils on a day, by council, in two queries for all."""
    held = _holders_in(councils, day)
    titles: dict[int, dict[int, str]] = defaultdict(dict)
    posts = Post.objects.filter(council__in=councils)
    for council, post_id, title in posts.values_list("council_id", "pk", "title"):
        titles[council][post_id] = title
    fullest_first = list(Capacity)
    return {
        council: People(
            titles=of_council,
            holders={
                post_id: tuple(
                    sorted(held[post_id], key=lambda one: fullest_first.index(one.capacity))
                )
                for post_id in of_council
                if post_id in held
            },
        )
        for council, of_council in titles.items()
    }


def _holders_in(councils: Collection[int], day: date) -> dict[int, list[Holder]]:
    held: dict[int, list[Holder]] = defaultdict(list)
    rows = holdings_on(day).filter(post__council__in=councils).order_by("holder__name", "holder_id")
    for post_id, person_id, name, address, is_active, capacity in rows.values_list(
        "post_id", "holder_id", "holder__name", "holder__email", "holder__is_active", "capacity"
    ):
        held[post_id].append(
            Holder(
                person_id=person_id,
                name=name,
                address=address,
                capacity=capacity,
                is_active=is_active,
            )
        )
    return held
