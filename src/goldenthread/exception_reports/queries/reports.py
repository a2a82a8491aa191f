from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from django.db.models import F
from django.shortcuts import get_object_or_404

from goldenthread.domain.exceptions import owes_exception_report, worst_first
from goldenthread.domain.framework_tables import ExceptionQuestion, ExceptionQuestionKey
from goldenthread.domain.kinds import ItemKind
from goldenthread.domain.rating import Rating
from goldenthread.exception_reports.models import ExceptionReport
from goldenthread.organisation.queries import framework_of
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate, ReportingCycle


class Explainable(Protocol):
    """An item of a cycle that may need to be explained."""

    @property
    def item_kind(self) -> ItemKind: ...
    @property
    def item_id(self) -> int: ...
    @property
    def rating(self) -> Rating | None: ...


L = TypeVar("L", bound=Explainable)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionLine(Generic[L]):
    """An off-track item of a cycle with its exception report, or with none yet."""

    line: L
    report: ExceptionReport | None

    @property
    def is_owed(self) -> bool:
        return self.report is None or not self.report.is_submitted


def exception_lines(cycle: ReportingCycle, lines: Iterable[L]) -> list[ExceptionLine[L]]:
    """List the returned items that must be explained, reds before ambers (clauses E-1, X-2).

    Takes three queries, however many lines there are.
    """
    rule = framework_of(cycle.council).exception_rule
    owing = [
        line
        for line in lines
        if owes_exception_report(
            cycle_kind=cycle.kind, item_kind=line.item_kind, rating=line.rating, rule=rule
        )
    ]
    reports = _reports_of(cycle) if owing else {}
    return [
        ExceptionLine(line=line, report=reports.get((line.item_kind, line.item_id)))
        for line in sorted(owing, key=lambda line: worst_first(line.rating))
    ]


def _reports_of(cycle: ReportingCycle) -> dict[tuple[ItemKind, int], ExceptionReport]:
    """Find a cycle's exception reports by the item they explain."""
    reports: dict[tuple[ItemKind, int], ExceptionReport] = {}
    for kind in (ItemKind.ACTION, ItemKind.INDICATOR):
        update = f"{kind.value}_update"
        found = ExceptionReport.objects.filter(**{f"{update}__cycle": cycle})
        for report in found.annotate(item_id=F(f"{update}__{kind.value}_id")):
            reports[kind, report.item_id] = report
    return reports


def report_about(update_kind: ItemKind, update_id: int) -> ExceptionReport | None:
    """Find the exception report that explains a return."""
    about = {f"{update_kind.value}_update": update_id}
    return ExceptionReport.objects.select_related("saved_by").filter(**about).first()


def reports_about(
    updates: Sequence[ActionUpdate | IndicatorUpdate],
) -> dict[int, ExceptionReport]:
    """Find the submitted exception reports of one item's returns, by return, in one query."""
    if not updates:
        return {}
    about = "action_update" if isinstance(updates[0], ActionUpdate) else "indicator_update"
    found = ExceptionReport.objects.filter(
        **{f"{about}__in": [update.pk for update in updates]}, submitted_at__isnull=False
    )
    return {getattr(report, f"{about}_id"): report for report in found}


def report_before(update: ActionUpdate | IndicatorUpdate) -> ExceptionReport | None:
    """Find the exception report that explained the same item last, before this return."""
    earlier = ExceptionReport.objects.filter(submitted_at__isnull=False)
    if isinstance(update, ActionUpdate):
        earlier = earlier.filter(
            action_update__action=update.action_id,
            action_update__cycle__due_on__lt=update.cycle.due_on,
        ).order_by("-action_update__cycle__due_on")
    else:
        earlier = earlier.filter(
            indicator_update__indicator=update.indicator_id,
            indicator_update__cycle__due_on__lt=update.cycle.due_on,
        ).order_by("-indicator_update__cycle__due_on")
    return earlier.first()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The item that an exception report is about, as its form names it (clause E-2)."""

    reference: str
    title: str
    plan: Plan
    officer: str
    kind: ItemKind

    @property
    def facts(self) -> list[tuple[str, str]]:
        return [
            ("Plan", self.plan.title),
            ("Lead Member of DMT", self.plan.lead_member.title),
            ("Officer responsible", self.officer),
            (self.kind.value.capitalize(), self.title),
        ]


def update_to_explain(
    cycle: ReportingCycle, kind: ItemKind, update_id: int
) -> ActionUpdate | IndicatorUpdate:
    """Find a cycle's return with what its exception report names.

    :raises Http404: if the cycle has no such return
    """
    if kind is ItemKind.ACTION:
        actions = ActionUpdate.objects.select_related(
            "cycle__council", "action__challenge__plan__lead_member", "action__action_officer"
        ).prefetch_related("action__holders")
        return get_object_or_404(actions, cycle=cycle, pk=update_id)
    indicators = IndicatorUpdate.objects.select_related(
        "cycle__council", "indicator__indicator_officer"
    )
    return get_object_or_404(indicators, cycle=cycle, pk=update_id)


def subject_of(update: ActionUpdate | IndicatorUpdate) -> Subject:
    """Name the item of a return, its plan and who answers for it."""
    if isinstance(update, ActionUpdate):
        action = update.action
        return Subject(
            reference=action.reference,
            title=action.description,
            plan=action.challenge.plan,
            officer=str(action.action_officer),
            kind=ItemKind.ACTION,
        )
    indicator = update.indicator
    placing = indicator.placings.select_related("plan__lead_member").order_by("pk")[:1].get()
    return Subject(
        reference=indicator.reference,
        title=indicator.definition,
        plan=placing.plan,
        officer=str(indicator.indicator_officer),
        kind=ItemKind.INDICATOR,
    )


# The two questions that are answered yes or no, and the fields that keep the answer.
YES_NO = {
    ExceptionQuestionKey.RESOURCES: "needs_resources",
    ExceptionQuestionKey.EXCEPTIONAL: "is_exceptional",
}


def answers_in_words(
    report: ExceptionReport, questions: Iterable[ExceptionQuestion]
) -> list[tuple[str, str]]:
    """List a report's answers under the council's questions, in the council's order."""
    return [(question.question, _answer(question, report)) for question in questions]


def _answer(question: ExceptionQuestion, report: ExceptionReport) -> str:
    key = ExceptionQuestionKey(question.key)
    said = str(getattr(report, key.value)).strip()
    if key not in YES_NO:
        return said or "Nothing stated."
    answer = getattr(report, YES_NO[key])
    if answer is None:
        return "Not answered yet."
    return f"Yes. {said}" if answer else "No."
