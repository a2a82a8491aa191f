"""The section of papers issued again that says what differs from the issue before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goldenthread.design.words import plural
from goldenthread.documents.comparing import Change, Deed, PartChange, differences
from goldenthread.documents.tree import (
    Cell,
    Column,
    Document,
    Paragraph,
    Row,
    Section,
    Table,
)
from goldenthread.packs.compose.covers import ISSUE, LATE, URGENCY

ANCHOR = "differences"
DATA_AS_AT = "Data as at"
# What is bound to differ between two issues, and says nothing of the council's work.
OF_THE_ISSUE = (DATA_AS_AT, ISSUE, LATE, URGENCY, "Status")
COLUMNS = (
    Column("Where", width=8),
    Column("What", width=6),
    Column("It said", width=12),
    Column("It says now", width=12),
)


def differences_of(before: Document, after: Document) -> tuple[Change, ...]:
    """Tell what differs between two papers, but for what they say of their own issue."""
    return differences(before, after, ignoring_facts=OF_THE_ISSUE, ignoring_sections=(ANCHOR,))


def differences_section(changes: Iterable[Change], *, replaced: int) -> Section:
    """List the differences from the issue that is replaced; say so where there are none."""
    found = tuple(changes)
    title = f"What differs from issue {replaced}"
    if not found:
        said = Paragraph(f"Nothing in these papers differs from issue {replaced}.")
        return Section(title=title, anchor=ANCHOR, blocks=(said,))
    table = Table(
        caption=plural(len(found), "difference").capitalize(),
        columns=COLUMNS,
        rows=tuple(row for change in found for row in _rows(change)),
    )
    words = Paragraph(f"Issue {replaced} stays as it was. This issue differs from it as follows.")
    return Section(title=title, anchor=ANCHOR, blocks=(words, table))


def _rows(change: Change) -> Iterator[Row]:
    where = Cell(change.section, note=change.name if change.name != change.section else "")
    if change.deed is not Deed.CHANGED:
        words = "\n".join(_labelled(part) for part in change.parts)
        is_new = change.deed is Deed.ADDED
        cells = (Cell("Not there"), Cell(words)) if is_new else (Cell(words), Cell("Removed"))
        yield Row((where, Cell("New" if is_new else "Removed"), *cells))
        return
    for part in change.parts:
        what = Cell(part.label or "Words", note=part.movement)
        yield Row((where, what, Cell(part.was or "Nothing"), Cell(part.now or "Nothing")))


def _labelled(part: PartChange) -> str:
    said = part.now or part.was
    return f"{part.label}: {said}" if part.label else said
