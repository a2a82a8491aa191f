"""A document's sparklines, charts and bars drawn as SVG, and the tables that go with them."""

from __future__ import annotations

import math
from dataclasses import replace

from goldenthread.design import charts
from goldenthread.design.svg import hidden, rect
from goldenthread.documents.renderers.wording import chart_levels, point_words, signal_words
from goldenthread.documents.tree import (
    Cell,
    Chart,
    Column,
    ColumnKind,
    CountRow,
    Row,
    Sparkline,
    Table,
)

_BAR_COLOURS = {"red": "#c3261b", "amber": "#e0900b", "green": "#1d7a46", "unrated": "#c9d1d5"}
_ROOM_IN_LETTERS = 84


def draw_sparkline(sparkline: Sparkline) -> str:
    """Draw a small trend as SVG."""
    return charts.sparkline(
        sparkline.points, target=sparkline.target, alt=sparkline_words(sparkline)
    )


def draw_chart(chart: Chart) -> str:
    """Draw a trend as SVG, with limits where it has all three."""
    limits: charts.Limits | None = None
    if chart.lower is not None and chart.centre is not None and chart.upper is not None:
        limits = (chart.lower, chart.centre, chart.upper)
    return charts.trend_chart(
        [(point.label, point.value) for point in chart.points],
        target=chart.target,
        limits=limits,
        unit=chart.unit,
        title=chart.title or "Trend",
        alt=chart.alt,
        signals={index for index, point in enumerate(chart.points) if point.is_signal},
    )


def sparkline_words(sparkline: Sparkline) -> str:
    """Return a sparkline's sentence; one that was given none says what it is."""
    return sparkline.alt.strip() or "Trend"


def chart_words(chart: Chart) -> str:
    """Return a chart's text alternative."""
    return (
        ". ".join(part.strip().rstrip(".") for part in (chart.title, chart.alt) if part.strip())
        or "Trend"
    )


def figures_tables(chart: Chart) -> list[Table]:
    """Return a chart's figures as tables, each of as many periods as a page is wide."""
    pairs = [(point.label, point_words(point, chart.unit)) for point in chart.points]
    count = _periods_a_table(pairs)
    starts = range(0, len(pairs), count)
    tables = [_figures_table(chart, pairs[start : start + count]) for start in starts]
    return [*tables[:-1], *(replace(last, note=_note(chart)) for last in tables[-1:])]


def _periods_a_table(pairs: list[tuple[str, str]]) -> int:
    """Return how many periods stand beside each other, so that no table is much shorter."""
    widest = max((len(word) for pair in pairs for text in pair for word in text.split()), default=1)
    most = max(1, min(12, _ROOM_IN_LETTERS // (widest + 2)))
    return math.ceil(len(pairs) / math.ceil(len(pairs) / most)) if pairs else most


def _note(chart: Chart) -> str:
    levels = [f"{name} {words}." for name, words in chart_levels(chart)]
    return " ".join(filter(None, [*levels, signal_words(chart)]))


def _figures_table(chart: Chart, pairs: list[tuple[str, str]]) -> Table:
    first, last = pairs[0][0], pairs[-1][0]
    span = first if len(pairs) == 1 else f"{first} to {last}"
    columns = [Column("Period", width=6)]
    columns += [Column(label, ColumnKind.FIGURE, width=4) for label, _ in pairs]
    cells = [Cell(chart.unit or "Figure"), *(Cell(words) for _, words in pairs)]
    return Table(
        caption=f"Figures, {span}", columns=tuple(columns), rows=(Row(cells=tuple(cells)),)
    )


def count_shares(row: CountRow) -> list[tuple[str, str, float]]:
    """Cut a bar of counts: the kind, its colour and its share of 100, worst first."""
    counts = {"red": row.red, "amber": row.amber, "green": row.green, "unrated": row.unrated}
    total = row.total or 1
    return [(kind, _BAR_COLOURS[kind], 100 * n / total) for kind, n in counts.items() if n > 0]


def draw_count_bar(row: CountRow) -> str:
    """Draw the bar beside a row of counts, whose numbers stand in the row as text."""
    parts, left = [], 0.0
    for kind, colour, share in count_shares(row):
        width = share * 1.4
        parts.append(rect(left, 0, max(width - 1.5, 1), 12, colour, **{"class": f"gt-bar--{kind}"}))
        left += width
    return hidden(parts, width=140, height=12, css_class="gt-count-bar")
