"""Records of every kind, each made with the least that it can stand with.

Whatever one factory makes hangs from one council: that of a record given to it, or a new one. So
`ActionFactory(challenge=challenge)` puts the action's officer in the challenge's own council.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from importlib import resources
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.contrib.auth.hashers import make_password
from django.db import models
from factory.declarations import (
    LazyAttribute,
    LazyFunction,
    RelatedFactory,
    SelfAttribute,
    Sequence,
    SubFactory,
    Trait,
)
from factory.django import DjangoModelFactory

from goldenthread.accounts.models import User
from goldenthread.audit.models import AuditChain, AuditEntry, Verb
from goldenthread.documents.formats import Format
from goldenthread.domain.cycle_steps import CycleStep
from goldenthread.domain.exception_states import EndorsingRole
from goldenthread.domain.kinds import (
    BodyKind,
    CycleKind,
    Frequency,
    IndicatorKind,
    LeadRole,
    Precision,
    Step,
    Unit,
)
from goldenthread.domain.outturn import Accumulation
from goldenthread.domain.posts import Capacity
from goldenthread.domain.promises import StepOutcome
from goldenthread.domain.rating import Polarity, Rating
from goldenthread.evaluations.models import Evaluation
from goldenthread.exception_reports.county_formats import CountyFormat
from goldenthread.exception_reports.models import (
    CountyFile,
    Endorsement,
    ExceptionReport,
    PlannedStep,
    StepFollowUp,
)
from goldenthread.indicators.models import (
    Designation,
    Indicator,
    Measurement,
    Target,
    TargetRevision,
)
from goldenthread.notices.models import Notice, NoticeKind
from goldenthread.organisation.models import (
    Body,
    BodyMembership,
    Council,
    FrameworkVersion,
    Post,
    PostHolding,
    WordTemplate,
)
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.packs.models import Edition, Exemption, FileToMake, Pack, PackEdition, PackFile
from goldenthread.plans.models import (
    Action,
    ActionOfficer,
    BudgetLine,
    Challenge,
    CorporatePlan,
    DueRevision,
    Plan,
    PlanIndicator,
    Priority,
    Risk,
    RiskAction,
)
from goldenthread.reporting.models import (
    ActionUpdate,
    Correction,
    IndicatorUpdate,
    LettingIn,
    Milestone,
    ReportingCycle,
    SignOff,
    StepTaken,
    UploadedWorkbook,
)
from goldenthread.risks.models import RiskActionUpdate
from goldenthread.statements.models import FinanceFigure, FinanceStatement, PlanStatement
from goldenthread.timetables.models import CalendarFeed, ClosedPeriod
from tests.documents.templates import template

M = TypeVar("M", bound=models.Model)

SHIPPED_FRAMEWORK = (resources.files("goldenthread.organisation") / "framework.toml").read_text(
    encoding="utf-8"
)
Q1_OPENS_ON, Q1_DUE_ON = date(2009, 7, 7), date(2009, 7, 21)
IN_Q1 = datetime(2009, 7, 14, 10, tzinfo=UTC)
"""A moment at which the first quarter's cycle takes returns."""

_UP = (
    *("council", "corporate_plan", "plan", "challenge", "action", "indicator", "post", "body"),
    *("cycle", "action_update", "indicator_update", "pack", "report", "step"),
    *("risk", "risk_action", "statement", "line"),
)


def council_of(record: object) -> Council | None:
    """Find the council that a record hangs from, or None for a person or anything else."""
    if isinstance(record, Council):
        return record
    owners = (
        (getattr(record, name, None) for name in _UP) if isinstance(record, models.Model) else ()
    )
    return next((found for found in map(council_of, owners) if found), None)


class _Factory(DjangoModelFactory[M], Generic[M]):
    class Meta:
        abstract = True

    if TYPE_CHECKING:
        # The library leaves out of its types that calling a factory gives a record.
        def __new__(cls, **given: Any) -> M: ...  # type: ignore[misc]


