"""How a person holds a post, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goldenthread.domain.timetable import day_in_words


class Capacity(StrEnum):
    """How somebody stands in a post: one answers for it, others may hold it beside them or for a while."""

    ANSWERABLE = "answerable"
    JOINT = "joint"
    DEPUTY = "deputy"

    @property
    def label(self) -> str:
        return {"answerable": "Holder", "joint": "Joint holder", "deputy": "Deputy"}[self.value]


LONGEST_DEPUTY = 366
"""Nobody stands in for somebody for more days than there are in a year."""
FARTHEST_AHEAD = 366
"""Who holds a post is not settled farther ahead than a year, in days."""


@dataclass(frozen=True, slots=True)
class Stay:
    """The days of somebody in a post, both inclusive; with no last day, for good."""

    starts_on: date
    ends_on: date | None = None

    def overlaps(self, other: Stay) -> bool:
        """Test whether two stays have a day in common."""
        starts_before_end = self.ends_on is None or other.starts_on <= self.ends_on
        return starts_before_end and (other.ends_on is None or self.starts_on <= other.ends_on)

    @property
    def words(self) -> str:
        """Say when: "from 6 July 2009", or "from 6 July 2009 to 31 August 2009"."""
        start = f"from {day_in_words(self.starts_on)}"
        return f"{start} to {day_in_words(self.ends_on)}" if self.ends_on else start

    def includes(self, day: date) -> bool:
        return self.overlaps(Stay(day, day))


def problems_with_start(starts_on: date, *, today: date) -> dict[str, str]:
    """Find what is wrong with the first day of somebody's stay in a post."""
    if starts_on < today:
        return {"starts_on": "The first day must be today or later"}
    if (starts_on - today).days > FARTHEST_AHEAD:
        return {"starts_on": "The first day must be within a year from today"}
    return {}


def problems_with_deputy(stay: Stay, *, today: date) -> dict[str, str]:
    """Find what is wrong with the days of a deputy, by field."""
    problems = problems_with_start(stay.starts_on, today=today)
    if stay.ends_on is None or stay.ends_on < stay.starts_on:
        problems["ends_on"] = "The last day must be on or after the first"
    elif (stay.ends_on - stay.starts_on).days >= LONGEST_DEPUTY:
        problems["ends_on"] = "A deputy can stand in for a year at most"
    return problems
