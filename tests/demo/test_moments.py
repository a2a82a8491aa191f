from __future__ import annotations

from datetime import date
from itertools import islice

import pytest
from django.utils import timezone

from goldenthread.demo.moments import moment, office_hours, spread

MAY_BANK_HOLIDAY = date(2009, 5, 25)


def test_a_moment_is_by_the_councils_own_clock() -> None:
    assert moment(date(2009, 7, 1), 9, 30).isoformat() == "2009-07-01T09:30:00+01:00"


def test_office_hours_begin_at_nine_and_never_stand_still() -> None:
    first, second, third = islice(office_hours(date(2009, 4, 6)), 3)
    assert first == moment(date(2009, 4, 6), 9)
    assert first < second < third


def test_a_key_is_always_given_the_same_moment() -> None:
    window = {"first": date(2009, 7, 7), "last": date(2009, 7, 21)}
    assert spread("CYPF7", **window) == spread("CYPF7", **window)


def test_moments_are_spread_over_working_days_and_hours() -> None:
    window = {"first": MAY_BANK_HOLIDAY, "last": date(2009, 6, 8)}
    moments = [timezone.localtime(spread(f"item {n}", **window)) for n in range(200)]
    days = {at.date() for at in moments}
    assert len(days) == 10
    assert MAY_BANK_HOLIDAY not in days
    assert all(day.weekday() < 5 for day in days)
    assert all(9 <= at.hour < 17 for at in moments)


def test_a_range_without_a_working_day_is_refused() -> None:
    with pytest.raises(ValueError, match="No working day"):
        spread("CYPF7", first=date(2009, 7, 11), last=date(2009, 7, 12))
