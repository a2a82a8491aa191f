from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from goldenthread.accounts.models import User
from goldenthread.domain.framework import FrameworkError
from goldenthread.organisation.models import Council, Duty, FrameworkVersion
from goldenthread.organisation.queries import (
    bodies_of,
    councils_of,
    framework_of,
    holdings_on,
    officeholder,
    read_framework,
)
from tests import factories
from tests.factories import (
    SHIPPED_FRAMEWORK,
    BodyFactory,
    CouncilFactory,
    FrameworkVersionFactory,
    PostFactory,
    PostHoldingFactory,
    UserFactory,
)

STARTS_ON, WITHIN, ENDS_ON = date(2009, 4, 1), date(2009, 7, 14), date(2009, 9, 30)


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2009, 3, 31), False),
        (STARTS_ON, True),
        (WITHIN, True),
        (ENDS_ON, True),
        (date(2009, 10, 1), False),
    ],
)
def test_a_post_is_held_from_its_first_day_to_its_last(db: None, day: date, *, holds: bool) -> None:
    holding = PostHoldingFactory(starts_on=STARTS_ON, ends_on=ENDS_ON)
    council = holding.post.council

    found = officeholder(user=holding.holder, council=council.name, day=day)

    assert (found is not None) is holds
    assert (councils_of(user=holding.holder, day=day) == [council]) is holds
    assert holdings_on(day).contains(holding) is holds


def test_a_post_without_a_last_day_is_still_held(db: None) -> None:
    holding = PostHoldingFactory()

    assert officeholder(
        user=holding.holder, council=holding.post.council.name, day=date(2099, 1, 1)
    )


def test_an_officeholder_has_all_their_posts_in_that_council_and_none_elsewhere(db: None) -> None:
    council, user = CouncilFactory(), UserFactory()
    held = [PostFactory(council=council, title=title) for title in ("Team leader", "Chief")]
    for post in [*held, PostFactory()]:
        PostHoldingFactory(post=post, holder=user)
    another = PostHoldingFactory(post=PostFactory(council=council)).post

    found = officeholder(user=user, council=council.name, day=WITHIN)

    assert found is not None
    assert (found.user, found.council) == (user, council)
    assert [post.title for post in found.posts] == ["Chief", "Team leader"]
    assert found.post_ids == {post.pk for post in held}
    assert found.holds(held[0].pk)
    assert not found.holds(another.pk)
    assert not found.holds(None)
    assert found.holds_any([another.pk, held[1].pk])
    assert not found.holds_any([another.pk])
    assert not found.holds_any([])


@pytest.mark.parametrize("council", ["mercia", "", "chase "])
def test_somebody_without_a_post_is_nobody(db: None, council: str) -> None:
    holding = PostHoldingFactory(post=PostFactory(council=CouncilFactory(name="chase")))

    assert officeholder(user=holding.holder, council=council, day=WITHIN) is None
    assert officeholder(user=UserFactory(), council="chase", day=WITHIN) is None


@pytest.mark.parametrize(
    ("duty", "manages"), [(Duty.PERFORMANCE_MANAGER, True), (Duty.FINANCE, False), (None, False)]
)
def test_only_one_duty_makes_a_performance_manager(
    db: None, duty: Duty | None, *, manages: bool
) -> None:
    holder = factories.officeholder(PostFactory(duty=duty))

    assert holder.is_performance_manager is manages


def test_the_councils_of_a_person_stand_by_title(db: None) -> None:
    user = UserFactory()
    for title in ("Mercia", "Chase", "Arden"):
        post = PostFactory(council=CouncilFactory(title=title))
        PostHoldingFactory(post=post, holder=user)
        PostHoldingFactory(post=PostFactory(council=post.council), holder=user)
    CouncilFactory(title="Elsewhere")

    councils = councils_of(user=user, day=WITHIN)

    assert [council.title for council in councils] == ["Arden", "Chase", "Mercia"]


def test_finding_an_officeholder_takes_one_query(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    holding = PostHoldingFactory()
    name = holding.post.council.name

    with django_assert_num_queries(1):
        found = officeholder(user=holding.holder, council=name, day=WITHIN)
        assert found is not None
        assert found.council.name == name
        assert not found.is_performance_manager


def test_bodies_are_of_one_council(council: Council) -> None:
    bodies = [BodyFactory(council=council), BodyFactory(council=council)]
    BodyFactory()

    assert list(bodies_of(council)) == bodies


def _adopt(council: Council, version: str, day: int) -> FrameworkVersion:
    text = SHIPPED_FRAMEWORK.replace('version = "2009-10"', f'version = "{version}"')
    adopted_at = datetime(2009, 4, day, tzinfo=UTC)
    return FrameworkVersionFactory(
        council=council, version=version, text=text, adopted_at=adopted_at
    )


def test_the_framework_adopted_latest_is_in_force(db: None) -> None:
    council = CouncilFactory()
    latest = _adopt(council, "second", day=9)
    _adopt(council, "first", day=8)
    _adopt(CouncilFactory(), "another council's", day=10)

    assert council.framework_in_force == latest
    assert framework_of(council).version == "second"


def test_of_two_adopted_at_the_same_moment_the_second_is_in_force(db: None) -> None:
    council = CouncilFactory()
    for version in ("one", "two"):
        _adopt(council, version, day=8)

    assert framework_of(council).version == "two"


def test_a_council_without_a_framework_has_none_in_force(db: None) -> None:
    council = CouncilFactory()

    with pytest.raises(FrameworkVersion.DoesNotExist):
        framework_of(council)


def test_a_framework_is_read_once_for_each_text() -> None:
    assert read_framework(SHIPPED_FRAMEWORK) is read_framework(SHIPPED_FRAMEWORK)


def test_a_text_that_is_no_framework_is_refused() -> None:
    with pytest.raises(FrameworkError):
        read_framework("name = 1")


def test_a_person_may_hold_posts_in_two_councils(db: None) -> None:
    user: User = UserFactory()
    holdings = [PostHoldingFactory(holder=user) for _ in range(2)]

    for holding in holdings:
        found = officeholder(user=user, council=holding.post.council.name, day=WITHIN)
        assert found is not None
        assert found.posts == (holding.post,)
