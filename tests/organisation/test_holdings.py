"""Who holds a post: one answers for it, others beside them or for a while; nobody is orphaned."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from goldenthread.accounts.models import User
from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.domain.posts import Capacity, Stay
from goldenthread.organisation.holdings import (
    HoldingRefusedError,
    add_joint_holder,
    hand_over_post,
    leave_post,
    name_deputy,
    take_up_post,
)
from goldenthread.organisation.models import Council, Duty, Post, PostHolding
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.organisation.queries import (
    holds_a_post,
    officeholder,
    people_of,
    post_on,
    posts_on,
)
from tests import factories
from tests.factories import (
    ActionFactory,
    CouncilFactory,
    PostFactory,
    PostHoldingFactory,
    UserFactory,
)

AT = datetime(2009, 7, 14, 10, tzinfo=UTC)
TODAY, YESTERDAY = date(2009, 7, 14), date(2009, 7, 13)
AUGUST, SEPTEMBER = date(2009, 8, 1), date(2009, 9, 1)
LAST_OF_AUGUST = date(2009, 8, 31)
SUMMER = Stay(AUGUST, LAST_OF_AUGUST)


@pytest.fixture
def post(council: Council) -> Post:
    """A post that Ann Hill answers for since April."""
    post = PostFactory(council=council, title="Leisure Services Manager")
    PostHoldingFactory(post=post, holder__name="Ann Hill")
    return post


@pytest.fixture
def ann(post: Post) -> Officeholder:
    return factories.officeholder(post, user=post.holdings.get().holder)


@pytest.fixture
def jo(council: Council) -> User:
    holder: User = PostHoldingFactory(council=council, holder__name="Jo Field").holder
    return holder


@pytest.fixture
def manager(council: Council) -> Officeholder:
    return factories.officeholder(PostFactory(council=council, duty=Duty.PERFORMANCE_MANAGER))


def on(day: date, user: User, council: Council) -> Capacity | None:
    """Say how somebody holds the Leisure Services Manager's post on a day."""
    held = officeholder(user=user, council=council.name, day=day)
    post = Post.objects.get(title="Leisure Services Manager")
    return held.capacity_in(post) if held and held.holds(post.pk) else None


def test_a_holder_names_a_deputy_between_two_days(
    council: Council, post: Post, ann: Officeholder, jo: User
) -> None:
    name_deputy(post=post, person=jo, stay=SUMMER, by=ann, at=AT)

    found = {day: on(day, jo, council) for day in (TODAY, AUGUST, LAST_OF_AUGUST, SEPTEMBER)}
    assert found == {
        TODAY: None,
        AUGUST: Capacity.DEPUTY,
        LAST_OF_AUGUST: Capacity.DEPUTY,
        SEPTEMBER: None,
    }
    assert on(AUGUST, ann.user, council) is Capacity.ANSWERABLE
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor_id) == (Verb.DEPUTY_NAMED, ann.user.pk)
    assert entry.changes["until"] == [None, "2009-08-31"]


def test_the_performance_manager_names_a_deputy_for_any_post(
    post: Post, manager: Officeholder, jo: User
) -> None:
    held = name_deputy(post=post, person=jo, stay=SUMMER, by=manager, at=AT)

    assert held.capacity is Capacity.DEPUTY


def test_nobody_else_does_and_a_deputy_names_no_deputy(
    council: Council, post: Post, jo: User
) -> None:
    stranger = factories.officeholder(PostFactory(council=council))
    deputy = Officeholder(
        user=jo, council=council, posts=(post,), capacities={post.pk: Capacity.DEPUTY}
    )
    outside = factories.officeholder(PostFactory(duty=Duty.PERFORMANCE_MANAGER))

    for by in (stranger, deputy, outside):
        with pytest.raises(PermissionDenied, match="can name its deputy"):
            name_deputy(post=post, person=jo, stay=SUMMER, by=by, at=AT)

    assert post.holdings.count() == 1


@pytest.mark.parametrize(
    ("stay", "fields"),
    [
        (Stay(YESTERDAY, AUGUST), {"starts_on"}),
        (Stay(AUGUST, TODAY), {"ends_on"}),
        (Stay(AUGUST, None), {"ends_on"}),
        (Stay(date(2019, 1, 1), date(2029, 1, 1)), {"starts_on", "ends_on"}),
    ],
)
def test_days_that_will_not_do_are_refused(
    post: Post, ann: Officeholder, jo: User, stay: Stay, fields: set[str]
) -> None:
    with pytest.raises(HoldingRefusedError) as refused:
        name_deputy(post=post, person=jo, stay=stay, by=ann, at=AT)

    assert set(refused.value.problems) == fields


