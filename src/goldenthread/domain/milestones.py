"""The rule behind the timetable, as data: how each step follows from another (clause T-2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from goldenthread.domain.kinds import BodyKind, Precision, Step

FARTHEST = 366


class Anchor(StrEnum):
    """What a step of the timetable is counted from."""

    QUARTER_END = "quarter_end"
    UPDATE_DEADLINE = "update_deadline"
    FORUM_RECEIVES = "forum_receives"
    EXCEPTIONS_DISCUSSED = "exceptions_discussed"


class Counts(StrEnum):
    """Which days a distance counts: all of them, or those the council works on."""

    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"


class IfClosed(StrEnum):
    """Where a step goes that would fall on a weekend, a bank holiday or a closure."""

    EARLIER = "earlier"
    """To the working day before."""
    LATER = "later"
    """To the working day after."""
    WEEK_LATER = "week_later"
    """To the same day of the next week in which it is open; from a weekend, to the day after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneRule:
    """How one step of a report's timetable follows from another (clause T-2).

    `offset_days` is below 0 before the anchor and above 0 after it. A step given to the week falls
    in the first week that begins on the counted day or later. The report's own meeting is the step
    `forum_receives`, 0 days from itself: it stands as typed.

    :raises ValueError: if the step cannot be placed, or would turn the order round
    """

    step: Step
    forum: BodyKind | None = None
    anchor: Anchor
    offset_days: int
    precision: Precision = Precision.DAY
    counts: Counts = Counts.CALENDAR_DAYS
    if_closed: IfClosed = IfClosed.EARLIER

    def __post_init__(self) -> None:
        if problem := next(_problems_of_rule(self), None):
            raise ValueError(f"the step {self.step} {problem}")


_TO_THE_DAY = (Step.UPDATE_DEADLINE, Step.PAPERS_OUT, Step.FORUM_RECEIVES)


def _problems_of_rule(rule: MilestoneRule) -> Iterator[str]:
    if rule.precision not in (Precision.DAY, Precision.WEEK):
        yield f'has the precision "{rule.precision}": it must be day or week'
    if rule.precision is Precision.WEEK and rule.step in _TO_THE_DAY:
        yield "is given to the week: it must be given to the day"
    if abs(rule.offset_days) > FARTHEST:
        yield f"is {rule.offset_days} days away: it must be at most {FARTHEST} days away"
    yield from _problems_of_order(rule)


def _problems_of_order(rule: MilestoneRule) -> Iterator[str]:
    from_meeting = rule.anchor is Anchor.FORUM_RECEIVES
    if rule.step is Step.FORUM_RECEIVES:
        if not (from_meeting and rule.offset_days == 0 and rule.forum):
            yield "is the meeting itself: it must name its forum and be 0 days from forum_receives"
    elif rule.step.value == rule.anchor.value:
        yield "counts from itself: it must count from another step"
    if rule.step is Step.PAPERS_OUT and not (from_meeting and rule.offset_days < 0):
        yield "comes before its meeting: it must count from forum_receives, with days below 0"


def problems_of_rules(rules: Sequence[MilestoneRule]) -> Iterator[tuple[int | None, str]]:
    """Say what keeps a report's rules from being laid out, with the position from 0 of each culprit.

    A position of None means the list as a whole. A report without rules has none to lay out.
    """
    known = {Anchor.QUARTER_END.value, Anchor.FORUM_RECEIVES.value}
    for position, rule in enumerate(rules):
        if rule.anchor.value not in known:
            words = f'counts from "{rule.anchor}", but no step before it is {rule.anchor}'
            yield position, f"{words}: it must come after it"
        known.add(rule.step.value)
    meetings = sum(rule.step is Step.FORUM_RECEIVES for rule in rules)
    if rules and meetings != 1:
        yield None, f"has {meetings} steps forum_receives: it must have one, the meeting itself"
