from __future__ import annotations

import logging
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from django.db import DatabaseError
from pytest_django import Settings

from goldenthread.notices import claims, delivery
from goldenthread.notices.delivery import Delivery, deliver_due
from goldenthread.notices.models import Notice
from goldenthread.notices.postbox import Postbox
from tests.factories import IN_Q1, NoticeFactory
from tests.notices.mail_server import MailServer, serving

pytestmark = pytest.mark.django_db
NOBODY = "550 5.1.1 No such user here"
NOT_NOW = "450 4.2.0 Greylisted, come back later"


def deliver(at: datetime = IN_Q1, worker: str = "worker") -> Delivery:
    return deliver_due(worker=worker, clock=lambda: at, is_stopping=lambda: False)


def part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    assert isinstance(found, EmailMessage)
    return "\n".join(str(found.get_content()).splitlines())


class TestSending:
    def test_a_message_is_sent_and_that_is_written_down(self, mail_server: MailServer) -> None:
        notice = NoticeFactory()

        assert deliver() == Delivery(sent=1)

        notice.refresh_from_db()
        assert (notice.sent_at, notice.tries, notice.latest_error) == (IN_Q1, 1, "")
        assert (notice.claimed_by, notice.claimed_until) == ("", None)
        [message] = mail_server.taken
        assert part(message, "plain") == notice.text
        assert part(message, "html") == notice.html

    def test_its_headers_come_from_the_row(self, mail_server: MailServer) -> None:
        notice = NoticeFactory(recipient_name="Zoë O'Brien, BA")
        deliver()

        [message] = mail_server.taken
        assert message["Message-ID"] == notice.message_id
        assert message["Date"].datetime == notice.written_at
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["From"] == "Performance <performance@arden.example>"
        [to] = message["To"].addresses
        assert (to.display_name, to.addr_spec) == ("Zoë O'Brien, BA", notice.address)

    def test_one_connection_carries_all(self, mail_server: MailServer) -> None:
        for _ in range(5):
            NoticeFactory()

        assert deliver() == Delivery(sent=5)
        assert mail_server.connections == 1

    def test_an_empty_outbox_asks_nobody(self, mail_server: MailServer) -> None:
        NoticeFactory(sent_at=IN_Q1)
        NoticeFactory(due_at=IN_Q1 + timedelta(minutes=1))

        assert deliver().is_empty
        assert mail_server.connections == 0

    def test_one_that_is_asked_to_stop_begins_nothing_more(self, mail_server: MailServer) -> None:
        NoticeFactory()
        NoticeFactory()
        asked = iter([False, True])
        done = deliver_due(worker="w", clock=lambda: IN_Q1, is_stopping=lambda: next(asked))

        assert done == Delivery(sent=1)

    def test_what_another_worker_holds_is_refused_until_its_lease_is_over(
        self, mail_server: MailServer
    ) -> None:
        later = IN_Q1 + timedelta(minutes=10)
        NoticeFactory(claimed_by="another", claimed_until=later)

        assert deliver(later - timedelta(seconds=1)).is_empty
        assert deliver(later) == Delivery(sent=1)


