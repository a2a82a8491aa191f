from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from goldenthread.domain.retries import (
    MOST_TRIES,
    Verdict,
    pause_after,
    verdict_on,
    verdict_on_sender,
    wait_after,
    wait_before_making,
)

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("code", "verdict"),
    [
        (421, Verdict.TRY_AGAIN),
        (450, Verdict.TRY_AGAIN),
        (452, Verdict.TRY_AGAIN),
        (500, Verdict.REFUSED),
        (550, Verdict.REFUSED),
        (554, Verdict.REFUSED),
        (599, Verdict.REFUSED),
        (600, Verdict.TRY_AGAIN),
        (-1, Verdict.TRY_AGAIN),
        (250, Verdict.TRY_AGAIN),
    ],
)
def test_a_permanent_no_refuses_a_message_and_anything_else_does_not(
    code: int, verdict: Verdict
) -> None:
    assert verdict_on(code) is verdict


@pytest.mark.parametrize("code", [530, 534, 535, 538])
def test_a_no_to_ourselves_is_no_messages_fault(code: int) -> None:
    assert verdict_on(code) is Verdict.NOT_LET_IN


@pytest.mark.parametrize("code", [501, 530, 550, 553, 554])
def test_a_no_to_our_address_is_no_messages_fault(code: int) -> None:
    assert verdict_on_sender(code) is Verdict.NOT_LET_IN


@pytest.mark.parametrize("code", [421, 450, 452, 552])
def test_a_message_too_big_or_a_server_that_is_busy_is_judged_as_ever(code: int) -> None:
    assert verdict_on_sender(code) is verdict_on(code)


def test_a_message_waits_longer_at_first_and_then_an_hour() -> None:
    minutes = [wait and wait.total_seconds() / 60 for wait in map(wait_after, range(1, 8))]

    assert minutes == [1, 5, 15, 60, 60, 60, 60]


def test_a_message_is_tried_for_three_days() -> None:
    waits = [wait_after(tries) for tries in range(1, MOST_TRIES)]

    assert all(waits)
    total = sum((wait for wait in waits if wait), start=timedelta())
    assert timedelta(days=3) < total < timedelta(days=3) + 2 * HOUR


def test_after_enough_tries_another_is_refused() -> None:
    assert wait_after(MOST_TRIES) is None
    assert wait_after(MOST_TRIES + 1) is None


def test_a_server_is_left_alone_for_longer_each_time_up_to_five_minutes() -> None:
    pauses = [pause_after(failures) for failures in range(1, 100)]

    assert pauses[:3] == [timedelta(seconds=seconds) for seconds in (5, 10, 20)]
    assert all(later >= earlier for earlier, later in pairwise(pauses))
    assert pauses[-1] == timedelta(minutes=5)


def test_a_file_is_made_four_times_at_most_after_longer_and_longer_waits() -> None:
    waits = [wait_before_making(tries) for tries in range(6)]

    assert waits == [
        *(timedelta(seconds=10), timedelta(seconds=10)),
        *(timedelta(minutes=1), timedelta(minutes=10)),
        *(None, None),
    ]
