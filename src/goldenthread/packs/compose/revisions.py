"""What was promised and revised since: each target and date with its original (clause G-5)."""

from __future__ import annotations

from goldenthread.design.words import long_date, plural
from goldenthread.documents.tree import Cell, Column, Paragraph, Row, Section, Table
from goldenthread.indicators.models import Revision, TargetRevision
from goldenthread.packs.compose.changes import changes_in
from goldenthread.packs.compose.material import Material, item_anchor
from goldenthread.reporting.queries.lines import Line

TITLE, ANCHOR = "Revised targets and dates", "revisions"
COLUMNS = (
    Column("Item", width=6),
    Column("Before", width=7),
    Column("Now", width=7),
    Column("Why", width=10),
    Column("On whose authority", width=10),
    Column("Entered", width=6),
)


def revisions(material: Material) -> Section | None:
    """List each revision of a paper's items in order, the original first; nothing if there is none."""
    found = [(line, each) for line in material.lines for each in material.revisions_of(line)]
    if not found:
        return None
    return Section(
        title=TITLE,
        anchor=ANCHOR,
        blocks=(
            Paragraph("What was promised first stays beside what stands now."),
            Table(
                caption=plural(len(found), "revision").capitalize(),
                columns=COLUMNS,
                rows=tuple(_row(line, each) for line, each in found),
            ),
        ),
    )


def revisions_in_words(material: Material) -> str:
    """Say on the first page that targets or dates were revised since the last papers; nothing where none was."""
    count = len(changes_in(material).revised)
    if not count:
        return ""
    said = plural(count, "target or date was", "targets or dates were")
    return f"{said.capitalize()} revised {material.since_papers}".rstrip()


def _row(line: Line, revision: Revision) -> Row:
    return Row(
        (
            Cell(reference=item_anchor(line), reference_text=line.reference, note=line.title),
            Cell(revision.was),
            Cell(revision.became),
            Cell(revision.reason),
            Cell(revision.authority, note=_county(revision)),
            Cell(long_date(revision.revised_on), note=revision.revised_by.name),
        )
    )


def _county(revision: Revision) -> str:
    """Give the County's agreement to a revised LAA target (clause G-2)."""
    if not isinstance(revision, TargetRevision) or not revision.county_agreement:
        return ""
    return f"The County agreed: {revision.county_agreement}"
