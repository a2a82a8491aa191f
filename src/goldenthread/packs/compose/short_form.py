"""A forum's papers in short, about two pages a plan: counts, what is off track and why, key figures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from enum import StrEnum

from goldenthread.design.words import plural
from goldenthread.documents.tree import (
    Block,
    Cell,
    Column,
    ColumnKind,
    CountRow,
    Document,
    Heading,
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
from goldenthread.packs.compose.cells import revised_note
from goldenthread.packs.compose.material import Material, item_anchor, plan_anchor
from goldenthread.packs.compose.summary import in_brief, in_short
from goldenthread.reporting.queries.lines import IndicatorLine, Line, PlanLines
from goldenthread.reporting.queries.tallies import tally_ratings

MOST_OFF_TRACK, MOST_FIGURES = 8, 8
"""As many rows as leave a plan on two pages; the full papers hold the others."""


class PaperForm(StrEnum):
    """How much room papers take: whole, or in short for members."""

    FULL = "full"
    SHORT = "short"


def shortened(material: Material, document: Document) -> Document:
    """Put the papers in short together, from the same material as the full ones."""
    return replace(
        document,
        title=f"In short: {document.title}",
        running_head=f"In short: {document.running_head}",
        sections=(
            in_short(material),
            *(_plan(material, plan) for plan in material.plans),
        ),
    )


def _plan(material: Material, plan: PlanLines) -> Section:
    off = _off_track(plan)
    blocks: list[Block] = [
        _counts(plan),
        *_reasons(material, off),
        *_figures(material, plan.indicators, {item_anchor(line) for line in off[:MOST_OFF_TRACK]}),
        Paragraph("The full papers hold every item, with its words and its history.", Tone.NOTE),
    ]
    return Section(title=plan.plan.title, anchor=plan_anchor(plan.plan), blocks=tuple(blocks))


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


def _reasons(material: Material, off: Sequence[Line]) -> list[Block]:
    if not off:
        return [Heading("What is off track", 2), Paragraph("Nothing is rated red or amber.")]
    return [
        Heading("What is off track", 2),
        Table(
            caption=_caption(len(off), MOST_OFF_TRACK, "item"),
            columns=(
                Column("Item", width=9),
                Column("Rating and why", ColumnKind.RATING, width=10),
                Column("What next", width=8),
            ),
            rows=tuple(_off_track_row(material, line) for line in off[:MOST_OFF_TRACK]),
        ),
    ]


def _worst_first(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: worst_first(line.rating))


def _caption(count: int, most: int, noun: str) -> str:
    if count > most:
        return f"The worst {most} of {plural(count, noun)}"
    return f"{plural(count, noun).capitalize()}, the worst first"


def _off_track_row(material: Material, line: Line) -> Row:
    return Row(
        (
            Cell(in_brief(line.title), note=f"{line.reference}, {line.officer}"),
            Cell(
                in_brief(line.update.commentary if line.update else ""),
                rating=line.rating,
                was=line.was,
            ),
            Cell(_next(material, line)),
        ),
        anchor=item_anchor(line),
    )


def _next(material: Material, line: Line) -> str:
    """Say the first of the steps that the item's exception report plans."""
    reports = (each.report for each in material.exceptions if each.line is line)
    report = next((each for each in reports if each), None)
    steps = [step.what for step in report.steps.all()] if report else []
    return in_brief(steps[0]) if steps else ""


def _figures(
    material: Material, lines: Iterable[IndicatorLine], shown: Collection[str]
) -> list[Block]:
    every = sorted(lines, key=lambda line: worst_first(line.rating))
    if not every:
        return []
    return [
        Heading("Key indicators", 2),
        Table(
            caption=_caption(len(every), MOST_FIGURES, "indicator"),
            columns=(
                Column("Indicator", width=10),
                Column("Latest", ColumnKind.FIGURE, width=5),
                Column("Target", ColumnKind.FIGURE, width=5),
                Column("Trend", ColumnKind.TREND, width=5),
                Column("Rating", ColumnKind.RATING, width=5),
            ),
            rows=tuple(_figure_row(material, line, shown) for line in every[:MOST_FIGURES]),
        ),
    ]


def _figure_row(material: Material, line: IndicatorLine, shown: Collection[str]) -> Row:
    """Tell an indicator's figure; one that is shown above as off track is led back to there."""
    rating: Rating | None = line.rating
    trend, anchor = line.trend, item_anchor(line)
    is_shown = anchor in shown
    drawn = Sparkline(points=trend.values, target=trend.target, alt=trend.sentence)
    return Row(
        (
            Cell(
                in_brief(line.title),
                note="" if is_shown else line.reference,
                reference=anchor if is_shown else "",
                reference_text=line.reference if is_shown else "",
            ),
            Cell(line.latest, note=line.latest_when),
            Cell(line.target, note=revised_note(material, line)),
            Cell(sparkline=drawn if len(trend.known) > 1 else None),
            Cell(rating=rating, rating_label="" if rating else "Not rated"),
        ),
        anchor="" if is_shown else anchor,
    )
