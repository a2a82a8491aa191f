"""How messages reach a council's mail server and lead back to the site, as its IT has set it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr
from enum import StrEnum

from django.core.exceptions import ImproperlyConfigured

# A message asks for five answers at most, each within the timeout; twice as long is long enough.
_LEASE_IN_TIMEOUTS = 10
_ON_THIS_MACHINE = "http://127.0.0.1:8000"
_AN_ADDRESS = re.compile(r"https?://[a-z0-9.\-\[\]:]+/?", re.IGNORECASE)
_NOWHERE = "goldenthread.invalid"


class Encryption(StrEnum):
    """How the connection to the mail server is kept from others' eyes."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


_PORTS = {Encryption.STARTTLS: 587, Encryption.TLS: 465, Encryption.NONE: 25}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """The mail server and how to speak to it; with no `host`, messages wait in the outbox.

    `timeout` is how many seconds each answer of the server may take.
    """

    host: str
    port: int
    encryption: Encryption
    user: str
    password: str
    sender: str
    timeout: int

    @property
    def lease(self) -> timedelta:
        """How long a worker holds a message that it sends, before another takes it for dead."""
        return timedelta(seconds=_LEASE_IN_TIMEOUTS * self.timeout)

    @property
    def domain(self) -> str:
        """What stands after the @ of a Message-ID; the machine's own name is nobody's business."""
        return parseaddr(self.sender)[1].partition("@")[2] or _NOWHERE


def mail_settings(environment: Mapping[str, str]) -> MailSettings:
    """Read the settings whose names begin with GOLDENTHREAD_MAIL.

    :raises ImproperlyConfigured: if one cannot be used
    """
    host = environment.get("GOLDENTHREAD_MAIL_HOST", "")
    encryption = _encryption(environment)
    user = environment.get("GOLDENTHREAD_MAIL_USER", "")
    password = environment.get("GOLDENTHREAD_MAIL_PASSWORD", "")
    if bool(user) != bool(password):
        raise ImproperlyConfigured(
            "Set both GOLDENTHREAD_MAIL_USER and GOLDENTHREAD_MAIL_PASSWORD, or neither."
        )
    return MailSettings(
        host=host,
        port=_number(environment, "GOLDENTHREAD_MAIL_PORT", _PORTS[encryption], most=65535),
        encryption=encryption,
        user=user,
        password=password,
        sender=_sender(environment, is_needed=bool(host)),
        timeout=_number(environment, "GOLDENTHREAD_MAIL_TIMEOUT", 60, most=600),
    )


def site_address(environment: Mapping[str, str]) -> str:
    """Read where people open the site, which links in messages begin with.

    :raises ImproperlyConfigured: if that is no address, or none is set although messages go out
    """
    words = environment.get("GOLDENTHREAD_ADDRESS", "")
    if not words and not environment.get("GOLDENTHREAD_MAIL_HOST"):
        return _ON_THIS_MACHINE
    if not _AN_ADDRESS.fullmatch(words):
        raise ImproperlyConfigured(
            f"GOLDENTHREAD_ADDRESS is {words!r}: write it like https://performance.council.gov.uk."
        )
    return words.rstrip("/")


def _encryption(environment: Mapping[str, str]) -> Encryption:
    words = environment.get("GOLDENTHREAD_MAIL_ENCRYPTION", Encryption.STARTTLS)
    try:
        return Encryption(words)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"GOLDENTHREAD_MAIL_ENCRYPTION is {words!r}: it must be starttls, tls or none."
        ) from error


def _sender(environment: Mapping[str, str], *, is_needed: bool) -> str:
    words = environment.get("GOLDENTHREAD_MAIL_FROM", "")
    _, address = parseaddr(words)
    if words.isprintable() and address.count("@") == 1 and not address.endswith("@"):
        return words
    if not words and not is_needed:
        return f"Goldenthread <no-reply@{_NOWHERE}>"
    raise ImproperlyConfigured(
        f"GOLDENTHREAD_MAIL_FROM is {words!r}: "
        "write it like Performance <performance@council.gov.uk>."
    )


def _number(environment: Mapping[str, str], name: str, usual: int, *, most: int) -> int:
    words = environment.get(name, str(usual))
    if words.isascii() and words.isdigit() and 1 <= int(words) <= most:
        return int(words)
    raise ImproperlyConfigured(f"{name} is {words!r}: it must be a number from 1 to {most}.")
