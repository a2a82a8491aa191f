from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from goldenthread.design.words import long_date
from goldenthread.domain.framework_tables import StatementRule
from goldenthread.domain.obligations import ReturnState, Window, return_state
from goldenthread.domain.posts import Capacity
from goldenthread.domain.statements import Said
from goldenthread.exception_reports.doors import explains_until
from goldenthread.organisation.queries import framework_of
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.models.drafted import Drafted
from goldenthread.statements.facts import whom
from goldenthread.statements.models import PlanStatement


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """What a cycle asks about a plan as a whole, and where that stands."""

    rule: StatementRule
    plan: Plan
    cycle: ReportingCycle
    statement: PlanStatement | None
    state: ReturnState

    @property
    def title(self) -> str:
        return f"{self.rule.title} of {self.plan.title}"

    @property
    def whom(self) -> str:
        """Who is asked, in words."""
        return whom(self.rule.asked_of, self.plan)

    @property
    def name(self) -> str:
        return self.rule.title

    @property
    def kept(self) -> PlanStatement | None:
        return self.statement

    @property
    def detail_path(self) -> str:
        return reverse("statements:statement_detail", args=self._address)

    @property
    def edit_path(self) -> str:
        return reverse("statements:statement_edit", args=self._address)

    @property
    def _address(self) -> list[str]:
        cycle = self.cycle
        return [cycle.council.name, *cycle.slug.split("/"), self.plan.code, self.rule.key]

    @property
    def submitted(self) -> PlanStatement | None:
        return self.statement if self.statement and self.statement.is_submitted else None

    @property
    def answers(self) -> list[tuple[str, str]]:
        """Each question with what was answered, as far as it was."""
        return answers_of(self.statement, self.rule) if self.statement else []


def statements_asked(
    cycle: ReportingCycle, plans: Sequence[Plan], *, today: date
) -> list[StatementLine]:
    """List what a cycle asks about plans as a whole, plan by plan, in two queries beside the framework."""
    rules = framework_of(cycle.council).statements_in(cycle.kind)
    if not rules or not plans:
        return []
    held = {(s.plan_id, s.key): s for s in _statements().filter(cycle=cycle, plan__in=plans)}
    window = window_of(cycle)
    return [
        StatementLine(
            rule=rule,
            plan=plan,
            cycle=cycle,
            statement=held.get((plan.pk, rule.key)),
            state=state_of(held.get((plan.pk, rule.key)), window, today),
        )
        for plan in plans
        for rule in rules
    ]


def window_of(cycle: ReportingCycle) -> Window:
    """Say when a cycle takes what is said of its plans: until DMT's papers go out."""
    return Window(
        observes_from=cycle.observes_from,
        observes_to=cycle.observes_to,
        opens_on=cycle.opens_on,
        due_on=explains_until(cycle),
    )


def state_of(kept: Drafted | None, window: Window, today: date) -> ReturnState:
    """Say where something that is kept as a draft until it is submitted stands on a day."""
    return return_state(
        window=window,
        today=today,
        submitted=kept is not None and kept.is_submitted,
        drafted=kept is not None,
        returned=kept is not None and kept.returned_at is not None,
    )


def earlier_statements(cycle: ReportingCycle, plan: Plan, key: str) -> list[PlanStatement]:
    """List what was submitted about a plan in earlier cycles of the same kind, latest first."""
    found = _statements().filter(
        plan=plan,
        key=key,
        submitted_at__isnull=False,
        cycle__kind=cycle.kind,
        cycle__due_on__lt=cycle.due_on,
    )
    return list(found.select_related("cycle").order_by("-cycle__due_on"))


def answers_of(statement: PlanStatement, rule: StatementRule) -> list[tuple[str, str]]:
    """Say what was answered to which question, in the council's order; a dropped one keeps its words."""
    kept: dict[str, str] = {key: said["question"] for key, said in statement.answers.items()}
    asked = {question.key: question.question for question in rule.questions}
    said = statement.said
    in_order = [*asked, *(key for key in kept if key not in asked)]
    return [
        (kept.get(key) or asked[key], said.get(key, Said()).in_words)
        for key in in_order
        if not said.get(key, Said()).is_empty
    ]


def versions_of(kept: Drafted) -> list[str]:
    """Say who saved or submitted something and when, latest first."""
    rows = kept.history.select_related("saved_by")  # type: ignore[attr-defined]
    return [
        f"{'Submitted' if row.submitted_at == row.saved_at else 'Saved as a draft'} by "
        f"{row.saved_by.name}, {_moment(row)}"
        for row in rows.order_by("-version")
    ]


def submitter_words(kept: Drafted) -> str:
    """Say who submitted something, in which post, when; nothing of a draft."""
    if kept.submitted_by is None or kept.submitted_for is None or kept.submitted_at is None:
        return ""
    post = kept.submitted_for.title
    role = post if kept.submitted_as is Capacity.ANSWERABLE else f"{_capacity(kept)} of {post}"
    return f"{kept.submitted_by.name}, {role}, {long_date(timezone.localdate(kept.submitted_at))}"


def _capacity(kept: Drafted) -> str:
    return kept.submitted_as.label.lower() if kept.submitted_as else "holder"


def _moment(row: Drafted) -> str:
    moment = timezone.localtime(row.saved_at)
    return f"{long_date(moment.date())} at {moment:%H:%M}"


def _statements() -> QuerySet[PlanStatement]:
    return PlanStatement.objects.select_related(
        "saved_by", "submitted_by", "submitted_for", "returned_by"
    )
