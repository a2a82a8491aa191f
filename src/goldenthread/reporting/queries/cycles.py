"""Which cycles there are, and which one matters on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from goldenthread.domain.kinds import BodyKind, CycleKind, Step
from goldenthread.domain.periods import FinancialYear
from goldenthread.organisation.models import Council
from goldenthread.reporting.models import Milestone, ReportingCycle

_OF_A_MEETING = [Step.FORUM_RECEIVES, Step.PAPERS_OUT]
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


def keys_before(
    cycles: Iterable[ReportingCycle], kinds: Iterable[CycleKind] = RETURNED_ON
) -> dict[int, int]:
    """Find the key of the cycle of some kinds before each of some that has one, in one query."""
    together = Q(due_on=OuterRef("due_on"), pk__lt=OuterRef("pk"))
    earlier = ReportingCycle.objects.filter(
        Q(due_on__lt=OuterRef("due_on")) | together,
        council=OuterRef("council"),
        kind__in=list(kinds),
    ).order_by("-due_on", "-pk")
    rows = ReportingCycle.objects.filter(pk__in=[cycle.pk for cycle in cycles])
    found = rows.annotate(before=Subquery(earlier.values("pk")[:1])).exclude(before=None)
    return dict(found.values_list("pk", "before"))


def cycle_told_in(cycle: ReportingCycle) -> ReportingCycle:
    """Find the cycle whose returns a report shows: the annual one shows those of its last quarter."""
    if cycle.kind is not CycleKind.ANNUAL:
        return cycle
    quarters = ReportingCycle.objects.filter(
        council=cycle.council_id, year=cycle.year, kind=CycleKind.QUARTERLY
    )
    last = quarters.select_related("council").order_by("-quarter").first()
    return last or cycle


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


NOT_SET = Meeting(meets_on=None, papers_out_on=None)


def meetings_in(
    cycles: Iterable[ReportingCycle],
) -> dict[tuple[int, BodyKind | None], Meeting]:
    """Find every forum's meeting in some cycles, by cycle and forum, in one query."""
    days: dict[tuple[int, BodyKind | None], dict[Step, date | None]] = defaultdict(dict)
    for milestone in Milestone.objects.filter(cycle__in=cycles, step__in=_OF_A_MEETING):
        days[milestone.cycle_id, milestone.forum][milestone.step] = milestone.starts_on
    return {key: _meeting(found) for key, found in days.items()}


def _meeting(days: Mapping[Step, date | None]) -> Meeting:
    return Meeting(meets_on=days.get(Step.FORUM_RECEIVES), papers_out_on=days.get(Step.PAPERS_OUT))


def meeting_of(cycle: ReportingCycle, forum: BodyKind | None) -> Meeting:
    """Find a forum's meeting in a cycle, in one query; the timetable has none of a council's own forums."""
    if forum is None:
        return NOT_SET
    found = cycle.milestones.filter(forum=forum, step__in=_OF_A_MEETING)
    return _meeting({milestone.step: milestone.starts_on for milestone in found})
