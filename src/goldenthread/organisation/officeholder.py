"""A person in the posts that they hold: what every permission is asked of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from goldenthread.accounts.models import User
from goldenthread.domain.posts import Capacity
from goldenthread.organisation.models import Council, Duty, Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Officeholder:
    """A person with the posts they hold in one council on one day.

    `capacities` says of a post, by its key, how they hold it; they answer for one that it leaves out.
    """

    user: User
    council: Council
    posts: tuple[Post, ...]
    capacities: Mapping[int, Capacity] = field(default_factory=dict)

    def holds(self, post_id: int | None) -> bool:
        return any(post.pk == post_id for post in self.posts)

    def holds_any(self, post_ids: Iterable[int]) -> bool:
        return not self.post_ids.isdisjoint(post_ids)

    @property
    def post_ids(self) -> frozenset[int]:
        return frozenset(post.pk for post in self.posts)

    @property
    def is_performance_manager(self) -> bool:
        return any(post.duty is Duty.PERFORMANCE_MANAGER for post in self.posts)

    def capacity_in(self, post: Post) -> Capacity:
        """Say how the person holds one of their posts."""
        return self.capacities.get(post.pk, Capacity.ANSWERABLE)

    def post_among(self, post_ids: Collection[int]) -> Post | None:
        """Find the post, of some, in which the person acts: their own before one they stand in for."""
        held = [post for post in self.posts if post.pk in post_ids]
        own_first = sorted(held, key=lambda post: self.capacity_in(post) is Capacity.DEPUTY)
        return next(iter(own_first), None)
