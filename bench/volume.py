"""A council of the size that the budgets speak of: its plans, returns, exceptions and risks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import resources
from typing import Any

from goldenthread.accounts.models import User
from goldenthread.domain.kinds import BodyKind, Frequency, ItemKind, Unit
from goldenthread.domain.outturn import Accumulation
from goldenthread.domain.periods import FinancialYear, periods_of
from goldenthread.domain.rating import Polarity, Rating, TargetFigures
from goldenthread.domain.timetable_csv import read_timetable
from goldenthread.exception_reports.models import ExceptionReport, PlannedStep
from goldenthread.indicators import operations as indicators
from goldenthread.indicators.models import Indicator
from goldenthread.organisation import holdings
from goldenthread.organisation import operations as organisation
from goldenthread.organisation.models import Body, Council, Duty, Post
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans import operations as plans
from goldenthread.plans.models import Action, BudgetLine, Plan, Risk, RiskAction
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate, ReportingCycle
from goldenthread.reporting.my_updates import MyItem, my_updates
from goldenthread.reporting.operations.doubting import figure_field
from goldenthread.reporting.queries.filings import IndicatorFiling
from goldenthread.risks.models import RiskActionUpdate
from goldenthread.statements.models import FinanceFigure, FinanceStatement, PlanStatement
from goldenthread.timetables.operations.planning import plan_year

AT = datetime(2009, 4, 1, 9, tzinfo=UTC)
IN_SIX_WEEKLY_2 = datetime(2009, 9, 4, 12, tzinfo=UTC)
IN_QUARTER_1 = datetime(2009, 7, 15, 12, tzinfo=UTC)
YEAR = FinancialYear(2009)
PLANS, CHALLENGES, ACTIONS, INDICATORS, EXCEPTIONS = 6, 5, 8, 30, 60
RISKS, BUDGET_LINES = 15, 8
WORDS = (
    "The work went on through June with two partners, and the first results are in. Numbers rose "
    "at both sites, less at the second, where the heating failed for nine days. The contractor is "
    "back on 3 August, and we expect to make up the ground by the end of September."
)
NEW_WORDS = f"{WORDS} Since then a third partner has come in."


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """What the measurements need of the council."""

    council: Council
    manager: Officeholder
    officer: Officeholder
    dmt: Body
    quarter_1: ReportingCycle
    plan: Plan


def build() -> Volume:
    """Build the council, with a whole quarter 1 but for what one officer still has to return."""
    council = organisation.add_council(name="volume", title="Volume Council", by=None, at=AT)
    framework = resources.files("goldenthread.organisation").joinpath("framework.toml")
    organisation.adopt_framework(council=council, text=framework.read_text(), by=None, at=AT)
    manager = _person(council, "Performance Manager", Duty.PERFORMANCE_MANAGER)
    officers = [_person(council, f"Head of Priority {number}") for number in range(1, PLANS + 1)]
    dmt = organisation.add_body(
        council=council,
        code="DMT",
        title="Directors' management team",
        kind=BodyKind.DMT,
        members=[manager.posts[0]],
        by=None,
        at=AT,
    )
    timetable = resources.files("goldenthread.demo").joinpath("data/timetable-2009-10.csv")
    entries = read_timetable(timetable.read_text().splitlines(keepends=True))
    plan_year(council=council, year=YEAR, entries=entries, by=None, at=AT)
    every = [
        _plan(council, officer.posts[0], number) for number, officer in enumerate(officers, start=1)
    ]
    cycles = {c.code: c for c in ReportingCycle.objects.filter(council=council)}
    for code in ("6W1", "Q1"):
        _returns(cycles[code], manager.user)
    _exceptions(cycles["Q1"], manager.user)
    _parts(cycles["Q1"], every, manager.user)
    return Volume(
        council=council,
        manager=manager,
        officer=officers[0],
        dmt=dmt,
        quarter_1=cycles["Q1"],
        plan=every[0],
    )


def _person(council: Council, title: str, duty: Duty | None = None) -> Officeholder:
    post = organisation.add_post(council=council, title=title, duty=duty, by=None, at=AT)
    email = f"{title.lower().replace(' ', '.')}@volume.example"
    user = User.objects.create_user(email=email, name=title)
    holdings.take_up_post(post=post, holder=user, starts_on=date(2009, 4, 1), by=None, at=AT)
    return Officeholder(user=user, council=council, posts=(post,))


def _plan(council: Council, post: Post, number: int) -> Plan:
    corporate = council.corporate_plans.first() or plans.add_corporate_plan(
        council=council,
        title="Corporate Plan",
        starts_on=date(2009, 4, 1),
        ends_on=date(2012, 3, 31),
        approved_on=None,
        by=None,
        at=AT,
    )
    priority = plans.add_priority(
        corporate_plan=corporate, number=number, title=f"Priority {number}", by=None, at=AT
    )
    plan = plans.add_plan(
        priority=priority,
        code=f"P{number}",
        title=f"Plan {number} for a priority with a title of some length",
        lead_member=post,
        lead_officer=post,
        portfolio_lead=None,
        receiving_body=None,
        by=None,
        at=AT,
    )
    _actions(plan, post)
    for place in range(1, INDICATORS + 1):
        _indicator(council, plan, post, place)
    return plan


def _actions(plan: Plan, post: Post) -> None:
    for number in range(1, CHALLENGES + 1):
        challenge = plans.add_challenge(
            plan=plan, number=number, title=f"To do the {number}th thing well", by=None, at=AT
        )
        for place in range(1, ACTIONS + 1):
            action = Action(
                challenge=challenge,
                number=place,
                description=f"Do piece {place} of the work, with the County and two partners",
                due_words="By March 2010",
                due_on=date(2010, 3, 31),
                action_officer=post,
            )
            plans.add_action(action, officers=[post], by=None, at=AT)


def _indicator(council: Council, plan: Plan, post: Post, place: int) -> None:
    indicator = indicators.add_indicator(
        Indicator(
            council=council,
            reference=f"{plan.code}-{place}",
            other_reference=f"NI {place}",
            definition="Visits to a place that the Council keeps, counted at the door",
            polarity=Polarity.HIGH,
            unit=Unit.NUMBER,
            decimals=0,
            frequency=Frequency.MONTHLY,
            accumulation=Accumulation.SUM,
            previous_outturn=Decimal(48_000),
            indicator_officer=post,
        ),
        kinds=[],
        by=None,
        at=AT,
    )
    indicators.set_target(
        indicator=indicator,
        year=YEAR,
        figures=TargetFigures(value=Decimal(50_000)),
        by=None,
        at=AT,
    )
    figures = [
        indicators.GivenFigure(period=period, value=Decimal(4_000 + (37 * n * place) % 900))
        for years in (2006, 2007, 2008)
        for n, period in enumerate(periods_of(FinancialYear(years), Frequency.MONTHLY))
    ]
    early = periods_of(YEAR, Frequency.MONTHLY)[:3]
    figures += [indicators.GivenFigure(period=p, value=Decimal(4_200)) for p in early]
    indicators.record_history(indicator=indicator, figures=figures[3:], by=None, at=AT)
    plans.place_indicator(plan=plan, indicator=indicator, number=place, by=None, at=AT)


def _rating(place: int) -> Rating:
    return {0: Rating.RED, 1: Rating.AMBER}.get(place % 7, Rating.GREEN)


def _returns(cycle: ReportingCycle, user: User) -> None:
    """Put a cycle's returns in at once; one action is left for its officer."""
    said = {
        "cycle": cycle,
        "commentary": WORDS,
        "version": 1,
        "saved_at": IN_QUARTER_1,
        "saved_by": user,
        "submitted_at": IN_QUARTER_1,
        "submitted_by": user,
    }
    council = cycle.council_id
    actions = Action.objects.filter(challenge__plan__council=council).order_by("pk")
    ActionUpdate.objects.bulk_create(
        ActionUpdate(action=action, rating=_rating(place), **said)
        for place, action in enumerate(actions[1:])
    )
    IndicatorUpdate.objects.bulk_create(
        IndicatorUpdate(
            indicator=indicator,
            rating=_rating(place),
            suggested_rating=_rating(place),
            suggestion_reason="the estimated outturn is where it is",
            estimated_outturn=Decimal(50_100),
            projected_outturn=Decimal(50_400),
            **said,
        )
        for place, indicator in enumerate(Indicator.objects.filter(council=council).order_by("pk"))
    )


