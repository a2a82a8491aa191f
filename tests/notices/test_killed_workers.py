"""Workers that are killed at every step, with another one beside them, on a database that they share.

No step is built into the product for this: the mail server stalls, and the worker is killed meanwhile.
"""

from __future__ import annotations

import os
import signal
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import F

from goldenthread.notices.models import Notice
from tests.factories import NoticeFactory
from tests.notices.mail_server import MailServer, Stage, free_port, serving, wait_until
from tests.notices.shared_database import (
    address_of_tests_own,
    end_whoever_waits_to_write,
    in_a_file,
    nobody_writes,
)

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "from goldenthread.config.cli import main; main()"
COUNT = 5


class Worker:
    """A process that runs `goldenthread work`."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> str:
        """Ask it to stop, as systemd does, and return what it said."""
        self.process.send_signal(signal.SIGTERM)
        said, complaints = self.process.communicate(timeout=60)
        assert (self.process.returncode, complaints) == (0, "")
        return said


class Place:
    """A database, a mail server's port, and workers that share them."""

    def __init__(self, database: str, folder: Path, port: int) -> None:
        self.port = port
        self._closing = ExitStack()
        self._environment = {
            **{name: value for name, value in os.environ.items() if not _is_ours(name)},
            "DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "goldenthread.config.settings",
            "GOLDENTHREAD_VAR": str(folder),
            "GOLDENTHREAD_ADDRESS": "https://performance.arden.example",
            "GOLDENTHREAD_MAIL_HOST": "127.0.0.1",
            "GOLDENTHREAD_MAIL_PORT": str(port),
            "GOLDENTHREAD_MAIL_FROM": "Performance <performance@arden.example>",
            "GOLDENTHREAD_MAIL_ENCRYPTION": "none",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }

    def start(self, *options: str, **changes: str) -> Worker:
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "work", *options],
            env=self._environment | changes,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._closing.enter_context(process)
        self._closing.callback(process.kill)
        return Worker(process)

    def close(self) -> None:
        self._closing.close()


def _is_ours(name: str) -> bool:
    return name.startswith(("DJANGO_", "DATABASE_", "GOLDENTHREAD_", "COV_"))


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with ExitStack() as open_things:
        if connection.vendor == "sqlite":
            database = open_things.enter_context(in_a_file(tmp_path / "shared.sqlite3"))
        else:
            database = address_of_tests_own()
        place = Place(database, tmp_path / "var", free_port())
        open_things.callback(place.close)
        yield place


@pytest.fixture
def server(place: Place) -> Iterator[MailServer]:
    server = MailServer()
    with serving(server, place.port):
        yield server


def write(count: int = COUNT) -> list[Notice]:
    now = settings.CLOCK()
    return [NoticeFactory(written_at=now, due_at=now) for _ in range(count)]


def sent_count() -> int:
    return Notice.objects.filter(sent_at__isnull=False).count()


def let_the_lease_run_out() -> None:
    """Let it be later for whatever a worker holds that is no more."""
    held = Notice.objects.exclude(claimed_by="")
    held.update(claimed_until=F("claimed_until") - timedelta(days=1))


@contextmanager
def another_worker_that_has_sent_the_rest(place: Place, rest: int) -> Iterator[None]:
    """Let a second worker run beside one that is held up, and go on when that is gone."""
    other = place.start("--every", "0.1")
    wait_until(lambda: sent_count() == rest)
    yield
    let_the_lease_run_out()
    wait_until(lambda: sent_count() == COUNT)
    other.stop()


def assert_all_are_there(server: MailServer, notices: list[Notice], *, twice: int) -> None:
    """Every message has arrived under its own Message-ID: once, but for so many that came twice."""
    assert set(server.message_ids) == {notice.message_id for notice in notices}
    assert sorted(server.message_ids.values()) == [1] * (COUNT - twice) + [2] * twice
    for notice in Notice.objects.all():
        assert notice.sent_at is not None
        assert (notice.claimed_by, notice.refused_at) == ("", None)


@pytest.mark.parametrize(
    "stage",
    [
        Stage.CONNECTED,
        Stage.SENDER_NAMED,
        Stage.RECIPIENT_NAMED,
        Stage.BODY_OFFERED,
        Stage.BODY_SENT,
    ],
)
def test_a_worker_that_dies_before_the_server_has_said_yes_costs_nothing(
    place: Place, server: MailServer, stage: Stage
) -> None:
    notices = write()
    stall = server.stall(stage)
    killed = place.start()
    stall.wait_until_reached()
    # One that has only connected holds nothing yet.
    held = 0 if stage is Stage.CONNECTED else 1
    assert Notice.objects.exclude(claimed_by="").count() == held

    with another_worker_that_has_sent_the_rest(place, COUNT - held):
        killed.kill()

    assert_all_are_there(server, notices, twice=0)