class _InOneCouncil(_Factory[M], Generic[M]):
    """Makes a record in the council of whatever record it was given."""

    class Meta:
        abstract = True

    @classmethod
    def _generate(cls, strategy: Any, params: dict[str, Any]) -> M:
        found = next(filter(None, map(council_of, params.values())), None)
        made: M = super()._generate(strategy, {"council": found, **params} if found else params)
        return made


def _of_council(factory: type[DjangoModelFactory[Any]], **given: Any) -> Any:
    return SubFactory(factory, council=SelfAttribute("..council"), **given)


class UserFactory(_Factory[User]):
    """Somebody who can be signed in with `client.force_login`, and has no password."""

    class Meta:
        model = User

    email = Sequence(lambda n: f"officer{n}@council.example")
    name = Sequence(lambda n: f"Officer {n}")
    password = LazyFunction(lambda: make_password(None))


class CouncilFactory(_Factory[Council]):
    class Meta:
        model = Council

    name = Sequence(lambda n: f"council-{n}")
    title = Sequence(lambda n: f"Council {n}")


class _UnderCouncil(_InOneCouncil[M], Generic[M]):
    """Makes a record that hangs from its council only by way of others."""

    class Meta:
        abstract = True

    class Params:
        council = SubFactory(CouncilFactory)


class FrameworkVersionFactory(_Factory[FrameworkVersion]):
    """The framework that is shipped, in force from the start of 2009/10."""

    class Meta:
        model = FrameworkVersion

    council = SubFactory(CouncilFactory)
    version = "2009-10"
    text = SHIPPED_FRAMEWORK
    adopted_at = datetime(2009, 4, 1, 9, tzinfo=UTC)


class PostFactory(_Factory[Post]):
    class Meta:
        model = Post

    council = SubFactory(CouncilFactory)
    title = Sequence(lambda n: f"Head of Service {n}")


class WordTemplateFactory(_Factory[WordTemplate]):
    """A clerk's document with a header of its own."""

    class Meta:
        model = WordTemplate

    council = SubFactory(CouncilFactory)
    name = "committee-paper.docx"
    content = LazyFunction(template)
    size = LazyAttribute(lambda made: len(made.content))
    sha256 = LazyAttribute(lambda made: hashlib.sha256(made.content).hexdigest())
    uploaded_at = IN_Q1
    uploaded_by = SubFactory(UserFactory)


class PostHoldingFactory(_UnderCouncil[PostHolding]):
    class Meta:
        model = PostHolding

    post = _of_council(PostFactory)
    holder = SubFactory(UserFactory)
    starts_on = date(2009, 4, 1)


def officeholder(*posts: Post, user: User | None = None) -> Officeholder:
    """Put a person, or a new one, in posts of one council, without writing down that they hold them."""
    return Officeholder(user=user or UserFactory(), council=posts[0].council, posts=posts)


class BodyFactory(_Factory[Body]):
    class Meta:
        model = Body

    council = SubFactory(CouncilFactory)
    code = Sequence(lambda n: f"DMT-{n}")
    title = Sequence(lambda n: f"Directors' management team {n}")
    kind = BodyKind.DMT


class BodyMembershipFactory(_UnderCouncil[BodyMembership]):
    class Meta:
        model = BodyMembership

    body = _of_council(BodyFactory)
    post = _of_council(PostFactory)


class CorporatePlanFactory(_Factory[CorporatePlan]):
    class Meta:
        model = CorporatePlan

    council = SubFactory(CouncilFactory)
    title = "Corporate plan 2009 to 2012"
    starts_on = date(2009, 4, 1)
    ends_on = date(2012, 3, 31)


class PriorityFactory(_UnderCouncil[Priority]):
    class Meta:
        model = Priority

    corporate_plan = _of_council(CorporatePlanFactory)
    number = Sequence(lambda n: n + 1)
    title = Sequence(lambda n: f"Priority {n + 1}")


class PlanFactory(_InOneCouncil[Plan]):
    class Meta:
        model = Plan

    council = SubFactory(CouncilFactory)
    priority = _of_council(PriorityFactory)
    code = Sequence(lambda n: f"PLAN{n}")
    title = Sequence(lambda n: f"Plan {n}")
    lead_member = _of_council(PostFactory)
    lead_officer = _of_council(PostFactory)