def _exceptions(cycle: ReportingCycle, user: User) -> None:
    off_track = ActionUpdate.objects.filter(cycle=cycle).exclude(rating=Rating.GREEN)
    ExceptionReport.objects.bulk_create(
        ExceptionReport(
            action_update=update,
            why=WORDS,
            done=WORDS,
            limits=WORDS,
            needs_resources=False,
            is_exceptional=False,
            version=1,
            saved_at=IN_QUARTER_1,
            saved_by=user,
            submitted_at=IN_QUARTER_1,
            submitted_by=user,
        )
        for update in off_track[:EXCEPTIONS]
    )
    PlannedStep.objects.bulk_create(
        PlannedStep(
            report=report,
            number=number,
            what="Agree the next piece of the work with both partners",
            owner_words="Head of Priority",
            due_on=date(2009, 10, number),
        )
        for report in ExceptionReport.objects.filter(action_update__cycle=cycle)
        for number in (1, 2, 3)
    )


def _parts(cycle: ReportingCycle, every: list[Plan], user: User) -> None:
    """Give each plan its overview, its finances and its risk register, all returned."""
    said = {
        "cycle": cycle,
        "version": 1,
        "saved_at": IN_QUARTER_1,
        "saved_by": user,
        "submitted_at": IN_QUARTER_1,
        "submitted_by": user,
    }
    for plan in every:
        _whole_plan(plan, {**said, "submitted_for": plan.lead_officer})
        for number in range(1, RISKS + 1):
            _risk(plan, number, said)


