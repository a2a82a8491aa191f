"""What was put right since the forum's last papers, which keep what they said."""

from __future__ import annotations

from typing import TypeAlias

from django.utils import timezone

from goldenthread.design.words import long_date, plural
from goldenthread.documents.tree import Cell, Column, Paragraph, Row, Section, Table
from goldenthread.domain.kinds import ItemKind
from goldenthread.packs.compose.material import Material, item_anchor
from goldenthread.reporting.models import Correction
from goldenthread.reporting.queries.corrections import item_corrected
from goldenthread.reporting.queries.lines import Line

TITLE, ANCHOR = "Corrections", "corrections"
COLUMNS = (
    Column("Item", width=7),
    Column("What was put right", width=14),
    Column("Why", width=9),
    Column("By whom and when", width=7),
)
_Lines: TypeAlias = dict[tuple[ItemKind, int], Line]


def corrections(material: Material) -> Section | None:
    """List each correction: what stands now, what it was, why, who and when; nothing if there is none."""
    if not material.corrections:
        return None
    lines = {(line.item_kind, line.item_id): line for line in material.lines}
    return Section(
        title=TITLE,
        anchor=ANCHOR,
        blocks=(
            Paragraph(_what_stays(material)),
            Table(
                caption=f"{plural(len(material.corrections), 'correction').capitalize()}",
                columns=COLUMNS,
                rows=tuple(_row(each, lines) for each in material.corrections),
            ),
        ),
    )


def _what_stays(material: Material) -> str:
    if not material.since_papers:
        return "Put right after it was returned."
    return f"Put right {material.since_papers}. What those said stays as it was."


def corrections_in_words(material: Material) -> str:
    """Say on the first page that there are corrections; nothing where there are none."""
    if not material.corrections:
        return ""
    returns = {(*item_corrected(each), each.cycle_id) for each in material.corrections}
    said = plural(len(returns), "earlier return has", "earlier returns have")
    return f"{said.capitalize()} been put right {material.since_papers}".rstrip()


def _row(correction: Correction, lines: _Lines) -> Row:
    line = lines[item_corrected(correction)]
    made_on = long_date(timezone.localdate(correction.made_at))
    return Row(
        (
            Cell(
                reference=item_anchor(line),
                reference_text=line.reference,
                note=correction.cycle.title,
            ),
            Cell("\n".join(correction.sentences)),
            Cell(correction.reason),
            Cell(correction.made_by.name, note=made_on),
        )
    )
