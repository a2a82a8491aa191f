"""Who holds which post, and from when to when: what the performance manager and holders settle."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from goldenthread.accounts.models import User
from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.design.words import long_date
from goldenthread.domain.posts import (
    Capacity,
    Stay,
    problems_with_deputy,
    problems_with_start,
)
from goldenthread.domain.working_days import ONE_DAY
from goldenthread.organisation.models import Post, PostHolding
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.organisation.permissions import (
    check_can_end,
    check_can_fill,
    check_can_name_deputy,
)
from goldenthread.organisation.queries import holds_a_post


class HoldingRefusedError(Exception):
    """Somebody cannot hold a post like this; `problems` says why, by field."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = problems


@transaction.atomic
def take_up_post(
    *,
    post: Post,
    holder: User,
    starts_on: date,
    ends_on: date | None = None,
    capacity: Capacity = Capacity.ANSWERABLE,
    by: User | None,
    at: datetime,
) -> PostHolding:
    """Put a person in a post from a day on, for good or until another; only one answers for it at a time.

    :raises HoldingRefusedError: if somebody else answers for it in those days, or they hold it already
    """
    _lock(post)
    stay = Stay(starts_on, ends_on)
    _check_is_free(post, holder, stay, capacity)
    holding = PostHolding.objects.create(
        post=post, holder=holder, starts_on=starts_on, ends_on=ends_on, capacity=capacity
    )
    is_deputy = capacity is Capacity.DEPUTY
    audit.record(
        council=post.council.name,
        verb=Verb.DEPUTY_NAMED if is_deputy else Verb.POST_TAKEN_UP,
        target=holding,
        by=by,
        at=at,
        changes={"capacity": [None, capacity], "from": [None, starts_on], "until": [None, ends_on]},
    )
    return holding


@transaction.atomic
def name_deputy(
    *, post: Post, person: User, stay: Stay, by: Officeholder, at: datetime
) -> PostHolding:
    """Let somebody who holds a post in the council stand in for another post's holder between two days.

    :raises PermissionDenied: if the person neither holds the post nor is the performance manager
    :raises HoldingRefusedError: if the days will not do, or the deputy is not known or stands in already
    """
    check_can_name_deputy(by, post)
    today = timezone.localdate(at)
    _check(problems_with_deputy(stay, today=today) | _unknown(post, person, today))
    return take_up_post(
        post=post,
        holder=person,
        starts_on=stay.starts_on,
        ends_on=stay.ends_on,
        capacity=Capacity.DEPUTY,
        by=by.user,
        at=at,
    )


@transaction.atomic
def add_joint_holder(
    *, post: Post, person: User, starts_on: date, by: Officeholder, at: datetime
) -> PostHolding:
    """Let somebody hold a post beside whoever answers for it.

    :raises PermissionDenied: if it is not the performance manager who asks
    :raises HoldingRefusedError: if the day will not do, or the person is not known or holds it already
    """
    check_can_fill(by, post)
    today = timezone.localdate(at)
    _check(problems_with_start(starts_on, today=today) | _unknown(post, person, today))
    return take_up_post(
        post=post,
        holder=person,
        starts_on=starts_on,
        capacity=Capacity.JOINT,
        by=by.user,
        at=at,
    )


@transaction.atomic
def hand_over_post(
    *, post: Post, person: User, starts_on: date, by: Officeholder, at: datetime
) -> PostHolding:
    """Let somebody answer for a post from a day on; whoever did so until then leaves the day before.

    :raises PermissionDenied: if it is not the performance manager who asks
    :raises HoldingRefusedError: if the day will not do, the person is not known or answers already, or
        somebody else is settled to answer from that day or a later one
    """
    check_can_fill(by, post)
    today = timezone.localdate(at)
    _check(problems_with_start(starts_on, today=today) | _unknown(post, person, today))
    _lock(post)
    for holding in _overlapping(post, Stay(starts_on)):
        answers = holding.capacity is Capacity.ANSWERABLE
        if answers and holding.holder_id == person.pk:
            raise HoldingRefusedError({"person": f"{person.name} answers for this post then"})
        if answers and holding.starts_on >= starts_on:
            # Ended the day before, they would be taken off without a word.
            settled = f"{holding.holder.name} {_holds_in_words(holding)}"
            raise HoldingRefusedError({"person": f"{settled}. End their time in it first"})
        if answers or holding.holder_id == person.pk:
            _end(holding, starts_on - ONE_DAY, by.user, at)
    return take_up_post(post=post, holder=person, starts_on=starts_on, by=by.user, at=at)


