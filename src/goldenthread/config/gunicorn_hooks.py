"""What gunicorn does beside serving: the worker's work, where no worker runs on its own."""

from __future__ import annotations

import os
from threading import Thread

from django.conf import settings

from goldenthread.config.serving import WORKS

SECONDS_BETWEEN_ROUNDS = 1.0


def post_worker_init(worker: object) -> None:
    """Start the work in a thread that ends with the process; gunicorn calls this in each of its own."""
    if os.environ.get(WORKS) == "yes":
        Thread(target=_work, name="goldenthread-work", daemon=True).start()


def _work() -> None:
    # It stands on models, which can be imported only once the pages' application is set up.
    from goldenthread.config import working

    never = working.NeverStop()
    worker = working.Worker(
        clock=settings.CLOCK, say=_say_nothing, is_stopping=never.is_asked, steps=working.STEPS
    )
    working.work(worker, never, every=SECONDS_BETWEEN_ROUNDS)


def _say_nothing(words: str) -> None:
    """The server's own log is for requests."""
