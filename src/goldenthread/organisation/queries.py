from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from django.db.models import OuterRef, Q, QuerySet, Subquery

from goldenthread.accounts.models import User
from goldenthread.design.words import join_words
from goldenthread.domain.framework import Framework, parse_framework
from goldenthread.domain.periods import FinancialYear
from goldenthread.domain.posts import Capacity
from goldenthread.organisation.models import (
    Body,
    Council,
    Duty,
    FrameworkVersion,
    Post,
    PostHolding,
    WordTemplate,
)
from goldenthread.organisation.officeholder import Officeholder


def holdings_on(day: date) -> QuerySet[PostHolding]:
    """List who is in which post on a day."""
    return PostHolding.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day
    ).select_related("post", "holder")


def officeholder(*, user: User, council: str, day: date) -> Officeholder | None:
    """Find a person's posts in the council of that address name, or None if they hold none there."""
    holdings = list(
        holdings_on(day)
        .filter(holder=user, post__council__name=council)
        .select_related("post__council")
        .order_by("post__title")
    )
    if not holdings:
        return None
    # Who holds a post twice over, say as its deputy too, holds it as fully as they can.
    fullest_last = sorted(holdings, key=lambda held: list(Capacity).index(held.capacity))[::-1]
    return Officeholder(
        user=user,
        council=holdings[0].post.council,
        posts=tuple({held.post_id: held.post for held in holdings}.values()),
        capacities={held.post_id: held.capacity for held in fullest_last},
    )


def performance_managers(council: Council, day: date) -> list[User]:
    """List who looks after a council's performance on a day; their deputies only where there is nobody else."""
    return performance_managers_in([council], day).get(council.pk, [])


def performance_managers_in(councils: Iterable[Council], day: date) -> dict[int, list[User]]:
    """List who looks after the performance of each of some councils, by its key, in one query."""
    held = holdings_on(day).filter(
        post__council__in=list(councils), post__duty=Duty.PERFORMANCE_MANAGER
    )
    by_council: dict[int, list[PostHolding]] = defaultdict(list)
    for holding in held.order_by("starts_on", "pk"):
        by_council[holding.post.council_id].append(holding)
    found = {}
    for council, holdings in by_council.items():
        own = [holding for holding in holdings if holding.capacity is not Capacity.DEPUTY]
        found[council] = [holding.holder for holding in own or holdings]
    return found


def councils_of(*, user: User, day: date) -> list[Council]:
    """List the councils in which a person holds a post."""
    held = holdings_on(day).filter(holder=user).values("post__council")
    return list(Council.objects.filter(pk__in=held).order_by("title"))


def bodies_of(council: Council) -> QuerySet[Body]:
    """List a council's bodies."""
    return Body.objects.filter(council=council).order_by("pk")


def framework_of(council: Council) -> Framework:
    """Read the framework in force in a council.

    :raises FrameworkVersion.DoesNotExist: if it has adopted none
    """
    return read_framework(council.framework_in_force.text)


def year_called(council: Council, words: str) -> FinancialYear:
    """Read a council's year written as 2009-10, which starts in the month that its framework says.

    :raises ValueError: if it is written otherwise
    """
    return FinancialYear.parse(words, first_month=framework_of(council).financial_year_starts_month)


def year_of(council: Council, day: date) -> FinancialYear:
    """Find a council's year that a day falls in."""
    return FinancialYear.of(day, first_month=framework_of(council).financial_year_starts_month)


def frameworks_in_force(councils: Iterable[int]) -> dict[int, str]:
    """Find the text of the framework in force in each of some councils, in one query."""
    rows = _versions_in_force(councils)
    return dict(rows.values_list("council_id", "text"))


def with_frameworks(councils: Iterable[Council]) -> None:
    """Give each of some councils the framework in force in it, in one query for all."""
    by_key = {council.pk: council for council in councils}
    for version in _versions_in_force(by_key):
        by_key[version.council_id].__dict__["framework_in_force"] = version


def _versions_in_force(councils: Iterable[int]) -> QuerySet[FrameworkVersion]:
    latest = FrameworkVersion.objects.filter(council=OuterRef("council")).order_by(
        "-adopted_at", "-pk"
    )
    return FrameworkVersion.objects.filter(
        council__in=list(councils), pk=Subquery(latest.values("pk")[:1])
    )


@lru_cache(maxsize=512)
def read_framework(text: str) -> Framework:
    """Read a framework's text, once for each text.

    :raises FrameworkError: if the text is no framework
    """
    return parse_framework(text)


def holds_a_post(person: User, *, council: Council, day: date) -> bool:
    """Test whether somebody holds any post in a council on a day."""
    return holdings_on(day).filter(holder=person, post__council=council).exists()


class Person(NamedTuple):
    """Somebody who holds a post in a council, as a list names them."""

    pk: int
    name: str
    email: str
    posts: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.name}, {join_words(self.posts)}"


def people_of(council: Council, day: date) -> list[Person]:
    """List who holds a post in a council on a day, by name, in one query."""
    held = holdings_on(day).filter(post__council=council)
    posts: dict[tuple[int, str, str], list[str]] = defaultdict(list)
    rows = held.order_by("holder__name", "holder_id", "post__title").values_list(
        "holder_id", "holder__name", "holder__email", "post__title"
    )
    for pk, name, email, title in rows:
        posts[pk, name, email].append(title)
    return [Person(*who, tuple(dict.fromkeys(titles))) for who, titles in posts.items()]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostOnDay:
    """A post with whoever holds it on a day or will after it, by the day on which they begin."""

    post: Post
    day: date
    holdings: tuple[PostHolding, ...]

    @property
    def answerable(self) -> PostHolding | None:
        """Whoever answers for it on the day."""
        return next((held for held in self._now if held.capacity is Capacity.ANSWERABLE), None)

    @property
    def is_vacant(self) -> bool:
        """Whether nobody answers for it on the day."""
        return self.answerable is None

    @property
    def _now(self) -> list[PostHolding]:
        return [held for held in self.holdings if held.stay.includes(self.day)]


def posts_on(council: Council, day: date) -> list[PostOnDay]:
    """List a council's posts with who holds them on a day or will after it, in two queries."""
    held = defaultdict(list)
    for holding in _holdings_from(day).filter(post__council=council):
        held[holding.post_id].append(holding)
    posts = Post.objects.filter(council=council).order_by("title")
    return [PostOnDay(post=post, day=day, holdings=tuple(held[post.pk])) for post in posts]


def post_on(post: Post, day: date) -> PostOnDay:
    """Find a post with who holds it on a day or will after it."""
    holdings = tuple(_holdings_from(day).filter(post=post))
    return PostOnDay(post=post, day=day, holdings=holdings)


def _holdings_from(day: date) -> QuerySet[PostHolding]:
    found = PostHolding.objects.filter(Q(ends_on=None) | Q(ends_on__gte=day))
    return found.select_related("holder", "post").order_by("starts_on", "pk")


def word_template_on(council: Council, *, at: datetime) -> WordTemplate | None:
    """Find the Word document that a council's papers are written on at a moment, if it is its own."""
    was_on = Q(taken_off_at=None) | Q(taken_off_at__gt=at)
    templates = WordTemplate.objects.filter(was_on, council=council, uploaded_at__lte=at)
    return templates.select_related("uploaded_by").order_by("uploaded_at", "pk").last()
