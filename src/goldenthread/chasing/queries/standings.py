"""Plans counted in a cycle: the same numbers for the board, the leads' home and the cycle's page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from goldenthread.exception_reports.queries.reports import ExceptionLine, exception_lines
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.beside import BesideItem, asked_beside
from goldenthread.reporting.queries.board import BoardItem, board_of
from goldenthread.reporting.queries.sign_offs import PlanSignOff, sign_off_standings
from goldenthread.reporting.queries.tallies import (
    RatingTally,
    ReturnTally,
    tally_ratings,
    tally_returns,
)

Asked: TypeAlias = BoardItem | BesideItem


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReturns:
    """A plan in a cycle: its items in brief, what is asked beside them, and what must be explained."""

    plan: Plan
    items: tuple[BoardItem, ...]
    beside: tuple[BesideItem, ...]
    exceptions: tuple[ExceptionLine[BoardItem], ...]

    @property
    def asked(self) -> tuple[Asked, ...]:
        """All that officers owe of the plan, but for exception reports."""
        return (*self.items, *self.beside)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStanding(PlanReturns):
    """A plan in a cycle with its sign-off."""

    sign_off: PlanSignOff

    @property
    def ratings(self) -> RatingTally:
        return tally_ratings(self.items)

    @property
    def returns(self) -> ReturnTally:
        return tally_returns(self.asked)

    @property
    def exceptions_owed(self) -> int:
        return sum(exception.is_owed for exception in self.exceptions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Several plans counted together."""

    returns: ReturnTally
    exceptions: int
    exceptions_owed: int


def standings(
    cycle: ReportingCycle,
    plans: Sequence[Plan],
    *,
    today: date,
    whole: Collection[int] = (),
    beside: Sequence[BesideItem] | None = None,
) -> list[PlanStanding]:
    """Count plans in a cycle, in a number of queries that does not grow with their items.

    Of the plans whose keys are in `whole`, sign-offs tell what there is to sign for. `beside` is what the
    cycle asks beside the returns, where that is known already.
    """
    board = board_of(cycle, plans, today=today)
    if beside is None:
        beside = asked_beside(cycle, plans, today=today)
    returns = returns_of(cycle, plans, board, beside)
    sign_offs = sign_off_standings(cycle, plans, whole=whole)
    return [
        PlanStanding(
            plan=one.plan,
            items=one.items,
            beside=one.beside,
            exceptions=one.exceptions,
            sign_off=sign_offs[one.plan.pk],
        )
        for one in returns
    ]


def returns_of(
    cycle: ReportingCycle,
    plans: Sequence[Plan],
    board: Sequence[BoardItem],
    beside: Sequence[BesideItem],
) -> list[PlanReturns]:
    """Sort a cycle's items, and what it asks beside them, by their plans, with what must be explained."""
    exceptions = exception_lines(cycle, board)
    return [
        PlanReturns(
            plan=plan,
            items=tuple(item for item in board if item.plan.pk == plan.pk),
            beside=tuple(item for item in beside if item.plan.pk == plan.pk),
            exceptions=tuple(e for e in exceptions if e.line.plan.pk == plan.pk),
        )
        for plan in plans
    ]


def totals_of(counted: Iterable[PlanStanding]) -> Totals:
    """Count plans together; an indicator that stands in two of them is returned once."""
    items: dict[str, Asked] = {}
    exceptions: dict[str, ExceptionLine[BoardItem]] = {}
    for standing in counted:
        items |= {item.key: item for item in standing.asked}
        exceptions |= {e.line.key: e for e in standing.exceptions}
    return Totals(
        returns=tally_returns(items.values()),
        exceptions=len(exceptions),
        exceptions_owed=sum(exception.is_owed for exception in exceptions.values()),
    )
