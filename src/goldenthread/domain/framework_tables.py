"""The tables of a framework document: reports, questions, ratings, timetable."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from goldenthread.domain.assessment import Rates
from goldenthread.domain.kinds import BodyKind, CycleKind, ItemKind
from goldenthread.domain.milestones import MilestoneRule
from goldenthread.domain.rating import Rating, RatingRule
from goldenthread.domain.reminders import Audience, ReminderStep
from goldenthread.domain.variance import Threshold

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Key = Annotated[str, StringConstraints(pattern="^[a-z][a-z0-9_]*$", max_length=40)]


class Part(StrEnum):
    """A part of a report."""

    OVERVIEW = "overview"
    ACTIONS = "actions"
    INDICATORS = "indicators"
    EXCEPTION_REPORTS = "exception_reports"
    RISKS = "risks"
    FINANCE = "finance"
    EVALUATIONS = "evaluations"

    @property
    def label(self) -> str:
        return {"risks": "Risk register", "finance": "Financial overview"}.get(
            self.value, self.value.replace("_", " ").capitalize()
        )


class Scope(StrEnum):
    """How much of a report a forum receives (clauses C-1 to C-3)."""

    ALL_PLANS = "all_plans"
    OWN_PLAN = "own_plan"
    LAA_AND_SCS = "laa_and_scs"


class AnswerKind(StrEnum):
    """How a question is answered: in words, or with yes or no and then words."""

    TEXT = "text"
    YES_NO_TEXT = "yes_no_text"


class ExceptionQuestionKey(StrEnum):
    """What an exception report states (clause E-2). Its wording and order are the council's."""

    WHY = "why"
    DONE = "done"
    PLANNED = "planned"
    LIMITS = "limits"
    RESOURCES = "resources"
    EXCEPTIONAL = "exceptional"


class Table(BaseModel):
    """A table of the document: what it says is all it may say, and it never changes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ExceptionOrder(StrEnum):
    """Where a forum's papers have the exception reports: beside each plan, or reds before all else."""

    BY_PLAN = "by_plan"
    REDS_FIRST = "reds_first"


class Forum(Table):
    """A forum of the council's own, beside those that the framework speaks of, such as its Cabinet."""

    code: Words
    label: Words
    meets_in_public: bool = False


class Receipt(Table):
    """A forum that receives a report, how much of it, and in which order.

    `body` is a kind of forum or the code of one of the council's own. Without `parts` it receives
    those of the report.
    """

    body: Words
    scope: Scope
    parts: tuple[Part, ...] = ()
    exceptions: ExceptionOrder = ExceptionOrder.BY_PLAN

    @property
    def kind(self) -> BodyKind | None:
        """The kind of forum; None for one of the council's own."""
        return BodyKind(self.body) if self.body in list(BodyKind) else None


class ReportRule(Table):
    """What a report of one kind is made of, and who receives it, in order (clauses C-1 to C-3)."""

    label: Words
    parts: tuple[Part, ...]
    asks_for: tuple[ItemKind, ...]
    exception_reports: bool
    receives: tuple[Receipt, ...]

    @property
    def forums(self) -> tuple[BodyKind, ...]:
        """The forums that receive it and whose meetings a timetable can hold, in order."""
        return tuple(receipt.kind for receipt in self.receives if receipt.kind)

    def receipt_for(self, body: str) -> Receipt | None:
        """Find what a forum receives, by its kind or code; None if it does not receive the report."""
        return next((receipt for receipt in self.receives if receipt.body == body), None)

    def parts_for(self, receipt: Receipt) -> tuple[Part, ...]:
        """List the parts that a forum receives, in the order in which its papers have them.

        The partnership's boards receive targets, and nothing else of a plan (clauses C-2, E-4).
        """
        parts = receipt.parts or self.parts
        if receipt.scope is Scope.LAA_AND_SCS:
            return tuple(part for part in parts if part is Part.INDICATORS)
        return parts


class Reports(Table):
    """The reports that a council makes."""

    six_weekly: ReportRule
    quarterly: ReportRule
    annual: ReportRule

    def tells_exceptions(self, body: str) -> bool:
        """Test whether a body receives exception reports, in whichever report (clause E-4)."""
        every = (self.six_weekly, self.quarterly, self.annual)
        receipts = ((report, report.receipt_for(body)) for report in every)
        return any(
            receipt is not None and Part.EXCEPTION_REPORTS in report.parts_for(receipt)
            for report, receipt in receipts
        )

    def of(self, kind: CycleKind) -> ReportRule:
        return {
            CycleKind.SIX_WEEKLY: self.six_weekly,
            CycleKind.QUARTERLY: self.quarterly,
            CycleKind.ANNUAL: self.annual,
        }[kind]


