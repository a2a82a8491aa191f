"""A plan's returns as its lead checks them: by difference from the cycle before.

The number of queries is the same however many items there are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import groupby

from django.shortcuts import get_object_or_404

from goldenthread.accounts.models import User
from goldenthread.domain.differences import Piece, word_difference
from goldenthread.domain.exceptions import worst_first
from goldenthread.domain.kinds import ItemKind
from goldenthread.domain.posts import Capacity
from goldenthread.organisation.models import Post
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import (
    ActionUpdate,
    IndicatorUpdate,
    OfficersReturn,
    ReportingCycle,
)
from goldenthread.reporting.queries.board import item_key
from goldenthread.reporting.queries.checks_beside import CheckedBeside, InCheck, checked_beside
from goldenthread.reporting.queries.cycles import RETURNED_ON, cycle_before
from goldenthread.reporting.queries.figure_changes import (
    FigureChange,
    estimate_change,
    figure_changes,
    versions_since,
)
from goldenthread.reporting.queries.lines import ActionLine, IndicatorLine, Line, lines_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """Who filed a return, in which post, and as what; and who sent it back before."""

    name: str
    post: str
    is_by_deputy: bool
    sent_back_by: str


@dataclass(frozen=True, kw_only=True)
class Checked(InCheck):
    """An item in a lead's check: its return beside the one before, and what is different."""

    line: Line
    filed: Filed | None
    is_to_sign: bool = False
    figures: tuple[FigureChange, ...] = ()

    is_beside = False

    @property
    def kept(self) -> OfficersReturn | None:
        return self.line.update

    @property
    def sent_back_by(self) -> str:
        return self.filed.sent_back_by if self.filed else ""

    @property
    def key(self) -> str:
        """How a sign-off names the item."""
        return _key(self.line)

    @property
    def is_new(self) -> bool:
        """Whether there is nothing of the cycle before to compare it with."""
        return self.is_in and (self.line.before is None or not self.line.before.is_submitted)

    @property
    def has_moved(self) -> bool:
        return self.is_in and not self.is_new and self.line.rating is not self.line.was

    @cached_property
    def estimate(self) -> FigureChange | None:
        """How the estimated outturn moved, if it did."""
        line = self.line
        if not isinstance(line, IndicatorLine) or line.update is None or not self.is_in:
            return None
        return estimate_change(line.indicator, line.before, line.update)

    @cached_property
    def words(self) -> tuple[Piece, ...]:
        """The officer's words, with what was deleted and inserted since the cycle before."""
        update, before = self.line.update, self.line.before
        if update is None or not self.is_in:
            return ()
        said = before.commentary if before and not self.is_new else update.commentary
        return word_difference(said, update.commentary)

    @property
    def has_new_words(self) -> bool:
        return any(not piece.is_kept for piece in self.words)

    @property
    def is_rewritten(self) -> bool:
        """Whether nothing is left of what was said before."""
        return bool(self.words) and not any(piece.is_kept for piece in self.words)

    @property
    def is_changed(self) -> bool:
        return self.is_in and bool(
            self.is_new or self.has_moved or self.figures or self.estimate or self.has_new_words
        )


class Show(StrEnum):
    """Which items a check lists."""

    ALL = "all"
    CHANGED = "changed"
    TO_SIGN = "to_sign"
    MISSING = "missing"
    OFF_TRACK = "off_track"

    @property
    def label(self) -> str:
        return "Not in" if self is Show.MISSING else self.value.replace("_", " ").capitalize()


class Order(StrEnum):
    """How a check's items stand."""

    WORST_FIRST = "worst_first"
    BY_CHALLENGE = "by_challenge"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


Item = Checked | CheckedBeside
Group = tuple[str, list[Item]]


