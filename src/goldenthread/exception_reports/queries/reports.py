from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from django.db.models import F, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from goldenthread.design.words import join_words, long_date
from goldenthread.domain.exception_states import FOR_RESOURCES, EndorsingRole
from goldenthread.domain.exceptions import owes_exception_report, worst_first
from goldenthread.domain.framework_tables import ExceptionQuestion, ExceptionQuestionKey
from goldenthread.domain.kinds import IndicatorKind, ItemKind
from goldenthread.domain.rating import Rating
from goldenthread.exception_reports.models import (
    CountyFile,
    Endorsement,
    ExceptionReport,
    PlannedStep,
)
from goldenthread.organisation.models import Council
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

    @property
    def is_to_revise(self) -> bool:
        return self.report is not None and self.report.is_to_revise

    @property
    def key(self) -> tuple[ItemKind, int]:
        return self.line.item_kind, self.line.item_id


def exception_lines(
    cycle: ReportingCycle, lines: Iterable[L], *, whole: bool = False
) -> list[ExceptionLine[L]]:
    """List the returned items that must be explained, reds before ambers (clauses E-1, X-2).

    Takes three queries, however many lines there are; eight more at most with the `whole` of each
    report: its steps, its endorsements and the County's file.
    """
    rule = framework_of(cycle.council).exception_rule
    owing = [
        line
        for line in lines
        if owes_exception_report(
            cycle_kind=cycle.kind, item_kind=line.item_kind, rating=line.rating, rule=rule
        )
    ]
    reports = _reports_on(cycle, owing, whole=whole)
    return [
        ExceptionLine(line=line, report=reports.get((line.item_kind, line.item_id)))
        for line in sorted(owing, key=lambda line: worst_first(line.rating))
    ]


def _reports_on(
    cycle: ReportingCycle, owing: Iterable[Explainable], *, whole: bool
) -> dict[tuple[ItemKind, int], ExceptionReport]:
    """Find a cycle's exception reports on some items, by item."""
    reports: dict[tuple[ItemKind, int], ExceptionReport] = {}
    for kind in (ItemKind.ACTION, ItemKind.INDICATOR):
        items = {line.item_id for line in owing if line.item_kind is kind}
        if not items:
            continue
        update = f"{kind.value}_update"
        every = whole_reports() if whole else ExceptionReport.objects.all()
        on_these = {f"{update}__cycle": cycle, f"{update}__{kind.value}__in": items}
        found = every.filter(**on_these)
        for report in found.annotate(item_id=F(f"{update}__{kind.value}_id")):
            reports[kind, report.item_id] = report
    return reports


def whole_reports() -> QuerySet[ExceptionReport]:
    """List exception reports with all that stands in them, but not the weight of attached files."""
    return ExceptionReport.objects.select_related(
        "saved_by", "submitted_by", "submitted_for"
    ).prefetch_related(
        "steps__owner",
        "endorsements__given_by",
        "endorsements__given_for",
        Prefetch("county_file", CountyFile.objects.defer("content")),
    )


def is_needed(council: Council, prefix: str = "") -> Q:
    """Select a council's reports, or what hangs from them by a prefix, of returns still off track.

    A report whose return turned green is kept, and is neither owed nor printed (clause E-1).
    """
    ratings = [rating.value for rating in framework_of(council).exception_rule.ratings]
    needed = Q()
    for update in ("action_update", "indicator_update"):
        needed |= Q(
            **{
                f"{prefix}{update}__cycle__council": council.pk,
                f"{prefix}{update}__submitted_at__isnull": False,
                f"{prefix}{update}__rating__in": ratings,
            }
        )
    return needed


def quarter_before(cycle: ReportingCycle) -> ReportingCycle | None:
    """Find the last cycle before this one that asked for exception reports."""
    kinds = list(framework_of(cycle.council).exception_rule.cycle_kinds)
    earlier = ReportingCycle.objects.filter(
        council=cycle.council_id, kind__in=kinds, due_on__lt=cycle.due_on
    )
    return earlier.order_by("-due_on").first()


def report_about(update_kind: ItemKind, update_id: int) -> ExceptionReport | None:
    """Find the exception report that explains a return."""
    about = {f"{update_kind.value}_update": update_id}
    return whole_reports().filter(**about).first()


def reports_about(
    updates: Sequence[ActionUpdate | IndicatorUpdate],
) -> dict[int, ExceptionReport]:
    """Find the submitted exception reports of one item's returns, by return."""
    if not updates:
        return {}
    about = "action_update" if isinstance(updates[0], ActionUpdate) else "indicator_update"
    found = whole_reports().filter(
        **{f"{about}__in": [update.pk for update in updates]}, submitted_at__isnull=False
    )
    return {getattr(report, f"{about}_id"): report for report in found}


