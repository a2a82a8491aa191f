"""What an officer fills into the rows of the table, by the row that it stands in."""

from __future__ import annotations

from goldenthread.domain.kinds import ItemKind
from goldenthread.indicators.models import Indicator
from goldenthread.plans.models import Action
from goldenthread.reporting.models import ReportingCycle

WHERE = "/ashby/my-updates/table/"
ACTION = {"rating": "green", "commentary": "The club opened in June."}
VISITS = {
    "figure_2009_04_01": "5,000",
    "figure_2009_05_01": "5,100",
    "figure_2009_06_01": "5,200",
    "estimated_outturn": "55,000",
    "rating": "green",
    "commentary": "A dry spring helped.",
}
ATTENDANCE = {
    "figure_2009_04_01": "4.9",
    "estimated_outturn": "4.9",
    "rating": "green",
    "commentary": "Fewer pupils were away.",
}
SWANS = {"estimated_outturn": "7", "commentary": "Seven came back."}


def key_of(item: Action | Indicator, cycle: ReportingCycle) -> str:
    kind = ItemKind.ACTION if isinstance(item, Action) else ItemKind.INDICATOR
    return f"{cycle.pk}-{kind.value}-{item.pk}"


def row(
    item: Action | Indicator, cycle: ReportingCycle, answers: dict[str, str], **more: str
) -> dict[str, str]:
    """Name a row's answers as the page sends them."""
    key = key_of(item, cycle)
    return {f"{key}-{name}": value for name, value in {**answers, **more}.items()}