class ChallengeFactory(_UnderCouncil[Challenge]):
    class Meta:
        model = Challenge

    plan = _of_council(PlanFactory)
    number = Sequence(lambda n: n + 1)
    title = "Raise attainment"


class ActionOfficerFactory(_UnderCouncil[ActionOfficer]):
    class Meta:
        model = ActionOfficer

    action = SubFactory("tests.factories.ActionFactory", council=SelfAttribute("..council"))
    post = _of_council(PostFactory)
    number = 2


class ActionFactory(_UnderCouncil[Action]):
    """An action held by one post, which answers for it."""

    class Meta:
        model = Action
        skip_postgeneration_save = True

    challenge = _of_council(ChallengeFactory)
    number = Sequence(lambda n: n + 1)
    description = "Open a homework club"
    action_officer = _of_council(PostFactory)
    holding = RelatedFactory(
        ActionOfficerFactory,
        factory_related_name="action",
        council=SelfAttribute("..council"),
        post=SelfAttribute("..action_officer"),
        number=1,
    )


class DueRevisionFactory(_UnderCouncil[DueRevision]):
    """Cabinet's first revision of when an action is due, entered in July."""

    class Meta:
        model = DueRevision

    action = _of_council(ActionFactory)
    number = Sequence(lambda n: n + 1)
    was = "By the end of June"
    became = "By the end of September"
    reason = "The hall is being mended."
    authority = "Cabinet, 8 July 2009, minute 46"
    revised_at = datetime(2009, 7, 10, 10, tzinfo=UTC)
    revised_by = SubFactory(UserFactory)


class IndicatorFactory(_InOneCouncil[Indicator]):
    """An indicator counted monthly, of which more is better."""

    class Meta:
        model = Indicator

    council = SubFactory(CouncilFactory)
    reference = Sequence(lambda n: f"PI{n}")
    definition = "Visits to museums"
    polarity = Polarity.HIGH
    unit = Unit.NUMBER
    frequency = Frequency.MONTHLY
    accumulation = Accumulation.SUM
    indicator_officer = _of_council(PostFactory)


class PlanIndicatorFactory(_UnderCouncil[PlanIndicator]):
    class Meta:
        model = PlanIndicator

    plan = _of_council(PlanFactory)
    indicator = _of_council(IndicatorFactory)
    number = Sequence(lambda n: n + 1)


class DesignationFactory(_UnderCouncil[Designation]):
    class Meta:
        model = Designation

    indicator = _of_council(IndicatorFactory)
    kind = IndicatorKind.LOCAL


class TargetFactory(_UnderCouncil[Target]):
    """A target for 2009/10."""

    class Meta:
        model = Target

    indicator = _of_council(IndicatorFactory)
    year = 2009
    value = Decimal(1200)


class TargetRevisionFactory(_UnderCouncil[TargetRevision]):
    """Cabinet's first revision of a target, entered in July."""

    class Meta:
        model = TargetRevision

    target = _of_council(TargetFactory)
    number = Sequence(lambda n: n + 1)
    was = "1,300"
    became = "1,200"
    reason = "The grant was halved."
    authority = "Cabinet, 8 July 2009, minute 45"
    revised_at = datetime(2009, 7, 10, 10, tzinfo=UTC)
    revised_by = SubFactory(UserFactory)


class MeasurementFactory(_UnderCouncil[Measurement]):
    """The figure for April 2009."""

    class Meta:
        model = Measurement

    indicator = _of_council(IndicatorFactory)
    starts_on = date(2009, 4, 1)
    ends_on = date(2009, 4, 30)
    value = Decimal(100)
    recorded_at = IN_Q1


