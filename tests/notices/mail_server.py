"""A real mail server on this machine's loopback, which can be made to stall, refuse or go away."""

from __future__ import annotations

import asyncio
import email
import email.policy
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from enum import StrEnum
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

OK = "250 OK"
SECONDS_TO_WAIT = 60


class Stage(StrEnum):
    """Where in a conversation the server can be made to stall."""

    CONNECTED = "connected"
    SENDER_NAMED = "sender_named"
    RECIPIENT_NAMED = "recipient_named"
    BODY_OFFERED = "body_offered"
    BODY_SENT = "body_sent"
    ACCEPTED = "accepted"


@dataclass
class Stall:
    """One conversation that is held up at a stage until it is let go, after so many that were not."""

    stage: Stage
    after: int = 0
    reached: threading.Event = field(default_factory=threading.Event)
    answered: threading.Event = field(default_factory=threading.Event)
    _go: threading.Event = field(default_factory=threading.Event)

    def wait_until_reached(self) -> None:
        assert self.reached.wait(SECONDS_TO_WAIT), f"Nobody came to {self.stage}"

    def let_go(self) -> None:
        self._go.set()

    async def hold(self) -> None:
        self.reached.set()
        while not self._go.is_set():
            await asyncio.sleep(0.01)


class MailServer:
    """Takes mail, and keeps what it has answered for in `taken`.

    `answers` says what it answers to a recipient instead of yes, once each; `sender_answer` to any
    sender; `hello_answer` to whoever says hello.
    """

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.answers: dict[str, list[str]] = {}
        self.sender_answer = OK
        self.hello_answer = ""
        self.connections = 0
        self._stall: Stall | None = None
        self._seen: Counter[Stage] = Counter()

    @property
    def message_ids(self) -> Counter[str]:
        return Counter(message["Message-ID"] for message in self.taken)

    def stall(self, stage: Stage, after: int = 0) -> Stall:
        """Hold up the next conversation that comes to a stage, after so many that are not held up."""
        self._stall = Stall(stage, after)
        self._seen.clear()
        return self._stall

    async def pass_stage(self, stage: Stage) -> Stall | None:
        stall = self._stall
        if stall is None or stall.stage is not stage:
            return None
        self._seen[stage] += 1
        if self._seen[stage] <= stall.after:
            return None
        # One conversation only: the other worker's go on.
        self._stall = None
        await stall.hold()
        return stall

    async def handle_EHLO(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, answers: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += 1
        await self.pass_stage(Stage.CONNECTED)
        return [self.hello_answer] if self.hello_answer else answers

    async def handle_HELO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str
    ) -> str:
        session.host_name = hostname
        return self.hello_answer or OK

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await self.pass_stage(Stage.SENDER_NAMED)
        if self.sender_answer == OK:
            envelope.mail_from = address
        return self.sender_answer

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await self.pass_stage(Stage.RECIPIENT_NAMED)
        if waiting := self.answers.get(address):
            return waiting.pop(0)
        envelope.rcpt_tos.append(address)
        return OK

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        await self.pass_stage(Stage.BODY_SENT)
        content = envelope.content
        assert isinstance(content, bytes)
        message = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        self.recipients += envelope.rcpt_tos
        assert isinstance(server, _Conversation)
        server.held_up = await self.pass_stage(Stage.ACCEPTED)
        return OK


class _Conversation(SMTP):
    held_up: Stall | None = None

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        await self.event_handler.pass_stage(Stage.BODY_OFFERED)
        await super().smtp_DATA(arg)

    async def push(self, status: Any) -> None:
        await super().push(status)
        if self.held_up is not None:
            self.held_up.answered.set()
            self.held_up = None


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Conversation(self.handler, **self.SMTP_kwargs)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@contextmanager
def serving(server: MailServer, port: int, **options: Any) -> Iterator[None]:
    """Let a mail server listen on a port until the block ends."""
    controller = _Controller(server, hostname="127.0.0.1", port=port, **options)
    controller.start()
    # Its own look whether it is there was a connection, too.
    server.connections = 0
    try:
        yield
    finally:
        controller.stop()


def wait_until(is_true: Callable[[], object]) -> None:
    """Wait for something that another process does; however slow the machine is."""
    pause = threading.Event()
    for _ in range(SECONDS_TO_WAIT * 20):
        if is_true():
            return
        pause.wait(0.05)
    raise AssertionError("It did not come about")
