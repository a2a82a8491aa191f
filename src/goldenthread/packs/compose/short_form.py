"""A forum's papers in short, at most two pages a plan: counts, what is off track and why, key figures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import accumulate, islice
from typing import TypeVar

from goldenthread.design.words import join_words, long_date, plural
from goldenthread.documents.renderers.measures import (
    PAGE_HEIGHTS,
    letters_in,
    rooms_of,
    row_height,
)
from goldenthread.documents.tree import (
    Block,
    Cell,
    Column,
    ColumnKind,
    CountRow,
    Document,
    Heading,
    Orientation,
    Paragraph,
    RatingCounts,
    Row,
    Section,
    Sparkline,
    Table,
    Tone,
)
from goldenthread.domain.exceptions import worst_first
from goldenthread.domain.rating import Rating
from goldenthread.indicators.facts import say
from goldenthread.packs.compose.cells import rests_on, target_note
from goldenthread.packs.compose.material import Material, item_anchor, plan_anchor
from goldenthread.packs.compose.summary import MOST_OF_WHY, in_brief, in_short
from goldenthread.reporting.queries.lines import IndicatorLine, Line, PlanLines
from goldenthread.reporting.queries.tallies import tally_ratings

AnyLine = TypeVar("AnyLine", bound=Line)

MOST_ROWS = 8
"""As many rows of a table as members care to read; where words are long, fewer leave two pages a plan."""

OFF_TRACK, KEY_INDICATORS = "What is off track", "Key indicators"
LISTS = (OFF_TRACK, KEY_INDICATORS)
"""The headings under which a plan's items stand by their rating."""

_TWO_PAGES = 2 * PAGE_HEIGHTS[Orientation.PORTRAIT]
_AROUND_TABLES = 390
_FOR_REASONS = 0.68
"""How much of two pages, in points, goes to what is not a row and is lost where a page ends in one; and
what share of the rest is for what is off track."""


class PaperForm(StrEnum):
    """How much room papers take: whole, or in short for members."""

    FULL = "full"
    SHORT = "short"


def shortened(material: Material, document: Document) -> Document:
    """Put the papers in short together, from the same material as the full ones."""
    return replace(
        document,
        is_close=True,
        title=f"In short: {document.title}",
        running_head=f"In short: {document.running_head}",
        sections=(
            in_short(material),
            *(_plan(material, plan) for plan in material.plans),
        ),
    )


def _plan(material: Material, plan: PlanLines) -> Section:
    title = _brief(plan.plan.title)
    room = _TWO_PAGES - _AROUND_TABLES - letters_in(title)
    off = _off_track(plan)
    columns = _REASONS if material.exceptions else _REASONS[:-1]
    reasons = _fitting(
        (_off_track_row(material, line, columns) for line in off), columns, room * _FOR_REASONS
    )
    shown = {row.anchor for row in reasons}
    figures = _worst_first(plan.indicators)
    latest = _fitting(
        (_figure_row(material, line, shown) for line in figures),
        _FIGURES,
        room - _height(reasons, columns),
    )
    return Section(
        title=title,
        anchor=plan_anchor(plan.plan),
        blocks=(
            _counts(plan),
            *_reasons(reasons, columns, len(off)),
            *_latest(latest, len(figures)),
            Paragraph(
                _left_out(title, len(off) - len(reasons), len(figures) - len(latest)), Tone.NOTE
            ),
        ),
    )


def _brief(words: str) -> str:
    """Cut words to what a row has room for, whatever letters they are of."""
    said = in_brief(words)
    if letters_in(said) <= MOST_OF_WHY:
        return said
    room = accumulate(letters_in(letter) for letter in said)
    return f"{said[: sum(used <= MOST_OF_WHY for used in room)].rstrip()} …"


def _fitting(rows: Iterable[Row], columns: Sequence[Column], room: float) -> tuple[Row, ...]:
    """Take as many rows as there is room for, in points, the first of them always."""
    kept: list[Row] = []
    for row in islice(rows, MOST_ROWS):
        if kept and _height([*kept, row], columns) > room:
            break
        kept.append(row)
    return tuple(kept)


def _height(rows: Iterable[Row], columns: Sequence[Column]) -> float:
    rooms = rooms_of([column.weight for column in columns], Orientation.PORTRAIT)
    return sum(row_height(row, rooms) for row in rows)


