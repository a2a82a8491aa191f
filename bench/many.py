"""400 councils whose cycles open on one day, each with a few officers: what a shared service holds."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib import resources

from bench.volume import AT, YEAR
from goldenthread.accounts.models import User
from goldenthread.audit.models import AuditChain
from goldenthread.domain.kinds import CycleKind, Frequency, Unit
from goldenthread.domain.outturn import Accumulation
from goldenthread.domain.rating import Polarity
from goldenthread.indicators.models import Indicator
from goldenthread.organisation.models import Council, Duty, FrameworkVersion, Post, PostHolding
from goldenthread.plans.models import (
    Action,
    ActionOfficer,
    Challenge,
    CorporatePlan,
    Plan,
    PlanIndicator,
    Priority,
)
from goldenthread.reporting.models import ReportingCycle

COUNCILS, OFFICERS, ACTIONS, INDICATORS = 400, 4, 12, 6
IDLE, OPENS, REMINDS, CLOSED, LOCKED = (
    datetime(2009, month, day, 9, tzinfo=UTC)
    for month, day in ((7, 6), (7, 7), (7, 11), (7, 22), (8, 7))
)


def build() -> None:
    """Build them, each with a framework, a plan, its items, and a quarter that opens on 7 July 2009."""
    councils = Council.objects.bulk_create(
        Council(name=f"many-{number}", title=f"Council {number}") for number in range(COUNCILS)
    )
    AuditChain.objects.bulk_create(AuditChain(council=council.name) for council in councils)
    text = resources.files("goldenthread.organisation").joinpath("framework.toml").read_text()
    FrameworkVersion.objects.bulk_create(
        FrameworkVersion(council=council, version="2009-10", text=text, adopted_at=AT)
        for council in councils
    )
    posts = Post.objects.bulk_create(
        Post(
            council=council,
            title=f"Head of Service {number}",
            duty=None if number else Duty.PERFORMANCE_MANAGER,
        )
        for council in councils
        for number in range(OFFICERS)
    )
    people = User.objects.bulk_create(
        User(email=f"officer-{place}@many.example", name=f"Officer {place}")
        for place, _ in enumerate(posts)
    )
    PostHolding.objects.bulk_create(
        PostHolding(post=post, holder=person, starts_on=AT.date())
        for post, person in zip(posts, people, strict=True)
    )
    for place, plan in enumerate(_plans(councils, posts)):
        _items(plan, posts[place * OFFICERS : (place + 1) * OFFICERS])
    ReportingCycle.objects.bulk_create(
        ReportingCycle(
            council=council,
            year=YEAR.starts_in,
            code="Q1",
            kind=CycleKind.QUARTERLY,
            quarter=1,
            observes_from=date(2009, 4, 1),
            observes_to=date(2009, 6, 30),
            opens_on=OPENS.date(),
            due_on=date(2009, 7, 21),
            locks_on=LOCKED.date(),
        )
        for council in councils
    )


def _plans(councils: list[Council], posts: list[Post]) -> list[Plan]:
    corporate = CorporatePlan.objects.bulk_create(
        CorporatePlan(
            council=council,
            title="Corporate Plan",
            starts_on=date(2009, 4, 1),
            ends_on=date(2012, 3, 31),
        )
        for council in councils
    )
    priorities = Priority.objects.bulk_create(
        Priority(corporate_plan=each, number=1, title="Young people") for each in corporate
    )
    return Plan.objects.bulk_create(
        Plan(
            council=council,
            priority=priority,
            code="CYPF",
            title="Children and Young People",
            lead_member=posts[place * OFFICERS],
            lead_officer=posts[place * OFFICERS + 1],
        )
        for place, (council, priority) in enumerate(zip(councils, priorities, strict=True))
    )


def _items(plan: Plan, posts: list[Post]) -> None:
    challenge = Challenge.objects.create(plan=plan, number=1, title="Give them places to go")
    actions = Action.objects.bulk_create(
        Action(
            challenge=challenge,
            number=place,
            description=f"Open homework club {place}",
            action_officer=posts[place % OFFICERS],
        )
        for place in range(ACTIONS)
    )
    ActionOfficer.objects.bulk_create(
        ActionOfficer(action=action, post=posts[place % OFFICERS], number=1)
        for place, action in enumerate(actions)
    )
    indicators = Indicator.objects.bulk_create(
        Indicator(
            council=plan.council,
            reference=f"PI {place}",
            definition="Visits to the museum",
            polarity=Polarity.HIGH,
            unit=Unit.NUMBER,
            frequency=Frequency.MONTHLY,
            accumulation=Accumulation.SUM,
            indicator_officer=posts[place % OFFICERS],
        )
        for place in range(INDICATORS)
    )
    PlanIndicator.objects.bulk_create(
        PlanIndicator(plan=plan, indicator=indicator, number=place)
        for place, indicator in enumerate(indicators)
    )
