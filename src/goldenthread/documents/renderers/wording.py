"""The words that every renderer uses for the same thing."""

from __future__ import annotations

from goldenthread.design.marks import movement
from goldenthread.design.svg import Figure, figure_words
from goldenthread.design.words import join_words
from goldenthread.documents.tree import Cell, Chart, ChartPoint

NO_FIGURE = "No figure"
BACK = "Back to contents"
COUNT_COLUMNS = ("Red", "Amber", "Green", "Not rated", "All")


def rating_words(cell: Cell) -> str:
    """Return the word that a rating always carries (clause D-6), or why there is none."""
    return cell.rating.label if cell.rating else cell.rating_label


def change_words(cell: Cell) -> str:
    """Say what the rating was last time, and whether this is better: "better: was Amber"."""
    change = movement(cell.rating, cell.was)
    return f"{change.compared}{change.words}" if change else ""


def change_direction(cell: Cell) -> str:
    """Return up, down, level or none, and nothing where there was no rating before."""
    change = movement(cell.rating, cell.was)
    return change.direction if change else ""


def point_words(point: ChartPoint, unit: str) -> str:
    """Write a point's figure for the table under its chart."""
    return NO_FIGURE if point.value is None else figure_words(point.value, unit)


def signal_words(chart: Chart) -> str:
    """Name the periods whose figures are more than chance."""
    labels = [point.label for point in chart.points if point.is_signal]
    return f"More than chance: {join_words(labels)}." if labels else ""


def chart_levels(chart: Chart) -> list[tuple[str, str]]:
    """Name the target and the limits that a chart has, and write their figures."""
    levels: list[tuple[str, Figure | None]] = [
        ("Target", chart.target),
        ("Upper limit", chart.upper),
        ("Average", chart.centre),
        ("Lower limit", chart.lower),
    ]
    return [(name, figure_words(value, chart.unit)) for name, value in levels if value is not None]
