"""What is said of a plan as a whole, as whoever chases, reminds, checks and signs knows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from goldenthread.domain.framework import Framework
from goldenthread.domain.framework_tables import AskedOf, Part, StatementRule
from goldenthread.domain.kinds import CycleKind
from goldenthread.domain.obligations import ObligationKind
from goldenthread.domain.sign_off import ToSign
from goldenthread.organisation.models import Post
from goldenthread.organisation.queries import framework_of
from goldenthread.plans.models import BudgetLine, Plan
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.beside import (
    FILED,
    Asking,
    BesideItem,
    Kept,
    Told,
    kept_by,
    plans_in_all,
    sealed,
    state_in,
)
from goldenthread.statements.facts import DUTIES, NAMES
from goldenthread.statements.models import FinanceFigure, FinanceStatement, PlanStatement
from goldenthread.statements.queries.finance import exact_pounds
from goldenthread.statements.queries.statements import answers_of

_FILED_BY = ("submitted_by", "submitted_for", "returned_by")


class PlanOverviews:
    """What a plan's leads, or whoever else is asked, say of it as a whole (clause O-1)."""

    def is_asked_in(self, framework: Framework, kind: CycleKind) -> bool:
        return bool(framework.statements_in(kind))

    def asked(self, asking: Sequence[Asking], *, today: date) -> Iterator[tuple[int, BesideItem]]:
        rules = {
            each.cycle.pk: framework_of(each.cycle.council).statements_in(each.cycle.kind)
            for each in asking
        }
        rows = PlanStatement.objects.filter(cycle__in=[each.cycle for each in asking])
        held = kept_by(rows, "cycle_id", "plan_id", "key")
        posts = _Posts(asking, {rule.asked_of for some in rules.values() for rule in some})
        for each in asking:
            for plan in each.plans:
                for rule in rules[each.cycle.pk]:
                    kept = held.get((each.cycle.pk, plan.pk, rule.key))
                    yield (
                        each.cycle.pk,
                        self._item(each, plan, rule, kept, posts.asked(rule.asked_of, plan), today),
                    )

    def _item(
        self,
        asking: Asking,
        plan: Plan,
        rule: StatementRule,
        kept: Kept | None,
        post_ids: frozenset[int],
        today: date,
    ) -> BesideItem:
        return BesideItem(
            kind=ObligationKind.PLAN_OVERVIEW,
            key=_overview_key(plan.pk, rule.key),
            reference=f"{plan.code} {rule.title.lower()}",
            title=plan.title,
            called=f"{rule.title} of {plan.title}",
            plan=plan,
            officer=_who(rule.asked_of),
            post_ids=post_ids,
            state=state_in(asking.later_window, kept, today=today),
            due_on=asking.until,
            read_at=asking.address("statements:statement_detail", plan.code, rule.key),
            written_at=asking.address("statements:statement_edit", plan.code, rule.key),
            revision_note=kept.revision_note if kept else "",
        )

    def to_sign(self, cycle: ReportingCycle, plans: Sequence[Plan]) -> Iterator[tuple[int, ToSign]]:
        titles = _titles(cycle)
        codes = {plan.pk: plan.code for plan in plans}
        rows = _of(cycle, plans).order_by("key").values_list("plan_id", "key", "answers", *FILED)
        for plan_id, key, answers, *filed in rows:
            words = [
                [name, said["words"], said["is_yes"]] for name, said in sorted(answers.items())
            ]
            name = f"{codes[plan_id]} {titles.get(key, key)}"
            yield plan_id, sealed(_overview_key(plan_id, key), name, words, filed)

    def told(self, cycle: ReportingCycle, plan: Plan) -> dict[str, Told]:
        rules = {r.key: r for r in framework_of(cycle.council).statements_in(cycle.kind)}
        return {
            _overview_key(plan.pk, said.key): Told(
                kept=said, said=tuple(answers_of(said, rules[said.key]))
            )
            for said in _of(cycle, [plan]).select_related(*_FILED_BY)
            if said.key in rules
        }


