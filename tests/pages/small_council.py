"""A council small enough to keep in one's head: two plans, six items, somebody in every post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from goldenthread.accounts.models import User
from goldenthread.documents.tree import Document, Section, to_json
from goldenthread.domain.kinds import BodyKind, CycleKind, Frequency, IndicatorKind, Step, Unit
from goldenthread.domain.outturn import Accumulation
from goldenthread.domain.rating import Polarity
from goldenthread.indicators.models import Indicator
from goldenthread.organisation.models import Body, Council, Duty, Post
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.packs.models import Pack
from goldenthread.plans.models import Action, Plan
from goldenthread.reporting.models import ReportingCycle
from tests import factories

IN_SIX_WEEKLY_1 = datetime(2009, 6, 3, 10, tzinfo=UTC)
IN_Q1 = factories.IN_Q1
AFTER_Q1 = datetime(2009, 7, 22, 10, tzinfo=UTC)
PAPERS_OUT = datetime(2009, 8, 6, 10, tzinfo=UTC)
AFTER_PAPERS = datetime(2009, 8, 7, 10, tzinfo=UTC)

APRIL, MAY, JUNE = date(2009, 4, 1), date(2009, 5, 1), date(2009, 6, 1)
MONTHS = [(APRIL, date(2009, 4, 30)), (MAY, date(2009, 5, 31)), (JUNE, date(2009, 6, 30))]


@dataclass(frozen=True, kw_only=True)
class Posts:
    """Who is who; each post has one holder."""

    manager: Post
    director: Post
    lead_officer: Post
    portfolio_lead: Post
    action_officer: Post
    joint_officer: Post
    indicator_officer: Post
    councillor: Post
    clerk: Post


@dataclass(frozen=True, kw_only=True)
class SmallCouncil:
    """The council with its plans, items, bodies and the first two cycles of 2009/10."""

    council: Council
    posts: Posts
    cypf: Plan
    es: Plan
    dmt: Body
    scrutiny: Body
    committee: Body
    partnership: Body
    six_weekly: ReportingCycle
    quarter: ReportingCycle
    club: Action
    grant: Action
    later: Action
    visits: Indicator
    attendance: Indicator
    swans: Indicator

    @property
    def name(self) -> str:
        return self.council.name

    def holder_of(self, post: Post) -> User:
        return post.holdings.get().holder

    def officeholder(self, post: Post) -> Officeholder:
        return Officeholder(user=self.holder_of(post), council=self.council, posts=(post,))

    @property
    def manager(self) -> Officeholder:
        return self.officeholder(self.posts.manager)


def found_small_council(name: str = "ashby") -> SmallCouncil:
    """Found it in the database, with no return and no figure yet."""
    council = factories.CouncilFactory(name=name, title=f"{name.capitalize()} Borough Council")
    factories.FrameworkVersionFactory(council=council)
    posts = _posts(council)
    bodies = _bodies(council, posts)
    cypf, es = _plans(council, posts, bodies)
    club, grant, later = _actions(cypf, es, posts)
    visits, attendance, swans = _indicators(cypf, es, posts)
    six_weekly, quarter = _cycles(council)
    return SmallCouncil(
        council=council,
        posts=posts,
        cypf=cypf,
        es=es,
        dmt=bodies["DMT"],
        scrutiny=bodies["Scrutiny"],
        committee=bodies["PDC-CYPF"],
        partnership=bodies["LSP-Executive"],
        six_weekly=six_weekly,
        quarter=quarter,
        club=club,
        grant=grant,
        later=later,
        visits=visits,
        attendance=attendance,
        swans=swans,
    )


def write_overviews(council: SmallCouncil) -> None:
    """Let the leads have said of each plan what the first quarter asks, so that they owe nothing."""
    for plan in (council.cypf, council.es):
        factories.PlanStatementFactory(
            cycle=council.quarter,
            plan=plan,
            submitted=True,
            saved_by=council.holder_of(plan.lead_officer),
        )


def ask_no_evaluations(council: SmallCouncil) -> None:
    """Let the council's annual report be made of what the quarters said alone."""
    kept = council.council.frameworks.get()
    kept.text = kept.text.replace('"indicators", "evaluations"]', '"indicators"]')
    kept.save()


def issued(council: SmallCouncil, body: Body, cycle: ReportingCycle | None = None) -> Pack:
    """Keep an issued pack that says nothing but a heading."""
    tree = Document(
        title="", council="", forum="", cycle="", sections=(Section(title="Kept paper"),)
    )
    return factories.PackFactory(
        cycle=cycle or council.quarter,
        body=body,
        framework=council.council.frameworks.get(),
        tree=to_json(tree),
        issued_by=council.holder_of(council.posts.manager),
    )


def _posts(council: Council) -> Posts:
    return Posts(
        manager=_post(council, "Performance Manager", "Petra Moss", Duty.PERFORMANCE_MANAGER),
        director=_post(council, "Corporate Director", "Dora Hill"),
        lead_officer=_post(council, "Head of Leisure", "Leo Park"),
        portfolio_lead=_post(council, "Portfolio Lead for Leisure", "Cllr Cora Wood"),
        action_officer=_post(council, "Play Officer", "Aled Rees"),
        joint_officer=_post(council, "Youth Worker", "Jo Field"),
        indicator_officer=_post(council, "Museums Manager", "Ines Ford"),
        councillor=_post(council, "Committee Chair", "Cllr Cyril Bay"),
        clerk=_post(council, "Clerk", "Carl Lane"),
    )