class Question(Table):
    """A question that an officer answers; `key` is the name its answers are kept under."""

    key: Key
    question: Words
    hint: str = ""
    kind: AnswerKind = AnswerKind.TEXT
    required: bool = True


class ExceptionQuestion(Question):
    """A question of the exception report."""

    key: ExceptionQuestionKey


class ExceptionReports(Table):
    """What needs an exception report, and what the report asks (clauses E-1 and E-2)."""

    items: tuple[ItemKind, ...]
    ratings: tuple[Rating, ...]
    questions: tuple[ExceptionQuestion, ...]


class Overview(Table):
    """What a Lead Officer is asked about a plan as a whole (clause O-1)."""

    questions: tuple[Question, ...]


class AskedOf(StrEnum):
    """Who makes a statement about a plan: those who lead it, or somebody for the whole council."""

    LEADS = "leads"
    FINANCE = "finance"
    PERFORMANCE_MANAGER = "performance_manager"


OVERVIEW = "overview"


class StatementRule(Table):
    """Questions about a plan as a whole, asked with some reports, and of whom (clause O-1).

    The overview is one of them; a council adds others without code. `key` is its lasting name.
    """

    key: Key
    title: Words
    asked_of: AskedOf
    reports: tuple[CycleKind, ...]
    questions: tuple[Question, ...]


class Finance(Table):
    """Which variances from a plan's budget must be explained (clause O-2).

    Both must be reached: so many pounds, and such a share of the line's budget.
    """

    significant_pounds: Annotated[Decimal, Field(ge=0)] = Decimal(10_000)
    significant_share: Annotated[Decimal, Field(ge=0, le=1)] = Decimal("0.05")

    @property
    def threshold(self) -> Threshold:
        return Threshold(pounds=self.significant_pounds, share=self.significant_share)


class RatingWords(Table):
    """What each rating means (clause R-4)."""

    red: Words
    amber: Words
    green: Words


class RatingScheme(Table):
    """What the ratings mean, and the rule by which figures suggest one."""

    words: RatingWords
    rates: Rates
    counts_not_due_to_start: bool
    rule: RatingRule

    def words_for(self, rating: Rating) -> str:
        return {
            Rating.RED: self.words.red,
            Rating.AMBER: self.words.amber,
            Rating.GREEN: self.words.green,
        }[rating]


class LongestWait(Table):
    """Within how many days of a quarter's end a forum should have the report on it."""

    body: BodyKind
    days: Annotated[int, Field(ge=1, le=366)]


class TimetableRules(Table):
    """How each report's dates follow from its first meeting (clauses T-2 and T-3).

    Returns are taken from `opens_days_before_deadline` calendar days before the update deadline. A
    cycle is locked `locks_days_after_papers` days after its first papers go out; without them, never
    by itself. A forum that waits longer than `most_days_after_quarter` for its report is pointed out.
    """

    opens_days_before_deadline: Annotated[int, Field(ge=1, le=90)]
    locks_days_after_papers: Annotated[int, Field(ge=1, le=90)] | None = None
    six_weekly: tuple[MilestoneRule, ...]
    quarterly: tuple[MilestoneRule, ...]
    annual: tuple[MilestoneRule, ...]
    most_days_after_quarter: tuple[LongestWait, ...] = ()

    @property
    def most_days(self) -> Mapping[BodyKind, int]:
        """Each forum's longest wait, where the framework sets one."""
        return {wait.body: wait.days for wait in self.most_days_after_quarter}

    @property
    def rules(self) -> Mapping[CycleKind, tuple[MilestoneRule, ...]]:
        """Each report's rules, as a year's proposal takes them."""
        return {
            CycleKind.SIX_WEEKLY: self.six_weekly,
            CycleKind.QUARTERLY: self.quarterly,
            CycleKind.ANNUAL: self.annual,
        }


class Reminders(Table):
    """On which days who is reminded of what a cycle's returns lack, in days from its deadline.

    A framework that says nothing of them has those that are shipped.
    """

    officers_days_before: tuple[int, ...] = (10, 3, 0)
    officers_days_after: tuple[int, ...] = (1,)
    lead_officer_days_after: tuple[int, ...] = (2,)
    lead_member_days_after: tuple[int, ...] = (4,)

    @property
    def steps(self) -> tuple[ReminderStep, ...]:
        """The days as steps, each so many days after the deadline."""
        given = (
            *((Audience.OFFICERS, -days) for days in self.officers_days_before),
            *((Audience.OFFICERS, days) for days in self.officers_days_after),
            *((Audience.LEAD_OFFICER, days) for days in self.lead_officer_days_after),
            *((Audience.LEAD_MEMBER, days) for days in self.lead_member_days_after),
        )
        return tuple(ReminderStep(audience=audience, days=days) for audience, days in given)