class ReportingCycleFactory(_Factory[ReportingCycle]):
    """The first quarter of 2009/10 as it was published."""

    class Meta:
        model = ReportingCycle

    council = SubFactory(CouncilFactory)
    year = 2009
    code = "Q1"
    kind = CycleKind.QUARTERLY
    quarter = 1
    observes_from = date(2009, 4, 1)
    observes_to = date(2009, 6, 30)
    opens_on = Q1_OPENS_ON
    due_on = Q1_DUE_ON


class SixWeeklyCycleFactory(ReportingCycleFactory):
    """The first six-weekly update of 2009/10, which comes before the first quarter's report."""

    code = "6W1"
    kind = CycleKind.SIX_WEEKLY
    opens_on = date(2009, 5, 25)
    due_on = date(2009, 6, 8)


class StepTakenFactory(_UnderCouncil[StepTaken]):
    """The first quarter as it opened by itself."""

    class Meta:
        model = StepTaken

    cycle = _of_council(ReportingCycleFactory)
    step = CycleStep.OPEN
    planned_on = SelfAttribute("falls_on")
    falls_on = Sequence(lambda n: Q1_OPENS_ON + timedelta(days=n))
    taken_at = IN_Q1


class AnnualCycleFactory(ReportingCycleFactory):
    """The annual report of 2009/10."""

    code = "annual"
    kind = CycleKind.ANNUAL
    quarter = 4
    observes_to = date(2010, 3, 31)
    opens_on = date(2010, 4, 9)
    due_on = date(2010, 4, 23)


class MilestoneFactory(_UnderCouncil[Milestone]):
    """The day on which the first quarter's papers go out to DMT."""

    class Meta:
        model = Milestone

    cycle = _of_council(ReportingCycleFactory)
    number = Sequence(lambda n: n + 1)
    step = Step.PAPERS_OUT
    forum = BodyKind.DMT
    precision = Precision.DAY
    starts_on = date(2009, 8, 6)
    ends_on = SelfAttribute("starts_on")


def _submitted(**answers: Any) -> Trait:
    return Trait(submitted_at=IN_Q1, submitted_by=SelfAttribute("saved_by"), **answers)


class ActionUpdateFactory(_UnderCouncil[ActionUpdate]):
    """A draft in which nothing is written; with `submitted=True` a whole return, green."""

    class Meta:
        model = ActionUpdate

    class Params:
        submitted = _submitted(rating=Rating.GREEN, commentary="The club opened in June.")

    cycle = _of_council(ReportingCycleFactory)
    action = _of_council(ActionFactory)
    version = 1
    saved_at = IN_Q1
    saved_by = SubFactory(UserFactory)


class IndicatorUpdateFactory(_UnderCouncil[IndicatorUpdate]):
    """A draft in which nothing is written; with `submitted=True` a whole return, green."""

    class Meta:
        model = IndicatorUpdate

    class Params:
        submitted = _submitted(
            rating=Rating.GREEN,
            commentary="A dry spring helped.",
            estimated_outturn=Decimal(1250),
        )

    cycle = _of_council(ReportingCycleFactory)
    indicator = _of_council(IndicatorFactory)
    version = 1
    saved_at = IN_Q1
    saved_by = SubFactory(UserFactory)


class CorrectionFactory(_UnderCouncil[Correction]):
    """An action's comments, put right after the first quarter had closed."""

    class Meta:
        model = Correction

    cycle = _of_council(ReportingCycleFactory)
    action_update = SubFactory(
        ActionUpdateFactory,
        council=SelfAttribute("..council"),
        cycle=SelfAttribute("..cycle"),
        submitted=True,
    )
    reason = "The club opened in July."
    changes = LazyFunction(lambda: [{"what": "Comments", "was": "June", "now": "July"}])
    made_at = datetime(2009, 7, 28, 10, tzinfo=UTC)
    made_by = SubFactory(UserFactory)


class LettingInFactory(_UnderCouncil[LettingIn]):
    """Somebody let into the first quarter until the end of July."""

    class Meta:
        model = LettingIn

    cycle = _of_council(ReportingCycleFactory)
    person = SubFactory(UserFactory)
    until = date(2009, 7, 31)
    reason = "She was ill."
    let_in_at = datetime(2009, 7, 22, 9, tzinfo=UTC)
    let_in_by = SubFactory(UserFactory)