def _post(council: Council, title: str, holder: str, duty: Duty | None = None) -> Post:
    post = factories.PostFactory(council=council, title=title, duty=duty)
    email = f"{holder.lower().replace(' ', '.')}@{council.name}.example"
    user = factories.UserFactory(name=holder, email=email)
    factories.PostHoldingFactory(post=post, holder=user)
    return post


def _bodies(council: Council, posts: Posts) -> dict[str, Body]:
    founded = [
        ("DMT", "Directors' Management Team", BodyKind.DMT, posts.director),
        ("Scrutiny", "Scrutiny Committee", BodyKind.SCRUTINY, posts.portfolio_lead),
        ("PDC-CYPF", "Young People Committee", BodyKind.PDC, posts.councillor),
        ("LSP-Executive", "LSP Executive", BodyKind.LSP_EXECUTIVE_BOARD, posts.councillor),
    ]
    bodies = {}
    for code, title, kind, member in founded:
        body = factories.BodyFactory(council=council, code=code, title=title, kind=kind)
        factories.BodyMembershipFactory(body=body, post=member)
        bodies[code] = body
    return bodies


def _plans(council: Council, posts: Posts, bodies: dict[str, Body]) -> tuple[Plan, Plan]:
    corporate = factories.CorporatePlanFactory(council=council, approved_on=date(2009, 4, 29))
    first, second = (
        factories.PriorityFactory(corporate_plan=corporate, number=number, title=title)
        for number, title in enumerate(["Young people", "Clean streets"], start=1)
    )
    cypf = factories.PlanFactory(
        priority=first,
        code="CYPF",
        title="Children and Young People",
        lead_member=posts.director,
        lead_officer=posts.lead_officer,
        portfolio_lead=posts.portfolio_lead,
        receiving_body=bodies["PDC-CYPF"],
    )
    es = factories.PlanFactory(
        priority=second,
        code="ES",
        title="Environment",
        lead_member=posts.director,
        lead_officer=posts.manager,
    )
    return cypf, es


def _actions(cypf: Plan, es: Plan, posts: Posts) -> tuple[Action, Action, Action]:
    clubs = factories.ChallengeFactory(plan=cypf, number=1, title="Give young people places to go")
    streets = factories.ChallengeFactory(plan=es, number=1, title="Keep the streets clean")
    club = factories.ActionFactory(
        challenge=clubs,
        number=1,
        description="Open a homework club",
        due_words="By the end of September",
        due_on=date(2009, 9, 30),
        action_officer=posts.action_officer,
    )
    factories.ActionOfficerFactory(action=club, post=posts.joint_officer, number=2)
    grant = factories.ActionFactory(
        challenge=clubs,
        number=2,
        description="Pay grants to sports clubs",
        due_words="From 1 April 2009",
        action_officer=posts.action_officer,
    )
    later = factories.ActionFactory(
        challenge=streets,
        number=1,
        description="Sweep the market square daily",
        due_words="From 1 January 2010",
        starts_on=date(2010, 1, 1),
        action_officer=posts.action_officer,
    )
    return club, grant, later


def _indicators(cypf: Plan, es: Plan, posts: Posts) -> tuple[Indicator, Indicator, Indicator]:
    visits = factories.IndicatorFactory(
        council=cypf.council,
        reference="CYPF8",
        definition="Visits to the museum",
        baseline="48,000 in 2008/09",
        previous_outturn=Decimal(50_000),
        indicator_officer=posts.indicator_officer,
    )
    attendance = factories.IndicatorFactory(
        council=cypf.council,
        reference="CYPF9",
        other_reference="NI 87",
        definition="Pupils absent from school",
        polarity=Polarity.LOW,
        unit=Unit.PERCENT,
        decimals=1,
        frequency=Frequency.QUARTERLY,
        accumulation=Accumulation.LATEST,
        indicator_officer=posts.indicator_officer,
    )
    swans = factories.IndicatorFactory(
        council=es.council,
        reference="ES1",
        definition="Swans on the pond",
        polarity=Polarity.NONE,
        frequency=Frequency.ANNUAL,
        accumulation=Accumulation.LATEST,
        indicator_officer=posts.indicator_officer,
    )
    factories.TargetFactory(indicator=visits, value=Decimal(54_000))
    factories.TargetFactory(indicator=attendance, value=Decimal("5.0"))
    factories.DesignationFactory(indicator=attendance, kind=IndicatorKind.LAA)
    for number, (plan, indicator) in enumerate(
        [(cypf, visits), (cypf, attendance), (es, swans)], start=1
    ):
        factories.PlanIndicatorFactory(plan=plan, indicator=indicator, number=number)
    return visits, attendance, swans


def _cycles(council: Council) -> tuple[ReportingCycle, ReportingCycle]:
    six_weekly = factories.SixWeeklyCycleFactory(council=council)
    quarter = factories.ReportingCycleFactory(council=council, kind=CycleKind.QUARTERLY)
    papers_out = [(six_weekly, date(2009, 6, 11)), (quarter, date(2009, 8, 6))]
    meets = [(six_weekly, date(2009, 6, 16)), (quarter, date(2009, 8, 11))]
    for step, days in [(Step.PAPERS_OUT, papers_out), (Step.FORUM_RECEIVES, meets)]:
        for cycle, day in days:
            factories.MilestoneFactory(cycle=cycle, step=step, starts_on=day)
    return six_weekly, quarter
