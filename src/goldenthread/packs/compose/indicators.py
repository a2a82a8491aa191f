"""The indicator tables of a plan, grouped by how often figures come (clauses D-1, D-2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from goldenthread.design.words import change_in_words
from goldenthread.documents.renderers.typed import figure_of
from goldenthread.documents.tree import (
    Block,
    Cell,
    Column,
    ColumnKind,
    Heading,
    Row,
    Sparkline,
    Table,
)
from goldenthread.domain.kinds import CycleKind, Frequency
from goldenthread.domain.outturn import Accumulation, year_to_date
from goldenthread.domain.periods import Period, periods_of, periods_within, quarter
from goldenthread.indicators.facts import say
from goldenthread.indicators.queries import HeldFigure
from goldenthread.packs.compose.cells import rating_cell, reckoned, target_note
from goldenthread.packs.compose.material import Material, item_anchor
from goldenthread.reporting.facts import target_words
from goldenthread.reporting.models import IndicatorUpdate, ReportingCycle
from goldenthread.reporting.queries.lines import IndicatorLine, PlanLines


def indicator_tables(material: Material, plan: PlanLines) -> list[Block]:
    """Lay out a plan's indicators, a table for each frequency that it has."""
    if not plan.indicators:
        return []
    blocks: list[Block] = [Heading("Performance indicators", 2)]
    for frequency in Frequency:
        lines = [line for line in plan.indicators if line.indicator.frequency is frequency]
        if lines:
            blocks.append(_table(material, frequency, lines))
    return blocks


def columns_for(cycle: ReportingCycle, frequency: Frequency) -> list[Period]:
    """Choose the periods that a table shows: the months of the quarter, the quarters, or the year.

    A six-weekly table shows months; in a quarterly one they are brought together by quarter.
    """
    year = cycle.financial_year
    if frequency is Frequency.MONTHLY and cycle.kind is CycleKind.SIX_WEEKLY:
        return list(periods_within(quarter(year, cycle.quarter), Frequency.MONTHLY))
    if frequency is Frequency.ANNUAL:
        return periods_of(year, Frequency.ANNUAL)
    return periods_of(year, Frequency.QUARTERLY)


def _table(material: Material, frequency: Frequency, lines: Sequence[IndicatorLine]) -> Table:
    periods = columns_for(material.cycle, frequency)
    year = material.cycle.financial_year
    return Table(
        caption=f"Reported {'annually' if frequency is Frequency.ANNUAL else frequency.value}",
        columns=(
            Column("Reference", width=5),
            Column("Definition", width=11),
            Column("Polarity and unit", width=5),
            Column(f"Baseline {year.previous.label}", width=5),
            Column("Previous outturn", ColumnKind.FIGURE, width=5),
            Column(f"{year.label} target", ColumnKind.FIGURE, width=5),
            *(Column(_heading(period), ColumnKind.FIGURE) for period in periods),
            Column("Estimated outturn", ColumnKind.FIGURE, width=6),
            Column("Trend", ColumnKind.TREND, width=5),
            Column("Rating and comments", ColumnKind.RATING, width=15),
        ),
        rows=tuple(_row(material, line, periods) for line in lines),
    )


def _heading(period: Period) -> str:
    return f"Qtr {period.number}" if period.frequency is Frequency.QUARTERLY else period.short_label


def _row(material: Material, line: IndicatorLine, periods: Sequence[Period]) -> Row:
    indicator = line.indicator
    return Row(
        (
            Cell(indicator.reference, note=indicator.other_reference),
            Cell(indicator.definition),
            Cell(indicator.polarity.label, note=indicator.unit.label),
            Cell(indicator.baseline, value=figure_of(indicator.baseline)),
            Cell(
                say(indicator, indicator.previous_outturn),
                value=reckoned(indicator.previous_outturn),
            ),
            Cell(target_words(indicator, material.cycle.year), note=target_note(material, line)),
            *(_figure_cell(line, period) for period in periods),
            _estimate_cell(line),
            Cell(sparkline=_sparkline(line), note=_travel(line)),
            _comments_cell(material, line),
        ),
        anchor=item_anchor(line),
    )