class SignOffFactory(_UnderCouncil[SignOff]):
    """A Lead Officer's word on a plan with no returns."""

    class Meta:
        model = SignOff

    cycle = _of_council(ReportingCycleFactory)
    plan = _of_council(PlanFactory)
    role = LeadRole.LEAD_OFFICER
    signed_at = datetime(2009, 7, 28, 10, tzinfo=UTC)
    signed_by = SubFactory(UserFactory)
    signed_for = _of_council(PostFactory)
    signed_as = Capacity.ANSWERABLE


class UploadedWorkbookFactory(_UnderCouncil[UploadedWorkbook]):
    """A workbook for the first quarter in which nothing was written."""

    class Meta:
        model = UploadedWorkbook

    cycle = _of_council(ReportingCycleFactory)
    file_name = "chase-2009-10-q1-returns.xlsx"
    sha256 = "0" * 64
    uploaded_at = IN_Q1
    uploaded_by = SubFactory(UserFactory)


class NoticeFactory(_Factory[Notice]):
    """A reminder that waits in the outbox."""

    class Meta:
        model = Notice

    council = Sequence(lambda n: f"council-{n}")
    kind = NoticeKind.REMINDER
    key = Sequence(lambda n: f"reminder-{n}")
    recipient_id = 1
    recipient_name = "Ann Hill"
    address = "ann.hill@council.example"
    subject = "Three returns are due"
    text = "Three returns are due on 21 July 2009."
    html = "<p>Three returns are due on 21 July 2009.</p>"
    message_id = Sequence(lambda n: f"<{n}@goldenthread.invalid>")
    written_at = IN_Q1
    due_at = IN_Q1


class ExceptionReportFactory(_UnderCouncil[ExceptionReport]):
    """A draft about a red action; with `submitted=True` a whole report with a step.

    About an indicator: `ExceptionReportFactory(action_update=None, indicator_update=update)`.
    """

    class Meta:
        model = ExceptionReport
        skip_postgeneration_save = True

    class Params:
        submitted = _submitted(
            why="The caretaker left.",
            needs_resources=False,
            is_exceptional=False,
            planned_step=RelatedFactory(
                "tests.factories.PlannedStepFactory",
                factory_related_name="report",
                council=SelfAttribute("..council"),
            ),
        )

    action_update = _of_council(ActionUpdateFactory, submitted=True, rating=Rating.RED)
    version = 1
    saved_at = IN_Q1
    saved_by = SubFactory(UserFactory)


class PlannedStepFactory(_UnderCouncil[PlannedStep]):
    """A step of a draft, which somebody outside the council takes."""

    class Meta:
        model = PlannedStep

    report = _of_council(ExceptionReportFactory)
    number = 1
    what = "Take on another caretaker"
    owner_words = "The school"
    due_on = date(2009, 8, 3)


class StepFollowUpFactory(_UnderCouncil[StepFollowUp]):
    """A step that was done."""

    class Meta:
        model = StepFollowUp

    step = _of_council(PlannedStepFactory)
    outcome = StepOutcome.DONE
    told_at = datetime(2009, 10, 14, 10, tzinfo=UTC)
    told_by = SubFactory(UserFactory)
    told_for = _of_council(PostFactory)
    told_as = Capacity.ANSWERABLE


class EndorsementFactory(_UnderCouncil[Endorsement]):
    """A Lead Member's word on a report as it is when it is given."""

    class Meta:
        model = Endorsement

    report = _of_council(ExceptionReportFactory, submitted=True)
    role = EndorsingRole.LEAD_MEMBER
    seal = LazyAttribute(lambda endorsement: endorsement.report.seal)
    given_at = datetime(2009, 8, 7, 10, tzinfo=UTC)
    given_by = SubFactory(UserFactory)
    given_for = _of_council(PostFactory)
    given_as = Capacity.ANSWERABLE


