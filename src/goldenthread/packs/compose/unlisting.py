"""Lists by rating without the items that are exempt: where an item stands in one tells its rating."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from goldenthread.design.words import plural
from goldenthread.documents.tree import (
    Block,
    BulletList,
    Document,
    Heading,
    Paragraph,
    Row,
    Section,
    Table,
)
from goldenthread.documents.withholding import Withheld
from goldenthread.packs.compose.short_form import LISTS
from goldenthread.packs.compose.summary import ANCHOR

SAID = (
    "These items are exempt. They stand in the counts, and in no list of what is red, what moved, "
    "what was promised or what is off track, whatever their rating is:"
)


def unlisted(document: Document, items: Sequence[Withheld]) -> Document:
    """Take exempt items from every list that tells how they are rated, and name them on the first page.

    They are named whether or not they stood in a list, so that this tells nothing of their rating.
    """
    anchors = {item.anchor for item in items}
    return replace(
        document,
        sections=tuple(_section(section, items, anchors) for section in document.sections),
    )


def _section(section: Section, items: Iterable[Withheld], anchors: Collection[str]) -> Section:
    if section.anchor == ANCHOR:
        named = tuple(dict.fromkeys(item.in_its_place for item in items if item.name))
        blocks = list(_without(_unnamed(section.blocks), anchors))
        return replace(section, blocks=(*blocks, Paragraph(SAID), BulletList(named)))
    if any(isinstance(block, Heading) and block.text in LISTS for block in section.blocks):
        return replace(section, blocks=tuple(_without(section.blocks, anchors)))
    return section


def _unnamed(blocks: Sequence[Block]) -> Iterator[Block]:
    """Leave out the items that papers name already, which were issued as a public copy."""
    said = blocks.index(Paragraph(SAID)) if Paragraph(SAID) in blocks else len(blocks)
    yield from blocks[:said]
    yield from blocks[said + 2 :]


def _without(blocks: Iterable[Block], anchors: Collection[str]) -> Iterator[Block]:
    """Take rows out, and with the last of them their table and its heading."""
    heading: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            heading = [block]
            continue
        if isinstance(block, Table):
            rows = tuple(row for row in block.rows if not _tells_of(row, anchors))
            if not rows:
                heading = []
                continue
            block = replace(block, rows=rows, caption=_caption(block, len(rows)))
        yield from heading
        heading = []
        yield block


def _tells_of(row: Row, anchors: Collection[str]) -> bool:
    return row.anchor in anchors or any(cell.reference in anchors for cell in row.cells)


_COUNT = re.compile(r"^(The worst )?([\d,]+)( item| step| indicator)?s?\b")


def _caption(table: Table, rows: int) -> str:
    """Count in a list's caption what it lists."""
    if rows == len(table.rows):
        return table.caption
    return _COUNT.sub(lambda found: _counted(found, rows), table.caption)


def _counted(found: re.Match[str], rows: int) -> str:
    worst, _, noun = found.groups()
    counted = plural(rows, noun.strip()) if noun else str(rows)
    return f"{worst or ''}{counted}"
