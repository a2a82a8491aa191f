"""Filing one return or many: what is held of them is locked and read once, and each is filed by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, wraps
from itertools import groupby
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from django.db import transaction
from django.utils import timezone

from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.domain.framework import Framework
from goldenthread.domain.kinds import ItemKind
from goldenthread.indicators.models import Indicator
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.organisation.queries import framework_of
from goldenthread.persistence.versions import keep_versions, save_for_now
from goldenthread.plans.models import Action
from goldenthread.reporting import permissions
from goldenthread.reporting.assessments import CycleFigures, figures_with_returns
from goldenthread.reporting.doors import Door
from goldenthread.reporting.models import (
    ActionUpdate,
    IndicatorUpdate,
    OfficersReturn,
    ReportingCycle,
)
from goldenthread.reporting.operations.cycle_locks import hold_cycle
from goldenthread.reporting.operations.filing import check_can_change
from goldenthread.reporting.permissions import Item
from goldenthread.reporting.queries.cycles import cycle_before

P = ParamSpec("P")
R = TypeVar("R")


class _Saved(NamedTuple):
    """A return that was saved in a sitting, and what is to be written down of it."""

    update: ActionUpdate | IndicatorUpdate
    is_new: bool
    deed: audit.Deed


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """Somebody's sitting over some items of a cycle, which nobody else can file until it ends.

    Whatever is asked of it is read once for all its items, and versions and audit entries are written
    down together at its end, in the same transaction; so that sixty returns cost little more than
    sixty savings.
    """

    cycle: ReportingCycle
    actions: Sequence[Action]
    indicators: Sequence[Indicator]
    by: Officeholder
    at: datetime
    held_on_actions: Mapping[int, ActionUpdate]
    held_on_indicators: Mapping[int, IndicatorUpdate]
    saved: list[_Saved] = field(default_factory=list)

    @cached_property
    def day(self) -> date:
        """The day of the sitting by the council's own clock."""
        return timezone.localdate(self.at)

    @cached_property
    def door(self) -> Door:
        """The cycle's door as whoever sits finds it, for all the items."""
        held: dict[Item, OfficersReturn | None] = {}
        held.update((each, self.held_on_actions.get(each.pk)) for each in self.actions)
        held.update((each, self.held_on_indicators.get(each.pk)) for each in self.indicators)
        return Door(cycle=self.cycle, by=self.by, day=self.day, held=held)

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
        check_can_change(self.door, action, held, seen_version=seen_version, at=self.at)
        return held or ActionUpdate(cycle=self.cycle, action=action)

    def open_indicator(self, indicator: Indicator, *, seen_version: int) -> IndicatorUpdate:
        """Take up the return of an indicator, or a new one.

        :raises PermissionDenied: if it is not theirs to file
        :raises ReturnRefusedError: if the cycle takes it no more, or it was submitted or changed
        """
        held = self.held_on_indicators.get(indicator.pk)
        check_can_change(self.door, indicator, held, seen_version=seen_version, at=self.at)
        return held or IndicatorUpdate(cycle=self.cycle, indicator=indicator)

    def save(
        self, update: ActionUpdate | IndicatorUpdate, *, verb: Verb, changes: Mapping[str, Any]
    ) -> None:
        """Save a return, to be written down with the others when the sitting ends."""
        update.version += 1
        update.saved_at, update.saved_by = self.at, self.by.user
        is_new = save_for_now(update)
        deed = audit.Deed(verb=verb, target=update, changes=changes)
        self.saved.append(_Saved(update, is_new, deed))

    def write_down(self) -> None:
        """Keep the version of each return that was saved, and write the deeds into the audit trail."""
        kinds = groupby(sorted(self.saved, key=_kind_of), key=_kind_of)
        for (_, are_new), saved in kinds:
            updates = [each.update for each in saved]
            keep_versions(updates, are_new=are_new, by=self.by.user, at=self.at)
        audit.record_all(
            [saved.deed for saved in self.saved],
            council=self.cycle.council.name,
            by=self.by.user,
            at=self.at,
        )


@contextmanager
def sit_down(
    *,
    cycle: ReportingCycle,
    actions: Iterable[Action] = (),
    indicators: Iterable[Indicator] = (),
    by: Officeholder,
    at: datetime,
) -> Iterator[Sitting]:
    """Lock some items of a cycle for somebody to file their returns, in one transaction.

    :raises PermissionDenied: if the cycle is another council's
    """
    permissions.check_can_file_in(by, cycle)
    actions, indicators = list(actions), list(indicators)
    with transaction.atomic():
        # Whatever was done to the cycle since it was read holds: it is locked before its items.
        cycle = hold_cycle(cycle.pk)
        sitting = Sitting(
            cycle=cycle,
            actions=actions,
            indicators=indicators,
            by=by,
            at=at,
            held_on_actions=_lock_actions(cycle, actions),
            held_on_indicators=_lock_indicators(cycle, indicators),
        )
        yield sitting
        sitting.write_down()


def _kind_of(saved: _Saved) -> tuple[str, bool]:
    return saved.update._meta.label, saved.is_new


def one_at_a_time(
    file: Callable[Concatenate[Sitting, P], R],
) -> Callable[Concatenate[Sitting, P], R]:
    """File one return of a sitting so that, if something stands against it, it alone is taken back."""

    @wraps(file)
    def filed(sitting: Sitting, /, *args: P.args, **kwargs: P.kwargs) -> R:
        before = len(sitting.saved)
        try:
            with transaction.atomic():
                return file(sitting, *args, **kwargs)
        except BaseException:
            del sitting.saved[before:]
            raise

    return filed


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
