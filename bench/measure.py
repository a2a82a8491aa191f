"""Each measurement beside its budget; the median counts, because a machine has its moods."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from bench import chased, issued, many, volume
from bench.papers import measure_papers
from bench.proposed import year_proposed
from goldenthread.accounts.models import User
from goldenthread.chasing.due_steps import take_due_steps
from goldenthread.chasing.reminders import remind_due
from goldenthread.domain.rating import Rating
from goldenthread.packs.compose.pack import compose
from goldenthread.plans.models import Action
from goldenthread.reporting.models import ActionUpdate
from goldenthread.reporting.operations.action_updates import ActionReturn, draft_action_update

RUNS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A measured figure and the most that it may be, in the same unit."""

    what: str
    figure: float
    budget: float
    unit: str
    note: str = ""

    @property
    def line(self) -> str:
        verdict = "within" if self.figure <= self.budget else "OVER"
        figure = f"{self.figure:10.1f} {self.unit:<3}"
        return f"{self.what:<44}{figure} {self.budget:8.0f} {self.unit:<3}  {verdict:<7}{self.note}"


def measure_all() -> int:
    """Measure everything and print the table; returns 1 if anything is over its budget."""
    for command in (["migrate"], ["createcachetable"], ["collectstatic", "--noinput"]):
        call_command(*command, verbosity=0)
    sys.stdout.write("Building the volume council...\n")
    with transaction.atomic():
        built = volume.build()
        chase = chased.build()
        many.build()
    settings.CLOCK = lambda: volume.IN_QUARTER_1
    results = [
        *_pages(built),
        _proposal(built),
        *_boards(chase),
        _save(built),
        *_packs(built),
        _all_papers(built),
        *_steps(),
        _memory(),
    ]
    _say(results)
    shutil.rmtree(os.environ["GOLDENTHREAD_VAR"], ignore_errors=True)
    return int(any(result.figure > result.budget for result in results))


def _say(results: list[Result]) -> None:
    sys.stdout.write(f"\n{'':<44}{'ours':>10}     {'budget':>8}\n")
    for result in results:
        sys.stdout.write(f"{result.line}\n")


def _milliseconds(deed: Callable[[], object], runs: int = RUNS) -> float:
    deed()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        deed()
        taken.append((time.perf_counter() - start) * 1000)
    return median(taken)


def _pages(built: volume.Volume) -> list[Result]:
    council = built.council.name
    return [
        _page("Home, the performance manager's", built, f"/{council}/", 40),
        _page("Home, an officer's with 70 items", built, f"/{council}/", 40, as_officer=True),
        _page(
            "Plan, 40 actions and 30 indicators", built, f"/{council}/plans/{built.plan.code}/", 60
        ),
        _page("Cycle", built, f"/{council}/cycles/2009-10/Q1/", 60),
        *_my_updates(built),
    ]


def _proposal(built: volume.Volume) -> Result:
    figure = _milliseconds(year_proposed(built.council))
    return Result(what="A year proposed", figure=figure, budget=50, unit="ms")


def _boards(chase: chased.Chased) -> list[Result]:
    """Measure the chase board of 1,000 returns and 100 exception reports, each way it is listed."""
    address = f"/{chased.NAME}/cycles/{chase.cycle.slug}/chase/"
    return [
        _opened("Chase board of 1,100, by post", chase.manager, address, 100),
        _opened("Chase board of 1,100, by item", chase.manager, f"{address}?by=item", 100),
    ]


def _my_updates(built: volume.Volume) -> list[Result]:
    """Measure an officer's own pages at a time when all 70 items of theirs are owed."""
    before, settings.CLOCK = settings.CLOCK, lambda: volume.IN_SIX_WEEKLY_2
    where = f"/{built.council.name}/my-updates/"
    measured = [
        _page("My updates, 70 items owed", built, where, 80, as_officer=True),
        _page("All in one table, 70 rows", built, f"{where}table/", 400, as_officer=True),
        _table_submit(built, f"{where}table/"),
    ]
    settings.CLOCK = before
    return measured


def _table_submit(built: volume.Volume, address: str) -> Result:
    """Measure the submit of 60 rows, half of them indicators with their figures, taken back each time."""
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(built.officer.user)
    sent = volume.filled_rows(built, actions=30, indicators=30)

    def submit() -> None:
        with transaction.atomic():
            response = client.post(address, sent)
            filed = ActionUpdate.objects.filter(submitted_at=volume.IN_SIX_WEEKLY_2).count()
            transaction.set_rollback(True)
        if (response.status_code, filed) != (302, 30):
            raise RuntimeError(f"{address} answered {response.status_code}, {filed} actions filed")

    figure = _milliseconds(submit)
    return Result(what="The table's submit of 60 rows", figure=figure, budget=400, unit="ms")


