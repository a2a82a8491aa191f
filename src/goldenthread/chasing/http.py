"""What the address of a chase board asks for, and what it asks for that there is not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from goldenthread.chasing.queries.board import ChaseBoard
from goldenthread.chasing.queries.filters import Filters, Kind, Layout, Order, Standing, sorts_of

_INSTEAD = {
    "by": "The list is by post.",
    "plan": "Every plan is shown.",
    "post": "Every post is shown.",
    "state": "Everything that is not in is shown.",
    "kind": "Every kind is shown.",
    "sort": "The list is in its usual order.",
    "show": "All messages are shown.",
    "page": "The first page is shown.",
}
_CALLED = {"by": "list", "sort": "order", "show": "state"}
_LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an address asks for as far as it can be had, and by name a sentence on what cannot."""

    filters: Filters
    problems: Mapping[str, str]


def read_filters(params: Mapping[str, str], board: ChaseBoard) -> Asked:
    """Read a board's filters from its address; what it does not know is left out, and said."""
    words = _Words(params)
    layout = Layout(words.among("by", list(Layout)) or Layout.POST)
    kind = words.among("kind", list(Kind))
    post = words.among("post", [str(post_id) for post_id in board.posts])
    sort = words.among("sort", [sort.value for each in Layout for sort in sorts_of(each)])
    # Whoever takes the other list from the form sends the order of the one before along.
    sort = sort if sort in {each.value for each in sorts_of(layout)} else ""
    filters = Filters(
        layout=layout,
        plan=words.among("plan", [row.standing.plan.code for row in board.plans]),
        post=int(post) if post else None,
        state=Standing(words.among("state", list(Standing)) or Standing.OUTSTANDING),
        kind=Kind(kind) if kind else None,
        order=Order(sort.removeprefix("-")) if sort else None,
        is_reversed=sort.startswith("-"),
        page=words.page(),
    )
    return Asked(filters=filters, problems=words.problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagesAsked:
    """Which of a council's messages an address asks for, and a sentence for each thing it cannot."""

    shown: str
    page: int
    problems: Mapping[str, str]


def read_messages_asked(params: Mapping[str, str]) -> MessagesAsked:
    """Read which messages an address asks for: all, or those that wait, were sent, were refused or lapsed."""
    words = _Words(params)
    shown = words.among("show", ["waiting", "sent", "refused", "lapsed"])
    return MessagesAsked(shown=shown, page=words.page(), problems=words.problems)


@dataclass(slots=True)
class _Words:
    """The words of an address, read one by one."""

    params: Mapping[str, str]
    problems: dict[str, str] = field(default_factory=dict)

    def among(self, name: str, known: Collection[str]) -> str:
        said = self.params.get(name, "")
        if said and said not in known:
            return self._unknown(name, said)
        return said

    def page(self) -> int:
        said = self.params.get("page", "1")
        if said.isascii() and said.isdigit() and int(said[:6]) > 0:
            return int(said[:6])
        return int(self._unknown("page", said) or 1)

    def _unknown(self, name: str, said: str) -> str:
        shown = f"{said[:_LONGEST_SHOWN]}…" if len(said) > _LONGEST_SHOWN else said
        self.problems[name] = (
            f"There is no {_CALLED.get(name, name)} \N{LEFT DOUBLE QUOTATION MARK}{shown}"
            f"\N{RIGHT DOUBLE QUOTATION MARK} here. {_INSTEAD[name]}"
        )
        return ""