def _figure_cell(line: IndicatorLine, period: Period) -> Cell:
    """Show a period's figure, or say where it is: not due is never missing (clause R-2)."""
    known = {asked.period: asked for asked in line.figures.asked}
    parts = list(periods_within(period, line.indicator.frequency))
    asked = [known[part] for part in parts if part in known]
    if len(asked) < len(parts) or not all(part.is_due for part in asked):
        given = _given_early(line, parts) if len(parts) == 1 else None
        return given or Cell("", note="Not due")
    held = [line.figures.measurement(part) for part in parts]
    if any(measurement is None for measurement in held):
        return Cell("", note="Not in yet")
    return _held_cell(line, [measurement for measurement in held if measurement])


def _held_cell(line: IndicatorLine, held: Sequence[HeldFigure]) -> Cell:
    """Bring figures together; a gap leaves a sum without its whole, but not an average."""
    values = [measurement.value for measurement in held]
    has_gap = None in values
    adds_up = line.indicator.accumulation is Accumulation.SUM
    brought = year_to_date(values, line.indicator.accumulation)
    if brought is None or (has_gap and adds_up):
        return Cell("No figure", note="See comments")
    is_provisional = any(measurement.is_provisional for measurement in held)
    notes = {"Provisional": is_provisional, "With a gap": has_gap}
    return Cell(
        say(line.indicator, brought),
        note=", ".join(word for word, true in notes.items() if true),
        value=reckoned(brought),
    )


def _comments_cell(material: Material, line: IndicatorLine) -> Cell:
    """Give the rating and words, and the reasons for what has no figure, where there is room."""
    cell = rating_cell(material, line)
    reasons = [cell.note] if cell.note else []
    for asked in line.figures.asked:
        held = line.figures.measurement(asked.period)
        if held and held.unavailable_reason:
            reasons.append(f"No figure for {asked.period.label}: {held.unavailable_reason}")
    if line.update and line.update.is_submitted and line.update.no_estimate_reason:
        reasons.append(f"No estimate: {line.update.no_estimate_reason}")
    return replace(cell, note="\n".join(reasons))


def _given_early(line: IndicatorLine, parts: Sequence[Period]) -> Cell | None:
    held = line.figures.measurement(parts[0])
    if held is None or held.value is None or parts[0] not in _asked(line):
        return None
    return Cell(say(line.indicator, held.value), note="Provisional", value=reckoned(held.value))


def _asked(line: IndicatorLine) -> set[Period]:
    return {asked.period for asked in line.figures.asked}


def _estimate_cell(line: IndicatorLine) -> Cell:
    """Show the officer's estimate with the projection under it: both, since one is a judgement."""
    update = line.update
    if update is None or not update.is_submitted:
        return Cell("")
    if update.estimated_outturn is None:
        return Cell("None given", note=_projection(line, update))
    return Cell(
        say(line.indicator, update.estimated_outturn),
        note=_projection(line, update),
        value=reckoned(update.estimated_outturn),
    )


def _projection(line: IndicatorLine, update: IndicatorUpdate) -> str:
    if update.projected_outturn is None:
        return ""
    return f"projection {say(line.indicator, update.projected_outturn)}"


def _travel(line: IndicatorLine) -> str:
    """Say how the latest figure moved on the period before and on the same one a year before."""
    indicator, known = line.indicator, line.trend.known
    if not known:
        return ""
    period, latest = known[-1]
    said = [(known[-2][0].short_label, known[-2][1])] if len(known) > 1 else []
    held = line.figures.held.get(period.starts_on.replace(year=period.starts_on.year - 1))
    was_a_year_before = len(known) > 1 and known[-2][0].frequency is Frequency.ANNUAL
    if held and held.value is not None and not was_a_year_before:
        said.append(("a year before", held.value))
    moves = [
        f"{change_in_words(latest - before, indicator.unit, indicator.decimals)} on {when}"
        for when, before in dict(said).items()
    ]
    return f"{period.short_label}: {'; '.join(moves)}" if moves else ""


def _sparkline(line: IndicatorLine) -> Sparkline | None:
    trend = line.trend
    if len(trend.known) < 2:
        return None
    return Sparkline(
        points=tuple(reckoned(value) for value in trend.values),
        target=reckoned(trend.target),
        alt=trend.sentence,
        periods=tuple(period.label for period, _ in trend.points),
    )