class CountyFileFactory(_UnderCouncil[CountyFile]):
    """What the County wrote, though no program could open it."""

    class Meta:
        model = CountyFile

    indicator_update = SubFactory(
        IndicatorUpdateFactory,
        council=SelfAttribute("..council"),
        submitted=True,
        rating=Rating.RED,
    )
    name = "County report.pdf"
    format = CountyFormat.PDF
    content = b"%PDF-1.7"
    size = LazyAttribute(lambda file: len(file.content))
    sha256 = LazyAttribute(lambda file: hashlib.sha256(file.content).hexdigest())
    attached_at = IN_Q1
    attached_by = SubFactory(UserFactory)


class BudgetLineFactory(_UnderCouncil[BudgetLine]):
    """A line of a plan's budget for 2009/10."""

    class Meta:
        model = BudgetLine

    plan = _of_council(PlanFactory)
    year = 2009
    number = Sequence(lambda n: n + 1)
    heading = "Wardens"
    amount = Decimal(200_000)


class RiskFactory(_UnderCouncil[Risk]):
    class Meta:
        model = Risk

    plan = _of_council(PlanFactory)
    number = Sequence(lambda n: n + 1)
    description = "The hall is not to be had"


class RiskActionFactory(_UnderCouncil[RiskAction]):
    class Meta:
        model = RiskAction

    risk = _of_council(RiskFactory)
    number = Sequence(lambda n: n + 1)
    description = "Look for a second hall"
    risk_owner = _of_council(PostFactory)


class RiskActionUpdateFactory(_UnderCouncil[RiskActionUpdate]):
    """A draft in which nothing is written; with `submitted=True` a whole return, green."""

    class Meta:
        model = RiskActionUpdate

    class Params:
        submitted = _submitted(rating=Rating.GREEN, commentary="A second hall is found.")

    cycle = _of_council(ReportingCycleFactory)
    risk_action = _of_council(RiskActionFactory)
    version = 1
    saved_at = IN_Q1
    saved_by = SubFactory(UserFactory)


class EvaluationFactory(_UnderCouncil[Evaluation]):
    """A draft about an action in which nothing is written; with `submitted=True` a whole one."""

    class Meta:
        model = Evaluation

    class Params:
        submitted = Trait(
            submitted_at=IN_Q1,
            submitted_by=SelfAttribute("saved_by"),
            submitted_for=_of_council(PostFactory),
            submitted_as=Capacity.ANSWERABLE,
            delivered="The club opened in June.",
            difference="Forty pupils do their homework there.",
        )

    cycle = _of_council(ReportingCycleFactory)
    action = _of_council(ActionFactory)
    version = 1
    saved_at = IN_Q1
    saved_by = SubFactory(UserFactory)


class FinanceStatementFactory(_UnderCouncil[FinanceStatement]):
    """A draft of a plan's finances; with `submitted=True` one that is in."""

    class Meta:
        model = FinanceStatement

    class Params:
        submitted = Trait(
            submitted_at=IN_Q1,
            submitted_by=SelfAttribute("saved_by"),
            submitted_for=_of_council(PostFactory),
            submitted_as=Capacity.ANSWERABLE,
        )

    cycle = _of_council(ReportingCycleFactory)
    plan = _of_council(PlanFactory)
    version = 1
    saved_at = IN_Q1
    saved_by = SubFactory(UserFactory)


class FinanceFigureFactory(_UnderCouncil[FinanceFigure]):
    """A line that ends the year on budget."""

    class Meta:
        model = FinanceFigure

    statement = _of_council(FinanceStatementFactory)
    line = _of_council(BudgetLineFactory, plan=SelfAttribute("..statement.plan"))
    heading = SelfAttribute("line.heading")
    budget = SelfAttribute("line.amount")
    spent = Decimal(50_000)
    forecast = SelfAttribute("line.amount")


