from __future__ import annotations

import pytest

from goldenthread.domain.exceptions import ExceptionRule, owes_exception_report, worst_first
from goldenthread.domain.kinds import CycleKind, ItemKind
from goldenthread.domain.rating import Rating


@pytest.mark.parametrize("item_kind", [ItemKind.ACTION, ItemKind.INDICATOR])
@pytest.mark.parametrize("rating", [Rating.RED, Rating.AMBER])
def test_red_or_amber_item_owes_an_exception_report_each_quarter(
    item_kind: ItemKind, rating: Rating
) -> None:
    """Clause E-1."""
    assert owes_exception_report(cycle_kind=CycleKind.QUARTERLY, item_kind=item_kind, rating=rating)


@pytest.mark.parametrize(
    ("cycle_kind", "item_kind", "rating"),
    [
        pytest.param(CycleKind.SIX_WEEKLY, ItemKind.ACTION, Rating.RED, id="six-weekly cycle"),
        pytest.param(CycleKind.ANNUAL, ItemKind.INDICATOR, Rating.RED, id="annual cycle"),
        pytest.param(CycleKind.QUARTERLY, ItemKind.ACTION, Rating.GREEN, id="green"),
        pytest.param(CycleKind.QUARTERLY, ItemKind.INDICATOR, None, id="unrated"),
        pytest.param(CycleKind.QUARTERLY, ItemKind.RISK_ACTION, Rating.RED, id="risk action"),
    ],
)
def test_no_exception_report_is_owed_elsewhere(
    cycle_kind: CycleKind, item_kind: ItemKind, rating: Rating | None
) -> None:
    """Clauses C-1, E-1, R-3."""
    assert not owes_exception_report(cycle_kind=cycle_kind, item_kind=item_kind, rating=rating)


def test_council_can_ask_for_exception_reports_more_often() -> None:
    rule = ExceptionRule(
        cycle_kinds=[CycleKind.SIX_WEEKLY], item_kinds=list(ItemKind), ratings=[Rating.RED]
    )

    def owes(kind: CycleKind, rating: Rating) -> bool:
        return owes_exception_report(
            cycle_kind=kind, item_kind=ItemKind.RISK_ACTION, rating=rating, rule=rule
        )

    assert owes(CycleKind.SIX_WEEKLY, Rating.RED)
    assert not owes(CycleKind.SIX_WEEKLY, Rating.AMBER)
    assert not owes(CycleKind.QUARTERLY, Rating.RED)


def test_reds_come_before_ambers_before_greens_before_the_unrated() -> None:
    """Clause X-2."""
    mixed = [None, Rating.GREEN, Rating.RED, Rating.AMBER]
    assert sorted(mixed, key=worst_first) == [Rating.RED, Rating.AMBER, Rating.GREEN, None]
