"""Reads our pages as a person does: what stands on them, what they say is wrong, where they lead."""

from __future__ import annotations

from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

from tests.design.markup import by_id, read_page, words_of


def page_of(response: Any, status: int = 200) -> ET.Element:
    """Read a page strictly, after making sure that it came with the status that it should."""
    assert response.status_code == status
    return read_page(response.content.decode())


def words_on(response: Any, status: int = 200) -> str:
    """Say what stands in the main part of a page."""
    return words_of(main_of(response, status))


def main_of(response: Any, status: int = 200) -> ET.Element:
    main = page_of(response, status).find(".//main")
    assert main is not None
    return main


def title_of(response: Any) -> str:
    title = page_of(response).find(".//title")
    assert title is not None
    return words_of(title)


def links_on(response: Any) -> dict[str, str]:
    """List the links in the main part of a page: where each leads, by its words."""
    return {words_of(link): link.get("href", "") for link in main_of(response).iter("a")}


def problems_on(response: Any) -> dict[str, str]:
    """List what the error summary says, by the field that each line leads to; "" for the whole form."""
    lines = by_class(main_of(response), "govuk-error-summary__list").iter("li")
    found = {}
    for line in lines:
        link = line.find("a")
        target = "" if link is None else link.get("href", "").removeprefix("#")
        found[target] = words_of(line)
    return found


def problem_beside(response: Any, field: str) -> str:
    """Say what stands beside a field that was not filled in well."""
    return words_of(by_id(main_of(response), f"id_{field}_error")).removeprefix("Error: ")


def by_class(part: ET.Element, name: str) -> ET.Element:
    found = all_by_class(part, name)
    assert len(found) == 1, f"{len(found)} elements have the class {name}"
    return found[0]


def all_by_class(part: ET.Element, name: str) -> list[ET.Element]:
    return [element for element in part.iter() if name in element.get("class", "").split()]


def typed_in(response: Any, field: str) -> str:
    """Read what a text field holds."""
    element = by_id(main_of(response), f"id_{field}")
    return (element.text or "").strip() if element.tag == "textarea" else element.get("value", "")


def chosen_in(response: Any, field: str) -> str:
    """Read which radio button is chosen, or ""."""
    radios = (e for e in main_of(response).iter("input") if e.get("name") == field)
    return next((r.get("value", "") for r in radios if "checked" in r.attrib), "")


def rows_on(response: Any) -> list[str]:
    """List the rows of all tables' bodies as words."""
    return [words_of(row) for body in main_of(response).iter("tbody") for row in body.iter("tr")]


def facts_on(response: Any) -> dict[str, str]:
    """List the terms and descriptions in the main part of a page."""
    facts: dict[str, str] = {}
    for part in main_of(response).iter():
        children = list(part)
        for term, described in pairwise(children):
            if (term.tag, described.tag) == ("dt", "dd"):
                facts[words_of(term)] = words_of(described)
    return facts
