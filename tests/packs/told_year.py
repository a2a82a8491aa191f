"""A small council's year with something of all that papers tell, for each of the forums that read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from goldenthread.documents.tree import Document
from goldenthread.domain.kinds import BodyKind, CycleKind
from goldenthread.domain.rating import Rating
from goldenthread.organisation.models import Body
from goldenthread.packs.compose.pack import compose
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate, ReportingCycle
from tests.factories import (
    ActionUpdateFactory,
    AnnualCycleFactory,
    BodyFactory,
    BudgetLineFactory,
    EvaluationFactory,
    ExceptionReportFactory,
    FinanceFigureFactory,
    FinanceStatementFactory,
    IndicatorUpdateFactory,
    MeasurementFactory,
    PackFactory,
    PlannedStepFactory,
    PlanStatementFactory,
    ReportingCycleFactory,
    RiskActionFactory,
    RiskActionUpdateFactory,
    RiskFactory,
    SixWeeklyCycleFactory,
    TargetRevisionFactory,
    UserFactory,
)
from tests.pages.small_council import MONTHS, PAPERS_OUT, SmallCouncil, found_small_council
from tests.reporting.signed import sign_off

LATE = datetime(2009, 7, 24, 10, tzinfo=UTC)
IN_SEPTEMBER = datetime(2009, 9, 17, 10, tzinfo=UTC)
IN_MAY = datetime(2010, 5, 20, 10, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class ToldYear:
    """The council, the further forums that receive papers, and the cycles that follow its first two."""

    small: SmallCouncil
    strategic_board: Body
    full_council: Body
    second_six_weekly: ReportingCycle
    annual: ReportingCycle

    def papers(self) -> dict[str, Document]:
        """Compose the papers of each kind of forum, by the name of the text that was approved."""
        small = self.small
        wanted = {
            "six-weekly-dmt": (self.second_six_weekly, small.dmt, IN_SEPTEMBER),
            "quarterly-dmt": (small.quarter, small.dmt, PAPERS_OUT),
            "quarterly-scrutiny": (small.quarter, small.scrutiny, PAPERS_OUT),
            "quarterly-committee": (small.quarter, small.committee, PAPERS_OUT),
            "quarterly-executive-board": (small.quarter, small.partnership, PAPERS_OUT),
            "quarterly-strategic-board": (small.quarter, self.strategic_board, PAPERS_OUT),
            "annual-council": (self.annual, self.full_council, IN_MAY),
        }
        return {name: compose(cycle, body, at=at) for name, (cycle, body, at) in wanted.items()}


def tell_year() -> ToldYear:
    """Found the council and have everybody in it say something."""
    small = found_small_council()
    strategic_board, full_council = (
        BodyFactory(council=small.council, code=code, title=title, kind=kind)
        for code, title, kind in (
            ("LSP-Strategic", "LSP Strategic Board", BodyKind.LSP_STRATEGIC_BOARD),
            ("Council", "Full Council", BodyKind.COUNCIL),
        )
    )
    _first_six_weekly(small)
    _quarter(small)
    second = SixWeeklyCycleFactory(
        council=small.council,
        code="6W2",
        quarter=2,
        observes_from=date(2009, 7, 1),
        observes_to=date(2009, 9, 30),
        opens_on=date(2009, 8, 31),
        due_on=date(2009, 9, 14),
    )
    _second_six_weekly(small, second)
    return ToldYear(
        small=small,
        strategic_board=strategic_board,
        full_council=full_council,
        second_six_weekly=second,
        annual=_year(small),
    )


def _first_six_weekly(small: SmallCouncil) -> None:
    cycle = small.six_weekly
    for action, rating in ((small.club, Rating.AMBER), (small.grant, Rating.AMBER)):
        ActionUpdateFactory(cycle=cycle, action=action, submitted=True, rating=rating)
    for indicator, rated in ((small.visits, Rating.RED), (small.attendance, Rating.GREEN)):
        IndicatorUpdateFactory(cycle=cycle, indicator=indicator, submitted=True, rating=rated)


def _quarter(small: SmallCouncil) -> None:
    cycle = small.quarter
    _figures(small)
    club = ActionUpdateFactory(
        cycle=cycle,
        action=small.club,
        submitted=True,
        rating=Rating.RED,
        commentary="The hall was let to another club.\nWe look for a second one.",
    )
    ActionUpdateFactory(
        cycle=cycle,
        action=small.grant,
        submitted=True,
        submitted_at=LATE,
        commentary="All nine clubs have their grants.",
    )
    IndicatorUpdateFactory(
        cycle=cycle,
        indicator=small.visits,
        submitted=True,
        rating=Rating.AMBER,
        commentary="June brought the school parties back.",
        estimated_outturn=Decimal(50_500),
        projected_outturn=Decimal(49_200),
        suggested_rating=Rating.RED,
        judgement_reason="The summer show opens in August.",
    )
    attendance = IndicatorUpdateFactory(
        cycle=cycle,
        indicator=small.attendance,
        submitted=True,
        rating=Rating.AMBER,
        commentary="A stomach bug closed two schools in May.",
        estimated_outturn=Decimal("5.2"),
    )
    IndicatorUpdateFactory(
        cycle=cycle,
        indicator=small.swans,
        submitted=True,
        rating=None,
        estimated_outturn=Decimal(12),
        commentary="Seven cygnets.",
    )
    _explain(club, attendance)
    _say_of_the_plan(small)
    sign_off(cycle, small.cypf)


def _figures(small: SmallCouncil) -> None:
    for (starts_on, ends_on), value in zip(MONTHS, (3700, 4100, 4500), strict=True):
        MeasurementFactory(
            indicator=small.visits, starts_on=starts_on, ends_on=ends_on, value=Decimal(value)
        )
    quarters = ((date(2008, 4, 1), "5.1"), (date(2009, 1, 1), "5.4"), (date(2009, 4, 1), "5.3"))
    for starts_on, share in quarters:
        ends_on = starts_on.replace(
            month=starts_on.month + 2, day=30 if starts_on.month == 4 else 31
        )
        MeasurementFactory(
            indicator=small.attendance, starts_on=starts_on, ends_on=ends_on, value=Decimal(share)
        )
    TargetRevisionFactory(
        target=small.visits.targets.get(),
        number=1,
        was="60,000",
        became="54,000",
        revised_by=UserFactory(name="Petra Moss"),
    )


def _explain(club: ActionUpdate, attendance: IndicatorUpdate) -> None:
    """Explain two of the three that are off track; the third report is owed."""
    report = ExceptionReportFactory(
        action_update=club,
        submitted=True,
        why="The hall that we had been promised was let to another club in May.",
        done="We asked three schools.",
        needs_resources=True,
        resources="£400 to hire the scout hut until Christmas.",
        planned_step=None,
    )
    PlannedStepFactory(report=report, what="See the scout hut", due_on=date(2009, 8, 14))
    PlannedStepFactory(
        report=report, number=2, what="Open in the scout hut", due_on=date(2009, 9, 7)
    )
    ExceptionReportFactory(
        action_update=None,
        indicator_update=attendance,
        submitted=True,
        why="A stomach bug closed two schools in May.",
        planned_step__what="Write to the parents of those away for ten days",
    )


def _say_of_the_plan(small: SmallCouncil) -> None:
    cycle, plan = small.quarter, small.cypf
    PlanStatementFactory(
        cycle=cycle, plan=plan, submitted=True, saved_by=UserFactory(name="Leo Park")
    )
    risk = RiskFactory(plan=plan, number=1)
    look, ask = (
        RiskActionFactory(risk=risk, number=number, description=what, risk_owner=small.posts.clerk)
        for number, what in enumerate(("Look for a second hall", "Ask the school"), start=1)
    )
    RiskActionUpdateFactory(
        cycle=cycle,
        risk_action=look,
        submitted=True,
        rating=Rating.AMBER,
        being_done="We see the scout hut on Monday.",
    )
    assert ask.number == 2, "nobody returns on it"
    statement = FinanceStatementFactory(
        cycle=cycle,
        plan=plan,
        submitted=True,
        words="The grant for play is not in yet.",
        saved_by=UserFactory(name="Sunita Parmar"),
        submitted_for__title="Accountant",
    )
    lines = (("Wardens", 200_000, 185_000, "Two left in April."), ("Grants", 1_034_567, None, ""))
    for number, (heading, amount, forecast, why) in enumerate(lines, start=1):
        line = BudgetLineFactory(plan=plan, number=number, heading=heading, amount=Decimal(amount))
        said = {} if forecast is None else {"forecast": Decimal(forecast), "explanation": why}
        FinanceFigureFactory(statement=statement, line=line, **said)


def _second_six_weekly(small: SmallCouncil, cycle: ReportingCycle) -> None:
    """The directors have had the quarter's papers; of what was promised in them something is due."""
    PackFactory(
        cycle=small.quarter,
        body=small.dmt,
        framework=small.council.frameworks.get(),
        issued_at=PAPERS_OUT,
    )
    ActionUpdateFactory(
        cycle=cycle,
        action=small.club,
        submitted=True,
        rating=Rating.RED,
        commentary="The scout hut is too small. The library may have a room.",
    )
    ActionUpdateFactory(cycle=cycle, action=small.grant, submitted=True, commentary="All is paid.")
    IndicatorUpdateFactory(
        cycle=cycle,
        indicator=small.visits,
        submitted=True,
        commentary="The summer show drew 9,000.",
        estimated_outturn=Decimal(54_500),
    )


def _year(small: SmallCouncil) -> ReportingCycle:
    last = ReportingCycleFactory(
        council=small.council,
        code="Q4",
        kind=CycleKind.QUARTERLY,
        quarter=4,
        observes_from=date(2010, 1, 1),
        observes_to=date(2010, 3, 31),
        opens_on=date(2010, 4, 9),
        due_on=date(2010, 4, 23),
    )
    annual = AnnualCycleFactory(council=small.council)
    ActionUpdateFactory(
        cycle=last, action=small.club, submitted=True, commentary="Forty pupils come each week."
    )
    ActionUpdateFactory(
        cycle=last,
        action=small.later,
        submitted=True,
        rating=Rating.AMBER,
        commentary="Swept on most days.",
    )
    IndicatorUpdateFactory(
        cycle=last,
        indicator=small.visits,
        submitted=True,
        commentary="The best year since 2001.",
        estimated_outturn=Decimal(55_120),
    )
    EvaluationFactory(
        cycle=annual,
        action=small.club,
        submitted=True,
        delivered="The club opened in the library in January.",
        difference="Forty pupils do their homework there; six in ten get better marks.",
        saved_by=UserFactory(name="Aled Rees"),
    )
    return annual
