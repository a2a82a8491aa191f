"""Real workers that die on the day before a cycle opens, and come back two at once a week later."""

from __future__ import annotations

from collections import Counter

import pytest

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.notices.models import Notice
from goldenthread.reporting.models import StepTaken
from tests.notices.mail_server import wait_until
from tests.notices.test_killed_workers import Place, place
from tests.pages.small_council import SmallCouncil, found_small_council, write_overviews

__all__ = ["place"]

pytestmark = pytest.mark.django_db(transaction=True)
OFFICERS = ["Aled Rees", "Ines Ford", "Jo Field"]


@pytest.fixture
def ashby(place: Place) -> SmallCouncil:
    council = found_small_council()
    write_overviews(council)
    return council


def work_on(place: Place, day: str, *, workers: int) -> None:
    """Let workers start on a day at the same time, each for one round."""
    there = {"GOLDENTHREAD_DEMONSTRATION_DAY": day, "GOLDENTHREAD_MAIL_HOST": ""}
    started = [place.start("--once", **there) for _ in range(workers)]
    assert {worker.process.wait(60) for worker in started} == {0}


def heard() -> Counter[str]:
    return Counter(Notice.objects.values_list("recipient_name", flat=True))


def test_workers_that_come_back_after_a_week_lose_and_double_nothing(
    place: Place, ashby: SmallCouncil
) -> None:
    there = {"GOLDENTHREAD_DEMONSTRATION_DAY": "2009-07-06", "GOLDENTHREAD_MAIL_HOST": ""}
    killed = place.start("--every", "0.1", **there)
    wait_until(lambda: StepTaken.objects.filter(cycle=ashby.six_weekly).count() == 2)
    killed.kill()
    Notice.objects.all().delete()

    for _ in range(2):
        work_on(place, "2009-07-13", workers=2)

    assert heard() == Counter(OFFICERS)
    work_on(place, "2009-07-22", workers=2)
    assert heard() == Counter(OFFICERS * 2 + ["Dora Hill", "Leo Park", "Petra Moss"])
    steps = StepTaken.objects.filter(cycle=ashby.quarter).values_list("step", flat=True)
    assert sorted(steps) == ["close", "open"]
    assert AuditEntry.objects.filter(verb=Verb.CYCLE_STEP_TAKEN).count() == 4


def test_nobody_works_on_a_day_that_is_none(place: Place) -> None:
    worker = place.start("--once", GOLDENTHREAD_DEMONSTRATION_DAY="yesterday")

    _, complaints = worker.process.communicate(timeout=60)

    assert worker.process.returncode != 0
    assert "write it like 2009-10-14" in complaints
