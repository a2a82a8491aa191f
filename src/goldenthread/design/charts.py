"""Trends drawn as SVG: no script, no style, so that any page, paper or policy takes them.

The drawings carry their words in `aria-label`, which needs no ids, so any number of them may
stand on one page.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TypeAlias

from goldenthread.design.scales import Box, Frame, known, latest_index, number, round_ticks
from goldenthread.design.svg import INK, Figure, dot, figure_words, line, rect, svg, tag, text

Limits: TypeAlias = tuple[Figure, Figure, Figure]

_QUIET = "#5b676d"
_GRID = "#e3e8ea"
_AXIS = "#a9b4b9"
_BAND = "#f2f5f6"
_LETTER_WIDTH = 7.5
_LINE_HEIGHT = 16


def sparkline(
    points: Sequence[Figure | None],
    *,
    target: Figure | None = None,
    alt: str,
    width: int = 120,
    height: int = 28,
) -> str:
    """Draw a trend for a table's cell: a line, its latest point marked, its target as a thin line.

    `None` leaves a gap. Width and height are in pixels. `alt` is its sentence.
    """
    values = [number(point) for point in points]
    goal = number(target)
    frame = Frame.around(known([*values, goal]), box=Box(4, 4, width - 5, height - 4))
    xs = frame.positions(len(values))
    parts = [*_level_line(frame, goal), *_trend(frame, xs, values, line_width=1.75)]
    newest = latest_index(values)
    if newest is not None:
        parts.append(dot(xs[newest], frame.y(values[newest] or 0.0), 3))
    return svg(parts, width=width, height=height, name=alt, css_class="gt-sparkline")


def trend_chart(
    points: Sequence[tuple[str, Figure | None]],
    *,
    target: Figure | None = None,
    limits: Limits | None = None,
    unit: str = "",
    width: int = 640,
    height: int = 280,
    title: str,
    alt: str,
    signals: AbstractSet[int] = frozenset(),
) -> str:
    """Draw a trend with its axes; the title is the finding, and is read out, not drawn.

    Each point is a period's label and its figure, `None` for a gap. Limits are lower, centre and
    upper; a point outside them, or whose index is in `signals`, is a square. Width and height are
    in pixels.
    """
    values = [number(value) for _, value in points]
    levels = _levels(target, limits)
    ticks = round_ticks(known([*values, *(level.value for level in levels)]))
    frame = _plot(values, levels, ticks, unit=unit, width=width, height=height)
    xs = frame.positions(len(points))
    parts = [
        *_band(frame, levels),
        *_grid(frame, ticks, unit),
        *_period_labels(frame, xs, [label for label, _ in points]),
        *(part for level in levels for part in _level_line(frame, level.value, level.dashes)),
        *_trend(frame, xs, values, line_width=2.5),
        *_markers(frame, xs, values, levels, signals),
        *_direct_labels(frame, xs, values, levels, unit),
    ]
    if not known(values):
        parts.append(text("No figures yet", (frame.box.left + frame.box.right) / 2, 60, "middle"))
    return svg(parts, width=width, height=height, name=title, words=alt, css_class="gt-chart")


@dataclass(frozen=True, slots=True)
class _Level:
    name: str
    value: float
    dashes: str


def _levels(target: Figure | None, limits: Limits | None) -> list[_Level]:
    names = ("Lower limit", "Average", "Upper limit")
    given = [
        ("Target", target, "6 4"),
        *zip(names, limits or (None, None, None), ("2 3", "", "2 3"), strict=True),
    ]
    found = [(name, number(value), dashes) for name, value, dashes in given]
    return [_Level(name, value, dashes) for name, value, dashes in found if value is not None]


def _plot(
    values: Sequence[float | None],
    levels: Sequence[_Level],
    ticks: Sequence[float],
    *,
    unit: str,
    width: int,
    height: int,
) -> Frame:
    left = max(len(figure_words(tick, unit)) for tick in ticks) * _LETTER_WIDTH + 14
    labels = [text for _, text, _ in _labels_at_end(values, levels, unit)]
    right = max((len(text) for text in labels), default=0) * _LETTER_WIDTH + 22
    box = Box(left, 34 if unit not in {"", "%", "£"} else 16, width - right, height - 34)
    return Frame(box, ticks[0], ticks[-1])


def _band(frame: Frame, levels: Sequence[_Level]) -> list[str]:
    edges = [frame.y(level.value) for level in levels if level.name.endswith("limit")]
    if len(edges) < 2:
        return []
    return [rect(frame.box.left, min(edges), _width(frame), abs(edges[0] - edges[1]), _BAND)]


def _width(frame: Frame) -> float:
    return frame.box.right - frame.box.left


def _grid(frame: Frame, ticks: Sequence[float], unit: str) -> Iterator[str]:
    for index, tick in enumerate(ticks):
        y, colour = frame.y(tick), _GRID if index else _AXIS
        yield line(frame.box.left, y, frame.box.right, y, colour, 1)
        yield text(figure_words(tick, unit), frame.box.left - 8, y + 4.5, "end")
    if unit not in {"", "%", "£"}:
        yield text(unit, 2, 14, "start")


def _period_labels(frame: Frame, xs: Sequence[float], labels: Sequence[str]) -> Iterator[str]:
    """Label as many periods as have room, and always the latest."""
    if not labels:
        return
    room = max(map(len, labels)) * _LETTER_WIDTH + 10
    every = max(1, math.ceil(room * max(len(labels) - 1, 1) / max(_width(frame), 1)))
    for index in range(len(labels) - 1, -1, -every):
        yield line(xs[index], frame.box.bottom, xs[index], frame.box.bottom + 5, _AXIS, 1)
        yield text(labels[index], xs[index], frame.box.bottom + 21, "middle")


def _level_line(frame: Frame, value: float | None, dashes: str = "4 3") -> list[str]:
    if value is None:
        return []
    y = frame.y(value)
    return [line(frame.box.left, y, frame.box.right, y, _QUIET, 1.25 if dashes else 0.75, dashes)]


def _trend(
    frame: Frame, xs: Sequence[float], values: Sequence[float | None], *, line_width: float
) -> Iterator[str]:
    for run in _runs(values):
        corners = [(xs[index], frame.y(value)) for index, value in run]
        if len(corners) == 1:
            yield dot(*corners[0], line_width)
        else:
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
            yield tag("polyline", points=path, fill="none", stroke=INK, stroke_width=line_width,
                       stroke_linejoin="round", stroke_linecap="round")  # fmt: skip


def _runs(values: Sequence[float | None]) -> Iterator[list[tuple[int, float]]]:
    run: list[tuple[int, float]] = []
    for index, value in enumerate(values):
        if value is not None:
            run.append((index, value))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _markers(
    frame: Frame,
    xs: Sequence[float],
    values: Sequence[float | None],
    levels: Sequence[_Level],
    signals: AbstractSet[int],
) -> Iterator[str]:
    limits = [level.value for level in levels if level.name.endswith("limit")]
    newest = latest_index(values)
    for index, value in enumerate(values):
        if value is None:
            continue
        x, y = xs[index], frame.y(value)
        if index in signals or (limits and not min(limits) <= value <= max(limits)):
            yield rect(x - 5, y - 5, 10, 10, INK, stroke="#ffffff", stroke_width=1.5)
        else:
            yield dot(x, y, 5 if index == newest else 2.5)


def _labels_at_end(
    values: Sequence[float | None], levels: Sequence[_Level], unit: str
) -> list[tuple[float, str, bool]]:
    """Return figure, words and whether they are the trend's own, for what is named at the right."""
    labels = [(lv.value, f"{lv.name} {figure_words(lv.value, unit)}", False) for lv in levels]
    newest = latest_index(values)
    if newest is not None and newest == len(values) - 1 and len(values) > 1:
        value = values[newest] or 0.0
        labels.append((value, figure_words(value, unit), True))
    return labels


