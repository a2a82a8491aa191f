"""Which cycles there are, and which one matters on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from goldenthread.domain.kinds import BodyKind, CycleKind, Step
from goldenthread.domain.periods import FinancialYear
from goldenthread.organisation.models import Council
from goldenthread.reporting.models import Milestone, ReportingCycle

RETURNED_ON = [CycleKind.SIX_WEEKLY, CycleKind.QUARTERLY]


def cycles_of(council: Council) -> QuerySet[ReportingCycle]:
    """List a council's cycles in the order in which their returns are due."""
    return council.cycles.order_by("due_on", "pk")


def find_cycle(council: Council, *, year: str, code: str) -> ReportingCycle | None:
    """Find a cycle by its address: year 2009-10, code Q1, whatever the case."""
    try:
        starts_in = FinancialYear.parse(year).starts_in
    except ValueError:
        return None
    return cycles_of(council).filter(year=starts_in, code__iexact=code).first()


def current_cycle(council: Council, today: date) -> ReportingCycle | None:
    """Find the cycle that opened last by a day; the officers' returns are asked for in it."""
    opened = cycles_of(council).filter(opens_on__lte=today, kind__in=RETURNED_ON)
    return opened.order_by("-opens_on").first()


def next_cycle(council: Council, today: date) -> ReportingCycle | None:
    """Find the cycle that opens next after a day."""
    return (
        cycles_of(council)
        .filter(opens_on__gt=today, kind__in=RETURNED_ON)
        .order_by("opens_on")
        .first()
    )


def cycle_before(cycle: ReportingCycle) -> ReportingCycle | None:
    """Find the cycle whose returns came before this one's."""
    # The annual report's returns are due with those of the last quarter, and come after them.
    together = Q(due_on=cycle.due_on, pk__lt=cycle.pk)
    earlier = ReportingCycle.objects.filter(
        Q(due_on__lt=cycle.due_on) | together, council=cycle.council_id, kind__in=RETURNED_ON
    )
    return earlier.order_by("-due_on", "-pk").first()


def timetable_of(council: Council, year: FinancialYear) -> QuerySet[Milestone]:
    """List a year's milestones as the timetable prints them: by cycle, in their own order."""
    return (
        Milestone.objects.filter(cycle__council=council, cycle__year=year.starts_in)
        .select_related("cycle")
        .order_by("cycle__quarter", "cycle_id", "number")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """When a forum receives a cycle's papers, and when they go out; None where it is not set."""

    meets_on: date | None
    papers_out_on: date | None


def meeting_of(cycle: ReportingCycle, forum: BodyKind) -> Meeting:
    """Find a forum's meeting in a cycle, in one query."""
    steps = [Step.FORUM_RECEIVES, Step.PAPERS_OUT]
    found = {
        milestone.step: milestone.starts_on
        for milestone in cycle.milestones.filter(forum=forum, step__in=steps)
    }
    return Meeting(
        meets_on=found.get(Step.FORUM_RECEIVES), papers_out_on=found.get(Step.PAPERS_OUT)
    )
