from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TypeAlias

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from goldenthread.domain.closing import Closing
from goldenthread.domain.kinds import LeadRole
from goldenthread.indicators.models import Indicator
from goldenthread.organisation.models import Council, Duty, Post
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import Action, Plan, PlanIndicator
from goldenthread.reporting.models import ReportingCycle

Item: TypeAlias = Action | Indicator
_SHUT_TO_OFFICERS = (Closing.CLOSED_TO_OFFICERS, Closing.LOCKED)


def check_can_file_in(by: Officeholder, cycle: ReportingCycle) -> None:
    """Let nobody file in the cycle of a council other than that of their posts.

    :raises PermissionDenied: if it is another council's
    """
    if cycle.council_id != by.council.pk:
        raise PermissionDenied(f"You hold no post in the council that reports in {cycle}.")


def check_can_time(by: Officeholder, cycle: ReportingCycle) -> None:
    """Let only the performance manager change a cycle's dates, lock it or open it (clause T-3).

    :raises PermissionDenied: if the person is not the performance manager of its council
    """
    check_can_plan(by, cycle.council)


def check_can_plan(by: Officeholder, council: Council) -> None:
    """Let only a council's performance manager lay out its year (clause T-3).

    :raises PermissionDenied: if the person is not
    """
    if by.council.pk != council.pk or not by.is_performance_manager:
        raise PermissionDenied(
            "Only the performance manager can change the timetable, or when a cycle takes returns."
        )


def check_can_close(by: Officeholder, cycle: ReportingCycle) -> None:
    """Let only the performance manager lock a cycle, unlock it and let somebody in.

    :raises PermissionDenied: if the person is not, or it is another council's
    """
    check_can_file_in(by, cycle)
    if not by.is_performance_manager:
        raise PermissionDenied("Only the performance manager can close a cycle or let somebody in.")


def check_can_file(by: Officeholder, item: Item, *, closing: Closing = Closing.OPEN) -> None:
    """Let an item's officers speak for it, and after the deadline those who answer for its plan.

    Whether the cycle still takes it is for `doors.check_may_file` to say (clause R-6).

    :raises PermissionDenied: if the person is neither
    """
    if holds(by, item) or (closing in _SHUT_TO_OFFICERS and answers_for(by, item)):
        return
    raise not_theirs(item)


def not_theirs(item: Item) -> PermissionDenied:
    """Say whose an item is, to whoever cannot file it."""
    return PermissionDenied(f"Only {officer_of(item)} can file this update.")


def holds(by: Officeholder, item: Item) -> bool:
    """Test whether a person holds an item's post, or one of them, or stands in for somebody who does."""
    return by.holds_any(holding_posts(item))


def answers_for(by: Officeholder, item: Item) -> bool:
    """Test whether a person answers for an item's plan: as a lead of it, or the performance manager."""
    return by.is_performance_manager or by.holds_any(leading_posts(item))


def answered_for(by: Officeholder, items: Sequence[Item]) -> set[Item]:
    """Pick the items that a person answers for, as `answers_for` does, in one query for them all."""
    if by.is_performance_manager:
        return set(items)
    led = Q(plan__lead_officer__in=by.post_ids) | Q(plan__lead_member__in=by.post_ids)
    indicators = [item.pk for item in items if isinstance(item, Indicator)]
    in_led_plans = set(
        PlanIndicator.objects.filter(led, indicator__in=indicators).values_list(
            "indicator", flat=True
        )
    )
    return {
        item
        for item in items
        if (
            item.pk in in_led_plans
            if isinstance(item, Indicator)
            else by.holds_any(leading_posts(item))
        )
    }


def acting_post(by: Officeholder, item: Item) -> Post | None:
    """Find the post in which a person speaks for an item: its own before that of a lead."""
    own = by.post_among(holding_posts(item))
    if own is not None:
        return own
    lead = by.post_among(leading_posts(item))
    managing = (post for post in by.posts if post.duty is Duty.PERFORMANCE_MANAGER)
    return lead or next(managing, None)


def holding_posts(item: Item) -> frozenset[int]:
    """Name the posts that hold an item."""
    if isinstance(item, Action):
        return frozenset(holder.post_id for holder in item.holders.all())
    return frozenset([item.indicator_officer_id])


def leading_posts(item: Item) -> frozenset[int]:
    """Name the posts that lead the plans in which an item stands (clause P-2)."""
    plans = (
        [item.challenge.plan]
        if isinstance(item, Action)
        else Plan.objects.filter(placings__indicator=item)
    )
    return frozenset(post for plan in plans for post in (plan.lead_officer_id, plan.lead_member_id))


def check_can_check(by: Officeholder, plan: Plan) -> None:
    """Show a plan's check to its leads and whoever stands in for them, and the performance manager.

    :raises PermissionDenied: to anybody else
    """
    if not roles_in(by, plan) and not by.is_performance_manager:
        raise PermissionDenied(
            f"{plan.lead_officer} and {plan.lead_member} check the returns of {plan.title}, "
            "and the performance manager can look on."
        )


def check_can_return(by: Officeholder, item: Item, *, authors: Collection[int]) -> None:
    """Let a lead of an item's plan send its return back, but nobody one of their own.

    :raises PermissionDenied: if the person leads no plan of it, or filed or corrected it
    """
    _check_returns(by, leading_posts(item), authors)


def check_can_return_of(by: Officeholder, plan: Plan, *, authors: Collection[int | None]) -> None:
    """Let a lead of a plan send back what is asked of it beside the returns, but nobody their own.

    :raises PermissionDenied: if the person does not lead the plan, or wrote it
    """
    _check_returns(by, [plan.lead_officer_id, plan.lead_member_id], authors)


def _check_returns(by: Officeholder, leads: Iterable[int], authors: Collection[int | None]) -> None:
    if not by.holds_any(leads):
        raise PermissionDenied("Only those who lead the plan can send its returns back.")
    if by.user.pk in authors:
        raise PermissionDenied(
            "You filed or corrected this return, so another lead has to check it."
        )


def check_can_sign(by: Officeholder, plan: Plan, role: LeadRole) -> None:
    """Let a plan be signed off in a role only by whoever holds its post (clause P-2).

    :raises PermissionDenied: if the person does not
    """
    if role not in roles_in(by, plan):
        raise PermissionDenied(
            f"Only {lead_post(plan, role)} can sign this plan off as its {role.label}."
        )


def roles_in(by: Officeholder, plan: Plan) -> list[LeadRole]:
    """List the roles in which a person leads a plan, themselves or as a deputy."""
    return [role for role in LeadRole if by.holds(lead_post(plan, role).pk)]


def lead_post(plan: Plan, role: LeadRole) -> Post:
    """Name the post that leads a plan in a role."""
    return plan.lead_officer if role is LeadRole.LEAD_OFFICER else plan.lead_member


def officer_of(item: Item) -> Post:
    """Name the post that answers for an item."""
    return item.action_officer if isinstance(item, Action) else item.indicator_officer