def test_a_worker_that_dies_before_it_hears_the_yes_costs_one_double(
    place: Place, server: MailServer
) -> None:
    notices = write()
    stall = server.stall(Stage.ACCEPTED)
    killed = place.start()
    stall.wait_until_reached()

    with another_worker_that_has_sent_the_rest(place, COUNT - 1):
        killed.kill()

    assert_all_are_there(server, notices, twice=1)


def test_a_worker_that_dies_between_the_yes_and_its_record_costs_one_double(
    place: Place, server: MailServer
) -> None:
    notices = write()
    stall = server.stall(Stage.ACCEPTED)
    killed = place.start()
    stall.wait_until_reached()

    with another_worker_that_has_sent_the_rest(place, COUNT - 1):
        with nobody_writes():
            stall.let_go()
            wait_until(stall.answered.is_set)
            killed.kill()
            end_whoever_waits_to_write()
        assert sent_count() == COUNT - 1

    assert_all_are_there(server, notices, twice=1)


def test_a_worker_that_dies_after_the_record_costs_nothing(
    place: Place, server: MailServer
) -> None:
    notices = write()
    stall = server.stall(Stage.SENDER_NAMED, after=1)
    killed = place.start()
    stall.wait_until_reached()
    assert sent_count() == 1

    with another_worker_that_has_sent_the_rest(place, COUNT - 1):
        killed.kill()

    assert_all_are_there(server, notices, twice=0)


def test_two_workers_send_nothing_twice(place: Place, server: MailServer) -> None:
    notices = write(40)
    workers = [place.start("--every", "0.1") for _ in range(2)]
    wait_until(lambda: sent_count() == len(notices))
    for worker in workers:
        worker.stop()

    assert server.message_ids == {notice.message_id: 1 for notice in notices}


def test_a_worker_that_is_asked_to_stop_finishes_the_message_in_hand(
    place: Place, server: MailServer
) -> None:
    write()
    stall = server.stall(Stage.BODY_SENT)
    worker = place.start()
    stall.wait_until_reached()
    worker.process.send_signal(signal.SIGTERM)
    stall.let_go()

    said, complaints = worker.process.communicate(timeout=60)
    assert (worker.process.returncode, complaints) == (0, "")
    assert said == "1 message sent, 0 refused, 0 to be tried again.\n"
    assert (len(server.taken), sent_count()) == (1, 1)


def test_a_server_that_comes_back_gets_everything(place: Place) -> None:
    notices = write()
    worker = place.start("--every", "0.1")
    wait_until(lambda: not Notice.objects.filter(latest_error="").exists())
    server = MailServer()
    with serving(server, place.port):
        wait_until(lambda: sent_count() == COUNT)
        said = worker.stop()

    assert said.startswith("The mail server takes nothing (")
    assert_all_are_there(server, notices, twice=0)


def test_a_certificate_that_nobody_vouches_for_is_refused(place: Place, tmp_path: Path) -> None:
    notices = write()
    server = MailServer()
    certificate = make_certificate(tmp_path)
    with serving(server, place.port, tls_context=context_of(certificate), require_starttls=True):
        distrusting = place.start("--once", GOLDENTHREAD_MAIL_ENCRYPTION="starttls")
        said, _ = distrusting.process.communicate(timeout=60)
        assert distrusting.process.returncode == 1
        assert "certificate verify failed" in said
        assert server.taken == []

        trusting = place.start(
            "--once",
            GOLDENTHREAD_MAIL_ENCRYPTION="starttls",
            SSL_CERT_FILE=str(certificate),
        )
        assert trusting.process.wait(timeout=60) == 0

    assert_all_are_there(server, notices, twice=0)


def make_certificate(folder: Path) -> Path:
    """Make a certificate of this machine's loopback, with its key in the same file."""
    file = folder / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", str(file), "-out", str(folder / "public.pem")),
        ],
        check=True,
        capture_output=True,
    )
    file.write_text(file.read_text() + (folder / "public.pem").read_text())
    return file


def context_of(certificate: Path) -> Any:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context