class FinancialOverviews:
    """What the Finance Team says of the spending of each plan that has a budget (clause O-2)."""

    def is_asked_in(self, framework: Framework, kind: CycleKind) -> bool:
        return Part.FINANCE in framework.reports.of(kind).parts

    def asked(self, asking: Sequence[Asking], *, today: date) -> Iterator[tuple[int, BesideItem]]:
        lines = BudgetLine.objects.filter(plan__in=plans_in_all(asking)).order_by()
        budgeted = set(lines.values_list("plan_id", "year").distinct())
        if not budgeted:
            return
        rows = FinanceStatement.objects.filter(cycle__in=[each.cycle for each in asking])
        held = kept_by(rows, "cycle_id", "plan_id")
        posts = _Posts(asking, {AskedOf.FINANCE})
        for each in asking:
            for plan in each.plans:
                if (plan.pk, each.cycle.year) in budgeted:
                    kept = held.get((each.cycle.pk, plan.pk))
                    item = self._item(each, plan, kept, posts.asked(AskedOf.FINANCE, plan), today)
                    yield each.cycle.pk, item

    def _item(
        self,
        asking: Asking,
        plan: Plan,
        kept: Kept | None,
        post_ids: frozenset[int],
        today: date,
    ) -> BesideItem:
        return BesideItem(
            kind=ObligationKind.FINANCIAL_OVERVIEW,
            key=_finances_key(plan.pk),
            reference=f"{plan.code} {ObligationKind.FINANCIAL_OVERVIEW.label.lower()}",
            title=plan.title,
            called=f"Finances of {plan.title}",
            plan=plan,
            officer=_who(AskedOf.FINANCE),
            post_ids=post_ids,
            state=state_in(asking.later_window, kept, today=today),
            due_on=asking.until,
            read_at=asking.address("statements:finance_detail", plan.code),
            written_at=asking.address("statements:finance_edit", plan.code),
            revision_note=kept.revision_note if kept else "",
        )

    def to_sign(self, cycle: ReportingCycle, plans: Sequence[Plan]) -> Iterator[tuple[int, ToSign]]:
        codes = {plan.pk: plan.code for plan in plans}
        rows = _finances_of(cycle, plans).values_list("pk", "plan_id", "words", *FILED)
        figures: dict[int, list[object]] = defaultdict(list)
        for pk, heading, *money, why in FinanceFigure.objects.filter(
            statement__in=[row[0] for row in rows]
        ).values_list("statement_id", "heading", "budget", "spent", "forecast", "explanation"):
            figures[pk].append([heading, *map(_in_words, money), why])
        for pk, plan_id, words, *filed in rows:
            name = f"{codes[plan_id]} {ObligationKind.FINANCIAL_OVERVIEW.label.lower()}"
            yield plan_id, sealed(_finances_key(plan_id), name, [words, figures[pk]], filed)

    def told(self, cycle: ReportingCycle, plan: Plan) -> dict[str, Told]:
        rows = _finances_of(cycle, [plan]).select_related(*_FILED_BY)
        return {
            _finances_key(plan.pk): Told(kept=said, said=tuple(_lines_of(said)))
            for said in rows.prefetch_related("figures")
        }


class _Posts:
    """The posts that are asked about plans, found once for all of them."""

    def __init__(self, asking: Sequence[Asking], asked_of: Collection[AskedOf]) -> None:
        duties = [DUTIES[asked] for asked in asked_of if asked in DUTIES]
        councils = {each.cycle.council_id for each in asking}
        posts = Post.objects.filter(council__in=councils, duty__in=duties)
        self._held = list(posts.values_list("council_id", "duty", "pk")) if duties else []

    def asked(self, asked_of: AskedOf, plan: Plan) -> frozenset[int]:
        if asked_of is AskedOf.LEADS:
            return frozenset([plan.lead_officer_id, plan.lead_member_id])
        wanted = (plan.council_id, DUTIES[asked_of])
        return frozenset(pk for council, duty, pk in self._held if (council, duty) == wanted)


def _who(asked_of: AskedOf) -> str:
    """Name who is asked, as a table has it."""
    name = "the plan's leads" if asked_of is AskedOf.LEADS else NAMES[asked_of]
    return f"{name[:1].upper()}{name[1:]}"


def _of(cycle: ReportingCycle, plans: Sequence[Plan]) -> QuerySet[PlanStatement]:
    return PlanStatement.objects.filter(cycle=cycle, plan__in=plans)


def _finances_of(cycle: ReportingCycle, plans: Sequence[Plan]) -> QuerySet[FinanceStatement]:
    return FinanceStatement.objects.filter(cycle=cycle, plan__in=plans)


def _titles(cycle: ReportingCycle) -> Mapping[str, str]:
    rules = framework_of(cycle.council).statements_in(cycle.kind)
    return {rule.key: rule.title.lower() for rule in rules}


def _where(cycle: ReportingCycle, plan: Plan) -> list[str]:
    return [cycle.council.name, *cycle.slug.split("/"), plan.code]


def _overview_key(plan_id: int, key: str) -> str:
    return f"{ObligationKind.PLAN_OVERVIEW.value}-{plan_id}-{key}"


def _finances_key(plan_id: int) -> str:
    return f"{ObligationKind.FINANCIAL_OVERVIEW.value}-{plan_id}"


def _in_words(money: Decimal | None) -> str | None:
    return None if money is None else f"{money:.2f}"


def _lines_of(said: FinanceStatement) -> Iterator[tuple[str, str]]:
    for figure in said.figures.all():
        spent, forecast = (
            "not given" if each is None else exact_pounds(each)
            for each in (figure.spent, figure.forecast)
        )
        money = f"Budget {exact_pounds(figure.budget)}, spent {spent}, forecast {forecast}."
        yield figure.heading, f"{money} {figure.explanation}".strip()
    if said.words:
        yield "In words", said.words
