"""The background worker: takes steps that are due, makes papers' files, delivers messages, round after round."""

from __future__ import annotations

import logging
import os
import secrets
import select
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import FrameType, TracebackType
from typing import Any, Protocol

from django.db import DatabaseError, close_old_connections

from goldenthread.chasing.due_steps import take_due_steps
from goldenthread.chasing.moved_deadlines import tell_moved_deadlines
from goldenthread.chasing.reminders import remind_due
from goldenthread.design.words import plural
from goldenthread.domain.retries import pause_after
from goldenthread.notices.delivery import Delivery, deliver_due, has_mail_server
from goldenthread.notices.queries import waiting_count
from goldenthread.packs.making import make_due
from goldenthread.workbooks.operations.dropping import drop_old_workbooks

Step = Callable[[datetime], None]
# What the time brings about. Each may be taken at any moment, by several workers at once, and again.
STEPS: Sequence[Step] = (remind_due, take_due_steps, tell_moved_deadlines, drop_old_workbooks)
_BETWEEN_STEPS = timedelta(minutes=1)
_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_log = logging.getLogger(__name__)


class Stopping(Protocol):
    """Whether a worker is to stop, and how it waits between its rounds."""

    def is_asked(self) -> bool: ...

    def wait(self, seconds: float) -> None: ...


class NeverStop:
    """Works until its process ends, as beside a server: what is in hand is caught up later."""

    def is_asked(self) -> bool:
        return False

    def wait(self, seconds: float) -> None:
        time.sleep(seconds)


class Stop:
    """Whether somebody has asked the worker to stop, by SIGTERM or Ctrl+C; at the second it is killed."""

    def __init__(self) -> None:
        self._is_asked = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Stop:
        # A sleep goes on after a signal; waiting for a pipe ends when there is something in it.
        self._hears, self._bell = os.pipe()
        self._before = {number: signal.signal(number, self._ask) for number in _SIGNALS}
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._restore()
        os.close(self._hears)
        os.close(self._bell)

    def is_asked(self) -> bool:
        return self._is_asked

    def wait(self, seconds: float) -> None:
        """Wait so long, or until somebody asks to stop."""
        select.select([self._hears], [], [], seconds)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self._is_asked = True
        self._restore()
        os.write(self._bell, b".")

    def _restore(self) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)


def _name() -> str:
    """Make a name that no other worker has, and that leads to the process on its machine."""
    return f"{os.getpid()}-{secrets.token_hex(8)}"


@dataclass(kw_only=True)
class Worker:
    """Takes due steps, makes due files and delivers due messages; any number of them can share one database."""

    clock: Callable[[], datetime]
    say: Callable[[str], None]
    is_stopping: Callable[[], bool]
    steps: Sequence[Step]
    name: str = field(default_factory=_name)
    _steps_taken_at: datetime | None = None
    _failures: int = 0
    _failed_at: datetime | None = None

    def take_round(self) -> Delivery:
        """Take what is due: steps, files, and messages unless the mail server is left alone for now."""
        at = self.clock()
        if _is_over(self._steps_taken_at, _BETWEEN_STEPS, at):
            self._take_steps(at)
            self._steps_taken_at = at
        self._make_files()
        if not has_mail_server() or self._leaves_server(at):
            return Delivery()
        delivery = deliver_due(worker=self.name, clock=self.clock, is_stopping=self.is_stopping)
        self._look_to_server(delivery)
        self._tell(delivery)
        return delivery

    def _take_steps(self, at: datetime) -> None:
        for step in self.steps:
            if self.is_stopping():
                return
            try:
                step(at)
            except Exception:
                # A step that fails now is taken again in a minute; messages must not wait for it.
                _log.exception("The step %s failed", getattr(step, "__name__", step))

    def _make_files(self) -> None:
        made = make_due(worker=self.name, clock=self.clock, is_stopping=self.is_stopping)
        if made.made or made.failed:
            self.say(f"{plural(made.made, 'file')} of papers made, {made.failed} failed.")

    def _leaves_server(self, at: datetime) -> bool:
        return self._failures > 0 and not _is_over(self._failed_at, pause_after(self._failures), at)

    def _look_to_server(self, delivery: Delivery) -> None:
        is_failure = bool(delivery.unreachable)
        self._failures = self._failures + 1 if is_failure else 0
        self._failed_at = self.clock() if is_failure else None

    def _tell(self, delivery: Delivery) -> None:
        if delivery.unreachable:
            count = plural(waiting_count(self.clock()), "message")
            self.say(f"The mail server takes nothing ({delivery.unreachable}): {count} waiting.")
        if delivery.sent or delivery.refused or delivery.delayed:
            self.say(
                f"{plural(delivery.sent, 'message')} sent, {delivery.refused} refused, "
                f"{delivery.delayed} to be tried again."
            )


def _is_over(since: datetime | None, wait: timedelta, at: datetime) -> bool:
    # A demonstration's clock goes back at midnight.
    return since is None or not timedelta(0) <= at - since < wait


def no_mail_server(at: datetime) -> str:
    """Say that messages wait because nobody has said which mail server to use; nothing if they did."""
    if has_mail_server():
        return ""
    return (
        "No mail server is set (GOLDENTHREAD_MAIL_HOST): messages wait in the outbox, "
        f"{plural(waiting_count(at), 'message')} now."
    )


def work(worker: Worker, stop: Stopping, *, every: float) -> None:
    """Take round after round until somebody asks to stop; what is in hand is finished first.

    A database that does not answer is waited for.
    """
    while not stop.is_asked():
        try:
            worker.take_round()
        except DatabaseError as error:
            _log.error("The database says: %s", " ".join(str(error).split()))
        close_old_connections()
        stop.wait(every)
