"""The pages that a paper is on: which way round, and what stands at their head and foot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.hdrftr import HeaderPart

from goldenthread.documents.renderers.word.markup import Xml, field, joined, paragraph, run
from goldenthread.documents.tree import Orientation
from goldenthread.documents.withholding import NOT_FOR_PUBLICATION

_KINDS = ("default", "first", "even")
_A4 = {"w": 11906, "h": 16838}
_MARGINS = {
    "top": 1361,
    "right": 1134,
    "bottom": 1021,
    "left": 1134,
    "header": 624,
    "footer": 454,
    "gutter": 0,
}
_MARGINS_LYING = {**_MARGINS, "top": 1247, "right": 850, "bottom": 850, "left": 850}
_SIDES = ("left", "right")
_LEAST_WIDTH = 2_000
_PAGE_NUMBER = re.compile(rb"""(?:instrText[^>]*>|instr=["'])\s*PAGE\b""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """How the pages of one orientation are set, in twentieths of a point."""

    size: Mapping[str, int]
    margins: Mapping[str, int]
    orientation: Orientation

    @property
    def width(self) -> int:
        """The width between the margins."""
        return max(_LEAST_WIDTH, self.size["w"] - self.margins["left"] - self.margins["right"])

    @property
    def markup(self) -> Xml:
        lying = ' w:orient="landscape"' if self.orientation is Orientation.LANDSCAPE else ""
        return Xml(
            f'<w:type w:val="nextPage"/><w:pgSz {_attributes(self.size)}{lying}/>'
            f"<w:pgMar {_attributes(self.margins)}/>"
        )


def _attributes(values: Mapping[str, int]) -> str:
    return " ".join(f'w:{name}="{value}"' for name, value in values.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The pages of a paper, upright and lying, with the keys of their heads and feet."""

    pages: Mapping[Orientation, Pages]
    references: Mapping[Orientation, Xml]
    cover_references: Xml

    def section(self, orientation: Orientation, *, is_cover: bool = False) -> Xml:
        """Write the properties of a section."""
        refers = self.cover_references if is_cover else self.references[orientation]
        titled = "<w:titlePg/>" if is_cover else ""
        return Xml(f"<w:sectPr>{refers}{self.pages[orientation].markup}{titled}</w:sectPr>")


def lay_out(document: WordDocument, *, is_ours: bool, head: str, style: str) -> Layout:
    """Lay out the pages upon a document, and add the running head to its own header."""
    properties = document.element.body.findall(f".//{qn('w:sectPr')}")
    pages = {each: _pages(properties, each, is_ours=is_ours) for each in Orientation}
    heads = _references(properties, "w:headerReference")
    feet = _references(properties, "w:footerReference")
    is_numbered = any(_has_page_number(document, key) for key in [*heads.values(), *feet.values()])
    stops = _tab_stops(document, style)
    kinds = [kind for kind in _KINDS if kind != "first" and (kind == "default" or kind in heads)]
    under = Xml("".join(_reference("footer", kind, feet[kind]) for kind in _KINDS if kind in feet))
    running = {
        orientation: joined(
            *(
                _reference("header", kind, _headed(document, heads.get(kind), words))
                for kind in kinds
            )
        )
        for orientation, each in pages.items()
        for words in [_running_head(head, each.width, style, stops, is_numbered=is_numbered)]
    }
    on_cover = {"header": heads.get("first") or heads.get("default"),
                "footer": feet.get("first") or feet.get("default")}  # fmt: skip
    if head.startswith(NOT_FOR_PUBLICATION):
        marking = paragraph(style, run(head))
        on_cover["header"] = _headed(document, on_cover["header"], marking)
    return Layout(
        pages=pages,
        references={each: joined(running[each], under) for each in Orientation},
        cover_references=joined(
            running[Orientation.PORTRAIT],
            *(_reference("header", "first", key) for key in [on_cover["header"]] if key),
            *(
                _reference("footer", kind, feet[kind])
                for kind in ("default", "even")
                if kind in feet
            ),
            *(_reference("footer", "first", key) for key in [on_cover["footer"]] if key),
        ),
    )


def _pages(
    properties: Iterable[BaseOxmlElement], orientation: Orientation, *, is_ours: bool
) -> Pages:
    lying = orientation is Orientation.LANDSCAPE
    size: Mapping[str, int] = _A4
    margins: Mapping[str, int] = _MARGINS_LYING if lying and is_ours else _MARGINS
    for each in () if is_ours else properties:
        size = _numbers(each.find(qn("w:pgSz")), size)
        margins = _numbers(each.find(qn("w:pgMar")), margins)
    if lying and not is_ours:
        margins = {**margins, **{side: min(margins[side], _MARGINS["left"]) for side in _SIDES}}
    short, long = sorted((size["w"], size["h"]))
    turned = {"w": long, "h": short} if lying else {"w": short, "h": long}
    return Pages(size=turned, margins=margins, orientation=orientation)


def _numbers(element: BaseOxmlElement | None, before: Mapping[str, int]) -> Mapping[str, int]:
    if element is None:
        return before
    return {name: _number(element.get(qn(f"w:{name}")), value) for name, value in before.items()}


def _number(said: Any, otherwise: int) -> int:
    try:
        return round(float(said))
    except (TypeError, ValueError):
        return otherwise


def _references(properties: Iterable[BaseOxmlElement], name: str) -> dict[str, str]:
    """Find the keys of the heads or feet of a template: those of its last section, which come down."""
    return {
        found.get(qn("w:type"), "default"): found.get(qn("r:id"))
        for each in properties
        for found in each.findall(qn(name))
    }


def _reference(which: str, kind: str, key: str) -> Xml:
    return Xml(f'<w:{which}Reference w:type="{kind}" r:id="{key}"/>')


def _has_page_number(document: WordDocument, key: str) -> bool:
    return _PAGE_NUMBER.search(document.part.rels[key].target_part.blob) is not None


def _tab_stops(document: WordDocument, style: str) -> list[str]:
    """Find the stops of the style of headers, which are for pages of one width."""
    found = document.styles.element.get_by_id(style)
    return [] if found is None else [stop.get(qn("w:pos")) for stop in found.iter(qn("w:tab"))]


def _running_head(
    head: str, width: int, style: str, stops: Iterable[str], *, is_numbered: bool
) -> Xml:
    """Write the running head, with page of pages unless the template numbers its pages already."""
    cleared = "".join(f'<w:tab w:val="clear" w:pos="{stop}"/>' for stop in stops)
    rules = (
        '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="B8C1C6"/></w:pBdr>'
        f'<w:tabs>{cleared}<w:tab w:val="right" w:pos="{width}"/></w:tabs>'
        '<w:ind w:right="0"/>'
    )
    numbered = joined(
        "<w:r><w:tab/></w:r>",
        run("Page "),
        field("PAGE", "1"),
        run(" of "),
        field("NUMPAGES", "1"),
    )
    return paragraph(style, run(head), "" if is_numbered else numbered, rules=rules)


def _headed(document: WordDocument, key: str | None, words: Xml) -> str:
    """Add a header that is the template's own, if it has one, with the running head under it."""
    package = document.part.package
    own = document.part.rels[key].target_part if key else None
    blob = own.blob if own else f"<w:hdr {nsdecls('w', 'r')}/>".encode()
    added = HeaderPart.load(
        package.next_partname("/word/header%d.xml"), CONTENT_TYPE.WML_HEADER, blob, package
    )
    for rel in own.rels.values() if own else ():
        target = rel.target_ref if rel.is_external else rel.target_part
        added.rels.add_relationship(rel.reltype, target, rel.rId, rel.is_external)
    lone = words.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1)
    added.element.append(parse_xml(lone))
    return str(document.part.relate_to(added, RELATIONSHIP_TYPE.HEADER))
