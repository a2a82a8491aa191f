"""Opening a submitted return again: its officer calls it back, or a lead sends it back."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.domain.closing import Closing
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.persistence.versions import save_version
from goldenthread.reporting import permissions
from goldenthread.reporting.assessments import cycle_figures
from goldenthread.reporting.doors import closed_words
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate, ReportingCycle
from goldenthread.reporting.models.drafted import Drafted
from goldenthread.reporting.operations.cycle_locks import hold_cycle
from goldenthread.reporting.returns import CycleClosedError, NotSubmittedError


@transaction.atomic
def call_back_update(
    *, update: ActionUpdate | IndicatorUpdate, by: Officeholder, at: datetime
) -> None:
    """Make a draft again of a submitted return, for its officer to change until the deadline.

    :raises PermissionDenied: if the person does not hold the item
    :raises CycleClosedError: if the deadline has passed; then it is corrected instead
    :raises NotSubmittedError: if it is a draft already
    """
    held, cycle = lock_submitted(update, update.cycle_id)
    held.cycle = cycle
    permissions.check_can_file_in(by, held.cycle)
    permissions.check_can_file(by, held.item)
    day = timezone.localdate(at)
    if held.cycle.closing_on(day) is not Closing.OPEN:
        raise CycleClosedError(closed_words(held.cycle, day))
    reopen(held)
    held.version += 1
    held.saved_at, held.saved_by = at, by.user
    save_version(held, by=by.user, at=at)
    audit.record(
        council=held.cycle.council.name,
        verb=Verb.UPDATE_CALLED_BACK,
        target=held,
        by=by.user,
        at=at,
    )


D = TypeVar("D", bound=Drafted)


def lock_submitted(update: D, cycle_id: int) -> tuple[D, ReportingCycle]:
    """Find a return and its cycle as they now stand, for nobody else to change meanwhile.

    :raises NotSubmittedError: if it is not submitted
    """
    cycle = hold_cycle(cycle_id)
    held = type(update)._default_manager.select_for_update(of=("self",)).get(pk=update.pk)
    if not held.is_submitted:
        raise NotSubmittedError("This return is not submitted, so it is open already.")
    return held, cycle


def reopen(held: Drafted) -> None:
    """Make a draft of a submitted return, with the figures that it gave for its officer to see."""
    if isinstance(held, IndicatorUpdate):
        held.draft_figures = _given_with(held)
    held.submitted_at = held.submitted_by = held.submitted_for = held.submitted_as = None


def _given_with(held: IndicatorUpdate) -> dict[str, list[str | None]]:
    figures = cycle_figures(held.cycle, held.indicator, held)
    given = {starts_on: figures.held[starts_on] for starts_on in sorted(figures.reopened)}
    return {
        starts_on.isoformat(): [
            None if figure.value is None else f"{figure.value.normalize():f}",
            figure.unavailable_reason,
        ]
        for starts_on, figure in given.items()
    }
