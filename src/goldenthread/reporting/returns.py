"""What stands between a return and its being kept: the window, what is there already, who saw what."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from goldenthread.accounts.models import User
from goldenthread.domain.kinds import CycleKind
from goldenthread.reporting.models import ReportingCycle


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


class NothingToExplainError(ReturnRefusedError):
    """The return needs no exception report."""


class IncompleteReturnError(ReturnRefusedError):
    """The return lacks something; `problems` says what, by field."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = problems


def check_takes_returns(cycle: ReportingCycle, day: date) -> None:
    """Make sure that a cycle takes returns on a day.

    :raises CycleClosedError: if it has not opened yet, or its deadline has passed
    """
    if cycle.kind is CycleKind.ANNUAL:
        raise CycleClosedError(f"{cycle.title} takes no returns: it looks back on the quarters'.")
    if day < cycle.opens_on:
        raise CycleClosedError(
            f"{cycle.title} takes returns from {_said(cycle.opens_on)}. Come back then."
        )
    if day > cycle.due_on:
        raise CycleClosedError(
            f"{cycle.title} took returns until {_said(cycle.due_on)}. "
            "Ask the performance manager what to do with what you wrote."
        )


def check_is_open_to(held: Saved | None, *, seen_version: int, what: str = "return") -> None:
    """Make sure that what is held can still be changed by whoever saw it at that version.

    :raises AlreadySubmittedError: if it was submitted
    :raises ChangedMeanwhileError: if it was saved since
    """
    if held is None:
        return
    if held.submitted_at is not None:
        raise AlreadySubmittedError(f"This {what} has been submitted already.")
    if held.version != seen_version:
        raise ChangedMeanwhileError(
            f"{held.saved_by.name} saved this {what} while you were writing."
        )


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
