"""Filing one return or many: what is held of them is locked and read once, and each is filed by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from goldenthread.domain.framework import Framework
from goldenthread.domain.kinds import ItemKind
from goldenthread.indicators.models import Indicator
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.organisation.queries import framework_of
from goldenthread.plans.models import Action
from goldenthread.reporting import permissions
from goldenthread.reporting.assessments import CycleFigures, figures_with_returns
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate, ReportingCycle
from goldenthread.reporting.operations.filing import check_can_change
from goldenthread.reporting.queries.cycles import cycle_before


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """Somebody's sitting over some items of a cycle, which nobody else can file until it ends.

    It stands inside the caller's transaction. Whatever is asked of it is read once for all its items,
    so that sixty returns cost little more than sixty savings.
    """

    cycle: ReportingCycle
    actions: Sequence[Action]
    indicators: Sequence[Indicator]
    by: Officeholder
    at: datetime
    held_on_actions: Mapping[int, ActionUpdate]
    held_on_indicators: Mapping[int, IndicatorUpdate]

    @cached_property
    def framework(self) -> Framework:
        """The framework in force."""
        return framework_of(self.cycle.council)

    @cached_property
    def figures(self) -> dict[int, CycleFigures]:
        """What the cycle knows of each indicator's figures, by the indicator's key."""
        return figures_with_returns(self.cycle, self.indicators, self.held_on_indicators)

    @cached_property
    def before(self) -> dict[tuple[ItemKind, int], ActionUpdate | IndicatorUpdate]:
        """What was submitted of each item the time before, by kind and the item's key."""
        earlier = cycle_before(self.cycle)
        if earlier is None:
            return {}
        submitted: dict[str, Any] = {"cycle": earlier, "submitted_at__isnull": False}
        actions = ActionUpdate.objects.filter(action__in=self.actions, **submitted)
        indicators = IndicatorUpdate.objects.filter(indicator__in=self.indicators, **submitted)
        return {
            **{(ItemKind.ACTION, update.action_id): update for update in actions},
            **{(ItemKind.INDICATOR, update.indicator_id): update for update in indicators},
        }

    def open_action(self, action: Action, *, seen_version: int) -> ActionUpdate:
        """Take up the return of an action, or a new one.

        :raises PermissionDenied: if it is not theirs to file
        :raises ReturnRefusedError: if the cycle takes it no more, or it was submitted or changed
        """
        held = self.held_on_actions.get(action.pk)
        check_can_change(
            self.cycle, action, held, seen_version=seen_version, by=self.by, at=self.at
        )
        return held or ActionUpdate(cycle=self.cycle, action=action)

    def open_indicator(self, indicator: Indicator, *, seen_version: int) -> IndicatorUpdate:
        """Take up the return of an indicator, or a new one.

        :raises PermissionDenied: if it is not theirs to file
        :raises ReturnRefusedError: if the cycle takes it no more, or it was submitted or changed
        """
        held = self.held_on_indicators.get(indicator.pk)
        check_can_change(
            self.cycle, indicator, held, seen_version=seen_version, by=self.by, at=self.at
        )
        return held or IndicatorUpdate(cycle=self.cycle, indicator=indicator)


def sit_down(
    *,
    cycle: ReportingCycle,
    actions: Iterable[Action] = (),
    indicators: Iterable[Indicator] = (),
    by: Officeholder,
    at: datetime,
) -> Sitting:
    """Lock some items of a cycle for somebody to file their returns, in the caller's transaction.

    :raises PermissionDenied: if the cycle is another council's
    """
    permissions.check_can_file_in(by, cycle)
    actions, indicators = list(actions), list(indicators)
    return Sitting(
        cycle=cycle,
        actions=actions,
        indicators=indicators,
        by=by,
        at=at,
        held_on_actions=_lock_actions(cycle, actions),
        held_on_indicators=_lock_indicators(cycle, indicators),
    )


def _lock_actions(cycle: ReportingCycle, actions: Sequence[Action]) -> dict[int, ActionUpdate]:
    # A return that is not there yet cannot be locked; two first savings wait at their action.
    by_id = {action.pk: action for action in actions}
    if not by_id:
        return {}
    list(Action.objects.select_for_update().filter(pk__in=by_id).order_by("pk").values_list("pk"))
    rows = ActionUpdate.objects.select_for_update(of=("self",)).select_related("saved_by")
    held = {update.action_id: update for update in rows.filter(cycle=cycle, action__in=by_id)}
    for pk, update in held.items():
        update.cycle, update.action = cycle, by_id[pk]
    return held


def _lock_indicators(
    cycle: ReportingCycle, indicators: Sequence[Indicator]
) -> dict[int, IndicatorUpdate]:
    by_id = {indicator.pk: indicator for indicator in indicators}
    if not by_id:
        return {}
    # As with actions: the indicators are locked, always in the same order.
    locks = Indicator.objects.select_for_update().filter(pk__in=by_id)
    list(locks.order_by("pk").values_list("pk"))
    rows = IndicatorUpdate.objects.select_for_update(of=("self",)).select_related("saved_by")
    held = {update.indicator_id: update for update in rows.filter(cycle=cycle, indicator__in=by_id)}
    for pk, update in held.items():
        update.cycle, update.indicator = cycle, by_id[pk]
    return held
