"""Who owes what in which cycle.

What is owed is worked out from facts, never kept as rows that somebody must remember to create.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goldenthread.domain.kinds import Frequency
from goldenthread.domain.periods import FinancialYear, Period, periods_of


class ReturnState(StrEnum):
    """Where an officer's return of one item stands in one cycle."""

    IN = "in"
    TO_REVISE = "to_revise"
    DRAFTED = "drafted"
    OWED = "owed"
    LATE = "late"
    NOT_DUE_TO_START = "not_due_to_start"
    NOT_OPEN = "not_open"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()

    @property
    def is_outstanding(self) -> bool:
        return self in _OUTSTANDING


class ObligationKind(StrEnum):
    """What somebody may owe in a cycle."""

    ACTION = "action"
    INDICATOR = "indicator"
    EXCEPTION_REPORT = "exception_report"
    RISK_RETURN = "risk_return"
    EVALUATION = "evaluation"
    PLAN_OVERVIEW = "plan_overview"
    FINANCIAL_OVERVIEW = "financial_overview"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()

    @property
    def noun(self) -> str:
        """What a message counts it as: what is returned on an item is a return."""
        is_return = self in (
            ObligationKind.ACTION,
            ObligationKind.INDICATOR,
            ObligationKind.RISK_RETURN,
        )
        return "return" if is_return else self.label.lower()

    @property
    def before_title(self) -> str:
        """What a message puts before an item's name: nothing where the name is of the thing owed."""
        return _BEFORE_TITLE.get(self, "")


_BEFORE_TITLE = {
    ObligationKind.EXCEPTION_REPORT: "Exception report for ",
    ObligationKind.EVALUATION: "Evaluation of ",
}

_OUTSTANDING = (
    ReturnState.TO_REVISE,
    ReturnState.DRAFTED,
    ReturnState.OWED,
    ReturnState.LATE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What a cycle looks at, and when it takes returns; all days are inclusive."""

    observes_from: date
    observes_to: date
    opens_on: date
    due_on: date

    def takes_returns_on(self, day: date) -> bool:
        return self.opens_on <= day <= self.due_on

    @property
    def looks_at(self) -> date:
        """The day as at which the cycle sees the world: six-weekly ones report before their period ends."""
        return min(self.observes_to, self.due_on)


def return_state(
    *,
    window: Window,
    today: date,
    submitted: bool,
    drafted: bool,
    returned: bool = False,
    starts_on: date | None = None,
    counts_not_due_to_start: bool = False,
) -> ReturnState:
    """Say where a return stands (clauses R-1, R-2).

    One that a lead sent back is to be revised, also after the deadline, until it is submitted again.
    An action that starts after the day the cycle looks at is not due to start, and owes nothing,
    unless the council counts such actions all the same (oddity 9 of the source).
    """
    if submitted:
        return ReturnState.IN
    if returned:
        return ReturnState.TO_REVISE
    if not counts_not_due_to_start and is_not_due_to_start(starts_on, window):
        return ReturnState.NOT_DUE_TO_START
    if today < window.opens_on:
        return ReturnState.NOT_OPEN
    if today > window.due_on:
        return ReturnState.LATE
    return ReturnState.DRAFTED if drafted else ReturnState.OWED


def is_not_due_to_start(starts_on: date | None, window: Window) -> bool:
    """Test whether an action starts only after the day that the cycle looks at."""
    return starts_on is not None and starts_on > window.looks_at


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFigure:
    """A figure that a cycle asks for, or could take before its time."""

    period: Period
    is_due: bool

    @property
    def is_provisional(self) -> bool:
        """A figure given before its period has ended is provisional (oddity 4 of the source)."""
        return not self.is_due


def figures_asked(
    *, year: FinancialYear, frequency: Frequency, window: Window
) -> list[AskedFigure]:
    """List the figures of this year that a cycle asks an indicator for, earliest first (clause R-2).

    Periods that have ended by the deadline are due. One that lies in the observed time but has not
    ended by then can be given provisionally, and is never called missing.
    """
    return [
        AskedFigure(period=period, is_due=period.has_ended_by(window.due_on))
        for period in periods_of(year, frequency)
        if period.has_ended_by(window.due_on) or _is_under_way(period, window)
    ]


def _is_under_way(period: Period, window: Window) -> bool:
    return period.starts_on <= window.due_on and period.ends_on <= window.observes_to