def report_before(update: ActionUpdate | IndicatorUpdate) -> ExceptionReport | None:
    """Find the exception report that explained the same item last, before this return."""
    earlier = whole_reports().filter(submitted_at__isnull=False)
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
            "cycle__council",
            "action__challenge__plan__council",
            "action__challenge__plan__lead_member",
            "action__challenge__plan__lead_officer",
            "action__challenge__plan__portfolio_lead",
            "action__action_officer",
        ).prefetch_related("action__holders")
        return get_object_or_404(actions, cycle=cycle, pk=update_id)
    indicators = IndicatorUpdate.objects.select_related(
        "cycle__council", "indicator__council", "indicator__indicator_officer"
    )
    return get_object_or_404(indicators, cycle=cycle, pk=update_id)


def takes_county_report(update: ActionUpdate | IndicatorUpdate) -> bool:
    """Test whether the County's exception report may stand in for ours on a return (clause R-5)."""
    return (
        isinstance(update, IndicatorUpdate)
        and update.indicator.collected_by_county
        and update.indicator.designations.filter(kind=IndicatorKind.LAA).exists()
    )


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
    placing = (
        indicator.placings.select_related(
            "plan__lead_member", "plan__lead_officer", "plan__portfolio_lead"
        )
        .order_by("pk")[:1]
        .get()
    )
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


COUNTYS = "The County's exception report"


def answers_in_words(
    report: ExceptionReport, questions: Iterable[ExceptionQuestion], *, with_steps: bool = True
) -> list[tuple[str, str]]:
    """List a report's answers under the council's questions, in the council's order.

    The steps stand under what is planned, unless a table shows them. The County's report takes the
    place of all (clause R-5).
    """
    if report.is_countys:
        return [(COUNTYS, _countys(report))]
    return [(question.question, _answer(question, report, with_steps)) for question in questions]


def _countys(report: ExceptionReport) -> str:
    file = report.county_file
    attached = f"Attached: {file.name} ({file.format.label}, {file.size_words})." if file else ""
    return "\n".join(filter(None, [attached, report.county_words]))


def _answer(question: ExceptionQuestion, report: ExceptionReport, with_steps: bool) -> str:
    key = ExceptionQuestionKey(question.key)
    said = str(getattr(report, key.value)).strip()
    if key is ExceptionQuestionKey.PLANNED:
        return _planned(report, said, with_steps)
    if key not in YES_NO:
        return said or NOTHING
    answer = getattr(report, YES_NO[key])
    if answer is None:
        return "Not answered yet."
    if not answer:
        return "No."
    more = _about_resources(report) if key is ExceptionQuestionKey.RESOURCES else ASKS_REVISION
    return "\n".join(filter(None, [f"Yes. {said}".strip(), more]))


NOTHING = "Nothing stated."
ASKS_REVISION = (
    "The Cabinet Portfolio Lead and the Lead Member of DMT consult Scrutiny on a change request."
)


def _planned(report: ExceptionReport, said: str, with_steps: bool) -> str:
    steps = list(report.steps.all())
    if not steps:
        return said or NOTHING
    if not with_steps:
        return said or "The steps stand in the table below."
    return "\n".join([*filter(None, [said]), *(step_in_words(step) for step in steps)])


def step_in_words(step: PlannedStep) -> str:
    """Write a step as a line: "2. Open the hall (Play Officer, by 3 August 2009)"."""
    due = f"by {long_date(step.due_on)}" if step.due_on else "no day yet"
    line = (
        f"{step.number}. {step.what or 'Not said yet'} ({step.owner_name or 'nobody yet'}, {due})"
    )
    return f"{line}. {step.note}" if step.note else line


def _about_resources(report: ExceptionReport) -> str:
    if report.must_be_endorsed is None:
        return report.resources_effect
    given = {role: report.endorsed_as(role) for role in FOR_RESOURCES}
    words = [_endorsement_words(role, each) for role, each in given.items()]
    asks = join_words(words) if report.must_be_endorsed else "no endorsement is needed"
    return "\n".join(filter(None, [report.resources_effect, f"{asks[0].upper()}{asks[1:]}."]))


def _endorsement_words(role: EndorsingRole, given: Endorsement | None) -> str:
    if given is None:
        return f"{role.label}'s endorsement is needed"
    return f"{role.label}'s endorsement was given by {given.given_by.name} on {_day(given)}"


def _day(given: Endorsement) -> str:
    return long_date(timezone.localdate(given.given_at))


def reports_asking_revision(cycle: ReportingCycle) -> QuerySet[ExceptionReport]:
    """List a cycle's submitted reports that ask for a revision of their action or target (clause G-1).

    A change request takes up from them.
    """
    of_cycle = Q(action_update__cycle=cycle) | Q(indicator_update__cycle=cycle)
    return (
        whole_reports()
        .filter(of_cycle, submitted_at__isnull=False, is_exceptional=True)
        .filter(is_needed(cycle.council))
        .order_by("pk")
    )
