"""What a lead checks of a plan beside the returns on its actions and indicators."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.utils import timezone

from goldenthread.design.words import long_date
from goldenthread.domain.obligations import ReturnState
from goldenthread.domain.posts import Capacity
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.models.drafted import Drafted
from goldenthread.reporting.queries.beside import BesideItem, Told, asked_beside, told_beside
from goldenthread.reporting.queries.tallies import Standing


class InCheck:
    """Where something stands that a lead checks, of whichever kind."""

    line: Standing

    @property
    def is_in(self) -> bool:
        return self.line.state is ReturnState.IN

    @property
    def is_missing(self) -> bool:
        return self.line.state.is_outstanding

    @property
    def is_off_track(self) -> bool:
        return self.line.rating is not None and self.line.rating.is_off_track


@dataclass(frozen=True, kw_only=True)
class CheckedBeside(InCheck):
    """Something that is asked beside the returns, as a lead checks it: what it says, and who filed it."""

    line: BesideItem
    told: Told | None
    is_to_sign: bool = False

    is_beside = True

    @property
    def key(self) -> str:
        return self.line.key

    @property
    def kept(self) -> Drafted | None:
        return self.told.kept if self.told else None

    @property
    def filed_words(self) -> str:
        """Say who submitted it, in which post and when; nothing of a draft."""
        kept = self.kept
        if kept is None or kept.submitted_by is None or kept.submitted_at is None:
            return ""
        deputy = "deputy for the " if self.is_by_deputy else ""
        post = f" ({deputy}{kept.submitted_for})" if kept.submitted_for else ""
        when = long_date(timezone.localdate(kept.submitted_at))
        return f"{kept.submitted_by.name}{post}, {when}"

    @property
    def is_changed(self) -> bool:
        """Whether it is new, as each of them is in its cycle: only a rating can stay as it was."""
        return self.is_in and (self.line.rating is None or self.line.rating is not self.line.was)

    @property
    def is_by_deputy(self) -> bool:
        return self.kept is not None and self.kept.submitted_as is Capacity.DEPUTY

    @property
    def sent_back_by(self) -> str:
        return self.kept.returned_by.name if self.kept and self.kept.returned_by else ""


def checked_beside(
    cycle: ReportingCycle, plan: Plan, *, today: date, to_sign: Collection[str] = ()
) -> tuple[CheckedBeside, ...]:
    """Bring together what a cycle asks of a plan beside the returns with what is kept of it."""
    asked = asked_beside(cycle, [plan], today=today)
    told = told_beside(cycle, plan) if asked else {}
    return tuple(
        CheckedBeside(line=item, told=told.get(item.key), is_to_sign=item.key in to_sign)
        for item in asked
    )


def checked_in(
    cycle: ReportingCycle, plan: Plan, key: str, *, today: date
) -> tuple[CheckedBeside, Told]:
    """Find by its key something of which anything is kept.

    :raises Http404: if the plan has no such thing in the cycle
    """
    for found in checked_beside(cycle, plan, today=today):
        if found.key == key and found.told is not None:
            return found, found.told
    raise Http404("Nothing of that name has been written about this plan in the cycle.")
