"""What stands between a return and its being kept: the window, what is there already, who saw what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from goldenthread.accounts.models import User
from goldenthread.domain.doubts import Doubt


class Saved(Protocol):
    """Anything that is kept as a draft, by version, until it is submitted."""

    version: int
    saved_by: User
    submitted_at: datetime | None


class ReturnRefusedError(Exception):
    """A return cannot be kept; the words say why and what to do."""


class CycleClosedError(ReturnRefusedError):
    """The cycle takes no returns on that day."""


class AlreadySubmittedError(ReturnRefusedError):
    """The return was submitted before."""


class ChangedMeanwhileError(ReturnRefusedError):
    """Somebody saved this return after the person had opened it."""


class NotSubmittedError(ReturnRefusedError):
    """The return was not submitted, so it cannot be called back or sent back."""


class NothingCorrectedError(ReturnRefusedError):
    """A correction would leave the return as it was."""


class NothingToExplainError(ReturnRefusedError):
    """The return needs no exception report."""


class IncompleteReturnError(ReturnRefusedError):
    """The return lacks something; `problems` says what, by field."""

    def __init__(self, problems: dict[str, str], *, doubts: Sequence[Doubt] = ()) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = problems
        self.doubts = tuple(doubts)


class UnconfirmedDoubtsError(ReturnRefusedError):
    """Something in the return looks odd and is not ticked.

    `doubts` are all that were asked, ticked or not, and `to_tick` those that are still to be ticked.
    A door shows each with a tick, and sends the keys of those ticked back as `confirmed`.
    """

    def __init__(self, doubts: Sequence[Doubt], to_tick: Sequence[Doubt]) -> None:
        super().__init__(" ".join(doubt.words for doubt in to_tick))
        self.doubts = tuple(doubts)
        self.to_tick = tuple(to_tick)

    @property
    def problems(self) -> dict[str, str]:
        """What is wrong, as other refusals say it: by the field to put it right in."""
        return {"confirm": "Check what looks odd, and tick what is right"}


def check_is_open_to(
    held: Saved | None, *, seen_version: int, what: str = "return", corrects: bool = False
) -> None:
    """Make sure that what is held can still be changed by whoever saw it at that version.

    A submitted one can be changed only by whoever `corrects` it.

    :raises AlreadySubmittedError: if it was submitted
    :raises ChangedMeanwhileError: if it was saved since
    """
    if held is None:
        return
    if held.submitted_at is not None and not corrects:
        raise AlreadySubmittedError(
            f"This {what} has been submitted already. Call it back to change it."
        )
    if held.version != seen_version:
        raise ChangedMeanwhileError(
            f"{held.saved_by.name} saved this {what} while you were writing."
        )
