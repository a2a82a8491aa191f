"""What a mail server's answer means for a message, and how long it, or a file, waits for its next try."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

_FIRST_WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
_LATER_WAIT = timedelta(hours=1)
# The first four and then one an hour for three days.
MOST_TRIES = len(_FIRST_WAITS) + 72
_FIRST_PAUSE = timedelta(seconds=5)
_LONGEST_PAUSE = timedelta(minutes=5)
# "Authentication required", "mechanism too weak", "credentials invalid", "encryption required".
_ABOUT_SIGNING_IN = frozenset({530, 534, 535, 538})
# Said of our address's line too, which tells the message's size.
_TOO_BIG = 552


class Verdict(StrEnum):
    """What a mail server's answer means: for the message, or for all of them."""

    TRY_AGAIN = "try_again"
    REFUSED = "refused"
    NOT_LET_IN = "not_let_in"


def verdict_on(code: int) -> Verdict:
    """Judge an SMTP reply code other than a yes.

    A permanent no (5xx) is about this message, unless the server asks us to sign in: that is about
    us, and no message's fault.
    """
    if code in _ABOUT_SIGNING_IN:
        return Verdict.NOT_LET_IN
    return Verdict.REFUSED if 500 <= code <= 599 else Verdict.TRY_AGAIN


def verdict_on_sender(code: int) -> Verdict:
    """Judge a reply code, other than a yes, to the address that all messages come from.

    A permanent no is about that address and no message's fault, unless the message is too big.
    """
    verdict = verdict_on(code)
    is_about_us = verdict is Verdict.REFUSED and code != _TOO_BIG
    return Verdict.NOT_LET_IN if is_about_us else verdict


def wait_after(tries: int) -> timedelta | None:
    """Say how long a message waits after so many tries; None when there have been enough.

    After 1, 5, 15 and 60 minutes, then hourly for three days.
    """
    if tries >= MOST_TRIES:
        return None
    return _FIRST_WAITS[tries - 1] if tries <= len(_FIRST_WAITS) else _LATER_WAIT


def pause_after(failures: int) -> timedelta:
    """Say how long a worker leaves a server alone that could not be reached so many times running.

    Five seconds at first, twice as long each time, at most five minutes: soon enough to be back when
    the server is, and seldom enough not to lock an account whose password has changed.
    """
    return min(_FIRST_PAUSE * (1 << min(failures - 1, 10)), _LONGEST_PAUSE)


_BEFORE_MAKING = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10))


def wait_before_making(tries: int) -> timedelta | None:
    """Say how long a file waits after so many tries before it is made again; None after the fourth."""
    if tries > len(_BEFORE_MAKING):
        return None
    return _BEFORE_MAKING[max(tries - 1, 0)]
