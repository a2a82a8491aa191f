"""The way to the mail server: one connection, and what its answers mean."""

from __future__ import annotations

import smtplib
from contextlib import suppress
from email.charset import QP, Charset
from email.utils import format_datetime, formataddr, parseaddr
from types import TracebackType
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.validators import validate_email
from django.utils import timezone

from goldenthread.domain.plain_text import one_line
from goldenthread.domain.retries import Verdict, verdict_on, verdict_on_sender
from goldenthread.notices.models import Notice


class NotTakenError(Exception):
    """The mail server has not taken a message: why, and what that means."""

    def __init__(self, verdict: Verdict, words: str) -> None:
        super().__init__(words)
        self.verdict = verdict
        self.words = words


class UnreachableError(Exception):
    """The mail server does not answer, or does not let us in; no message is at fault."""


class Postbox:
    """A connection to the mail server, opened when it is first needed and kept for what follows."""

    def __init__(self) -> None:
        self._backend: Any = get_connection()

    def __enter__(self) -> Postbox:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def open(self) -> None:
        """Make sure that the mail server listens to us.

        :raises UnreachableError: if it does not
        """
        if self._is_broken_off():
            self._close()
        try:
            self._backend.open()
            self._say_hello()
        except (OSError, ValueError) as error:
            raise UnreachableError(_words_of(error)) from error

    def check_sender(self) -> None:
        """Make sure that the mail server takes messages from our address; nothing is sent.

        :raises UnreachableError: if it does not
        """
        self.open()
        connection = getattr(self._backend, "connection", None)
        if connection is None:
            return
        sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        try:
            code, reply = connection.mail(sender)
            if code != _YES:
                raise smtplib.SMTPSenderRefused(code, reply, sender)
            connection.rset()
        except (OSError, ValueError) as error:
            raise UnreachableError(_words_of(error)) from error

    def send(self, notice: Notice) -> None:
        """Hand a message to the mail server, which then answers for it.

        :raises NotTakenError: if the server did not take it
        """
        try:
            self._backend.send_messages([letter_of(notice)])
        except (OSError, ValueError) as error:
            raise NotTakenError(_verdict_of(error), _words_of(error)) from error

    def _is_broken_off(self) -> bool:
        # The library closes its socket when the server hangs up, and says so only at the next try.
        connection = getattr(self._backend, "connection", None)
        return connection is not None and connection.sock is None

    def _say_hello(self) -> None:
        # Left to the first message, a server that does not like our name would refuse that message.
        connection = getattr(self._backend, "connection", None)
        if connection is not None:
            connection.ehlo_or_helo_if_needed()

    def _close(self) -> None:
        with suppress(OSError):
            self._backend.close()


def letter_of(notice: Notice) -> EmailMultiAlternatives:
    """Write a message as mail: the same headers at each try, and plain enough for any server.

    :raises ValueError: if nobody can have its address
    """
    letter = EmailMultiAlternatives(
        subject=notice.subject,
        body=notice.text,
        to=[_addressee(notice)],
        headers={
            "Message-ID": notice.message_id,
            "Date": format_datetime(timezone.localtime(notice.written_at)),
            # Nobody's absence should answer a machine.
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    letter.encoding = _UTF8_IN_ASCII
    letter.attach_alternative(notice.html, "text/html")
    return letter


def _addressee(notice: Notice) -> str:
    try:
        validate_email(notice.address)
    except ValidationError as error:
        raise ValueError(f"{notice.address} is no address") from error
    return formataddr((one_line(notice.recipient_name), notice.address))


def _utf8_in_ascii() -> Charset:
    charset = Charset("utf-8")
    charset.body_encoding = QP
    return charset


_UTF8_IN_ASCII = _utf8_in_ascii()
_YES = 250


def _verdict_of(error: Exception) -> Verdict:
    match error:
        case smtplib.SMTPSenderRefused():
            return verdict_on_sender(error.smtp_code)
        case smtplib.SMTPRecipientsRefused() | smtplib.SMTPResponseException():
            return verdict_on(_answer_of(error)[0])
        case smtplib.SMTPNotSupportedError() | ValueError():
            # An address that this server, or no server, can write to.
            return Verdict.REFUSED
        case _:
            return Verdict.TRY_AGAIN


def _words_of(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException):
        code, reply = _answer_of(error)
        said = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
        return one_line(f"{code} {said}")
    return one_line(str(error)) or type(error).__name__


def _answer_of(
    error: smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException,
) -> tuple[int, bytes | str]:
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code, error.smtp_error
    [answer] = error.recipients.values()
    return answer
