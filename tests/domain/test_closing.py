from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from goldenthread.domain.closing import (
    Claim,
    Closing,
    Course,
    closing_on,
    may_file,
    problems_with_letting_in,
)

QUARTER_1 = Course(
    earliest=date(2009, 7, 1),
    opens_on=date(2009, 7, 7),
    due_on=date(2009, 7, 21),
)
DAY = timedelta(days=1)
OFFICER, LEAD, STRANGER = Claim(holds=True), Claim(holds=False, answers=True), Claim(holds=False)


@pytest.mark.parametrize(
    ("today", "closing"),
    [
        (QUARTER_1.opens_on - DAY, Closing.NOT_OPEN),
        (QUARTER_1.opens_on, Closing.OPEN),
        (QUARTER_1.due_on, Closing.OPEN),
        (QUARTER_1.due_on + DAY, Closing.CLOSED_TO_OFFICERS),
    ],
)
def test_a_cycle_is_open_from_its_first_day_to_its_deadline(today: date, closing: Closing) -> None:
    assert closing_on(today, QUARTER_1) is closing


@pytest.mark.parametrize("today", [QUARTER_1.opens_on - DAY, QUARTER_1.due_on])
def test_a_lock_comes_before_every_date(today: date) -> None:
    assert closing_on(today, replace(QUARTER_1, is_locked=True)) is Closing.LOCKED


@pytest.mark.parametrize("today", [QUARTER_1.opens_on, QUARTER_1.due_on])
def test_whoever_closes_it_closes_it_at_once(today: date) -> None:
    closed = replace(QUARTER_1, is_closed=True)

    assert closing_on(today, closed) is Closing.CLOSED_TO_OFFICERS
    assert closing_on(QUARTER_1.opens_on - DAY, closed) is Closing.NOT_OPEN


def test_it_is_locked_by_itself_from_a_day_on() -> None:
    course = replace(QUARTER_1, locks_on=date(2009, 8, 7))

    assert closing_on(date(2009, 8, 6), course) is Closing.CLOSED_TO_OFFICERS
    assert closing_on(date(2009, 8, 7), course) is Closing.LOCKED
    assert closing_on(date.max, course) is Closing.LOCKED


@pytest.mark.parametrize(
    ("closing", "officer", "lead"),
    [
        (Closing.NOT_OPEN, False, False),
        (Closing.OPEN, True, False),
        (Closing.CLOSED_TO_OFFICERS, False, True),
        (Closing.LOCKED, False, False),
    ],
)
def test_officers_file_while_it_is_open_and_leads_once_it_is_closed(
    closing: Closing, *, officer: bool, lead: bool
) -> None:
    assert (may_file(OFFICER, closing), may_file(LEAD, closing)) == (officer, lead)


@pytest.mark.parametrize("closing", Closing)
def test_nobody_files_what_is_not_theirs(closing: Closing) -> None:
    assert not may_file(STRANGER, closing)
    assert not may_file(Claim(holds=False, is_let_in=True, is_to_revise=True), closing)


def test_an_officer_revises_what_was_sent_back_until_the_cycle_is_locked() -> None:
    sent_back = Claim(holds=True, is_to_revise=True)

    assert may_file(sent_back, Closing.CLOSED_TO_OFFICERS)
    assert not may_file(sent_back, Closing.LOCKED)


@pytest.mark.parametrize("closing", [Closing.CLOSED_TO_OFFICERS, Closing.LOCKED])
def test_somebody_let_in_by_name_files_what_is_theirs(closing: Closing) -> None:
    assert may_file(Claim(holds=True, is_let_in=True), closing)
    assert may_file(Claim(holds=False, answers=True, is_let_in=True), closing)


def test_a_closing_is_said_in_words() -> None:
    assert Closing.CLOSED_TO_OFFICERS.label == "Closed to officers"


TODAY = date(2009, 7, 28)


@pytest.mark.parametrize(
    ("until", "reason", "fields"),
    [
        (TODAY, "She was ill.", set()),
        (TODAY + 92 * DAY, "She was ill.", set()),
        (TODAY - DAY, "She was ill.", {"until"}),
        (TODAY + 93 * DAY, "She was ill.", {"until"}),
        (TODAY, " \n ", {"reason"}),
        (date.max, "", {"until", "reason"}),
    ],
)
def test_somebody_is_let_in_until_a_day_that_is_near_and_for_a_reason(
    until: date, reason: str, fields: set[str]
) -> None:
    assert set(problems_with_letting_in(until=until, reason=reason, today=TODAY)) == fields
