from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from goldenthread.design.words import long_date
from goldenthread.domain.closing import Closing
from goldenthread.domain.kinds import CycleKind, ItemKind
from goldenthread.domain.obligations import ReturnState, return_state
from goldenthread.domain.rating import Rating
from goldenthread.evaluations.facts import asks_for_evaluations, kinds_asking
from goldenthread.evaluations.models import Evaluation
from goldenthread.indicators.facts import say
from goldenthread.organisation.models import Council
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.organisation.queries import framework_of
from goldenthread.plans.models import Action, Plan
from goldenthread.reporting.facts import target_words
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate, ReportingCycle
from goldenthread.reporting.permissions import Item, officer_of, roles_in
from goldenthread.reporting.queries.cycles import cycles_of
from goldenthread.reporting.queries.lines import actions_in, placings_in, plans_in


class Key(NamedTuple):
    """An action or an indicator among all items."""

    kind: ItemKind
    pk: int


class Quarter(NamedTuple):
    """A quarter of the year, and how an item was rated in it."""

    label: str
    rating: Rating | None


@dataclass(frozen=True, kw_only=True)
class EvaluationLine:
    """An item of a year: what was promised, how the quarters went, and what its officer says came of it."""

    item: Item
    plan: Plan
    cycle: ReportingCycle
    evaluation: Evaluation | None
    before: Evaluation | None
    quarters: tuple[Quarter, ...]
    last_return: ActionUpdate | IndicatorUpdate | None
    state: ReturnState

    @property
    def kept(self) -> Evaluation | None:
        return self.evaluation

    @property
    def key(self) -> Key:
        return key_of(self.item)

    @property
    def name(self) -> str:
        """How an address or a form names the item: action-12."""
        return f"{self.key.kind.value}-{self.key.pk}"

    @property
    def reference(self) -> str:
        return self.item.reference

    @property
    def what(self) -> str:
        """What was promised, or is measured."""
        return self.item.description if isinstance(self.item, Action) else self.item.definition

    @property
    def title(self) -> str:
        return f"Evaluation of {self.reference}"

    @property
    def whom(self) -> str:
        """Who writes it, in words."""
        return str(officer_of(self.item))

    @cached_property
    def promised(self) -> str:
        """By when, or to which target."""
        if isinstance(self.item, Action):
            due = self.item.due_words
            return due or (f"by {long_date(self.item.due_on)}" if self.item.due_on else "")
        return f"Target {target_words(self.item, self.cycle.year)}"

    @cached_property
    def outturn(self) -> str:
        """What the last return of the year said that an indicator comes to; nothing of an action."""
        if isinstance(self.item, Action) or not isinstance(self.last_return, IndicatorUpdate):
            return ""
        said = self.last_return.estimated_outturn
        return f"Outturn {say(self.item, said)}" if said is not None else "No outturn given"

    @property
    def submitted(self) -> Evaluation | None:
        return self.evaluation if self.evaluation and self.evaluation.is_submitted else None

    @property
    def delivered(self) -> str:
        return self.submitted.delivered if self.submitted else ""

    @property
    def difference(self) -> str:
        return self.submitted.difference if self.submitted else ""

    @property
    def said_before(self) -> Evaluation | None:
        """What was submitted the year before; a draft left behind says nothing."""
        return self.before if self.before and self.before.is_submitted else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is held of some items in a year, each by its key."""

    cycle: ReportingCycle
    quarters: Sequence[ReportingCycle]
    returns: Mapping[tuple[int, Key], ActionUpdate | IndicatorUpdate]
    now: Mapping[Key, Evaluation]
    before: Mapping[Key, Evaluation]
    counts_not_due_to_start: bool
    today: date


def key_of(item: Item) -> Key:
    kind = ItemKind.ACTION if isinstance(item, Action) else ItemKind.INDICATOR
    return Key(kind, item.pk)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEvaluations:
    """How many of a plan's evaluations are in, and which are not."""

    plan: Plan
    asked: int
    missing: tuple[EvaluationLine, ...]

    @property
    def submitted(self) -> int:
        return self.asked - len(self.missing)


def evaluations_by_plan(lines: Iterable[EvaluationLine]) -> list[PlanEvaluations]:
    """Count evaluations plan by plan; an action that starts after the year is not asked for."""
    found = []
    for plan, group in groupby(lines, key=lambda line: line.plan):
        of_plan = list(group)
        missing = tuple(missing_in(of_plan))
        submitted = sum(line.submitted is not None for line in of_plan)
        found.append(PlanEvaluations(plan=plan, asked=submitted + len(missing), missing=missing))
    return found


def cycle_to_evaluate(council: Council, today: date) -> ReportingCycle | None:
    """Find the cycle that asks for evaluations on a day, and is not locked."""
    opened = cycles_of(council).filter(opens_on__lte=today, kind__in=kinds_asking(council))
    last = opened.select_related("council").order_by("-opens_on").first()
    return last if last and last.closing_on(today) is not Closing.LOCKED else None


def evaluation_lines(
    cycle: ReportingCycle, plans: Sequence[Plan], *, today: date
) -> list[EvaluationLine]:
    """List the evaluations that a cycle asks of plans, in the order in which papers list the items."""
    if not plans or not asks_for_evaluations(cycle):
        return []
    actions = [(action, action.challenge.plan) for action in actions_in(plans)]
    indicators = [(placing.indicator, placing.plan) for placing in placings_in(plans)]
    lines = _lines(cycle, [*actions, *indicators], today)
    return [line for plan in plans for line in lines if line.plan.pk == plan.pk]


