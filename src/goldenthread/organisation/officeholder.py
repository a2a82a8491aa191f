"""A person in the posts that they hold: what every permission is asked of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goldenthread.accounts.models import User
from goldenthread.organisation.models import Council, Duty, Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Officeholder:
    """A person with the posts they hold in one council on one day."""

    user: User
    council: Council
    posts: tuple[Post, ...]

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