def _direct_labels(
    frame: Frame,
    xs: Sequence[float],
    values: Sequence[float | None],
    levels: Sequence[_Level],
    unit: str,
) -> Iterator[str]:
    labels = sorted(_labels_at_end(values, levels, unit), reverse=True)
    wanted = [frame.y(value) + 4.5 for value, _, _ in labels]
    for (_, words, is_own), y in zip(labels, _spread(wanted), strict=True):
        yield text(words, frame.box.right + 12, y, "start", is_bold=is_own)
    newest = latest_index(values)
    if newest is not None and not any(is_own for _, _, is_own in labels):
        value = values[newest] or 0.0
        words = figure_words(value, unit)
        yield text(words, xs[newest], frame.y(value) - 11, "middle", is_bold=True)


def _spread(wanted: Sequence[float]) -> list[float]:
    """Move labels apart that would overlap, each group about the middle of what it names."""
    groups: list[list[float]] = []
    for y in wanted:
        groups.append([y])
        while len(groups) > 1 and _foot(groups[-2]) + _LINE_HEIGHT > _head(groups[-1]):
            groups[-2].extend(groups.pop())
    return [_head(group) + index * _LINE_HEIGHT for group in groups for index in range(len(group))]


def _head(group: Sequence[float]) -> float:
    return sum(group) / len(group) - (len(group) - 1) * _LINE_HEIGHT / 2


def _foot(group: Sequence[float]) -> float:
    return _head(group) + (len(group) - 1) * _LINE_HEIGHT
