"""The little of Word's own markup that a paper is made of. Every word is escaped where it is written.

The order of elements within another is the file format's, and Word refuses a file that breaks it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NewType
from xml.sax.saxutils import escape, quoteattr

Xml = NewType("Xml", str)

_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RUNS = re.compile(f"[{_RIGHT_TO_LEFT}](?:[^A-Za-z]*[{_RIGHT_TO_LEFT}])?|[^{_RIGHT_TO_LEFT}]+")


def joined(*parts: str) -> Xml:
    return Xml("".join(parts))


def run(words: str, looks: str = "") -> Xml:
    """Write words; those of a script that runs from right to left are told to do so."""
    return joined(*(_run(piece, looks) for piece in _pieces(words)))


def _run(words: str, looks: str) -> str:
    turned = f"{looks}<w:rtl/>" if re.match(f"[{_RIGHT_TO_LEFT}]", words) else looks
    said = f'<w:t xml:space="preserve">{escape(words)}</w:t>'
    return f"<w:r>{f'<w:rPr>{turned}</w:rPr>' if turned else ''}{said}</w:r>"


def _pieces(words: str) -> Iterator[str]:
    return (found[0] for found in _RUNS.finditer(words))


def bold(words: str) -> Xml:
    return run(words, "<w:b/><w:bCs/>")


def paragraph(style: str, *runs: str, rules: str = "") -> Xml:
    """Write a paragraph in a style; its rules are what the style does not say."""
    return Xml(
        f"<w:p><w:pPr><w:pStyle w:val={quoteattr(style)}/>{rules}</w:pPr>{''.join(runs)}</w:p>"
    )


def link(bookmark: str, words: str, style: str) -> Xml:
    """Write words that lead to a bookmark of the same document."""
    looks = f"<w:rStyle w:val={quoteattr(style)}/>"
    return Xml(
        f'<w:hyperlink w:anchor={quoteattr(bookmark)} w:history="1">{run(words, looks)}</w:hyperlink>'
    )


def bookmarked(number: int, name: str, inside: str) -> Xml:
    return Xml(
        f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(name)}/>{inside}'
        f'<w:bookmarkEnd w:id="{number}"/>'
    )


def field(instruction: str, shown: str) -> Xml:
    """Write a field that a word processor reckons out, with what it shows until then."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return joined(field_start(instruction), run(shown), mark.format("end"))


def field_start(instruction: str) -> Xml:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    asked = f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
    return joined(mark.format("begin"), asked, mark.format("separate"))


FIELD_END = Xml('<w:r><w:fldChar w:fldCharType="end"/></w:r>')


def cell(width: int, *paragraphs: str, span: int = 1, ground: str = "") -> Xml:
    """Write a cell of a width in twentieths of a point; a cell always holds a paragraph."""
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>' if ground else ""
    return Xml(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}{fill}</w:tcPr>'
        f"{''.join(paragraphs)}</w:tc>"
    )


def row(*cells: str, is_header: bool = False, may_split: bool = False) -> Xml:
    rules = joined("" if may_split else "<w:cantSplit/>", "<w:tblHeader/>" if is_header else "")
    return Xml(f"<w:tr>{f'<w:trPr>{rules}</w:trPr>' if rules else ''}{''.join(cells)}</w:tr>")


def table(
    style: str,
    widths: list[int],
    rows: list[Xml],
    *,
    title: str,
    has_row_headers: bool,
    has_head: bool = True,
) -> Xml:
    """Write a table whose columns keep their widths, with a title for those who hear it."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    look = (
        f'<w:tblLook w:val="0000" w:firstRow="{int(has_head)}" w:lastRow="0" '
        f'w:firstColumn="{int(has_row_headers)}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    )
    named = f"<w:tblCaption w:val={quoteattr(title)}/>" if title else ""
    return Xml(
        f"<w:tbl><w:tblPr><w:tblStyle w:val={quoteattr(style)}/>"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{look}{named}'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def picture(number: int, relation: str, *, width: int, height: int, alt: str) -> Xml:
    """Write a picture of a size in English Metric Units, with what it says in words."""
    said = quoteattr(alt)
    return Xml(
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name="Picture {number}" descr={said}/>'
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="Picture {number}" descr={said}/>'
        f"<pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        f"</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
