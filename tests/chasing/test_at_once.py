"""Two machines that remind, and two people who nudge, in the same moment: nobody hears twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.audit.queries import first_broken_entry
from goldenthread.chasing.due_steps import take_due_steps
from goldenthread.chasing.operations import NudgedTodayError, nudge
from goldenthread.chasing.reminders import remind_due
from goldenthread.notices.models import Notice, NoticeKind
from goldenthread.reporting.models import StepTaken
from tests.factories import IN_Q1
from tests.pages.small_council import SmallCouncil, found_small_council, write_overviews

MACHINES = 4
FIRST_DAY = datetime(2009, 7, 11, 9, tzinfo=UTC)


@pytest.fixture
def ashby(transactional_db: None) -> SmallCouncil:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    council = found_small_council()
    write_overviews(council)
    return council


def at_once(deed: Callable[[], str]) -> list[str]:
    """Let several machines do the same in one moment, each with a connection of its own."""
    barrier = Barrier(MACHINES)

    def do() -> str:
        barrier.wait()
        try:
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(MACHINES) as threads:
        return [one.result() for one in [threads.submit(do) for _ in range(MACHINES)]]


def test_machines_that_remind_at_once_write_each_message_once(ashby: SmallCouncil) -> None:
    for day in range(15):
        at = FIRST_DAY + timedelta(days=day)

        def remind(at: datetime = at) -> str:
            remind_due(at)
            return "done"

        at_once(remind)

    names = Notice.objects.values_list("recipient_name", flat=True)
    assert sorted(names) == sorted(
        ["Aled Rees", "Ines Ford", "Jo Field"] * 4 + ["Leo Park", "Petra Moss", "Dora Hill"]
    )
    assert AuditEntry.objects.filter(verb=Verb.OFFICERS_REMINDED).count() == 6
    assert first_broken_entry("ashby") is None


def test_of_those_who_nudge_at_once_one_does_and_the_others_are_told(ashby: SmallCouncil) -> None:
    picked = [f"action-{ashby.club.pk}", f"indicator-{ashby.visits.pk}"]

    def press() -> str:
        try:
            nudge(cycle=ashby.quarter, picked=picked, by=ashby.manager, at=IN_Q1)
        except NudgedTodayError:
            return "told"
        return "nudged"

    assert sorted(at_once(press)) == ["nudged", "told", "told", "told"]
    assert Notice.objects.count() == 3
    assert AuditEntry.objects.filter(verb=Verb.OFFICERS_NUDGED).count() == 1


def test_machines_that_take_steps_at_once_tell_each_step_once(ashby: SmallCouncil) -> None:
    ashby.quarter.locks_on = date(2009, 7, 30)
    ashby.quarter.save()
    for day in (date(2009, 7, 7), date(2009, 7, 22), date(2009, 7, 30)):

        def take(at: datetime = datetime(2009, 7, day.day, 9, tzinfo=UTC)) -> str:
            remind_due(at)
            take_due_steps(at)
            return "done"

        at_once(take)

    steps = StepTaken.objects.filter(cycle=ashby.quarter).values_list("step", flat=True)
    assert sorted(steps) == ["close", "lock", "open"]
    told = Notice.objects.exclude(kind=NoticeKind.REMINDER)
    names = told.values_list("kind", "recipient_name")
    assert len(names) == len(set(names)) == 7
    assert first_broken_entry("ashby") is None