def test_a_deputy_is_known_to_the_council(post: Post, ann: Officeholder) -> None:
    stranger = PostHoldingFactory(holder__name="Sid Low").holder

    with pytest.raises(HoldingRefusedError, match="Sid Low holds no post"):
        name_deputy(post=post, person=stranger, stay=SUMMER, by=ann, at=AT)


def test_nobody_stands_in_for_themselves(post: Post, ann: Officeholder) -> None:
    with pytest.raises(HoldingRefusedError, match="Ann Hill answers for this post from 1 April"):
        name_deputy(post=post, person=ann.user, stay=SUMMER, by=ann, at=AT)


def test_nobody_stands_in_twice_at_once_but_can_again_later(
    post: Post, ann: Officeholder, jo: User
) -> None:
    name_deputy(post=post, person=jo, stay=SUMMER, by=ann, at=AT)

    with pytest.raises(HoldingRefusedError, match="stands in for this post from 1 August"):
        name_deputy(post=post, person=jo, stay=Stay(LAST_OF_AUGUST, SEPTEMBER), by=ann, at=AT)
    name_deputy(post=post, person=jo, stay=Stay(SEPTEMBER, SEPTEMBER), by=ann, at=AT)

    assert post.holdings.filter(capacity=Capacity.DEPUTY).count() == 2


def test_a_post_is_held_jointly_and_one_answers(
    council: Council, post: Post, manager: Officeholder, jo: User
) -> None:
    add_joint_holder(post=post, person=jo, starts_on=TODAY, by=manager, at=AT)

    assert on(TODAY, jo, council) is Capacity.JOINT
    found = post_on(post, TODAY)
    assert found.answerable is not None
    assert found.answerable.holder.name == "Ann Hill"
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.changes["capacity"]) == (Verb.POST_TAKEN_UP, [None, "joint"])


def test_only_the_performance_manager_fills_a_post(post: Post, ann: Officeholder, jo: User) -> None:
    for fill in (add_joint_holder, hand_over_post):
        with pytest.raises(PermissionDenied, match="Only the performance manager"):
            fill(post=post, person=jo, starts_on=TODAY, by=ann, at=AT)


def test_two_do_not_answer_for_a_post_at_once(post: Post, jo: User, manager: Officeholder) -> None:
    with pytest.raises(HoldingRefusedError, match="Ann Hill answers for this post from 1 April"):
        take_up_post(post=post, holder=jo, starts_on=AUGUST, by=manager.user, at=AT)


def test_nor_when_both_have_a_last_day(post: Post, jo: User) -> None:
    post.holdings.update(ends_on=LAST_OF_AUGUST)

    with pytest.raises(HoldingRefusedError, match="one answers at a time"):
        take_up_post(
            post=post, holder=jo, starts_on=LAST_OF_AUGUST, ends_on=SEPTEMBER, by=None, at=AT
        )
    held = take_up_post(post=post, holder=jo, starts_on=SEPTEMBER, by=None, at=AT)

    assert held.capacity is Capacity.ANSWERABLE


def test_a_post_is_handed_over_without_a_day_between(
    council: Council, post: Post, ann: Officeholder, manager: Officeholder, jo: User
) -> None:
    hand_over_post(post=post, person=jo, starts_on=AUGUST, by=manager, at=AT)

    before, after = date(2009, 7, 31), AUGUST
    assert (on(before, ann.user, council), on(after, ann.user, council)) == (
        Capacity.ANSWERABLE,
        None,
    )
    assert (on(before, jo, council), on(after, jo, council)) == (None, Capacity.ANSWERABLE)
    verbs = [entry.verb for entry in AuditEntry.objects.order_by("number")]
    assert verbs == [Verb.POST_LEFT, Verb.POST_TAKEN_UP]


@pytest.mark.parametrize("capacity", [Capacity.JOINT, Capacity.DEPUTY])
def test_who_held_it_otherwise_takes_it_over_as_its_holder(
    council: Council, post: Post, manager: Officeholder, jo: User, capacity: Capacity
) -> None:
    PostHoldingFactory(post=post, holder=jo, capacity=capacity, starts_on=TODAY, ends_on=SEPTEMBER)

    hand_over_post(post=post, person=jo, starts_on=AUGUST, by=manager, at=AT)

    assert (on(TODAY, jo, council), on(AUGUST, jo, council)) == (capacity, Capacity.ANSWERABLE)


