from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from goldenthread.design.words import figure as say
from goldenthread.domain.figures import percent_in_words
from goldenthread.domain.framework_tables import AskedOf, Part
from goldenthread.domain.kinds import Unit
from goldenthread.domain.obligations import ReturnState
from goldenthread.domain.variance import Spending, Threshold, total_of
from goldenthread.organisation.queries import framework_of
from goldenthread.plans.models import BudgetLine, Plan
from goldenthread.reporting.models import ReportingCycle
from goldenthread.statements.facts import whom
from goldenthread.statements.models import FinanceFigure, FinanceStatement
from goldenthread.statements.queries.statements import state_of, window_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FinanceLine:
    """A plan's finances in a cycle: its budget, what was said of it, and where that stands."""

    plan: Plan
    cycle: ReportingCycle
    budget: tuple[BudgetLine, ...]
    statement: FinanceStatement | None
    state: ReturnState
    threshold: Threshold

    name = "Finances"

    @property
    def kept(self) -> FinanceStatement | None:
        return self.statement

    @property
    def title(self) -> str:
        return f"Finances of {self.plan.title}"

    @property
    def whom(self) -> str:
        return whom(AskedOf.FINANCE, self.plan)

    @property
    def is_missing(self) -> bool:
        """Whether a plan that has a budget has no word of its finances yet."""
        return bool(self.budget) and self.submitted is None

    @property
    def submitted(self) -> FinanceStatement | None:
        return self.statement if self.statement and self.statement.is_submitted else None

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in self.budget), Decimal())

    @property
    def figures(self) -> list[FinanceFigure]:
        return list(self.statement.figures.all()) if self.statement else []

    @property
    def rows(self) -> list[tuple[FinanceFigure, Spending]]:
        """Each line's figures that are whole."""
        return [(each, spent) for each in self.figures if (spent := each.spending)]

    @property
    def sum(self) -> Spending:
        return total_of(spending for _, spending in self.rows)

    @property
    def significant(self) -> list[FinanceFigure]:
        """The lines that end the year so far from their budget that the reason is given."""
        return [figure for figure, said in self.rows if said.is_significant(self.threshold)]

    @property
    def sentence(self) -> str:
        """Say how the plan's year will end: how far over or under its budget."""
        if not self.rows:
            return ""
        total = self.sum
        of_budget = f"of {pounds(total.budget)}"
        if not total.variance:
            return f"The year is forecast to end on its budget {of_budget}."
        return f"The year is forecast to end {variance_words(total)} its budget {of_budget}."

    @property
    def detail_path(self) -> str:
        return reverse("statements:finance_detail", args=_address(self.cycle, self.plan))

    @property
    def edit_path(self) -> str:
        return reverse("statements:finance_edit", args=_address(self.cycle, self.plan))


def _address(cycle: ReportingCycle, plan: Plan) -> list[str]:
    return [cycle.council.name, *cycle.slug.split("/"), plan.code]


def finances_of(cycle: ReportingCycle, plans: Sequence[Plan], *, today: date) -> list[FinanceLine]:
    """List plans' finances in a cycle that asks for them, in four queries beside the framework."""
    framework = framework_of(cycle.council)
    if Part.FINANCE not in framework.reports.of(cycle.kind).parts or not plans:
        return []
    budgets: dict[int, list[BudgetLine]] = defaultdict(list)
    for line in BudgetLine.objects.filter(plan__in=plans, year=cycle.year):
        budgets[line.plan_id].append(line)
    held = {each.plan_id: each for each in _statements().filter(cycle=cycle, plan__in=plans)}
    window = window_of(cycle)
    return [
        FinanceLine(
            plan=plan,
            cycle=cycle,
            budget=tuple(budgets[plan.pk]),
            statement=held.get(plan.pk),
            state=state_of(held.get(plan.pk), window, today),
            threshold=framework.finance.threshold,
        )
        for plan in plans
    ]


def finance_before(cycle: ReportingCycle, plan: Plan) -> FinanceStatement | None:
    """Find what was submitted of a plan's finances in the same year's cycle before."""
    found = _statements().filter(
        plan=plan,
        submitted_at__isnull=False,
        cycle__year=cycle.year,
        cycle__due_on__lt=cycle.due_on,
    )
    return found.select_related("cycle").order_by("-cycle__due_on").first()


def pounds(value: Decimal) -> str:
    """Write money as people say it: £1.2m, £54,000."""
    return say(value, Unit.POUNDS)


def exact_pounds(value: Decimal) -> str:
    """Write money to the pound, for a table: £1,234,567."""
    return say(value, Unit.POUNDS, 0)


def variance_words(spending: Spending) -> str:
    """Say how far spending will end from its budget: "£12,000 (4%) over"."""
    variance, share = spending.variance, spending.share
    if not variance:
        return "on budget"
    part = f" ({percent_in_words(abs(share))})" if share is not None else ""
    return f"{pounds(abs(variance))}{part} {'over' if variance > 0 else 'under'}"


def _statements() -> QuerySet[FinanceStatement]:
    figures = Prefetch("figures", FinanceFigure.objects.select_related("line"))
    people = ("saved_by", "submitted_by", "submitted_for", "returned_by")
    return FinanceStatement.objects.select_related(*people).prefetch_related(figures)