def _page(
    what: str, built: volume.Volume, address: str, budget: float, *, as_officer: bool = False
) -> Result:
    return _opened(what, (built.officer if as_officer else built.manager).user, address, budget)


def _opened(what: str, person: User, address: str, budget: float) -> Result:
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(person)

    def open_page() -> None:
        response = client.get(address)
        if response.status_code != 200:
            raise RuntimeError(f"{address} answered {response.status_code}")

    queries: list[str] = []

    def count(execute: Callable[..., object], sql: str, *rest: object) -> object:
        queries.append(sql)
        return execute(sql, *rest)

    open_page()
    with connection.execute_wrapper(count):
        open_page()
    return Result(
        what=what,
        figure=_milliseconds(open_page),
        budget=budget,
        unit="ms",
        note=f"{len(queries)} queries",
    )


def _steps() -> list[Result]:
    """Measure the worker's steps in 400 councils: on a day without any, and on each kind of morning."""
    for take in (remind_due, take_due_steps):
        take(many.IDLE)
    idle = _milliseconds(lambda: (remind_due(many.IDLE), take_due_steps(many.IDLE)))
    return [
        Result(what="Steps of 400 councils, none due", figure=idle, budget=50, unit="ms"),
        _once("400 councils' cycles opened and told", lambda: take_due_steps(many.OPENS)),
        _once("400 councils' officers reminded", lambda: remind_due(many.REMINDS)),
        _once(
            "400 councils' cycles closed on a morning of reminders",
            lambda: (remind_due(many.CLOSED), take_due_steps(many.CLOSED)),
        ),
        _once("400 councils' cycles locked and told", lambda: take_due_steps(many.LOCKED)),
    ]


def _once(what: str, deed: Callable[[], object]) -> Result:
    """Measure what can be done once only, by the processor's time: nothing else may slow it."""
    start = time.process_time()
    deed()
    return Result(what=what, figure=time.process_time() - start, budget=5, unit="s")


def _save(built: volume.Volume) -> Result:
    action = (
        Action.objects.filter(challenge__plan__council=built.council)
        .select_related("challenge__plan__council", "action_officer")
        .order_by("pk")[:1]
        .get()
    )
    answers = ActionReturn(rating=Rating.GREEN, commentary=volume.WORDS)

    def save() -> None:
        held = ActionUpdate.objects.filter(cycle=built.quarter_1, action=action).first()
        draft_action_update(
            cycle=built.quarter_1,
            action=action,
            answers=replace(answers, seen_version=held.version if held else 0),
            by=built.officer,
            at=volume.IN_QUARTER_1,
        )

    figure = _milliseconds(save)
    return Result(
        what="Saving an update, with audit and history", figure=figure, budget=15, unit="ms"
    )


def _packs(built: volume.Volume) -> list[Result]:
    document = compose(built.quarter_1, built.dmt, at=volume.IN_QUARTER_1)
    composing = _milliseconds(
        lambda: compose(built.quarter_1, built.dmt, at=volume.IN_QUARTER_1), runs=5
    )
    return [
        Result(what="Quarterly DMT pack, composed", figure=composing, budget=400, unit="ms"),
        *(
            Result(
                what=drawn.what,
                figure=drawn.figure,
                budget=drawn.budget,
                unit=drawn.unit,
                note=drawn.note,
            )
            for drawn in measure_papers(document, _milliseconds)
        ),
    ]


def _all_papers(built: volume.Volume) -> Result:
    issued.found_forums(built)
    seconds, packs, files = issued.seconds_to_issue_all(built)
    return Result(
        what="All papers of a quarter, two workers",
        figure=seconds,
        budget=30,
        unit="s",
        note=f"{packs} packs, {files} files",
    )


def _memory() -> Result:
    """Measure a serving process that has answered: what it keeps in memory."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(  # noqa: S603 - our own server
        [
            sys.executable,
            "-m",
            "gunicorn",
            "--no-control-socket",
            "--workers=1",
            "--threads=4",
            f"--bind=127.0.0.1:{port}",
            "--log-level=error",
            "goldenthread.config.wsgi",
        ],
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/sign-in/")
        figure = max(_resident(pid) for pid in _children(server.pid))
    finally:
        server.terminate()
        server.wait()
    return Result(what="A serving process", figure=figure, budget=200, unit="MB")


def _wait_for(address: str) -> None:
    for _ in range(100):
        try:
            for _ in range(20):
                urllib.request.urlopen(address).read()  # noqa: S310 - loopback
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{address} does not answer")


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in found] or [pid]


def _resident(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    kilobytes = next(line.split()[1] for line in lines if line.startswith("VmRSS"))
    return int(kilobytes) / 1024
