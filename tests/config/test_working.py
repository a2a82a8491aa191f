from __future__ import annotations

import logging
import os
import signal
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, OperationalError
from pytest_django import Settings

from goldenthread.config import working
from goldenthread.config.working import Stop, Worker, work
from goldenthread.notices.delivery import Delivery
from goldenthread.notices.models import Notice
from goldenthread.organisation.models import Council
from tests.config.commands import refusal, run
from tests.factories import IN_Q1, NoticeFactory
from tests.notices.conftest import mail_server, port
from tests.notices.mail_server import MailServer, serving

__all__ = ["mail_server", "port"]

pytestmark = pytest.mark.django_db
NOBODY = "550 5.1.1 No such user here"


class Clock:
    def __init__(self) -> None:
        self.now = IN_Q1

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(settings: Settings) -> Clock:
    clock = Clock()
    settings.CLOCK = clock
    return clock


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def worker(clock: Clock, said: list[str]) -> Worker:
    return Worker(clock=clock, say=said.append, is_stopping=lambda: False, steps=[])


class TestRounds:
    def test_a_round_takes_the_steps_and_then_delivers_what_they_wrote(
        self, worker: Worker, mail_server: MailServer, said: list[str]
    ) -> None:
        def remind(at: datetime) -> None:
            NoticeFactory(due_at=at)

        worker.steps = [remind]

        assert worker.take_round() == Delivery(sent=1)
        assert said == ["1 message sent, 0 refused, 0 to be tried again."]

    def test_steps_are_taken_once_a_minute(self, worker: Worker, clock: Clock) -> None:
        taken: list[datetime] = []
        worker.steps = [taken.append]
        for seconds in (0, 5, 59, 60, 61, 200, 100):
            clock.now = IN_Q1 + timedelta(seconds=seconds)
            worker.take_round()

        assert [(at - IN_Q1).seconds for at in taken] == [0, 60, 200, 100]

    def test_a_step_that_fails_is_told_and_holds_up_nobody(
        self, worker: Worker, mail_server: MailServer, caplog: pytest.LogCaptureFixture
    ) -> None:
        def remind(at: datetime) -> None:
            raise LookupError("no cycle")

        taken: list[datetime] = []
        worker.steps = [remind, taken.append]
        NoticeFactory()
        with caplog.at_level(logging.CRITICAL, logger="goldenthread.config.working"):
            assert worker.take_round() == Delivery(sent=1)
        assert taken == [IN_Q1]

    def test_one_that_is_asked_to_stop_takes_no_step(self, worker: Worker) -> None:
        taken: list[datetime] = []
        worker.steps = [taken.append]
        worker.is_stopping = lambda: True
        worker.take_round()

        assert taken == []

    def test_a_server_that_takes_nothing_is_left_alone_for_longer_each_time(
        self, worker: Worker, clock: Clock, port: int, said: list[str]
    ) -> None:
        NoticeFactory()
        for seconds in (0, 4, 5, 14, 15):
            clock.now = IN_Q1 + timedelta(seconds=seconds)
            worker.take_round()

        assert len(said) == 3
        assert said[0].startswith("The mail server takes nothing (")
        assert said[0].endswith("): 1 message waiting.")
        clock.now += timedelta(seconds=20)
        with serving(MailServer(), port):
            assert worker.take_round() == Delivery(sent=1)
        NoticeFactory()
        assert worker.take_round().unreachable

    def test_a_demonstrations_clock_that_goes_back_at_midnight_holds_up_nothing(
        self, worker: Worker, clock: Clock, port: int, said: list[str]
    ) -> None:
        NoticeFactory(due_at=IN_Q1 - timedelta(days=2))
        worker.take_round()
        clock.now = IN_Q1 - timedelta(hours=23)
        worker.take_round()

        assert len(said) == 2

    def test_two_workers_never_have_the_same_name(self, clock: Clock) -> None:
        names = {
            Worker(clock=clock, say=print, is_stopping=lambda: False, steps=[]).name
            for _ in range(9)
        }
        assert len(names) == 9


