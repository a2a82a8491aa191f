"""Where an indicator's figures come from: its method, its source, who filed it and how it is rated."""

from __future__ import annotations

from django.utils import timezone

from goldenthread.design.words import long_date
from goldenthread.documents.tree import Cell, Column, Orientation, Row, Section, Table
from goldenthread.packs.compose.material import Material, item_anchor
from goldenthread.packs.compose.summary import in_brief
from goldenthread.reporting.filers import filed_by_another
from goldenthread.reporting.models import IndicatorUpdate
from goldenthread.reporting.queries.lines import IndicatorLine

TITLE, ANCHOR = "Where the figures come from", "sources"
NOT_SAID = "Not recorded"
COLUMNS = (
    Column("Indicator", width=8),
    Column("How it is worked out", width=10),
    Column("Source", width=6),
    Column("Latest figure", width=5),
    Column("Who filed it", width=7),
    Column("How it is rated", width=11),
)


def sources(material: Material) -> Section | None:
    """List each indicator once with what an auditor asks of its figures; nothing where there is none."""
    lines = [line for line in material.lines if isinstance(line, IndicatorLine)]
    if not lines:
        return None
    table = Table(
        caption="Each indicator's method, source and return",
        columns=COLUMNS,
        rows=tuple(_row(line) for line in lines),
    )
    return Section(title=TITLE, anchor=ANCHOR, blocks=(table,), orientation=Orientation.LANDSCAPE)


def _row(line: IndicatorLine) -> Row:
    return Row(
        (
            Cell(
                reference=item_anchor(line),
                reference_text=line.reference,
                note=in_brief(line.title),
            ),
            _method(line),
            Cell(
                in_brief(line.indicator.source) or NOT_SAID,
                note="Collected by the County" if line.indicator.collected_by_county else "",
            ),
            Cell(line.latest, note=line.latest_when),
            _filed(line),
            _reckoning(line),
        )
    )


def _method(line: IndicatorLine) -> Cell:
    indicator = line.indicator
    over_the_year = f"over the year: {indicator.accumulation.label.lower()}"
    return Cell(
        in_brief(indicator.rule) or NOT_SAID,
        note=f"{indicator.frequency.value.capitalize()}, {over_the_year}",
    )


def _submitted(line: IndicatorLine) -> IndicatorUpdate | None:
    return line.update if line.update and line.update.is_submitted else None


def _filed(line: IndicatorLine) -> Cell:
    """Name the post that answers and the day, and whoever else filed for it."""
    update = _submitted(line)
    if update is None or update.submitted_at is None:
        return Cell(line.officer, note="Not filed")
    filed_on = timezone.localdate(update.submitted_at)
    said = (long_date(filed_on), filed_by_another(update, line.item))
    return Cell(line.officer, note="\n".join(words for words in said if words))


def _reckoning(line: IndicatorLine) -> Cell:
    """Say what the figures suggested and why, as kept with the return, and where the officer rated otherwise."""
    update = _submitted(line)
    if update is None:
        return Cell("")
    reason, suggested = update.suggestion_reason, update.suggested_rating
    because = f"{reason[:1].upper()}{reason[1:]}"
    said = [f"{suggested.label} by its figures" if suggested else "", because]
    rated = update.submitted_rating
    otherwise = f"The officer rated it {rated.label}." if rated and rated is not suggested else ""
    return Cell(". ".join(words for words in said if words), note=otherwise)
