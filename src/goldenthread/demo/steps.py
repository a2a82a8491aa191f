"""The steps that the demonstration's cycles took by themselves, on the mornings of their days."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from goldenthread.chasing.due_steps import take_due_steps
from goldenthread.demo.deeds import Deed
from goldenthread.demo.moments import LATEST, moment
from goldenthread.domain.working_days import ONE_DAY
from goldenthread.reporting.models import ReportingCycle

_HOUR = 8


def step_deeds(cycle: ReportingCycle) -> Iterator[Deed]:
    """Take the opening of a cycle and its close, where they are past, before anything else of the day."""
    for day in (cycle.opens_on, cycle.due_on + ONE_DAY):
        if day <= LATEST:
            at = moment(day, _HOUR)
            yield Deed(at=at, perform=partial(take_due_steps, at))


def lock_on_its_day(cycle: ReportingCycle) -> None:
    """Take the lock of a cycle whose papers have gone out."""
    if cycle.locks_on is not None:
        take_due_steps(moment(cycle.locks_on, _HOUR))
