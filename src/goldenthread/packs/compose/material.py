"""What a pack is made from, and the names by which its parts refer to each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import TypeAlias

from goldenthread.domain.exceptions import worst_first
from goldenthread.domain.framework import Framework
from goldenthread.domain.framework_tables import (
    ExceptionOrder,
    Part,
    Receipt,
    ReportRule,
    Scope,
)
from goldenthread.domain.kinds import IndicatorKind, ItemKind
from goldenthread.domain.off_track import Run
from goldenthread.evaluations.queries import EvaluationLine, evaluation_lines
from goldenthread.exception_reports.queries.reports import ExceptionLine, exception_lines
from goldenthread.exception_reports.queries.runs import runs_in
from goldenthread.exception_reports.queries.steps import Promise, promises_before
from goldenthread.indicators.models import Designation, Revision
from goldenthread.indicators.queries import target_revisions
from goldenthread.organisation.models import Body
from goldenthread.organisation.queries import framework_of
from goldenthread.packs.models import Pack
from goldenthread.packs.queries import issued_before
from goldenthread.plans.models import Plan
from goldenthread.plans.queries import due_revisions
from goldenthread.reporting.models import Correction, ReportingCycle
from goldenthread.reporting.queries.corrections import corrections_since, item_corrected
from goldenthread.reporting.queries.cycles import (
    Meeting,
    cycle_before,
    cycle_told_in,
    meeting_of,
)
from goldenthread.reporting.queries.lines import Line, PlanLines, lines_of, plans_in
from goldenthread.reporting.queries.sign_offs import PlanSignOff, sign_off_standings
from goldenthread.risks.queries import RiskLine, risk_lines
from goldenthread.statements.queries.finance import FinanceLine, finances_of
from goldenthread.statements.queries.statements import StatementLine, statements_asked

Key: TypeAlias = tuple[ItemKind, int]


class NotReceivedError(Exception):
    """The framework does not send this report to that forum."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The cycle that a pack says what changed since: of the forum's last papers, or else the one before."""

    cycle: ReportingCycle | None
    is_of_own_papers: bool

    @property
    def words(self) -> str:
        """Say since what; nothing where nothing was before."""
        if self.cycle is None:
            return ""
        if self.is_of_own_papers:
            return f"since this forum's papers of {self.cycle.title}"
        return f"since the returns of {self.cycle.title}"


@dataclass(frozen=True, kw_only=True)
class Material:
    """One cycle as one forum sees it, read once; numbers of exception reports run through the pack.

    The returns are those of `told_in`: for an annual report, of the year's last quarter.
    """

    cycle: ReportingCycle
    told_in: ReportingCycle
    body: Body
    at: datetime
    framework: Framework
    receipt: Receipt
    meeting: Meeting
    plans: tuple[PlanLines, ...]
    exceptions: tuple[ExceptionLine[Line], ...]
    runs: Mapping[Key, Run]
    promises: Mapping[Key, Sequence[Promise]]
    sign_offs: Mapping[int, PlanSignOff]
    corrections: tuple[Correction, ...] = ()
    statements: tuple[StatementLine, ...] = ()
    finances: tuple[FinanceLine, ...] = ()
    risks: tuple[RiskLine, ...] = ()
    revisions: Mapping[Key, Sequence[Revision]] = field(default_factory=dict)
    papers_before: Pack | None = None
    evaluations: tuple[EvaluationLine, ...] = ()
    compared: Compared

    @property
    def unsigned(self) -> list[PlanSignOff]:
        """The plans that are not signed off as they stand: papers can hold them, and say so."""
        found = (self.sign_offs[plan.plan.pk] for plan in self.plans)
        return [sign_off for sign_off in found if not sign_off.is_signed]

    @property
    def since_papers(self) -> str:
        """Say since which of the forum's papers things are told; nothing where it had none."""
        last = self.papers_before
        return f"since this forum's papers of {last.cycle.title}" if last else ""

    @property
    def report(self) -> ReportRule:
        return self.framework.reports.of(self.cycle.kind)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every item once, though it stand in two plans: for whatever counts or names them all."""
        every = (line for plan in self.plans for line in plan.lines)
        return tuple({(line.item_kind, line.item_id): line for line in every}.values())

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts that the forum receives, in the order in which its papers have them."""
        return self.report.parts_for(self.receipt)

    def has(self, part: Part) -> bool:
        return part in self.parts

    @property
    def has_reds_first(self) -> bool:
        """Whether the forum considers red exception reports before all else (clause X-2)."""
        return self.receipt.exceptions is ExceptionOrder.REDS_FIRST

    @cached_property
    def numbered(self) -> dict[tuple[ItemKind, int], int]:
        """The number of each submitted exception report, by the item that it explains."""
        told = (line for line in self.exceptions if not line.is_owed)
        return {(e.line.item_kind, e.line.item_id): n for n, e in enumerate(told, start=1)}

    def exceptions_of(self, plan: Plan) -> list[ExceptionLine[Line]]:
        return [exception for exception in self.exceptions if exception.line.plan.pk == plan.pk]

    def revisions_of(self, line: Line) -> Sequence[Revision]:
        """List how an item's target of the year, or its date, was revised, the earliest first."""
        return self.revisions.get((line.item_kind, line.item_id), ())

    def exception_number(self, line: Line) -> int | None:
        return self.numbered.get((line.item_kind, line.item_id))


