"""A year drawn as lanes: who meets when, at one look. The table beside it says the same in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.design.svg import INK, line, rect, svg, tag, text

_LANE, _TOP, _PLOT, _RIGHT = 38, 46, 800, 14
_LETTER_WIDTH = 7.5
_GRID, _TODAY, _PAPER = "#cdd5d8", "#7d120b", "#ffffff"
_BAR, _DOT = 10, 5


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happens on a day, or from one day to another."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Lane:
    """Whose marks stand in one row."""

    name: str
    marks: Sequence[Mark]


@dataclass(frozen=True, slots=True)
class _Span:
    first: date
    last: date
    left: float

    def x(self, day: date) -> float:
        return self.left + _PLOT * (day - self.first).days / ((self.last - self.first).days + 1)


def year_picture(lanes: Sequence[Lane], *, name: str, today: date | None = None) -> str:
    """Draw lanes over whole months: a dot for a day, a bar for days that run on, each with its day.

    What is past is hollow, so that it is told apart in black and white too. `name` is what is read
    out; where there is no mark at all the picture is empty.
    """
    span = _span(lanes)
    if span is None:
        return ""
    bottom = _TOP + _LANE * len(lanes)
    parts = [*_months(span, bottom), *_today(span, today, bottom)]
    for number, lane in enumerate(lanes):
        y = _TOP + _LANE * (number + 0.5)
        parts.append(line(0, y - _LANE / 2, span.left + _PLOT, y - _LANE / 2, _GRID, 1))
        parts.append(text(lane.name, span.left - 12, y + 7, "end"))
        for mark in lane.marks:
            is_past = today is not None and mark.ends_on < today
            parts += _drawn(mark, span, y + 4, is_past=is_past)
    width = round(span.left + _PLOT + _RIGHT)
    return svg(parts, width=width, height=bottom + 20, name=name, css_class="gt-chart gt-year")


def _span(lanes: Sequence[Lane]) -> _Span | None:
    marks = [mark for lane in lanes for mark in lane.marks]
    if not marks:
        return None
    last = max(mark.ends_on for mark in marks)
    return _Span(
        first=min(mark.starts_on for mark in marks).replace(day=1),
        last=_next_month(last) - timedelta(days=1),
        left=max(len(lane.name) for lane in lanes) * _LETTER_WIDTH + 16,
    )


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _months(span: _Span, bottom: float) -> Iterator[str]:
    """Rule off the months; their names stand as close as there is room for, years above them."""
    month, number = span.first, 0
    crowded = (span.last - span.first).days > 500
    while month <= span.last:
        x = span.x(month)
        yield line(x, _TOP - 16, x, bottom, _GRID, 1)
        if not (crowded and number % 2):
            yield text(f"{month:%b}", x + 3, _TOP - 6, "start")
        if number == 0 or month.month == 1:
            yield text(f"{month.year}", x + 3, _TOP - 26, "start", is_bold=True)
        month, number = _next_month(month), number + 1


def _today(span: _Span, today: date | None, bottom: float) -> Iterator[str]:
    if today is not None and span.first <= today <= span.last:
        x = span.x(today)
        yield line(x, _TOP - 16, x, bottom, _TODAY, 1.5, "4 3")
        yield text("Today", x, bottom + 14, "middle", is_bold=True)


def _drawn(mark: Mark, span: _Span, y: float, *, is_past: bool) -> Iterator[str]:
    start, end = span.x(mark.starts_on), span.x(mark.ends_on + timedelta(days=1))
    fill = _PAPER if is_past else INK
    if mark.starts_on == mark.ends_on:
        middle = (start + end) / 2
        yield tag("circle", cx=middle, cy=y, r=_DOT, fill=fill, stroke=INK, stroke_width=1.5)
    else:
        width = max(end - start, 6)
        middle = start + width / 2
        yield rect(start, y - _BAR / 2, width, _BAR, fill, rx=3, stroke=INK, stroke_width=1.5)
    yield text(_days(mark), middle, y - 9, "middle")


def _days(mark: Mark) -> str:
    """Write the day of the month, or the first and the last."""
    if mark.starts_on == mark.ends_on:
        return f"{mark.starts_on.day}"
    return f"{mark.starts_on.day}\N{EN DASH}{mark.ends_on.day}"