@pytest.mark.django_db(transaction=True)
class TestStopping:
    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_a_signal_ends_the_waiting_and_the_work(
        self, worker: Worker, number: signal.Signals
    ) -> None:
        before = signal.getsignal(number)
        with Stop() as stop:
            worker.is_stopping = stop.is_asked
            worker.steps = [lambda at: os.kill(os.getpid(), number)]
            work(worker, stop, every=3600)
            assert stop.is_asked()
        assert signal.getsignal(number) == before

    def test_a_second_signal_is_not_caught_any_more(self) -> None:
        with Stop() as stop:
            os.kill(os.getpid(), signal.SIGINT)
            assert stop.is_asked()
            with pytest.raises(KeyboardInterrupt):
                os.kill(os.getpid(), signal.SIGINT)

    def test_a_database_that_does_not_answer_is_waited_for(
        self, worker: Worker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        answers: Iterator[DatabaseError | None] = iter([OperationalError("gone\naway"), None])
        with Stop() as stop:

            def take_round() -> Delivery:
                if error := next(answers):
                    raise error
                os.kill(os.getpid(), signal.SIGTERM)
                return Delivery()

            monkeypatch.setattr(worker, "take_round", take_round)
            work(worker, stop, every=0.01)
        assert "The database says: gone away" in caplog.text


class TestWorkCommand:
    def test_one_round_delivers_what_is_due(self, clock: Clock, mail_server: MailServer) -> None:
        NoticeFactory()
        NoticeFactory()

        result = run("work", "--once")
        assert result.exit_code == 0
        assert result.stdout == "2 messages sent, 0 refused, 0 to be tried again.\n"

    def test_without_a_server_it_says_that_messages_wait(self, clock: Clock) -> None:
        NoticeFactory()
        result = run("work", "--once")

        assert result.exit_code == 0
        assert result.stdout == (
            "No mail server is set (GOLDENTHREAD_MAIL_HOST): messages wait in the outbox, "
            "1 message now.\n"
        )
        assert Notice.objects.get().sent_at is None

    def test_a_server_that_is_down_fails_the_round(self, clock: Clock, port: int) -> None:
        NoticeFactory()
        result = run("work", "--once")

        assert result.exit_code == 1
        assert result.stdout.startswith("The mail server takes nothing (")

    @pytest.mark.django_db(transaction=True)
    def test_it_works_until_it_is_stopped(
        self, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        steps = [lambda at: os.kill(os.getpid(), signal.SIGTERM)]
        monkeypatch.setattr(working, "STEPS", steps)
        assert run("work", "--every", "0.1").exit_code == 0

    def test_a_check_says_whether_the_server_lets_us_in_and_sends_nothing(
        self, clock: Clock, mail_server: MailServer
    ) -> None:
        NoticeFactory()
        assert run("work", "--check").stdout == "The mail server 127.0.0.1 lets us in.\n"
        assert mail_server.taken == []

    def test_a_check_of_an_address_that_may_not_send_is_refused(
        self, clock: Clock, mail_server: MailServer
    ) -> None:
        mail_server.sender_answer = "553 5.7.1 Not your address"

        said = "The mail server does not let us in: 553 5.7.1 Not your address"
        assert refusal("work", "--check") == said

    def test_a_check_of_a_server_that_is_down_is_refused(self, clock: Clock, port: int) -> None:
        assert refusal("work", "--check").startswith("The mail server does not let us in: ")

    def test_a_check_without_a_server_is_refused(self, clock: Clock) -> None:
        assert refusal("work", "--check") == "There is no mail server to ask."

    def test_a_pause_of_nothing_is_refused(self) -> None:
        assert run("work", "--every", "0").exit_code == 2


class TestOutboxCommand:
    @pytest.fixture(autouse=True)
    def arden(self, clock: Clock) -> Council:
        return Council.objects.create(name="arden", title="Arden Council")

    def test_an_empty_outbox_is_one_line(self) -> None:
        NoticeFactory(council="bexley")
        assert run("outbox", "arden").stdout == "Arden Council: 0 waiting, 0 sent, 0 refused.\n"

    def test_it_says_what_waits_and_what_was_refused_and_why(self, port: int) -> None:
        NoticeFactory(council="arden", sent_at=IN_Q1)
        NoticeFactory(council="arden", address="new@arden.example")
        NoticeFactory(council="arden", address="held@arden.example", tries=1)
        NoticeFactory(council="arden", address="late@arden.example", tries=2, latest_error="450 No")
        NoticeFactory(council="arden", address="off@arden.example", latest_error="timed out")
        NoticeFactory(
            council="arden",
            address="gone@arden.example",
            tries=1,
            refused_at=IN_Q1,
            latest_error=NOBODY,
        )
        assert run("outbox", "arden").stdout.splitlines() == [
            "Arden Council: 4 waiting, 1 sent, 1 refused.",
            "",
            "Waiting:",
            "  2009-07-14 11:00  off@arden.example  Three returns are due",
            "    waits for the mail server, which said: timed out",
            "  2009-07-14 11:00  late@arden.example  Three returns are due",
            "    tried 2 times, next 2009-07-14 11:00: 450 No",
            "  2009-07-14 11:00  held@arden.example  Three returns are due",
            "    tried 1 time, next 2009-07-14 11:00: under way",
            "  2009-07-14 11:00  new@arden.example  Three returns are due",
            "",
            "Refused; try again with --retry when the cause is mended:",
            "  2009-07-14 11:00  gone@arden.example  Three returns are due",
            f"    tried 1 time: {NOBODY}",
        ]

    def test_without_a_server_it_says_why_they_wait(self) -> None:
        NoticeFactory(council="arden")
        assert "No mail server is set (GOLDENTHREAD_MAIL_HOST)" in run("outbox", "arden").stdout

    def test_a_long_list_is_cut_and_says_so(self, port: int) -> None:
        for _ in range(22):
            NoticeFactory(council="arden")
        assert run("outbox", "arden").stdout.splitlines()[-1] == "  and 2 older"

    def test_what_was_refused_can_be_tried_again(self, mail_server: MailServer) -> None:
        NoticeFactory(council="arden", refused_at=IN_Q1, latest_error=NOBODY)
        other = NoticeFactory(council="bexley", refused_at=IN_Q1)

        result = run("outbox", "arden", "--retry")
        assert result.stdout.startswith("1 refused message will be tried again.\n")
        assert run("work", "--once").exit_code == 0
        assert run("outbox", "arden").stdout.endswith("0 waiting, 1 sent, 0 refused.\n")
        other.refresh_from_db()
        assert other.refused_at == IN_Q1

    def test_one_that_somebody_else_retried_meanwhile_is_left(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        notice = NoticeFactory(council="arden")
        monkeypatch.setattr("goldenthread.notices.queries.refused", lambda council, at: [notice])
        monkeypatch.setattr("goldenthread.config.outbox.describe", lambda council, at: [])
        assert run("outbox", "arden", "--retry").stdout.startswith("No refused messages will")

    def test_an_unknown_council_is_refused(self) -> None:
        assert refusal("outbox", "nowhere").startswith('There is no council "nowhere".')


def test_no_registered_step_is_refused_where_there_is_nothing_to_do(
    worker: Worker, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    worker.steps = working.STEPS
    worker.take_round()
    clock.now += timedelta(minutes=2)
    worker.take_round()

    assert caplog.records == []
