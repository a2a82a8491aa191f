from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.framework_tables import Reminders
from goldenthread.domain.reminders import LAPSES_AFTER, Audience, ReminderStep, steps_due

DUE_ON = date(2009, 7, 21)
STEPS = Reminders().steps


def due(day: int, since: int | None = None) -> dict[str, int]:
    """Say who is reminded by which step, days after the deadline; below 0 before it."""
    found = steps_due(
        STEPS,
        due_on=DUE_ON,
        today=DUE_ON + timedelta(days=day),
        reminded_on=None if since is None else DUE_ON + timedelta(days=since),
    )
    return {audience.value: step.days for audience, step in found.items()}


class TestTheCouncilsOffsets:
    @pytest.mark.parametrize("day", [-10, -3, 0, 1])
    def test_officers_are_reminded_before_on_and_after_the_deadline(self, day: int) -> None:
        assert due(day, since=day - 1) == {"officers": day}

    def test_then_the_lead_officer_is_told_and_then_the_lead_member(self) -> None:
        """Clause R-6."""
        assert due(2, since=1) == {"lead_officer": 2}
        assert due(4, since=3) == {"lead_member": 4}

    @pytest.mark.parametrize("day", [-11, -9, -1, 3, 5])
    def test_on_other_days_nobody_is_reminded(self, day: int) -> None:
        assert due(day, since=day - 1) == {}


class TestAWorkerThatWasDown:
    def test_the_latest_step_of_those_missed_is_sent_and_no_other(self) -> None:
        assert due(0, since=-11) == {"officers": 0}

    def test_each_is_told_once_who_was_to_be_told(self) -> None:
        assert due(5, since=-4) == {"officers": 1, "lead_officer": 2, "lead_member": 4}

    def test_what_was_sent_is_not_sent_again(self) -> None:
        assert due(-3, since=-3) == {}

    def test_a_reminder_lapses(self) -> None:
        lapses = LAPSES_AFTER.days
        assert due(lapses, since=-30) == {
            "officers": 1,
            "lead_officer": 2,
            "lead_member": 4,
        }
        assert due(lapses + 4, since=-30) == {}

    def test_one_that_never_ran_begins_with_what_is_still_worth_sending(self) -> None:
        assert due(1) == {"officers": 1}
        assert due(60) == {}


@given(
    runs=st.lists(st.integers(-20, 20), unique=True, min_size=1).map(sorted),
    days=st.sets(st.integers(-15, 15), max_size=5),
)
def test_however_often_it_runs_no_step_is_sent_twice(runs: list[int], days: set[int]) -> None:
    steps = [ReminderStep(audience=Audience.OFFICERS, days=each) for each in days]
    sent: list[int] = []
    reminded_on: date | None = None
    for run in runs:
        today = DUE_ON + timedelta(days=run)
        found = steps_due(steps, due_on=DUE_ON, today=today, reminded_on=reminded_on)
        sent += [step.days for step in found.values()]
        reminded_on = today

    assert len(sent) == len(set(sent))
    assert all(run >= step for run, step in zip(runs[-len(sent) :], sent, strict=False))