@transaction.atomic
def leave_post(*, holding: PostHolding, last_day: date, by: Officeholder, at: datetime) -> None:
    """End somebody's time in a post with a day; yesterday ends it at once.

    What the post owns stays with the post. Somebody who never began is taken off it.

    :raises PermissionDenied: if the person may not end it
    :raises HoldingRefusedError: if the day has passed, or comes after the one on which they leave
        anyway, or they were taken off meanwhile
    """
    _lock(holding.post)
    kept = PostHolding.objects.select_related("post__council", "holder")
    held = kept.filter(pk=holding.pk).first()
    if held is None:
        words = f"{holding.holder.name} was taken off this post meanwhile"
        raise HoldingRefusedError({"last_day": words})
    check_can_end(by, held)
    if last_day < timezone.localdate(at) - ONE_DAY:
        raise HoldingRefusedError({"last_day": "The last day must be yesterday or later"})
    if held.ends_on is not None and last_day > held.ends_on:
        leaves_on = long_date(held.ends_on)
        raise HoldingRefusedError({"last_day": f"{held.holder.name} leaves on {leaves_on} already"})
    _end(held, last_day, by.user, at)


def _lock(post: Post) -> None:
    """Let nobody else settle who holds a post meanwhile."""
    Post.objects.select_for_update(of=("self",)).get(pk=post.pk)


def _overlapping(post: Post, stay: Stay) -> list[PostHolding]:
    held = PostHolding.objects.filter(post=post).select_related("holder", "post__council")
    return [each for each in held.order_by("starts_on", "pk") if each.stay.overlaps(stay)]


def _check_is_free(post: Post, person: User, stay: Stay, capacity: Capacity) -> None:
    """Make sure that nobody is in a post twice over, and that one at a time answers for it."""
    for held in _overlapping(post, stay):
        if held.holder_id == person.pk:
            raise HoldingRefusedError({"person": f"{person.name} {_holds_in_words(held)} already"})
        if held.capacity is capacity is Capacity.ANSWERABLE:
            raise HoldingRefusedError(
                {"person": f"{held.holder.name} {_holds_in_words(held)}: one answers at a time"}
            )


def _holds_in_words(held: PostHolding) -> str:
    deed = {
        Capacity.ANSWERABLE: "answers for this post",
        Capacity.JOINT: "holds this post jointly",
        Capacity.DEPUTY: "stands in for this post",
    }[held.capacity]
    return f"{deed} {held.stay.words}"


def _unknown(post: Post, person: User, day: date) -> dict[str, str]:
    """Refuse somebody who holds no post in the council on a day."""
    if holds_a_post(person, council=post.council, day=day):
        return {}
    return {"person": f"{person.name} holds no post in {post.council.title} today"}


def _check(problems: dict[str, str]) -> None:
    if problems:
        raise HoldingRefusedError(problems)


def _end(held: PostHolding, last_day: date, by: User, at: datetime) -> None:
    before = held.ends_on
    audit.record(
        council=held.post.council.name,
        verb=Verb.POST_LEFT,
        target=held,
        by=by,
        at=at,
        changes={"until": [before, last_day]},
    )
    if last_day < held.starts_on:
        held.delete()
        return
    held.ends_on = last_day
    held.save(update_fields=["ends_on"])