class TestHostileWords:
    def test_words_from_all_over_arrive_as_typed(self, mail_server: MailServer) -> None:
        words = "Zoë & Łukasz: 東京 £5, “done”"
        NoticeFactory(subject=words, text=f".\n{words}\n.\nFrom me\n{'x' * 3000}", html=words)
        deliver()

        [message] = mail_server.taken
        assert message["Subject"] == words
        assert part(message, "plain") == f".\n{words}\n.\nFrom me\n{'x' * 3000}"
        assert part(message, "html") == words

    @pytest.mark.parametrize("field", ["recipient_name", "subject"])
    def test_a_header_cannot_be_smuggled_in(self, mail_server: MailServer, field: str) -> None:
        NoticeFactory(**{field: "Ann\r\nBcc: all@council.example"})
        good = NoticeFactory()
        deliver()

        assert all(message["Bcc"] is None for message in mail_server.taken)
        assert "all@council.example" not in mail_server.recipients
        assert good.message_id in mail_server.message_ids

    @pytest.mark.parametrize(
        "address", ["ann@council.example\nBcc: all@council.example", "no address", "ann@", "@", ","]
    )
    def test_an_address_that_cannot_be_written_to_is_refused_and_holds_up_nobody(
        self, mail_server: MailServer, address: str
    ) -> None:
        notice, good = NoticeFactory(address=address), NoticeFactory()
        deliver()

        notice.refresh_from_db()
        assert notice.sent_at is None
        assert notice.latest_error
        assert mail_server.recipients == [good.address]

    def test_a_message_that_cannot_even_be_written_holds_up_nobody(
        self,
        mail_server: MailServer,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        bad, good = NoticeFactory(), NoticeFactory()
        send = Postbox.send

        def fail_at_first(postbox: Any, notice: Notice) -> None:
            if notice == bad:
                raise RuntimeError("no such thing")
            send(postbox, notice)

        monkeypatch.setattr(Postbox, "send", fail_at_first)
        with caplog.at_level(logging.CRITICAL, logger="goldenthread"):
            assert deliver() == Delivery(sent=1, delayed=1)

        bad.refresh_from_db()
        assert bad.latest_error == "RuntimeError: no such thing"
        assert list(mail_server.message_ids) == [good.message_id]


class TestRefusals:
    def test_a_recipient_that_is_not_there_is_refused_and_shown(
        self, mail_server: MailServer
    ) -> None:
        gone = NoticeFactory(address="gone@council.example")
        good = NoticeFactory()
        mail_server.answers["gone@council.example"] = [NOBODY]

        assert deliver() == Delivery(sent=1, refused=1)

        gone.refresh_from_db()
        assert (gone.refused_at, gone.latest_error) == (IN_Q1, NOBODY)
        assert mail_server.connections == 1
        assert list(mail_server.message_ids) == [good.message_id]
        assert deliver(IN_Q1 + timedelta(days=9)).is_empty

    def test_an_address_of_ours_that_may_not_send_is_refused_and_no_message(
        self, mail_server: MailServer
    ) -> None:
        mail_server.sender_answer = "553 5.7.1 Not your address"
        notice, other = NoticeFactory(), NoticeFactory()

        assert deliver() == Delivery(unreachable="553 5.7.1 Not your address")

        for each in (notice, other):
            each.refresh_from_db()
            assert (each.refused_at, each.tries, each.due_at) == (None, 0, IN_Q1)
            assert each.latest_error == "553 5.7.1 Not your address"
        mail_server.sender_answer = "250 OK"
        assert deliver() == Delivery(sent=2)

    def test_a_message_that_is_too_big_for_the_server_is_refused(
        self, mail_server: MailServer
    ) -> None:
        mail_server.sender_answer = "552 5.3.4 Message size exceeds fixed limit"
        NoticeFactory()

        assert deliver() == Delivery(refused=1)

    def test_a_server_that_wants_us_to_sign_in_refuses_no_message(
        self, mail_server: MailServer
    ) -> None:
        mail_server.sender_answer = "530 5.7.0 Authentication required"
        notice, other = NoticeFactory(), NoticeFactory()

        assert deliver() == Delivery(unreachable="530 5.7.0 Authentication required")

        for each in (notice, other):
            each.refresh_from_db()
            assert (each.refused_at, each.tries, each.due_at) == (None, 0, IN_Q1)
            assert each.latest_error == "530 5.7.0 Authentication required"
        mail_server.sender_answer = "250 OK"
        assert deliver() == Delivery(sent=2)

    def test_a_server_that_dislikes_our_name_refuses_no_message(
        self, mail_server: MailServer
    ) -> None:
        mail_server.hello_answer = "550 5.7.1 I do not know you"
        notice = NoticeFactory()

        assert deliver() == Delivery(unreachable="550 5.7.1 I do not know you")
        notice.refresh_from_db()
        assert (notice.refused_at, notice.tries) == (None, 0)


class TestTryingAgain:
    def test_a_message_that_is_not_taken_yet_is_tried_again_under_the_same_id(
        self, mail_server: MailServer
    ) -> None:
        notice = NoticeFactory()
        mail_server.answers[notice.address] = [NOT_NOW, NOT_NOW]

        assert deliver() == Delivery(delayed=1)
        notice.refresh_from_db()
        assert (notice.due_at, notice.latest_error) == (IN_Q1 + timedelta(minutes=1), NOT_NOW)
        assert deliver(IN_Q1 + timedelta(seconds=59)).is_empty
        at = IN_Q1 + timedelta(minutes=1)
        assert deliver(at) == Delivery(delayed=1)
        assert deliver(at + timedelta(minutes=5)) == Delivery(sent=1)

        assert mail_server.message_ids == {notice.message_id: 1}
        notice.refresh_from_db()
        assert (notice.tries, notice.latest_error) == (3, "")

    def test_after_three_days_it_is_refused(self, mail_server: MailServer) -> None:
        notice = NoticeFactory(tries=75)
        mail_server.answers[notice.address] = [NOT_NOW]

        assert deliver() == Delivery(delayed=1)
        notice.refresh_from_db()
        assert notice.refused_at == IN_Q1
        assert notice.latest_error == f"Given up after 76 tries. {NOT_NOW}"

    def test_a_server_that_hangs_up_is_called_again_for_the_next(
        self, mail_server: MailServer
    ) -> None:
        first, second = NoticeFactory(address="first@council.example"), NoticeFactory()
        mail_server.answers["first@council.example"] = ["421 4.7.0 Too many messages"]

        assert deliver() == Delivery(sent=1, delayed=1)
        assert mail_server.connections == 2
        assert list(mail_server.message_ids) == [second.message_id]
        first.refresh_from_db()
        assert first.latest_error == "421 4.7.0 Too many messages"

    def test_a_server_that_is_down_costs_no_message_a_try(self, port: int) -> None:
        notice, other = NoticeFactory(), NoticeFactory()

        assert "refused" in deliver().unreachable.lower()

        for each in (notice, other):
            each.refresh_from_db()
            assert (each.tries, each.refused_at, each.claimed_by) == (0, None, "")
            assert "refused" in each.latest_error.lower()
        server = MailServer()
        with serving(server, port):
            assert deliver() == Delivery(sent=2)
        assert len(server.taken) == 2

    def test_a_password_that_is_refused_costs_no_message_a_try(
        self, port: int, settings: Settings
    ) -> None:
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "goldenthread", "wrong"
        NoticeFactory()
        options: dict[str, Any] = {"auth_require_tls": False, "authenticator": _only("right")}
        with serving(MailServer(), port, **options):
            assert deliver().unreachable.startswith("535 ")
            settings.EMAIL_HOST_PASSWORD = "right"
            assert deliver() == Delivery(sent=1)

    def test_a_server_without_encryption_is_not_told_anything(
        self, mail_server: MailServer, settings: Settings
    ) -> None:
        settings.EMAIL_USE_TLS = True
        NoticeFactory()

        assert "STARTTLS" in deliver().unreachable
        assert mail_server.taken == []


class TestWritingDown:
    @pytest.mark.django_db(transaction=True)
    def test_what_was_taken_is_written_down_however_often_it_takes(
        self, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        notice = NoticeFactory()
        fails = iter([DatabaseError("locked"), DatabaseError("locked"), None])
        record = claims.record_sent

        def fail_twice(sent: Notice, *, at: datetime) -> bool:
            if error := next(fails):
                raise error
            return record(sent, at=at)

        monkeypatch.setattr(claims, "record_sent", fail_twice)
        monkeypatch.setattr(delivery, "_BETWEEN_RECORDINGS", 0)
        assert deliver() == Delivery(sent=1)
        notice.refresh_from_db()
        assert notice.sent_at == IN_Q1

    def test_a_database_that_is_gone_for_longer_than_the_lease_is_refused(
        self, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch, settings: Settings
    ) -> None:
        settings.MAIL_LEASE = timedelta(0)
        NoticeFactory()

        def fail(sent: Notice, *, at: datetime) -> bool:
            raise DatabaseError("gone")

        monkeypatch.setattr(claims, "record_sent", fail)
        with pytest.raises(DatabaseError, match="gone"):
            deliver()

    def test_a_worker_that_lost_its_message_writes_nothing_over_the_others_words(
        self,
        mail_server: MailServer,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        notice = NoticeFactory()
        send = Postbox.send
        later = IN_Q1 + timedelta(days=1)

        def be_overtaken(postbox: Any, sent: Notice) -> None:
            send(postbox, sent)
            assert claims.claim_next(worker="another", at=later, lease=timedelta(hours=1))

        monkeypatch.setattr(Postbox, "send", be_overtaken)
        deliver()

        notice.refresh_from_db()
        assert (notice.claimed_by, notice.sent_at) == ("another", None)
        assert "took so long that another worker has it" in caplog.text

    def test_a_message_that_two_want_is_refused_to_the_second(self) -> None:
        NoticeFactory()
        hour = timedelta(hours=1)

        assert claims.claim_next(worker="one", at=IN_Q1, lease=hour)
        assert claims.claim_next(worker="two", at=IN_Q1, lease=hour) is None


def _only(password: str) -> Any:
    def authenticate(
        server: Any, session: Any, envelope: Any, mechanism: str, given: object
    ) -> AuthResult:
        assert isinstance(given, LoginPassword)
        return AuthResult(success=given.password == password.encode(), handled=False)

    return authenticate