@dataclass(frozen=True, kw_only=True)
class PlanCheck:
    """A plan's items in a cycle as its lead checks them."""

    plan: Plan
    cycle: ReportingCycle
    before: ReportingCycle | None
    items: tuple[Item, ...]

    def shown(self, show: Show) -> list[Item]:
        """List the items of one sort; what is not due to start is in none."""
        wanted = {
            Show.ALL: [item for item in self.items if item.is_in or item.is_missing],
            Show.CHANGED: [item for item in self.items if item.is_changed],
            Show.TO_SIGN: [item for item in self.items if item.is_to_sign],
            Show.MISSING: self.missing,
            Show.OFF_TRACK: [item for item in self.items if item.is_off_track],
        }
        return wanted[show]

    @property
    def missing(self) -> list[Item]:
        return [item for item in self.items if item.is_missing]

    @property
    def counts(self) -> list[tuple[Show, int]]:
        return [(show, len(self.shown(show))) for show in Show]

    def groups(self, show: Show, order: Order) -> list[Group]:
        """List the returns that are in under headings, in an order."""
        returned = [item for item in self.shown(show) if item.is_in]
        if order is Order.BY_CHALLENGE:
            return _grouped(returned, _challenge)
        # What changed is read before what did not, and otherwise the plan's order is kept.
        worst = sorted(returned, key=lambda c: (worst_first(c.line.rating), not c.is_changed))
        rated = sorted(worst, key=lambda c: c.is_beside)
        return _grouped(rated, _rated)


def _grouped(items: Iterable[Item], heading: Callable[[Item], str]) -> list[Group]:
    return [(words, list(group)) for words, group in groupby(items, key=heading)]


def _challenge(item: Item) -> str:
    if isinstance(item, CheckedBeside):
        return f"{item.line.kind.label}s"
    if isinstance(item.line, ActionLine):
        challenge = item.line.action.challenge
        return f"Challenge {challenge.number}: {challenge.title}"
    return "Performance indicators"


def _rated(item: Item) -> str:
    if isinstance(item, CheckedBeside):
        return f"{item.line.kind.label}s"
    return item.line.rating.label if item.line.rating else "Monitored, not rated"


def check_of(
    cycle: ReportingCycle, plan: Plan, *, today: date, to_sign: Collection[str] = ()
) -> PlanCheck:
    """Bring together a plan's returns with those of the cycle before.

    `to_sign` are the keys of what whoever looks has still to sign for.
    """
    beside = checked_beside(cycle, plan, today=today, to_sign=to_sign)
    return PlanCheck(
        plan=plan,
        cycle=cycle,
        before=cycle_before(cycle),
        items=(*_returns(cycle, plan, today, to_sign), *beside),
    )


def _returns(
    cycle: ReportingCycle, plan: Plan, today: date, to_sign: Collection[str]
) -> list[Checked]:
    if cycle.kind not in RETURNED_ON:
        return []
    [lines] = lines_of(cycle, [plan], today=today)
    filed = _filed_by(lines.lines)
    versions = versions_since(cycle, lines.indicators)
    return [
        Checked(
            line=line,
            filed=filed.get(_key(line)),
            is_to_sign=_key(line) in to_sign,
            figures=figure_changes(cycle, line, versions),
        )
        for line in lines.lines
    ]


def _filed_by(lines: Iterable[Line]) -> dict[str, Filed]:
    """Name who filed some returns, in two queries for them all."""
    updates = {_key(line): line.update for line in lines if line.update}
    people, posts = set(), set()
    for update in updates.values():
        people |= {update.submitted_by_id, update.returned_by_id}
        posts.add(update.submitted_for_id)
    names, titles = User.objects.in_bulk(people), Post.objects.in_bulk(posts)
    return {key: _filed(update, names, titles) for key, update in updates.items()}


def _key(line: Line) -> str:
    return item_key(line.item_kind, line.item_id)


def _filed(update: OfficersReturn, people: Mapping[int, User], posts: Mapping[int, Post]) -> Filed:
    by, post = people.get(update.submitted_by_id or 0), posts.get(update.submitted_for_id or 0)
    sender = people.get(update.returned_by_id or 0)
    return Filed(
        name=by.name if by else "",
        post=str(post or ""),
        is_by_deputy=update.submitted_as is Capacity.DEPUTY,
        sent_back_by=sender.name if sender else "",
    )


def update_in(
    cycle: ReportingCycle, plan: Plan, kind: ItemKind, pk: int
) -> ActionUpdate | IndicatorUpdate:
    """Find a return of a plan in a cycle, with who filed it.

    :raises Http404: if the plan has no such return in it
    """
    if kind is ItemKind.ACTION:
        actions = ActionUpdate.objects.filter(cycle=cycle, action__challenge__plan=plan)
        return get_object_or_404(
            actions.select_related(
                "cycle__council",
                "submitted_by",
                "action__challenge__plan",
                "action__action_officer",
            ),
            pk=pk,
        )
    indicators = IndicatorUpdate.objects.filter(cycle=cycle, indicator__placings__plan=plan)
    return get_object_or_404(
        indicators.select_related("cycle__council", "submitted_by", "indicator__indicator_officer"),
        pk=pk,
    )
