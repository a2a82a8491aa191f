"""Reads a page strictly, as a browser that forgives nothing would."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import html5lib
from django.template import Context, Template


def draw(source: str, **context: object) -> str:
    """Draw a piece of a template that may use our components."""
    return Template("{% load components words %}" + source).render(Context(context))


def read_page(html: str) -> ET.Element:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    page: ET.Element = parser.parse(html)
    return page


def read_part(html: str) -> ET.Element:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    part: ET.Element = parser.parseFragment(html)
    return part


def by_id(part: ET.Element, wanted: str) -> ET.Element:
    found = [element for element in part.iter() if element.get("id") == wanted]
    assert len(found) == 1, f"{len(found)} elements have the id {wanted}"
    return found[0]


def words_of(part: ET.Element) -> str:
    return " ".join("".join(part.itertext()).split())
