"""Until when, and from whom, a cycle takes returns on the risk register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import PermissionDenied

from goldenthread.domain.closing import Claim, Closing, may_file
from goldenthread.domain.kinds import ItemKind
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.organisation.queries import framework_of
from goldenthread.plans.models import RiskAction
from goldenthread.reporting.doors import closed_words, is_let_in
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.permissions import check_can_file_in
from goldenthread.reporting.returns import CycleClosedError
from goldenthread.risks.models import RiskActionUpdate


def asks_for_risks(cycle: ReportingCycle) -> bool:
    """Test whether a cycle's report asks Risk Owners for returns: quarterly ones do (clause R-3)."""
    return ItemKind.RISK_ACTION in framework_of(cycle.council).reports.of(cycle.kind).asks_for


def taken(
    by: Officeholder,
    held: Mapping[RiskAction, RiskActionUpdate | None],
    *,
    cycle: ReportingCycle,
    day: date,
) -> set[RiskAction]:
    """Pick the risk actions on which a cycle takes a return from a person on a day (clause R-6).

    `held` is what is kept on each. Whatever it asks is read once for all of them.
    """
    closing = cycle.closing_on(day)
    has_closed = closing in (Closing.CLOSED_TO_OFFICERS, Closing.LOCKED)
    let_in = has_closed and is_let_in(by, cycle, day)
    return {
        action
        for action, update in held.items()
        if may_file(
            Claim(
                holds=by.holds(action.risk_owner_id),
                answers=has_closed and answers_for(by, action),
                is_let_in=let_in,
                is_to_revise=update is not None and update.is_to_revise,
            ),
            closing,
        )
    }


def answers_for(by: Officeholder, action: RiskAction) -> bool:
    """Test whether a person answers for the plan of a risk action."""
    plan = action.plan
    return by.is_performance_manager or by.holds_any([plan.lead_officer_id, plan.lead_member_id])


def check_takes(
    by: Officeholder,
    action: RiskAction,
    *,
    cycle: ReportingCycle,
    held: RiskActionUpdate | None,
    day: date,
) -> None:
    """Make sure that a person can return on a risk action on a day, of which something may be held.

    :raises PermissionDenied: if it is not theirs
    :raises CycleClosedError: if the cycle asks for none, or takes it from them no more or not yet
    """
    check_can_file_in(by, cycle)
    is_open = cycle.closing_on(day) is Closing.OPEN
    if not (by.holds(action.risk_owner_id) or (answers_for(by, action) and not is_open)):
        raise PermissionDenied(f"Only {action.risk_owner} can return on {action.reference}.")
    if not asks_for_risks(cycle):
        raise CycleClosedError(f"{cycle.title} takes no returns on the risk register.")
    if action not in taken(by, {action: held}, cycle=cycle, day=day):
        raise CycleClosedError(closed_words(cycle, day))
