"""A document's drawings as pictures that every word processor shows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import typst

from goldenthread.documents.renderers.drawings import draw_chart, draw_count_bar, draw_sparkline
from goldenthread.documents.renderers.fonts_at_hand import paper_fonts
from goldenthread.documents.tree import Block, Chart, Document, ExceptionForm, RatingCounts, Table

_DOTS_AN_INCH = 192
_PIXEL = 9525
_SIZE = re.compile(r'width="(\d+)" height="(\d+)"')
_A_DRAWING_A_PAGE = b"""#set page(width: auto, height: auto, margin: 0pt, fill: none)
#for (number, drawing) in json(bytes(sys.inputs.drawings)).enumerate() {
  if number > 0 { pagebreak() }
  image(bytes(drawing), format: "svg")
}"""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and its size in English Metric Units, of which an inch has 914,400."""

    content: bytes
    width: int
    height: int


def pictures_of(document: Document) -> dict[str, Picture]:
    """Draw every chart, sparkline and bar of a document, equal ones once; each is found by its SVG."""
    drawings = list(dict.fromkeys(_drawings(document)))
    if not drawings:
        return {}
    # The binding gives a list of pages, and the page itself where there is one.
    drawn: Any = typst.compile(
        _A_DRAWING_A_PAGE,
        sys_inputs={"drawings": json.dumps(drawings)},
        font_paths=paper_fonts(),
        format="png",
        ppi=_DOTS_AN_INCH,
    )
    pages = drawn if isinstance(drawn, list) else [drawn]
    return {svg: _picture(svg, page) for svg, page in zip(drawings, pages, strict=True)}


def _picture(svg: str, content: bytes) -> Picture:
    found = _SIZE.search(svg)
    width, height = (int(size) for size in found.groups()) if found else (100, 100)
    return Picture(content, width * _PIXEL, height * _PIXEL)


def _drawings(document: Document) -> Iterator[str]:
    for section in document.sections:
        for block in section.blocks:
            yield from _drawings_in(block)


def _drawings_in(block: Block) -> Iterator[str]:
    match block:
        case Table():
            yield from _sparklines([block])
        case ExceptionForm(tables=tables):
            yield from _sparklines(tables)
        case Chart():
            yield draw_chart(block)
        case RatingCounts(rows=rows):
            yield from map(draw_count_bar, rows)
        case _:
            pass


def _sparklines(tables: Iterable[Table]) -> Iterator[str]:
    for table in tables:
        for row in table.rows:
            yield from (draw_sparkline(cell.sparkline) for cell in row.cells if cell.sparkline)
