"""By when papers must be out, and how late they are: five clear days before a public meeting in England."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from goldenthread.design.words import long_date, plural
from goldenthread.domain.clear_days import clear_days_between, latest_publication
from goldenthread.domain.kinds import BodyKind, Step
from goldenthread.domain.timetable_clashes import Calendar
from goldenthread.organisation.models import Body
from goldenthread.organisation.queries import framework_of
from goldenthread.reporting.models import Milestone, ReportingCycle
from goldenthread.timetables.bank_holidays import calendar_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """When a forum meets on a cycle's papers, and by when they are due; None where nobody has said.

    Those of a public meeting are due so many clear days before it, others when the timetable says.
    """

    meets_on: date | None
    due_on: date | None
    is_public: bool
    clear_days: int
    closures: Collection[date] = ()

    def days_late(self, day: date) -> int:
        """Count the days by which papers that go out on a day are late."""
        return max((day - self.due_on).days, 0) if self.due_on else 0

    def of_issue(self, day: date, *, is_again: bool) -> Publication:
        """Say by when an issue of a day must be out.

        A correction that comes after the meeting is for the record: it is due on no day, and late on none.
        """
        is_for_the_record = is_again and self.meets_on is not None and day > self.meets_on
        return replace(self, due_on=None) if is_for_the_record else self

    def asks_for_urgency(self, day: date) -> bool:
        """Test whether the law asks why the forum should take papers that go out on a day."""
        return self.is_public and self.days_late(day) > 0

    def lateness(self, day: date) -> str:
        """Say how late papers are that go out on a day; nothing where they are not."""
        if not self.days_late(day) or self.due_on is None:
            return ""
        said = f"Due by {long_date(self.due_on)}, {plural(self.days_late(day), 'day')} late"
        return f"{said}; {self._left(day)}" if self.is_public and self.meets_on else said

    def _left(self, day: date) -> str:
        if self.meets_on is None or day >= self.meets_on:
            return "after the meeting had begun"
        left = clear_days_between(day, self.meets_on, closures=self.closures)
        return f"{plural(left, 'clear day')} before the meeting, not {self.clear_days}"


def publication_of(cycle: ReportingCycle, body: Body) -> Publication:
    """Find by when a forum's papers of a cycle must be out."""
    return publications_of([(cycle, body)])[cycle.pk, body.pk]


def publications_of(
    pairs: Iterable[tuple[ReportingCycle, Body]],
) -> dict[tuple[int, int], Publication]:
    """Find by when many papers must be out, by cycle and forum: a query, and one for each year."""
    wanted = list(pairs)
    days = _days({cycle.pk for cycle, _ in wanted})
    years = {(cycle.council, cycle.financial_year) for cycle, _ in wanted}
    calendars = {(council.pk, year): calendar_of(council, year) for council, year in years}
    return {
        (cycle.pk, body.pk): _publication(
            cycle, body, days, calendars[cycle.council_id, cycle.financial_year]
        )
        for cycle, body in wanted
    }


_Days = dict[tuple[int, BodyKind | None, Step], date | None]


def _days(cycles: Collection[int]) -> _Days:
    steps = [Step.FORUM_RECEIVES, Step.PAPERS_OUT]
    found = Milestone.objects.filter(cycle__in=cycles, step__in=steps)
    return {(each.cycle_id, each.forum, each.step): each.starts_on for each in found}


def _publication(cycle: ReportingCycle, body: Body, days: _Days, calendar: Calendar) -> Publication:
    closures = calendar.bank_holidays
    is_public = framework_of(cycle.council).meets_in_public(body.known_as)
    meets_on = days.get((cycle.pk, body.kind, Step.FORUM_RECEIVES))
    due_on = days.get((cycle.pk, body.kind, Step.PAPERS_OUT))
    if is_public and meets_on:
        due_on = latest_publication(meets_on, calendar.clear_days, closures=closures)
    return Publication(
        meets_on=meets_on,
        due_on=due_on,
        is_public=is_public,
        clear_days=calendar.clear_days,
        closures=closures,
    )
