"""A council in the middle of a chase: 600 actions and 400 indicators, a third of them returned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib import resources

from bench.volume import AT, IN_QUARTER_1, WORDS, YEAR
from goldenthread.accounts.models import User
from goldenthread.domain.kinds import CycleKind, Frequency, Unit
from goldenthread.domain.outturn import Accumulation
from goldenthread.domain.rating import Polarity, Rating
from goldenthread.indicators.models import Indicator
from goldenthread.notices.models import Notice, NoticeKind
from goldenthread.organisation import operations as organisation
from goldenthread.organisation.models import Council, Duty, Post, PostHolding
from goldenthread.plans.models import (
    Action,
    ActionOfficer,
    Challenge,
    CorporatePlan,
    Plan,
    PlanIndicator,
    Priority,
)
from goldenthread.reporting.models import ActionUpdate, ReportingCycle

NAME = "chased"
PLANS, POSTS, ACTIONS, INDICATORS, RETURNED = 6, 60, 600, 400, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Chased:
    """What the measurement needs of the council."""

    manager: User
    cycle: ReportingCycle


def build() -> Chased:
    """Build the council, its third officer nudged, half of its returns red and unexplained."""
    council = organisation.add_council(name=NAME, title="Chased Council", by=None, at=AT)
    framework = resources.files("goldenthread.organisation").joinpath("framework.toml")
    organisation.adopt_framework(council=council, text=framework.read_text(), by=None, at=AT)
    manager = Post.objects.create(
        council=council, title="Performance Manager", duty=Duty.PERFORMANCE_MANAGER
    )
    posts = Post.objects.bulk_create(
        Post(council=council, title=f"Head of Service {number}") for number in range(POSTS)
    )
    people = [_person(post) for post in (manager, *posts)]
    cycle = _cycle(council)
    plans = _plans(council, posts)
    actions = _actions(plans, posts)
    _indicators(council, plans, posts)
    _returned(cycle, actions[:RETURNED], people[0])
    _nudged(people[1::3])
    return Chased(manager=people[0], cycle=cycle)


def _person(post: Post) -> User:
    name = f"{post.title} Person"
    email = f"{post.title.lower().replace(' ', '.')}@{NAME}.example"
    person = User.objects.create_user(email=email, name=name)
    PostHolding.objects.create(post=post, holder=person, starts_on=AT.date())
    return person


def _cycle(council: Council) -> ReportingCycle:
    return ReportingCycle.objects.create(
        council=council,
        year=YEAR.starts_in,
        code="Q1",
        kind=CycleKind.QUARTERLY,
        quarter=1,
        observes_from=date(2009, 4, 1),
        observes_to=date(2009, 6, 30),
        opens_on=date(2009, 7, 7),
        due_on=date(2009, 7, 21),
    )


def _plans(council: Council, posts: list[Post]) -> list[Plan]:
    corporate = CorporatePlan.objects.create(
        council=council,
        title="Corporate Plan",
        starts_on=date(2009, 4, 1),
        ends_on=date(2012, 3, 31),
    )
    return [
        Plan.objects.create(
            council=council,
            priority=Priority.objects.create(
                corporate_plan=corporate, number=number, title=f"Priority {number}"
            ),
            code=f"P{number}",
            title=f"Plan {number} for a priority with a title of some length",
            lead_member=posts[number],
            lead_officer=posts[number],
        )
        for number in range(1, PLANS + 1)
    ]


def _actions(plans: list[Plan], posts: list[Post]) -> list[Action]:
    challenges = [
        Challenge.objects.create(plan=plan, number=1, title="To do it well") for plan in plans
    ]
    actions = Action.objects.bulk_create(
        Action(
            challenge=challenges[place % PLANS],
            number=place,
            description=f"Do piece {place} of the work, with the County and two partners",
            action_officer=posts[place % POSTS],
        )
        for place in range(ACTIONS)
    )
    ActionOfficer.objects.bulk_create(
        ActionOfficer(action=action, post=posts[(place + also) % POSTS], number=also + 1)
        for place, action in enumerate(actions)
        for also in range(1 + (place % 5 == 0))
    )
    return actions


def _indicators(council: Council, plans: list[Plan], posts: list[Post]) -> None:
    indicators = Indicator.objects.bulk_create(
        Indicator(
            council=council,
            reference=f"PI {place}",
            definition="Visits to a place that the Council keeps, counted at the door",
            polarity=Polarity.HIGH,
            unit=Unit.NUMBER,
            frequency=Frequency.MONTHLY,
            accumulation=Accumulation.SUM,
            indicator_officer=posts[place % POSTS],
        )
        for place in range(INDICATORS)
    )
    PlanIndicator.objects.bulk_create(
        PlanIndicator(plan=plans[place % PLANS], indicator=indicator, number=place)
        for place, indicator in enumerate(indicators)
    )


def _returned(cycle: ReportingCycle, actions: list[Action], by: User) -> None:
    ActionUpdate.objects.bulk_create(
        ActionUpdate(
            cycle=cycle,
            action=action,
            rating=Rating.RED if place % 2 else Rating.GREEN,
            commentary=WORDS,
            version=1,
            saved_at=IN_QUARTER_1,
            saved_by=by,
            submitted_at=IN_QUARTER_1,
            submitted_by=by,
        )
        for place, action in enumerate(actions)
    )


def _nudged(people: list[User]) -> None:
    Notice.objects.bulk_create(
        Notice(
            council=NAME,
            kind=NoticeKind.NUDGE,
            key=f"nudge/{YEAR.slug}/Q1/{person.pk}",
            recipient_id=person.pk,
            recipient_name=person.name,
            address=person.email,
            subject="Returns are due",
            text=WORDS,
            html=WORDS,
            message_id=f"<{person.pk}@{NAME}.example>",
            written_at=IN_QUARTER_1,
            due_at=IN_QUARTER_1,
        )
        for person in people
    )
