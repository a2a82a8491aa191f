"""Which dates of the timetable are somebody's, by the part that they have in it."""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.domain.kinds import BodyKind, Step
from goldenthread.domain.timetable import TimetableEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What somebody has to do with a council's year: what they return, lead, sit on and look after."""

    returns: bool = False
    returns_laa: bool = False
    leads: bool = False
    looks_after_all: bool = False
    forums: frozenset[BodyKind] = frozenset()


_OF_A_FORUM = (Step.PAPERS_OUT, Step.FORUM_RECEIVES, Step.EXCEPTIONS_DISCUSSED)


def why_it_concerns(entry: TimetableEntry, part: Part) -> str:
    """Say why a date is somebody's, as "you return on actions or indicators"; nothing if it is not.

    Directors are those who sit on DMT, so the meeting with the Chief Executive is theirs (clause X-1).
    """
    return _own_reason(entry, part) or (
        "you look after the timetable" if part.looks_after_all else ""
    )


def _own_reason(entry: TimetableEntry, part: Part) -> str:
    match entry.step:
        case Step.UPDATE_DEADLINE if part.returns:
            return "you return on actions or indicators"
        case Step.UPDATE_DEADLINE if part.leads:
            return "you answer for a plan"
        case Step.LAA_DATA_FROM_COUNTY if part.returns_laa:
            return "you return on an LAA indicator"
        case Step.PARTNERSHIPS_REVIEW if BodyKind.THEMATIC_PARTNERSHIPS in part.forums:
            return "you sit on it"
        case Step.DIRECTORS_MEET_CHIEF_EXECUTIVE if BodyKind.DMT in part.forums:
            return "you are a director"
    sits = entry.step in _OF_A_FORUM and entry.forum in part.forums
    return "you sit on it" if sits else ""
