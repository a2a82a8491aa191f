"""Reading when something happens, as people type it and a timetable prints it (clause T-1)."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from goldenthread.domain.kinds import Precision

SIX_DAYS = timedelta(days=6)

_TO_BE_CONFIRMED = re.compile(r"(dates? )?(tbc|to be confirmed)")
_WEEK = re.compile(r"(?:w/c|wc|week commencing|week of|the week of)\s+(.+)")
_ORDINAL = re.compile(r"(\d)(st|nd|rd|th)\b")
_WEEKDAY = re.compile(r"^(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?,?\s+")
_RANGE = re.compile(r"(.+?)\s*(?:\bto\b|\buntil\b|[\u2013\u2014]|(?<=[\d\s])-(?=[\d\s]))\s*(.+)")
_FORMATS = ("%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d")
_TWO_DIGIT_YEAR = re.compile(r"[/.]\d{2}$")
_TWO_FIGURES = re.compile(r"((?<!\d)\d{1,2}[/.]\d{1,2}[/.])(\d{2})(?!\d)")
_DAY_AND_MONTH = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}\s*$")
_LACKS_YEAR = re.compile(
    r"(\d{1,2}(st|nd|rd|th)?\s+[a-z]{3,9}|(?<![\d/])\d{1,2}/\d{1,2})\s*$", re.IGNORECASE
)


class WhenError(ValueError):
    """Words that are no date; they say what to write instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A day, a week, a range of days, or a date to be confirmed."""

    precision: Precision
    starts_on: date | None = None
    ends_on: date | None = None


def read_when(words: str) -> When:
    """Read a date as a timetable prints it: 8 June 2009, w/c 29 June 2009, 14 to 24 September 2009, TBC.

    A day may be written 8/6/2009 or 2009-06-08 too, with or without its weekday.

    :raises WhenError: if the words are no date, a week does not begin on a Monday, or a range ends
        before it starts
    """
    said = _tidied(words)
    if _TO_BE_CONFIRMED.fullmatch(said):
        return When(precision=Precision.TO_BE_CONFIRMED)
    if week := _WEEK.fullmatch(said):
        return _week(_day(week[1], words))
    if (day := _day_or_none(said)) is not None:
        return When(precision=Precision.DAY, starts_on=day, ends_on=day)
    if between := _RANGE.fullmatch(said):
        return _range(between[1], between[2], words)
    raise _not_a_date(words)


def read_when_between(words: str, first: date, last: date) -> When:
    """Read a date that may lack its year, or give two figures of it: 8 December, 8/12, 8/12/10.

    A date without a year is the first of that day between two days; two figures are of this century.

    :raises WhenError: as :func:`read_when` does
    """
    whole = _TWO_FIGURES.sub(r"\g<1>20\g<2>", words)
    try:
        return read_when(whole)
    except WhenError as error:
        for year in range(first.year, last.year + 1) if _LACKS_YEAR.search(whole) else ():
            mark = "/" if _DAY_AND_MONTH.search(whole) else " "
            with suppress(WhenError):
                when = read_when(f"{whole.rstrip()}{mark}{year}")
                if when.starts_on is not None and first <= when.starts_on <= last:
                    return when
        raise _not_a_date(words) if whole != words else error from None


def _tidied(words: str) -> str:
    """Bring what was typed to small letters and single spaces, without ordinals and weekdays."""
    said = " ".join(words.replace(",", " ").lower().split())
    return _WEEKDAY.sub("", _ORDINAL.sub(r"\1", said))


def _day(said: str, words: str) -> date:
    found = _day_or_none(_WEEKDAY.sub("", said))
    if found is None:
        raise _not_a_date(words)
    return found


def _day_or_none(said: str) -> date | None:
    if _TWO_DIGIT_YEAR.search(said):
        return None
    for form in _FORMATS:
        try:
            return datetime.strptime(said, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _week(monday: date) -> When:
    if monday.weekday():
        raise WhenError(
            f"{monday.day} {monday:%B %Y} is a {monday:%A}: a week begins on its Monday"
        )
    if monday > date.max - SIX_DAYS:
        raise WhenError(f"The week of {monday.day} {monday:%B %Y} ends after all calendars")
    return When(precision=Precision.WEEK, starts_on=monday, ends_on=monday + SIX_DAYS)


def _range(first: str, last: str, words: str) -> When:
    """Read a range, whose start may leave out the month and the year that its end gives."""
    end = _day(last, words)
    whole = (first, f"{first} {end:%Y}", f"{first} {end:%B %Y}")
    start = next((day for said in whole if (day := _day_or_none(said)) is not None), None)
    if start is None:
        raise _not_a_date(words)
    if start >= end:
        raise WhenError(f'"{words.strip()}" ends before it starts')
    return When(precision=Precision.RANGE, starts_on=start, ends_on=end)


def _not_a_date(words: str) -> WhenError:
    shown = words.strip()
    return WhenError(
        f'"{shown[:60]}" is no date: write it like 8 June 2009, w/c 29 June 2009, '
        "14 to 24 September 2009 or TBC"
    )