def _left_out(title: str, off_track: int, indicators: int) -> str:
    """Say what the full papers hold beside this."""
    left = [
        plural(count, *noun)
        for count, noun in (
            (off_track, ("item that is off track", "items that are off track")),
            (indicators, ("indicator", "indicators")),
        )
        if count
    ]
    said = f"Left out here for room: {join_words(left)}. " if left else ""
    return f"{said}The full papers hold every item under “{title}”, with its words and history."


def _counts(plan: PlanLines) -> RatingCounts:
    rows: list[tuple[str, tuple[Line, ...]]] = [
        ("Actions", plan.actions),
        ("Performance indicators", plan.indicators),
    ]
    counted = ((name, tally_ratings(lines)) for name, lines in rows if lines)
    return RatingCounts(
        caption="How they are rated",
        first_column="What",
        rows=tuple(
            CountRow(
                name=name, red=each.red, amber=each.amber, green=each.green, unrated=each.unrated
            )
            for name, each in counted
        ),
    )


def _off_track(plan: PlanLines) -> list[Line]:
    return _worst_first(line for line in plan.lines if line.rating and line.rating.is_off_track)


_REASONS = (
    Column("Item", width=9),
    Column("Rating and why", ColumnKind.RATING, width=10),
    Column("What next", width=8),
)


def _reasons(rows: tuple[Row, ...], columns: tuple[Column, ...], count: int) -> list[Block]:
    heading = Heading(OFF_TRACK, 2)
    if not rows:
        return [heading, Paragraph("Nothing is rated red or amber.")]
    caption = _caption(count, len(rows), "item")
    return [heading, Table(caption=caption, columns=columns, rows=rows)]


def _worst_first(lines: Iterable[AnyLine]) -> list[AnyLine]:
    return sorted(lines, key=lambda line: worst_first(line.rating))


def _caption(count: int, most: int, noun: str) -> str:
    if count > most:
        return f"The worst {most} of {plural(count, noun)}"
    return f"{plural(count, noun).capitalize()}, the worst first"


def _off_track_row(material: Material, line: Line, columns: Sequence[Column]) -> Row:
    cells = (
        Cell(_brief(line.title), note=f"{line.reference}, {line.officer}"),
        Cell(
            _brief(line.update.commentary if line.update else ""),
            rating=line.rating,
            was=line.was,
        ),
        _next(material, line),
    )
    return Row(cells[: len(columns)], anchor=item_anchor(line))


def _next(material: Material, line: Line) -> Cell:
    """Say the first of the steps that the item's exception report plans, or that the report is owed."""
    exception = next((each for each in material.exceptions if each.line is line), None)
    if exception is not None and exception.is_owed:
        return Cell("Exception report owed")
    report = exception.report if exception else None
    step = next(iter(report.steps.all()), None) if report else None
    if step is None:
        return Cell("")
    return Cell(_brief(step.what), note=f"by {long_date(step.due_on)}" if step.due_on else "")


_FIGURES = (
    Column("Indicator", width=9),
    Column("Latest", ColumnKind.FIGURE, width=5),
    Column("Rated by", ColumnKind.FIGURE, width=5),
    Column("Year's target", ColumnKind.FIGURE, width=5),
    Column("Trend", ColumnKind.TREND, width=4),
    Column("Rating", ColumnKind.RATING, width=5),
)


def _latest(rows: tuple[Row, ...], count: int) -> list[Block]:
    if not rows:
        return []
    caption = _caption(count, len(rows), "indicator")
    return [Heading(KEY_INDICATORS, 2), Table(caption=caption, columns=_FIGURES, rows=rows)]


def _figure_row(material: Material, line: IndicatorLine, shown: Collection[str]) -> Row:
    """Tell an indicator's figure; one that is shown above as off track is led back to there."""
    rating: Rating | None = line.rating
    trend, anchor = line.trend, item_anchor(line)
    is_shown = anchor in shown
    drawn = Sparkline(points=trend.values, target=trend.target, alt=trend.sentence)
    return Row(
        (
            Cell(
                _brief(line.title),
                note="" if is_shown else line.reference,
                reference=anchor if is_shown else "",
                reference_text=line.reference if is_shown else "",
            ),
            Cell(line.latest, note=line.latest_when),
            _rated_by(line),
            Cell(line.target, note=_brief(target_note(material, line))),
            Cell(sparkline=drawn if len(trend.known) > 1 else None),
            Cell(rating=rating, rating_label="" if rating else "Not rated"),
        ),
        anchor="" if is_shown else anchor,
    )


def _rated_by(line: IndicatorLine) -> Cell:
    """Give the figure that stands against the year's target, which a month's would not, and name it."""
    found = rests_on(line)
    return Cell(say(line.indicator, found[1]), note=found[0]) if found else Cell()
