"""Dates in an officer's words whose year a reader cannot tell."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
PLAIN_WITHIN = timedelta(days=153)
"""Five months: a month or day so near is taken for the nearest; halfway round the year it is not."""
RECENTLY = timedelta(days=92)
"""Three months: "by June" is read of a June just past as an account of it, and later as a promise."""

_MONTH = "|".join(MONTHS)
_YEAR = r"[12]\d{3}"
# Months are also names and verbs, so one stands for a date only after such a word or with its day.
_DEADLINE = "by|before|until|till"
_LEAD = rf"{_DEADLINE}|in|from|of|during|after|on|for|early|late|mid|since|last|next|this"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_DATE = re.compile(
    rf"(?:\b(?i:(?P<lead>{_LEAD}))[ -])?(?:the )?(?:(?:end|start|beginning|middle) of )?"
    rf"(?:\b(?P<day>{_DAY})(?:st|nd|rd|th)?(?: of)? )?\b(?P<month>{_MONTH})\b"
    rf"(?P<year>,? {_YEAR}\b|(?: and | or | to |, |[-\N{{EN DASH}}])"
    rf"(?:{_DAY} )?(?:{_MONTH}),? {_YEAR}\b)?"
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")
_PROMISE = re.compile(r"\b(will|shall|won't|(?:is|are|plan|plans|hope|hopes|aim|aims) to)\b")
_DEADLINES = _DEADLINE.split("|")
_SAYS_WHICH = ("since", "last", "next", "this")


@dataclass(frozen=True, slots=True)
class LooseDate:
    """A date as it was written, and the years between which a reader has to choose."""

    words: str
    earlier: int
    later: int


def loose_dates(words: str, *, today: date) -> list[LooseDate]:
    """Find the dates without a year that a reader could take for either of two years.

    Most dates need none: "on 14 May", read in June, was last month. One is loose where it lies about
    halfway round the year, or where a sentence promises something for a month that has just passed.
    """
    found = [
        loose for sentence in _SENTENCE.split(words) for loose in _loose_in(sentence, today=today)
    ]
    return list(dict.fromkeys(found))


def _loose_in(sentence: str, *, today: date) -> Iterator[LooseDate]:
    promise = _PROMISE.search(sentence)
    for match in _DATE.finditer(sentence):
        if not _stands_alone(match):
            continue
        begun, coming = _occurrences(match, today)
        is_promised = promise is not None and promise.end() < match.start()
        if _could_be_either(
            match, today - begun.ends_on, coming.starts_on - today, is_promised=is_promised
        ):
            yield LooseDate(match[0].strip(), begun.starts_on.year, coming.starts_on.year)


def _could_be_either(
    match: re.Match[str], since: timedelta, until: timedelta, *, is_promised: bool
) -> bool:
    """Weigh how long ago a date was, and how far off it is again."""
    if min(since, until) > PLAIN_WITHIN:
        return True
    is_past = timedelta() < since < until
    is_deadline = _lead_of(match) in _DEADLINES
    if is_promised and match["lead"]:
        return is_past
    return is_past and is_deadline and since > RECENTLY


def _stands_alone(match: re.Match[str]) -> bool:
    """Test whether something found is a date, and nothing beside it says which year."""
    is_date = match["lead"] is not None or match["day"] is not None
    return is_date and match["year"] is None and _lead_of(match) not in _SAYS_WHICH


def _lead_of(match: re.Match[str]) -> str:
    return (match["lead"] or "").lower()


class _Span(NamedTuple):
    starts_on: date
    ends_on: date


def _occurrences(match: re.Match[str], today: date) -> tuple[_Span, _Span]:
    """Find when a date was last begun, and when it comes next."""
    spans = [_span(match, today.year + years) for years in (-1, 0, 1)]
    begun = max(span for span in spans if span.starts_on <= today)
    return begun, min(span for span in spans if span.starts_on > today)


def _span(match: re.Match[str], year: int) -> _Span:
    month = MONTHS.index(match["month"]) + 1
    last = monthrange(year, month)[1]
    if match["day"] is None:
        return _Span(date(year, month, 1), date(year, month, last))
    day = date(year, month, min(int(match["day"]), last))
    return _Span(day, day)
