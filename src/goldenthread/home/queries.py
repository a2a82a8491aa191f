"""What a person sees when they come in, by the posts they hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from goldenthread.exception_reports.queries import ExceptionLine, exception_lines
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.packs.models import Pack
from goldenthread.packs.queries import packs_for
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import Milestone, ReportingCycle
from goldenthread.reporting.queries.cycles import current_cycle, milestones_from, next_cycle
from goldenthread.reporting.queries.lines import (
    Line,
    PlanLines,
    lines_held_by,
    lines_of,
    plans_in,
)
from goldenthread.reporting.queries.tallies import (
    RatingTally,
    ReturnTally,
    tally_ratings,
    tally_returns,
)

DATES_TO_SHOW = 5
PAPERS_TO_SHOW = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStanding:
    """A plan in a cycle, counted: ratings, returns, and the exception reports that are owed."""

    lines: PlanLines
    exceptions: tuple[ExceptionLine, ...]

    @property
    def plan(self) -> Plan:
        return self.lines.plan

    @property
    def ratings(self) -> RatingTally:
        return tally_ratings(self.lines.lines)

    @property
    def returns(self) -> ReturnTally:
        return tally_returns(self.lines.lines)

    @property
    def exceptions_owed(self) -> int:
        return sum(exception.is_owed for exception in self.exceptions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What lies before a person: what they owe, the plans they answer for, dates and papers."""

    cycle: ReportingCycle | None
    next_cycle: ReportingCycle | None
    held: tuple[Line, ...]
    exceptions: tuple[ExceptionLine, ...]
    plans: tuple[PlanStanding, ...]
    dates: tuple[Milestone, ...]
    papers: tuple[Pack, ...]

    @property
    def owed(self) -> list[Line]:
        return [line for line in self.held if line.state.is_outstanding]

    @property
    def done(self) -> list[Line]:
        return [line for line in self.held if not line.state.is_outstanding]

    @property
    def exceptions_owed(self) -> list[ExceptionLine]:
        return [exception for exception in self.exceptions if exception.is_owed]

    @property
    def returns(self) -> ReturnTally:
        """The returns of all the plans that the person answers for."""
        return tally_returns(line for plan in self.plans for line in plan.lines.lines)

    @property
    def plan_exceptions_owed(self) -> int:
        return sum(plan.exceptions_owed for plan in self.plans)


def desk_of(holder: Officeholder, *, today: date) -> Desk:
    """Bring together what a person needs to see first."""
    cycle = current_cycle(holder.council, today)
    held = lines_held_by(holder, cycle, today=today) if cycle else []
    return Desk(
        cycle=cycle,
        next_cycle=next_cycle(holder.council, today),
        held=tuple(held),
        exceptions=tuple(exception_lines(cycle, held)) if cycle else (),
        plans=tuple(_plans_answered_for(holder, cycle, today)) if cycle else (),
        dates=tuple(milestones_from(holder.council, today, count=DATES_TO_SHOW)),
        papers=tuple(packs_for(holder)[:PAPERS_TO_SHOW]),
    )


def _plans_answered_for(
    holder: Officeholder, cycle: ReportingCycle, today: date
) -> list[PlanStanding]:
    plans = plans_in(cycle)
    if not holder.is_performance_manager:
        posts = holder.post_ids
        plans = plans.filter(
            Q(lead_member__in=posts) | Q(lead_officer__in=posts) | Q(portfolio_lead__in=posts)
        )
    return standings(cycle, list(plans), today=today)


def standings(cycle: ReportingCycle, plans: list[Plan], *, today: date) -> list[PlanStanding]:
    """Count plans in a cycle, in a number of queries that does not grow with their items."""
    every = lines_of(cycle, plans, today=today)
    exceptions = exception_lines(cycle, _all_lines(every))
    return [
        PlanStanding(
            lines=lines,
            exceptions=tuple(e for e in exceptions if e.line.plan.pk == lines.plan.pk),
        )
        for lines in every
    ]


def _all_lines(plans: Iterable[PlanLines]) -> list[Line]:
    return [line for plan in plans for line in plan.lines]
