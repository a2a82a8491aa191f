"""The dates of a person and of a body: from the timetable, from promises, from standing in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse

from goldenthread.domain.kinds import BodyKind, CycleKind, Step
from goldenthread.domain.my_dates import Part, why_it_concerns
from goldenthread.domain.posts import Capacity
from goldenthread.domain.timetable import day_in_words
from goldenthread.exception_reports.queries.steps import Promise, steps_of
from goldenthread.organisation.models import Body, Council
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.organisation.queries import holdings_on
from goldenthread.reporting.models import Milestone
from goldenthread.timetables.queries.parts import part_of
from goldenthread.timetables.queries.revisions import Revision, revisions_of

HOW_FAR_BACK = timedelta(days=400)
"""How long a calendar keeps what is past."""
HOW_FAR_AHEAD = timedelta(days=120)
"""How far ahead home looks for what comes next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Days that somebody should have in mind: what is on them, and why that is theirs.

    `key` names it for good, however often it moves; `revision` rises, and `revised_at` is later,
    whenever it may have moved. `about` is the cycle or the item, and `href` its page.
    """

    key: str
    starts_on: date
    ends_on: date
    when: str
    what: str
    about: str
    why: str
    href: str
    note: str = ""
    revision: int = 0
    revised_at: datetime | None = None

    def is_past(self, today: date) -> bool:
        return self.ends_on < today


def occasions_of(holder: Officeholder, *, since: date) -> list[Occasion]:
    """List a person's dates from a day on, and the steps that they promised and left undone.

    Takes ten queries at most, however many there are.
    """
    milestones = list(_milestones(holder.council, since))
    timed = revisions_of({milestone.cycle_id for milestone in milestones})
    return _all_of(holder, milestones, timed, since)


def occasions_of_body(body: Body, *, since: date) -> list[Occasion]:
    """List a body's dates from a day on, in two queries."""
    milestones = list(_milestones(body.council, since))
    timed = revisions_of({milestone.cycle_id for milestone in milestones})
    return _in_order(
        _of_timetable(milestones, Part(forums=frozenset([body.kind] if body.kind else [])), timed)
    )


def next_up(holder: Officeholder, today: date, *, count: int) -> list[Occasion]:
    """List the next few of a person's dates, without asking how often they moved."""
    soon = _milestones(holder.council, today).filter(starts_on__lte=today + HOW_FAR_AHEAD)
    return _all_of(holder, list(soon), {}, today)[:count]


def _all_of(
    holder: Officeholder, milestones: list[Milestone], timed: Mapping[int, Revision], since: date
) -> list[Occasion]:
    part = part_of(holder)
    found = [
        *_of_timetable(milestones, part, timed),
        *_explaining(milestones, part, timed),
        *(_of_step(promise, holder) for promise in steps_of(holder.council, holder.post_ids)),
        *_standing_in(holder, since),
    ]
    return _in_order(found)


def _milestones(council: Council, first: date) -> QuerySet[Milestone]:
    return (
        Milestone.objects.filter(cycle__council=council, ends_on__gte=first)
        .select_related("cycle__council")
        .order_by("starts_on", "cycle_id", "number")
    )


def _of_timetable(
    milestones: Iterable[Milestone], part: Part, timed: Mapping[int, Revision]
) -> Iterator[Occasion]:
    for milestone in milestones:
        if why := why_it_concerns(milestone.entry, part):
            yield _of_milestone(milestone, timed, what=milestone.what, why=why)


def _explaining(
    milestones: Iterable[Milestone], part: Part, timed: Mapping[int, Revision]
) -> Iterator[Occasion]:
    """Give the last days for exception reports: those on which DMT's papers go out (clause E-1)."""
    if not part.returns:
        return
    for milestone in milestones:
        is_last = milestone.step is Step.PAPERS_OUT and milestone.forum is BodyKind.DMT
        if is_last and milestone.cycle.kind is CycleKind.QUARTERLY:
            what, why = "Exception reports due", "what you return on may be red or amber"
            yield _of_milestone(milestone, timed, kind="exceptions", what=what, why=why)


def _of_milestone(
    milestone: Milestone,
    timed: Mapping[int, Revision],
    *,
    what: str,
    why: str,
    kind: str = "milestone",
) -> Occasion:
    cycle = milestone.cycle
    starts_on, ends_on = milestone.starts_on, milestone.ends_on
    if starts_on is None or ends_on is None:
        raise ValueError("a date to be confirmed has no days")
    moved = f"First planned for {milestone.first_planned}. {milestone.moved_because}"
    revision = timed.get(cycle.pk)
    return Occasion(
        key=f"{kind}-{milestone.pk}",
        starts_on=starts_on,
        ends_on=ends_on,
        when=milestone.when,
        what=what,
        about=cycle.title,
        why=why,
        note=moved if milestone.first_planned else "",
        href=reverse(
            "home:cycle_detail", args=[cycle.council.name, cycle.financial_year.slug, cycle.code]
        ),
        revision=revision.number if revision else 0,
        revised_at=revision.latest if revision else None,
    )


def _of_step(promise: Promise, holder: Officeholder) -> Occasion:
    told, report = promise.told, promise.step.report
    return Occasion(
        key=f"step-{promise.step.pk}",
        starts_on=promise.due_on,
        ends_on=promise.due_on,
        when=day_in_words(promise.due_on),
        what=f"Step promised: {promise.step.what}",
        about=promise.reference,
        why="your post promised it",
        href=reverse(
            "exception_reports:promise_edit",
            args=[holder.council.name, promise.kind, promise.item.pk],
        ),
        revision=len(promise.step.follow_ups.all()),
        revised_at=told.told_at if told else report.submitted_at,
    )


def _standing_in(holder: Officeholder, first: date) -> Iterator[Occasion]:
    """Give the days on which a person's time as a deputy ends; who is none costs no query."""
    deputised = [post for post in holder.posts if holder.capacity_in(post) is Capacity.DEPUTY]
    if not deputised:
        return
    held = holdings_on(first).filter(
        holder=holder.user, post__in=deputised, capacity=Capacity.DEPUTY
    )
    for holding in held:
        if holding.ends_on:
            yield Occasion(
                key=f"deputy-{holding.pk}",
                starts_on=holding.ends_on,
                ends_on=holding.ends_on,
                when=day_in_words(holding.ends_on),
                what=f"Last day as deputy: {holding.post}",
                about="My posts",
                why="you stand in",
                href=reverse("organisation:my_posts", args=[holder.council.name]),
            )


def _in_order(found: Iterable[Occasion]) -> list[Occasion]:
    return sorted(found, key=lambda occasion: (occasion.starts_on, occasion.ends_on, occasion.key))