def _whole_plan(plan: Plan, said: dict[str, Any]) -> None:
    answer = {"question": "How is the plan doing as a whole?", "words": WORDS, "is_yes": None}
    answers = dict.fromkeys(("on_track", "improvements", "issues", "resources"), answer)
    PlanStatement.objects.create(plan=plan, key="overview", answers=answers, **said)
    statement = FinanceStatement.objects.create(plan=plan, words=WORDS, **said)
    for number in range(1, BUDGET_LINES + 1):
        line = BudgetLine.objects.create(
            plan=plan, year=2009, number=number, heading=f"Line {number}", amount=Decimal(100_000)
        )
        FinanceFigure.objects.create(
            statement=statement,
            line=line,
            heading=line.heading,
            budget=line.amount,
            spent=Decimal(25_000),
            forecast=Decimal(112_000),
            explanation=WORDS,
        )


def _risk(plan: Plan, number: int, said: dict[str, Any]) -> None:
    risk = Risk.objects.create(plan=plan, number=number, description="A partner withdraws")
    action = RiskAction.objects.create(
        risk=risk, number=1, description="Find another", risk_owner=plan.lead_officer
    )
    RiskActionUpdate.objects.create(
        risk_action=action, rating=_rating(number), commentary=WORDS, being_done=WORDS, **said
    )


def filled_rows(built: Volume, *, actions: int, indicators: int) -> dict[str, str]:
    """Fill some rows of the officer's table, as a browser sends them."""
    mine = my_updates(built.officer, today=IN_SIX_WEEKLY_2.date())
    of_kind = {
        kind: [item for item in mine.to_file if item.item_kind is kind]
        for kind in (ItemKind.ACTION, ItemKind.INDICATOR)
    }
    sent: dict[str, str] = {}
    for item in of_kind[ItemKind.ACTION][:actions]:
        sent |= {f"{item.key}-rating": "green", f"{item.key}-commentary": NEW_WORDS}
    for item in of_kind[ItemKind.INDICATOR][:indicators]:
        answers = {"rating": "green", "commentary": NEW_WORDS, "estimated_outturn": "50,100"}
        answers |= {figure_field(starts_on): "4,300" for starts_on in _wanted(item)}
        sent |= {f"{item.key}-{name}": value for name, value in answers.items()}
    return sent


def _wanted(item: MyItem) -> list[date]:
    if not isinstance(item.filing, IndicatorFiling):
        return []
    return [asked.period.starts_on for asked in item.filing.figures.wanted if asked.is_due]
