"""A plan's ratings, for whoever speaks of it as a whole to have beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goldenthread.domain.exceptions import worst_first
from goldenthread.domain.rating import Rating
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.lines import Line, PlanLines, lines_of
from goldenthread.reporting.queries.tallies import RatingTally, tally_ratings


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRatings:
    """How a plan's items are rated in a cycle, and which are off track or have become green."""

    lines: PlanLines

    @property
    def actions(self) -> RatingTally:
        return tally_ratings(self.lines.actions)

    @property
    def indicators(self) -> RatingTally:
        return tally_ratings(self.lines.indicators)

    @property
    def off_track(self) -> list[Line]:
        """The reds and ambers, worst first."""
        found = [line for line in self.lines.lines if line.rating and line.rating.is_off_track]
        return sorted(found, key=lambda line: worst_first(line.rating))

    @property
    def improved(self) -> list[Line]:
        """The greens, those that were not green last time first."""
        greens = [line for line in self.lines.lines if line.rating is Rating.GREEN]
        return sorted(greens, key=lambda line: line.was is None or line.was is Rating.GREEN)

    @property
    def outstanding(self) -> int:
        """How many returns are not in."""
        return sum(line.state.is_outstanding for line in self.lines.lines)


def plan_ratings(cycle: ReportingCycle, plan: Plan, *, today: date) -> PlanRatings:
    """Read how a plan's items are rated in a cycle."""
    [lines] = lines_of(cycle, [plan], today=today)
    return PlanRatings(lines=lines)
