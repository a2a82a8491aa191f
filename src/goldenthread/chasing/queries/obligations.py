"""What a cycle asks of officers, one obligation each: its returns and its exception reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goldenthread.chasing.queries.standings import PlanReturns
from goldenthread.domain.kinds import ItemKind
from goldenthread.domain.obligations import ReturnState
from goldenthread.exception_reports.queries.reports import ExceptionLine
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.board import BoardItem


class ObligationKind(StrEnum):
    """What an officer may owe in a cycle."""

    ACTION = "action"
    INDICATOR = "indicator"
    EXCEPTION_REPORT = "exception_report"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """A return or an exception report that a cycle asks for, and where it stands.

    It is there once, also where its indicator stands in several plans. `note` says why it was sent
    back, where it was.
    """

    kind: ObligationKind
    item: BoardItem
    plans: tuple[Plan, ...]
    state: ReturnState
    due_on: date
    note: str = ""

    @property
    def key(self) -> str:
        """How a form names it: action-12, exception_report-indicator-7."""
        item = f"{self.item.item_kind.value}-{self.item.item_id}"
        return f"{self.kind.value}-{item}" if self.is_explanation else item

    @property
    def is_explanation(self) -> bool:
        return self.kind is ObligationKind.EXCEPTION_REPORT

    @property
    def is_outstanding(self) -> bool:
        return self.state.is_outstanding

    @property
    def plan_codes(self) -> str:
        return ", ".join(plan.code for plan in self.plans)


def obligations_of(
    cycle: ReportingCycle, standings: Iterable[PlanReturns], *, until: date, today: date
) -> list[Obligation]:
    """List what plans owe in a cycle, plan by plan, each return before the report that explains it.

    Exception reports are due by the day `until`.
    """
    items: dict[tuple[ItemKind, int], list[BoardItem]] = {}
    explained: dict[tuple[ItemKind, int], ExceptionLine[BoardItem]] = {}
    for standing in standings:
        for item in standing.items:
            items.setdefault((item.item_kind, item.item_id), []).append(item)
        explained |= {(e.line.item_kind, e.line.item_id): e for e in standing.exceptions}
    found = []
    for key, placed in items.items():
        plans = tuple(item.plan for item in placed)
        found.append(_return(placed[0], plans, cycle.due_on))
        if key in explained:
            found.append(_explanation(explained[key], plans, until, today))
    return found


def _return(item: BoardItem, plans: tuple[Plan, ...], due_on: date) -> Obligation:
    return Obligation(
        kind=ObligationKind(item.item_kind.value),
        item=item,
        plans=plans,
        state=item.state,
        due_on=due_on,
        note=item.revision_note if item.state is ReturnState.TO_REVISE else "",
    )


def _explanation(
    exception: ExceptionLine[BoardItem], plans: tuple[Plan, ...], until: date, today: date
) -> Obligation:
    state = _state(exception, is_late=today > until)
    report = exception.report
    return Obligation(
        kind=ObligationKind.EXCEPTION_REPORT,
        item=exception.line,
        plans=plans,
        state=state,
        due_on=until,
        note=report.revision_note if report and state is ReturnState.TO_REVISE else "",
    )


def _state(exception: ExceptionLine[BoardItem], *, is_late: bool) -> ReturnState:
    if not exception.is_owed:
        return ReturnState.IN
    if exception.is_to_revise:
        return ReturnState.TO_REVISE
    if is_late:
        return ReturnState.LATE
    return ReturnState.DRAFTED if exception.report else ReturnState.OWED
