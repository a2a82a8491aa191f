"""Who owes what in a cycle: as much of the chase board as a message tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from goldenthread.chasing.queries.obligations import Obligation, obligations_of
from goldenthread.chasing.queries.people import Holder, People
from goldenthread.chasing.queries.scenes import Scene
from goldenthread.chasing.queries.standings import returns_of
from goldenthread.exception_reports.doors import explains_until_by
from goldenthread.reporting.models import ReportingCycle

NOBODY = "nobody holds this post"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostHeld:
    """A post that holds an item, with the people in it."""

    post_id: int
    title: str
    holders: tuple[Holder, ...]

    @property
    def is_vacant(self) -> bool:
        return not self.holders

    @property
    def is_reachable(self) -> bool:
        """Whether anybody in it can be written to."""
        return any(holder.can_be_written_to for holder in self.holders)

    @property
    def words(self) -> str:
        people = ", ".join(holder.words for holder in self.holders)
        return f"{self.title} ({people or NOBODY})"


def posts_in_words(posts: Iterable[PostHeld]) -> str:
    """Name posts and the people in them: "Play Officer (Aled Rees)"."""
    return "; ".join(post.words for post in posts)


@dataclass(frozen=True, kw_only=True)
class Owing:
    """What a cycle asks for on a day, and of whom."""

    cycle: ReportingCycle
    today: date
    obligations: tuple[Obligation, ...]
    people: People

    @cached_property
    def outstanding(self) -> list[Obligation]:
        return [one for one in self.obligations if one.is_outstanding]

    def posts_of(self, obligation: Obligation) -> tuple[PostHeld, ...]:
        """List the posts that hold an obligation."""
        return tuple(self.held(post_id) for post_id in sorted(obligation.item.post_ids))

    def held(self, post_id: int) -> PostHeld:
        return PostHeld(
            post_id=post_id,
            title=self.people.titles[post_id],
            holders=self.people.holders.get(post_id, ()),
        )

    def owed_by(self, person_id: int) -> list[Obligation]:
        """List what is outstanding of somebody's posts, plan by plan."""
        posts = {
            post_id
            for post_id, holders in self.people.holders.items()
            if any(holder.person_id == person_id for holder in holders)
        }
        return [one for one in self.outstanding if not posts.isdisjoint(one.item.post_ids)]


def owing_in(scene: Scene) -> Owing:
    """Say who owes what in a cycle of which the plans, items and people have been read."""
    cycle = scene.cycle
    returns = returns_of(cycle, scene.plans, scene.board, scene.beside)
    until = explains_until_by(cycle, scene.meeting)
    return Owing(
        cycle=cycle,
        today=scene.today,
        obligations=tuple(obligations_of(cycle, returns, until=until, today=scene.today)),
        people=scene.people,
    )