def gather(cycle: ReportingCycle, body: Body, *, at: datetime, today: date) -> Material:
    """Read what a forum's pack of a cycle is made from.

    :raises NotReceivedError: if the framework does not send this report to that forum
    """
    framework = framework_of(cycle.council)
    report = framework.reports.of(cycle.kind)
    receipt = report.receipt_for(body.known_as)
    if receipt is None:
        raise NotReceivedError(
            f"{body.title} does not receive the {cycle.kind.label.lower()} report."
        )
    parts, told_in = report.parts_for(receipt), cycle_told_in(cycle)
    earlier = _papers_of_other_cycles(cycle, issued_before(body, at))
    compared = _compared(told_in, earlier)
    received = _plans_for(cycle, body, receipt.scope)
    plans = _received(lines_of(told_in, received, today=today, before=compared.cycle), parts)
    if receipt.scope is Scope.LAA_AND_SCS:
        plans = _partnership_targets(cycle, plans)
    exceptions = _exceptions(cycle, plans, receipt) if Part.EXCEPTION_REPORTS in parts else ()
    lines = [line for plan in plans for line in plan.lines]
    keys = [(line.item_kind, line.item_id) for line in lines]
    promised = keys if framework.reports.tells_exceptions(body.known_as) else []
    off_track = [line for line in lines if line.rating and line.rating.is_off_track]
    last = earlier[0] if earlier else None
    return Material(
        cycle=cycle,
        told_in=told_in,
        body=body,
        at=at,
        framework=framework,
        receipt=receipt,
        meeting=meeting_of(cycle, body.kind),
        plans=tuple(plans),
        exceptions=tuple(exceptions),
        runs=runs_in(told_in, [(line.item_kind, line.item_id) for line in off_track]),
        promises=promises_before(told_in, promised),
        corrections=tuple(_corrections(cycle, plans, last, at)),
        revisions=_revisions(cycle, plans),
        papers_before=last,
        compared=compared,
        sign_offs=_sign_offs(told_in, plans, keys),
        statements=tuple(_statements(cycle, plans, receipt, today)),
        finances=tuple(_finances(cycle, plans, today)) if Part.FINANCE in parts else (),
        risks=tuple(_risks(cycle, plans, today)) if Part.RISKS in parts else (),
        evaluations=tuple(_evaluations(cycle, plans, today)) if Part.EVALUATIONS in parts else (),
    )


def _papers_of_other_cycles(cycle: ReportingCycle, issued: Sequence[Pack]) -> list[Pack]:
    """Leave what a forum had read when a cycle's papers were issued first, the last first.

    Papers that are issued again tell the same as those that they replace, and what came since.
    """
    first = min((pack.issued_at for pack in issued if pack.cycle_id == cycle.pk), default=None)
    return [pack for pack in issued if first is None or pack.issued_at < first]


def _compared(told_in: ReportingCycle, issued: Sequence[Pack]) -> Compared:
    """Find the latest cycle of whose papers the forum had any; with none, the cycle before."""
    earlier = [pack.cycle for pack in issued if pack.cycle.due_on < told_in.due_on]
    own = max(earlier, key=lambda cycle: cycle.due_on, default=None)
    cycle = cycle_told_in(own) if own else cycle_before(told_in)
    return Compared(cycle=cycle, is_of_own_papers=own is not None)


def _sign_offs(
    told_in: ReportingCycle, plans: Sequence[PlanLines], keys: Sequence[Key]
) -> dict[int, PlanSignOff]:
    """Say how far plans are signed off, as to what the forum receives of them."""
    found = sign_off_standings(told_in, [plan.plan for plan in plans])
    return {plan: signed.among(keys) for plan, signed in found.items()}