def test_a_deputy_whose_time_has_not_come_takes_it_over(
    post: Post, manager: Officeholder, ann: Officeholder, jo: User
) -> None:
    name_deputy(post=post, person=jo, stay=SUMMER, by=ann, at=AT)

    hand_over_post(post=post, person=jo, starts_on=TODAY, by=manager, at=AT)

    assert [held.capacity for held in post.holdings.filter(holder=jo)] == [Capacity.ANSWERABLE]


@pytest.mark.parametrize("day", [AUGUST, SEPTEMBER])
def test_a_successor_who_is_settled_is_not_taken_off_by_another(
    post: Post, manager: Officeholder, ann: Officeholder, jo: User, day: date
) -> None:
    other = PostHoldingFactory(council=post.council).holder
    hand_over_post(post=post, person=jo, starts_on=SEPTEMBER, by=manager, at=AT)

    words = "Jo Field answers for this post from 1 September 2009. End their time in it first"
    with pytest.raises(HoldingRefusedError, match=words):
        hand_over_post(post=post, person=other, starts_on=day, by=manager, at=AT)

    held = post.holdings.order_by("starts_on").values_list("holder", "ends_on")
    assert list(held) == [(ann.user.pk, LAST_OF_AUGUST), (jo.pk, None)]


def test_who_answers_already_does_not_take_it_over(
    post: Post, manager: Officeholder, ann: Officeholder
) -> None:
    with pytest.raises(HoldingRefusedError, match="Ann Hill answers for this post then"):
        hand_over_post(post=post, person=ann.user, starts_on=AUGUST, by=manager, at=AT)


def test_a_vacant_post_is_filled(council: Council, manager: Officeholder, jo: User) -> None:
    vacant = PostFactory(council=council)

    held = hand_over_post(post=vacant, person=jo, starts_on=TODAY, by=manager, at=AT)

    assert held.holder == jo


@pytest.mark.parametrize("day", [YESTERDAY, date(2011, 1, 1)])
def test_a_post_is_not_filled_from_a_day_that_has_passed_or_is_far_off(
    post: Post, manager: Officeholder, jo: User, day: date
) -> None:
    for fill in (add_joint_holder, hand_over_post):
        with pytest.raises(HoldingRefusedError) as refused:
            fill(post=post, person=jo, starts_on=day, by=manager, at=AT)
        assert set(refused.value.problems) == {"starts_on"}


def test_when_somebody_leaves_nothing_is_orphaned(
    council: Council, post: Post, manager: Officeholder, ann: Officeholder
) -> None:
    action = ActionFactory(council=council, action_officer=post)

    leave_post(holding=post.holdings.get(), last_day=AUGUST, by=manager, at=AT)

    assert on(AUGUST, ann.user, council) is Capacity.ANSWERABLE
    assert officeholder(user=ann.user, council=council.name, day=SEPTEMBER) is None
    action.refresh_from_db()
    assert action.action_officer == post
    assert [each.post for each in posts_on(council, SEPTEMBER) if each.is_vacant].count(post) == 1


def test_only_the_performance_manager_says_when_a_holder_leaves(
    post: Post, ann: Officeholder
) -> None:
    with pytest.raises(PermissionDenied):
        leave_post(holding=post.holdings.get(), last_day=AUGUST, by=ann, at=AT)


@pytest.mark.parametrize("last_day", [YESTERDAY, TODAY])
def test_a_deputys_time_is_ended_early_by_whoever_they_stand_in_for(
    council: Council, post: Post, ann: Officeholder, jo: User, last_day: date
) -> None:
    held = PostHoldingFactory(
        post=post,
        holder=jo,
        capacity=Capacity.DEPUTY,
        starts_on=date(2009, 7, 1),
        ends_on=LAST_OF_AUGUST,
    )

    leave_post(holding=held, last_day=last_day, by=ann, at=AT)

    assert on(last_day, jo, council) is Capacity.DEPUTY
    assert on(AUGUST, jo, council) is None
    assert AuditEntry.objects.get().changes == {"until": ["2009-08-31", last_day.isoformat()]}


def test_a_deputy_who_never_began_is_taken_off(post: Post, ann: Officeholder, jo: User) -> None:
    held = name_deputy(post=post, person=jo, stay=SUMMER, by=ann, at=AT)

    leave_post(holding=held, last_day=TODAY, by=ann, at=AT)

    assert not PostHolding.objects.filter(post=post, holder=jo).exists()
    assert AuditEntry.objects.latest("number").verb is Verb.POST_LEFT


