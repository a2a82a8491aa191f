"""The chase board of a cycle: who owes what, who holds the post, who was written to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from goldenthread.chasing.queries.contacts import NEVER, Contact, contacts_of, together
from goldenthread.chasing.queries.filters import Filters, Order
from goldenthread.chasing.queries.obligations import Obligation, obligations_of
from goldenthread.chasing.queries.owing import Owing, PostHeld, posts_in_words
from goldenthread.chasing.queries.people import people_of
from goldenthread.chasing.queries.standings import PlanStanding, Totals, standings, totals_of
from goldenthread.domain.obligations import ReturnState
from goldenthread.exception_reports.doors import explains_until
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.sign_offs import PlanSignOff


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """A plan on the board: its counts, and how far it is signed off."""

    standing: PlanStanding
    sign_off: PlanSignOff


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """An obligation on the board, with whose it is and when they were written to."""

    obligation: Obligation
    posts: tuple[PostHeld, ...]
    contact: Contact

    @property
    def may_be_nudged(self) -> bool:
        """Whether it is not in, and anybody who holds it can be written to."""
        reachable = any(post.is_reachable for post in self.posts)
        return self.obligation.is_outstanding and reachable

    @property
    def who(self) -> str:
        """Name its posts and the people in them: "Play Officer (Aled Rees)"."""
        return posts_in_words(self.posts)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRow:
    """A post on the board with what it holds, and when its people were written to."""

    post: PostHeld
    obligations: tuple[Obligation, ...]
    contact: Contact

    @property
    def counts(self) -> Counter[str]:
        """How many returns stand where, and how many exception reports are owed."""
        return Counter(
            ("exception_reports" if one.is_explanation else one.state.value)
            for one in self.obligations
            if not one.is_explanation or one.is_outstanding
        )

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"post-{self.post.post_id}"

    @property
    def outstanding(self) -> int:
        return sum(one.is_outstanding for one in self.obligations)

    @property
    def may_be_nudged(self) -> bool:
        """Whether it owes anything, and anybody in it can be written to."""
        return self.outstanding > 0 and self.post.is_reachable


@dataclass(frozen=True, kw_only=True)
class ChaseBoard(Owing):
    """A cycle's plans, obligations and people, as somebody who chases them sees them."""

    plans: tuple[PlanRow, ...]

    @cached_property
    def contacts(self) -> Mapping[int, Contact]:
        """How often and when each person was written to."""
        return contacts_of(self.cycle)

    @cached_property
    def totals(self) -> Totals:
        return totals_of(row.standing for row in self.plans)

    @property
    def is_locked(self) -> bool:
        return self.cycle.is_locked_on(self.today)

    @property
    def unsigned(self) -> int:
        return sum(not row.sign_off.is_signed for row in self.plans)

    @property
    def late(self) -> int:
        """How many returns and exception reports are late."""
        return sum(one.state is ReturnState.LATE for one in self.obligations)

    @cached_property
    def posts(self) -> dict[int, str]:
        """The posts that hold anything on the board, by title."""
        held = {post_id for one in self.obligations for post_id in one.item.post_ids}
        titled = ((post_id, self.people.titles[post_id]) for post_id in held)
        return dict(sorted(titled, key=lambda one: one[1]))

    @property
    def forsaken(self) -> list[PostHeld]:
        """The posts that owe something and have nobody in them who can be written to."""
        owing = {post_id for one in self.outstanding for post_id in one.item.post_ids}
        posts = (self.held(post_id) for post_id in self.posts if post_id in owing)
        return [post for post in posts if not post.is_reachable]

    def chosen(self, filters: Filters) -> list[Obligation]:
        """List what is asked for, plan by plan."""
        return [one for one in self.obligations if filters.take(one)]

    def item_rows(self, filters: Filters) -> list[ItemRow]:
        """List what is asked for a row each, in the order asked for."""
        rows = [self.row_of(one) for one in self.chosen(filters)]
        return _item_rows_sorted(rows, filters)

    def row_of(self, obligation: Obligation) -> ItemRow:
        posts = self.posts_of(obligation)
        holders = (holder.person_id for post in posts for holder in post.holders)
        return ItemRow(obligation=obligation, posts=posts, contact=together(self.contacts, holders))

    def post_rows(self, filters: Filters) -> list[PostRow]:
        """List the posts that hold what is asked for, each with its other counts too.

        What two posts hold counts under both.
        """
        wanted = {post for one in self.chosen(filters) for post in one.item.post_ids}
        if filters.post is not None:
            wanted &= {filters.post}
        held: dict[int, list[Obligation]] = {post_id: [] for post_id in self.posts}
        for one in self.obligations:
            if filters.take_but_for_state(one):
                for post_id in one.item.post_ids:
                    held[post_id].append(one)
        rows = [self._post_row(post, held[post]) for post in self.posts if post in wanted]
        return _post_rows_sorted(rows, filters)

    def _post_row(self, post_id: int, obligations: Iterable[Obligation]) -> PostRow:
        post = self.held(post_id)
        contact = together(self.contacts, (holder.person_id for holder in post.holders))
        return PostRow(post=post, obligations=tuple(obligations), contact=contact)

    def contact_with(self, person_id: int) -> Contact:
        return self.contacts.get(person_id, NEVER)


def chase_board(cycle: ReportingCycle, plans: Sequence[Plan], *, today: date) -> ChaseBoard:
    """Bring together who owes what in some plans of a cycle, in a number of queries that stays."""
    counted = standings(cycle, plans, today=today)
    return ChaseBoard(
        cycle=cycle,
        today=today,
        plans=tuple(PlanRow(standing=standing, sign_off=standing.sign_off) for standing in counted),
        obligations=tuple(obligations_of(cycle, counted, until=explains_until(cycle), today=today)),
        people=people_of(cycle.council, today),
    )


_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_WORST_FIRST = (
    ReturnState.LATE,
    ReturnState.TO_REVISE,
    ReturnState.OWED,
    ReturnState.DRAFTED,
    ReturnState.IN,
    ReturnState.NOT_DUE_TO_START,
    ReturnState.NOT_OPEN,
)
_ITEM_KEYS: Mapping[Order, Callable[[ItemRow], Any]] = {
    Order.POST: lambda row: row.posts[0].title,
    Order.STATE: lambda row: _WORST_FIRST.index(row.obligation.state),
    Order.DUE: lambda row: row.obligation.due_on,
    Order.WRITTEN: lambda row: row.contact.latest_at or _LONG_AGO,
}
_POST_KEYS: Mapping[Order, Callable[[PostRow], Any]] = {
    Order.POST: lambda row: row.post.title,
    Order.WRITTEN: lambda row: row.contact.latest_at or _LONG_AGO,
}


def _item_rows_sorted(rows: list[ItemRow], filters: Filters) -> list[ItemRow]:
    """Sort rows that stand plan by plan; those that are alike stay so."""
    key = _ITEM_KEYS.get(filters.sorted_by)
    if key is None:
        return rows[::-1] if filters.is_descending else rows
    return sorted(rows, key=key, reverse=filters.is_descending)


def _post_rows_sorted(rows: list[PostRow], filters: Filters) -> list[PostRow]:
    """Sort rows that stand by title; the most comes first of a count, unless one asks otherwise."""
    key = _POST_KEYS.get(filters.sorted_by) or _count_of(filters.sorted_by)
    return sorted(rows, key=key, reverse=filters.is_descending)


def _count_of(order: Order) -> Callable[[PostRow], Any]:
    def count(row: PostRow) -> tuple[int, int]:
        return row.counts[order.value], row.outstanding

    return count