def my_evaluation_lines(
    by: Officeholder, cycle: ReportingCycle, *, today: date
) -> list[EvaluationLine]:
    """List the evaluations of the items that a person holds, by themselves or standing in."""
    if not asks_for_evaluations(cycle):
        return []
    plans, posts = plans_in(cycle), by.post_ids
    mine = actions_in(plans).filter(holders__post__in=posts).distinct()
    placings = placings_in(plans).filter(indicator__indicator_officer__in=posts)
    indicators = {placing.indicator_id: placing for placing in placings}.values()
    return _lines(
        cycle,
        [
            *((action, action.challenge.plan) for action in mine),
            *((placing.indicator, placing.plan) for placing in indicators),
        ],
        today,
    )


def left_to_leads(by: Officeholder, cycle: ReportingCycle, *, today: date) -> list[EvaluationLine]:
    """List what has not come in the plans that a person answers for."""
    plans = [plan for plan in plans_in(cycle) if by.is_performance_manager or roles_in(by, plan)]
    return missing_in(evaluation_lines(cycle, plans, today=today))


def missing_in(lines: Iterable[EvaluationLine]) -> list[EvaluationLine]:
    """Pick the evaluations that have not come, each item once, though it stand in two plans."""
    missing = (line for line in lines if line.state.is_outstanding)
    return list({line.key: line for line in missing}.values())


def _lines(
    cycle: ReportingCycle, items: Sequence[tuple[Item, Plan]], today: date
) -> list[EvaluationLine]:
    if not items:
        return []
    known = _known(cycle, [item for item, _ in items], today)
    return [_line(known, item, plan) for item, plan in items]


def _known(cycle: ReportingCycle, items: Sequence[Item], today: date) -> _Known:
    quarters = list(
        cycles_of(cycle.council).filter(
            year=cycle.year, kind=CycleKind.QUARTERLY, due_on__lte=cycle.due_on
        )
    )
    earlier = cycles_of(cycle.council).filter(kind=cycle.kind, due_on__lt=cycle.due_on).last()
    held = _evaluations([cycle, *([earlier] if earlier else [])], items)
    return _Known(
        cycle=cycle,
        quarters=quarters,
        returns=_returns(quarters, items),
        now={key: said for (pk, key), said in held.items() if pk == cycle.pk},
        before={key: said for (pk, key), said in held.items() if pk != cycle.pk},
        counts_not_due_to_start=framework_of(cycle.council).rating.counts_not_due_to_start,
        today=today,
    )


def _line(known: _Known, item: Item, plan: Plan) -> EvaluationLine:
    key = key_of(item)
    said = [known.returns.get((quarter.pk, key)) for quarter in known.quarters]
    evaluation = known.now.get(key)
    state = return_state(
        window=known.cycle.window,
        today=known.today,
        submitted=evaluation is not None and evaluation.is_submitted,
        drafted=evaluation is not None,
        returned=evaluation is not None and evaluation.returned_at is not None,
        starts_on=item.starts_on if isinstance(item, Action) else None,
        counts_not_due_to_start=known.counts_not_due_to_start,
    )
    return EvaluationLine(
        item=item,
        plan=plan,
        cycle=known.cycle,
        evaluation=evaluation,
        before=known.before.get(key),
        quarters=tuple(
            Quarter(f"Quarter {quarter.quarter}", update.rating if update else None)
            for quarter, update in zip(known.quarters, said, strict=True)
        ),
        last_return=next((update for update in reversed(said) if update), None),
        state=state,
    )


def _returns(
    quarters: Sequence[ReportingCycle], items: Sequence[Item]
) -> dict[tuple[int, Key], ActionUpdate | IndicatorUpdate]:
    """Find what was submitted of some items in the quarters of a year."""
    of_year = {"cycle__in": quarters, "submitted_at__isnull": False}
    actions = ActionUpdate.objects.filter(**of_year, action__in=_pks(items, ItemKind.ACTION))
    indicators = IndicatorUpdate.objects.filter(
        **of_year, indicator__in=_pks(items, ItemKind.INDICATOR)
    )
    return {
        **{(said.cycle_id, Key(ItemKind.ACTION, said.action_id)): said for said in actions},
        **{
            (said.cycle_id, Key(ItemKind.INDICATOR, said.indicator_id)): said for said in indicators
        },
    }


def _evaluations(
    cycles: Sequence[ReportingCycle], items: Sequence[Item]
) -> dict[tuple[int, Key], Evaluation]:
    rows = Evaluation.objects.filter(cycle__in=cycles).select_related(
        "saved_by", "submitted_by", "submitted_for", "returned_by"
    )
    wanted = {key_of(item) for item in items}
    return {(row.cycle_id, key): row for row in rows if (key := _key_of_row(row)) in wanted}


def _key_of_row(row: Evaluation) -> Key:
    if row.action_id is not None:
        return Key(ItemKind.ACTION, row.action_id)
    return Key(ItemKind.INDICATOR, row.indicator_id or 0)


def _pks(items: Iterable[Item], kind: ItemKind) -> list[int]:
    return [key.pk for key in map(key_of, items) if key.kind is kind]