@pytest.mark.parametrize(
    ("last_day", "words"),
    [
        (date(2009, 7, 12), "must be yesterday or later"),
        (SEPTEMBER, "Jo Field leaves on 31 August 2009 already"),
    ],
)
def test_a_last_day_that_will_not_do_is_refused(
    post: Post, ann: Officeholder, jo: User, last_day: date, words: str
) -> None:
    held = name_deputy(post=post, person=jo, stay=SUMMER, by=ann, at=AT)

    with pytest.raises(HoldingRefusedError, match=words):
        leave_post(holding=held, last_day=last_day, by=ann, at=AT)


def test_who_was_taken_off_meanwhile_is_refused_in_words(
    post: Post, ann: Officeholder, jo: User
) -> None:
    held = name_deputy(post=post, person=jo, stay=SUMMER, by=ann, at=AT)
    PostHolding.objects.filter(pk=held.pk).delete()

    with pytest.raises(HoldingRefusedError, match="Jo Field was taken off this post meanwhile"):
        leave_post(holding=held, last_day=AUGUST, by=ann, at=AT)


def test_whether_one_may_end_it_is_judged_by_what_stands_now(
    post: Post, ann: Officeholder, jo: User
) -> None:
    held = name_deputy(post=post, person=jo, stay=SUMMER, by=ann, at=AT)
    PostHolding.objects.filter(pk=held.pk).update(capacity=Capacity.JOINT)

    with pytest.raises(PermissionDenied):
        leave_post(holding=held, last_day=AUGUST, by=ann, at=AT)


def test_a_deputy_of_a_performance_manager_settles_for_no_post_who_holds_it(
    council: Council, post: Post, manager: Officeholder, jo: User
) -> None:
    [managing] = manager.posts
    held = PostHoldingFactory(post=managing, holder=manager.user)
    deputy = Officeholder(
        user=jo, council=council, posts=(managing,), capacities={managing.pk: Capacity.DEPUTY}
    )

    for which in (post, managing):
        for fill in (add_joint_holder, hand_over_post):
            with pytest.raises(PermissionDenied, match="nobody who stands in"):
                fill(post=which, person=jo, starts_on=TODAY, by=deputy, at=AT)
        with pytest.raises(PermissionDenied, match="nobody who stands in"):
            name_deputy(post=which, person=jo, stay=SUMMER, by=deputy, at=AT)
    with pytest.raises(PermissionDenied, match="nobody who stands in"):
        leave_post(holding=held, last_day=AUGUST, by=deputy, at=AT)


def test_a_deputy_of_a_performance_manager_stands_in_for_all_else_that_they_do(
    council: Council, manager: Officeholder, jo: User
) -> None:
    [post] = manager.posts
    name_deputy(post=post, person=jo, stay=Stay(TODAY, AUGUST), by=manager, at=AT)

    found = officeholder(user=jo, council=council.name, day=TODAY)

    assert found is not None
    assert found.is_performance_manager


def test_people_are_listed_by_name_with_their_posts(council: Council) -> None:
    arts, youth = (PostFactory(council=council, title=each) for each in ("Arts", "Youth"))
    first, second = (UserFactory(name="Bo Lee") for _ in range(2))
    PostHoldingFactory(post=youth, holder=first)
    PostHoldingFactory(post=arts, holder=second)
    PostHoldingFactory(post=youth, holder=second, capacity=Capacity.JOINT)
    PostHoldingFactory(post=arts, holder__name="Al Gone", ends_on=YESTERDAY)
    PostHoldingFactory(council=CouncilFactory())

    found = people_of(council, TODAY)

    assert [(person.pk, str(person)) for person in found] == [
        (first.pk, "Bo Lee, Youth"),
        (second.pk, "Bo Lee, Arts and Youth"),
    ]


def test_somebody_who_left_holds_no_post(council: Council) -> None:
    left = PostHoldingFactory(council=council, ends_on=YESTERDAY)

    assert not holds_a_post(left.holder, council=council, day=TODAY)
    assert holds_a_post(left.holder, council=council, day=YESTERDAY)
    assert not holds_a_post(left.holder, council=CouncilFactory(), day=YESTERDAY)


def _take_up(barrier: Barrier, post: Post, holder: User) -> str:
    try:
        barrier.wait()
        take_up_post(post=post, holder=holder, starts_on=TODAY, ends_on=AUGUST, by=None, at=AT)
    except HoldingRefusedError:
        return "refused"
    finally:
        connection.close()
    return "taken up"


def test_of_two_who_take_it_up_at_once_the_second_is_refused(transactional_db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    post, barrier = PostFactory(), Barrier(2)

    with ThreadPoolExecutor(2) as threads:
        deeds = [
            threads.submit(_take_up, barrier, post, person)
            for person in UserFactory.create_batch(2)
        ]

    assert {deed.result() for deed in deeds} == {"taken up", "refused"}
    assert post.holdings.count() == 1