class PlanStatementFactory(_UnderCouncil[PlanStatement]):
    """A draft of an overview in which nothing is written; with `submitted=True` a whole one."""

    class Meta:
        model = PlanStatement

    class Params:
        submitted = Trait(
            submitted_at=IN_Q1,
            submitted_by=SelfAttribute("saved_by"),
            submitted_for=LazyAttribute(lambda statement: statement.plan.lead_officer),
            submitted_as=Capacity.ANSWERABLE,
            answers=LazyFunction(
                lambda: {
                    "on_track": {
                        "question": "How is the plan doing?",
                        "words": "Well, but for the clubs.",
                        "is_yes": None,
                    }
                }
            ),
        )

    cycle = _of_council(ReportingCycleFactory)
    plan = _of_council(PlanFactory)
    key = "overview"
    version = 1
    saved_at = IN_Q1
    saved_by = SubFactory(UserFactory)


class AuditChainFactory(_Factory[AuditChain]):
    class Meta:
        model = AuditChain

    council = Sequence(lambda n: f"council-{n}")


class AuditEntryFactory(_Factory[AuditEntry]):
    """An entry by itself, which no chain seals."""

    class Meta:
        model = AuditEntry

    council = Sequence(lambda n: f"council-{n}")
    number = 1
    verb = Verb.COUNCIL_ADDED
    actor_name = "Goldenthread"
    target_type = "organisation.council"
    target_id = 1
    target_name = "Council"
    happened_at = IN_Q1
    seal = "0" * 64


class PackFactory(_UnderCouncil[Pack]):
    """An issued pack in which nothing is said."""

    class Meta:
        model = Pack

    cycle = _of_council(ReportingCycleFactory)
    body = _of_council(BodyFactory)
    framework = _of_council(FrameworkVersionFactory)
    number = 1
    tree = b"{}"
    sha256 = LazyAttribute(lambda pack: hashlib.sha256(pack.tree).hexdigest())
    issued_at = datetime(2009, 8, 6, 9, tzinfo=UTC)
    issued_by = SubFactory(UserFactory)


class PackEditionFactory(_UnderCouncil[PackEdition]):
    class Meta:
        model = PackEdition

    pack = _of_council(PackFactory)
    edition = Edition.PUBLIC
    tree = b"{}"
    sha256 = LazyAttribute(lambda edition: hashlib.sha256(edition.tree).hexdigest())


class FileToMakeFactory(_UnderCouncil[FileToMake]):
    """A file that nobody has tried to make yet."""

    class Meta:
        model = FileToMake

    pack = _of_council(PackFactory)
    format = Format.TEXT
    due_at = datetime(2009, 8, 6, 9, tzinfo=UTC)


class ExemptionFactory(_UnderCouncil[Exemption]):
    class Meta:
        model = Exemption

    cycle = _of_council(ReportingCycleFactory)
    anchor = Sequence(lambda number: f"action-{number}")
    title = Sequence(lambda number: f"Contract {number}, which is being negotiated")
    paragraph = 3
    reason = "The price would be known to those who bid"
    marked_at = datetime(2009, 8, 5, 9, tzinfo=UTC)
    marked_by = SubFactory(UserFactory)


class PackFileFactory(_UnderCouncil[PackFile]):
    class Meta:
        model = PackFile

    pack = _of_council(PackFactory)
    format = Format.TEXT
    content = b"Nothing to report"
    size = LazyAttribute(lambda file: len(file.content))
    sha256 = LazyAttribute(lambda file: hashlib.sha256(file.content).hexdigest())


class CalendarFeedFactory(_Factory[CalendarFeed]):
    """An address of a person's own dates, of which nobody knows the secret."""

    class Meta:
        model = CalendarFeed

    council = SubFactory(CouncilFactory)
    holder = SubFactory(UserFactory)
    fingerprint = Sequence(lambda n: f"{n:064x}")
    made_at = IN_Q1


class ClosedPeriodFactory(_Factory[ClosedPeriod]):
    """The days between the holidays of Christmas 2009; the next, a week of its own."""

    class Meta:
        model = ClosedPeriod

    council = SubFactory(CouncilFactory)
    starts_on = Sequence(lambda n: date(2009, 12, 29) + timedelta(weeks=n))
    ends_on = LazyAttribute(lambda period: period.starts_on + timedelta(days=2))
