"""Rows of the table that are no longer anything of whoever sent them: their words are shown again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from goldenthread.design.govuk_forms import SummaryError
from goldenthread.domain.kinds import ItemKind
from goldenthread.indicators.models import Indicator
from goldenthread.organisation.http import CouncilRequest
from goldenthread.plans.models import Plan
from goldenthread.reporting.forms.rows import keys_with_answers, typed_words
from goldenthread.reporting.my_updates import read_key
from goldenthread.reporting.permissions import Item, officer_of
from goldenthread.reporting.queries.lines import actions_in
from goldenthread.reporting.views.rows import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Stray:
    """What somebody typed for an item that was handed over or went meanwhile."""

    key: str
    reference: str
    why: str
    typed: list[tuple[str, str]]

    @property
    def error(self) -> SummaryError:
        return SummaryError(f"{self.reference}: {self.why}", f"row-{self.key}")


def strays_of(request: CouncilRequest, rows: Iterable[Row]) -> list[Stray]:
    """Find what was typed in rows that somebody has no more, so that none of it is lost."""
    if request.method != "POST":
        return []
    sent = request.POST.dict()
    return list(_strays(request, sent, keys_with_answers(sent) - {row.key for row in rows}))


def _strays(request: CouncilRequest, sent: dict[str, str], keys: set[str]) -> Iterator[Stray]:
    named = {key: read for key in sorted(keys) if (read := read_key(key))}
    items = _items(request, [(read.item_kind, read.item_id) for read in named.values()])
    for key, read in named.items():
        item = items.get((read.item_kind, read.item_id))
        yield Stray(
            key=key,
            reference=item.reference if item else "An item that is gone",
            why=_why(item),
            typed=typed_words(sent, key),
        )


def _items(
    request: CouncilRequest, named: Iterable[tuple[ItemKind, int]]
) -> dict[tuple[ItemKind, int], Item]:
    ids = {kind: [pk for of_kind, pk in named if of_kind is kind] for kind in ItemKind}
    actions = actions_in(Plan.objects.filter(council=request.council))
    indicators = Indicator.objects.filter(council=request.council).select_related(
        "indicator_officer"
    )
    return {
        **{
            (ItemKind.ACTION, each.pk): each for each in actions.filter(pk__in=ids[ItemKind.ACTION])
        },
        **{
            (ItemKind.INDICATOR, each.pk): each
            for each in indicators.filter(pk__in=ids[ItemKind.INDICATOR])
        },
    }


def _why(item: Item | None) -> str:
    who = f"it is for {officer_of(item)} now" if item else "it is not in any plan now"
    return f"This return is not yours to file any more: {who}. What you typed is shown below."
