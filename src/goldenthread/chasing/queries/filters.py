"""What of a chase board is asked for, and in which order; all of it stands in the page's address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from goldenthread.chasing.queries.obligations import Obligation
from goldenthread.domain.obligations import ReturnState


class Layout(StrEnum):
    """How a board lists what it has: a row for each post, or for each item."""

    POST = "post"
    ITEM = "item"


class Standing(StrEnum):
    """Where an obligation stands, as a board can be narrowed to it."""

    OUTSTANDING = "outstanding"
    LATE = "late"
    TO_REVISE = "to_revise"
    DRAFTED = "drafted"
    OWED = "owed"
    IN = "in"
    NOT_DUE_TO_START = "not_due_to_start"
    ALL = "all"

    @property
    def label(self) -> str:
        return {"outstanding": "All that is not in", "all": "Everything"}.get(
            self.value, self.value.replace("_", " ").capitalize()
        )

    def takes(self, state: ReturnState) -> bool:
        match self:
            case Standing.ALL:
                return True
            case Standing.OUTSTANDING:
                return state.is_outstanding
            case _:
                return state.value == self.value


class Kind(StrEnum):
    """What a board can be narrowed to: all that is counted as returns, or one kind of thing alone."""

    RETURN = "return"
    ACTION = "action"
    INDICATOR = "indicator"
    EXCEPTION_REPORT = "exception_report"
    RISK_RETURN = "risk_return"
    EVALUATION = "evaluation"
    PLAN_OVERVIEW = "plan_overview"
    FINANCIAL_OVERVIEW = "financial_overview"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()

    def takes(self, obligation: Obligation) -> bool:
        if self is Kind.RETURN:
            return not obligation.is_explanation
        return obligation.kind.value == self.value


class Order(StrEnum):
    """What a board's rows can be sorted by."""

    PLAN = "plan"
    POST = "post"
    STATE = "state"
    DUE = "due"
    OWED = "owed"
    DRAFTED = "drafted"
    TO_REVISE = "to_revise"
    LATE = "late"
    IN = "in"
    EXCEPTION_REPORTS = "exception_reports"
    WRITTEN = "written"


ORDERS = {
    Layout.POST: (
        *(Order.LATE, Order.POST, Order.TO_REVISE, Order.DRAFTED, Order.OWED),
        *(Order.IN, Order.EXCEPTION_REPORTS, Order.WRITTEN),
    ),
    Layout.ITEM: (Order.PLAN, Order.POST, Order.STATE, Order.DUE, Order.WRITTEN),
}
"""What each layout can be sorted by; the first is what it is sorted by unless one asks."""

_COUNTED = ("most first", "fewest first")
_WAYS = {
    Order.PLAN: ("A to Z", "Z to A"),
    Order.POST: ("A to Z", "Z to A"),
    Order.STATE: ("worst first", "best first"),
    Order.DUE: ("soonest first", "latest first"),
    Order.WRITTEN: ("longest ago first", "latest first"),
}
_NAMES = {Order.OWED: "Not begun", Order.WRITTEN: "Last written to"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """An order and its direction, as the page's address writes it and as a list names it."""

    value: str
    words: str


def sorts_of(layout: Layout) -> list[Sort]:
    """List how a layout can be sorted, both ways; where things are counted, the most first."""
    return [sort for order in ORDERS[layout] for sort in _both_ways(order)]


def _both_ways(order: Order) -> list[Sort]:
    name = _NAMES.get(order, order.value.replace("_", " ").capitalize())
    signs = ("", "-") if order in _WAYS else ("-", "")
    ways = zip(signs, _WAYS.get(order, _COUNTED), strict=True)
    return [Sort(value=f"{sign}{order.value}", words=f"{name}, {way}") for sign, way in ways]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """A board narrowed to a plan, a post, a state and a kind; None or "" for no narrowing."""

    layout: Layout = Layout.POST
    plan: str = ""
    post: int | None = None
    state: Standing = Standing.OUTSTANDING
    kind: Kind | None = None
    order: Order | None = None
    is_reversed: bool = False
    page: int = 1

    @property
    def sorted_by(self) -> Order:
        return self.order or ORDERS[self.layout][0]

    @property
    def is_descending(self) -> bool:
        """Whether the most comes first: so it does by itself where posts are sorted by a count."""
        by_itself = self.order is None and self.layout is Layout.POST
        return by_itself or self.is_reversed

    @property
    def sort(self) -> str:
        """The order asked for, as the page's address writes it."""
        return f"{'-' if self.is_reversed else ''}{self.order.value}" if self.order else ""

    @property
    def by_item(self) -> Filters:
        """The same, listed item by item, in the order asked for where items can be in it."""
        order = self.order if self.order in ORDERS[Layout.ITEM] else None
        is_reversed = self.is_reversed and order is not None
        return replace(self, layout=Layout.ITEM, order=order, is_reversed=is_reversed)

    @property
    def may_show_outstanding(self) -> bool:
        """Whether anything that is not in can be among what is asked for."""
        return self.state not in (Standing.IN, Standing.NOT_DUE_TO_START)

    @property
    def words(self) -> str:
        """Say what is asked for, for a title that no other board has; nothing where all is as usual."""
        said = [
            "by item" if self.layout is Layout.ITEM else "",
            self.plan,
            f"post {self.post}" if self.post is not None else "",
            self.state.label.lower() if self.state is not Standing.OUTSTANDING else "",
            f"{self.kind.label.lower()}s" if self.kind else "",
            f"sorted by {self.order.value.replace('_', ' ')}" if self.order else "",
            "reversed" if self.is_reversed else "",
        ]
        return "".join(f", {words}" for words in said if words)

    def take(self, obligation: Obligation) -> bool:
        """Test whether an obligation is among what is asked for."""
        return self.take_but_for_state(obligation) and self.state.takes(obligation.state)

    def take_but_for_state(self, obligation: Obligation) -> bool:
        return (
            (not self.plan or any(plan.code == self.plan for plan in obligation.plans))
            and (self.post is None or self.post in obligation.item.post_ids)
            and (self.kind is None or self.kind.takes(obligation))
        )
