"""Which returns must be explained, and the order in which a forum takes them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from goldenthread.domain.kinds import CycleKind, ItemKind
from goldenthread.domain.rating import Rating


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionRule:
    """Which cycles, items and ratings ask for an exception report; the framework's own by default."""

    cycle_kinds: Collection[CycleKind] = (CycleKind.QUARTERLY,)
    item_kinds: Collection[ItemKind] = (ItemKind.ACTION, ItemKind.INDICATOR)
    ratings: Collection[Rating] = (Rating.RED, Rating.AMBER)


FRAMEWORK_RULE = ExceptionRule()


def owes_exception_report(
    *,
    cycle_kind: CycleKind,
    item_kind: ItemKind,
    rating: Rating | None,
    rule: ExceptionRule = FRAMEWORK_RULE,
) -> bool:
    """Test whether a return at this rating needs an exception report (clause E-1).

    A risk action never owes one by the framework: its owner says briefly what is being done
    (clause R-3).
    """
    return (
        cycle_kind in rule.cycle_kinds
        and item_kind in rule.item_kinds
        and rating is not None
        and rating in rule.ratings
    )


def worst_first(rating: Rating | None) -> int:
    """Give a sort key that puts reds before ambers before greens before the unrated (clause X-2)."""
    return -rating.badness if rating else 0