def _received(plans: Sequence[PlanLines], parts: Sequence[Part]) -> list[PlanLines]:
    """Leave of each plan what a forum receives of it: what it does not, is not counted either."""
    return [
        replace(
            plan,
            actions=plan.actions if Part.ACTIONS in parts else (),
            indicators=plan.indicators if Part.INDICATORS in parts else (),
        )
        for plan in plans
    ]


def _exceptions(
    cycle: ReportingCycle, plans: Sequence[PlanLines], receipt: Receipt
) -> list[ExceptionLine[Line]]:
    """List a forum's exception reports as its papers number them: plan by plan, or all reds first."""
    found = _by_plan(cycle, plans)
    if receipt.exceptions is ExceptionOrder.REDS_FIRST:
        return sorted(found, key=lambda exception: worst_first(exception.line.rating))
    return found


def _statements(
    cycle: ReportingCycle, plans: Sequence[PlanLines], receipt: Receipt, today: date
) -> list[StatementLine]:
    """List what is said of whole plans; a forum that receives chosen parts has what it chose of it."""
    if receipt.scope is Scope.LAA_AND_SCS or (receipt.parts and Part.OVERVIEW not in receipt.parts):
        return []
    return statements_asked(cycle, [plan.plan for plan in plans], today=today)


def _finances(cycle: ReportingCycle, plans: Sequence[PlanLines], today: date) -> list[FinanceLine]:
    return finances_of(cycle, [plan.plan for plan in plans], today=today)


def _risks(cycle: ReportingCycle, plans: Sequence[PlanLines], today: date) -> list[RiskLine]:
    return risk_lines(cycle, [plan.plan for plan in plans], today=today)


def _evaluations(
    cycle: ReportingCycle, plans: Sequence[PlanLines], today: date
) -> list[EvaluationLine]:
    return evaluation_lines(cycle, [plan.plan for plan in plans], today=today)


def _corrections(
    cycle: ReportingCycle, plans: Sequence[PlanLines], last: Pack | None, at: datetime
) -> list[Correction]:
    """List what was put right since a body's papers before these, of whichever cycle, in its plans."""
    items = {(line.item_kind, line.item_id) for plan in plans for line in plan.lines}
    found = corrections_since(cycle.council, last.issued_at if last else None, until=at)
    return [correction for correction in found if item_corrected(correction) in items]


def _revisions(cycle: ReportingCycle, plans: Sequence[PlanLines]) -> dict[Key, list[Revision]]:
    """Find how the year's targets and the dates of a paper's items were revised (clause G-5)."""
    found: dict[Key, list[Revision]] = defaultdict(list)
    indicators = {line.item_id for plan in plans for line in plan.indicators}
    actions = {line.item_id for plan in plans for line in plan.actions}
    for target in target_revisions(indicators, year=cycle.year):
        found[ItemKind.INDICATOR, target.target.indicator_id].append(target)
    for due in due_revisions(actions):
        found[ItemKind.ACTION, due.action_id].append(due)
    return found


def _plans_for(cycle: ReportingCycle, body: Body, scope: Scope) -> list[Plan]:
    plans = plans_in(cycle)
    return list(plans.filter(receiving_body=body) if scope is Scope.OWN_PLAN else plans)


def _partnership_targets(cycle: ReportingCycle, plans: Sequence[PlanLines]) -> list[PlanLines]:
    """Leave of each plan its LAA and SCS targets, and nothing of a plan with none (clause C-2)."""
    kept = set(
        Designation.objects.filter(
            indicator__council=cycle.council_id, kind__in=[IndicatorKind.LAA, IndicatorKind.SCS]
        ).values_list("indicator_id", flat=True)
    )
    left = [
        replace(plan, indicators=tuple(line for line in plan.indicators if line.item_id in kept))
        for plan in plans
    ]
    return [plan for plan in left if plan.indicators]


def _by_plan(cycle: ReportingCycle, plans: Sequence[PlanLines]) -> list[ExceptionLine[Line]]:
    """List exceptions plan by plan, the reds of each before its ambers.

    An indicator of two plans is explained once, in the first.
    """
    lines: list[Line] = [line for plan in plans for line in plan.lines]
    every = exception_lines(cycle, lines, whole=True)
    found: dict[tuple[ItemKind, int], ExceptionLine[Line]] = {}
    for plan in plans:
        for exception in every:
            if exception.line.plan.pk == plan.plan.pk:
                found.setdefault((exception.line.item_kind, exception.line.item_id), exception)
    return list(found.values())


def plan_anchor(plan: Plan) -> str:
    return f"plan-{plan.code.lower()}"


def item_anchor(line: Line) -> str:
    return f"{line.item_kind.value}-{line.item_id}"


def exception_anchor(line: Line) -> str:
    return f"exception-{item_anchor(line)}"
