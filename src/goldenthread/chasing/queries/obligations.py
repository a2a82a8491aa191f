"""What a cycle asks of officers, one obligation each: its returns, exception reports and all else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from goldenthread.chasing.queries.standings import Asked, PlanReturns
from goldenthread.design.words import join_words, plural
from goldenthread.domain.obligations import ObligationKind, ReturnState
from goldenthread.exception_reports.queries.reports import ExceptionLine
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.beside import BesideItem
from goldenthread.reporting.queries.board import BoardItem


def count_in_words(kinds: Iterable[ObligationKind]) -> str:
    """Count what is owed: "2 returns and 1 exception report"."""
    counts = Counter(kind.noun for kind in kinds)
    nouns = dict.fromkeys(kind.noun for kind in ObligationKind)
    return join_words([plural(counts[noun], noun) for noun in nouns if counts[noun]])


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """A return, an exception report or something beside them that a cycle asks for, and where it stands.

    It is there once, also where its indicator stands in several plans. `note` says why it was sent
    back, where it was.
    """

    kind: ObligationKind
    item: Asked
    plans: tuple[Plan, ...]
    state: ReturnState
    due_on: date
    note: str = ""

    @property
    def key(self) -> str:
        """How a form names it: action-12, exception_report-indicator-7."""
        return f"{self.kind.value}-{self.item.key}" if self.is_explanation else self.item.key

    @property
    def what(self) -> str:
        """Name it in a message, where nothing else says of what kind it is."""
        return f"{self.kind.before_title if self.is_explanation else ''}{self.item.what}"

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
    items: dict[str, list[Asked]] = {}
    explained: dict[str, ExceptionLine[BoardItem]] = {}
    for standing in standings:
        for item in standing.asked:
            items.setdefault(item.key, []).append(item)
        explained |= {e.line.key: e for e in standing.exceptions}
    found = []
    for key, placed in items.items():
        plans = tuple(item.plan for item in placed)
        found.append(_return(placed[0], plans, cycle.due_on))
        if key in explained:
            found.append(_explanation(explained[key], plans, until, today))
    return found


def _return(item: Asked, plans: tuple[Plan, ...], due_on: date) -> Obligation:
    return Obligation(
        kind=item.kind,
        item=item,
        plans=plans,
        state=item.state,
        due_on=item.due_on if isinstance(item, BesideItem) else due_on,
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
