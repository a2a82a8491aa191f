"""A walk over all that a person can reach by links from their home page."""

from __future__ import annotations

import re
from collections import Counter, deque
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element, tostring

import html5lib
from django.urls import resolve
from playwright.sync_api import APIResponse, BrowserContext

from tests.journeys.site import Site

_TOKEN = re.compile(r'<input type="hidden" name="csrfmiddlewaretoken" value="[^"]*"')


@dataclass(frozen=True)
class Visited:
    """A page as the server sent it."""

    address: str
    view: str
    html: str

    @cached_property
    def tree(self) -> Element:
        """The page, read without mercy.

        :raises ParseError: if it is not well formed
        """
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        tree: Element = parser.parse(_TOKEN.sub("<input", self.html))
        return tree

    @property
    def title(self) -> str:
        return (self.tree.findtext("head/title") or "").strip()

    @cached_property
    def says(self) -> bytes:
        """What tells the page from any other: its main part."""
        main = self.tree.find(".//main")
        return b"" if main is None else tostring(main)

    @property
    def links(self) -> list[str]:
        """Where it leads; what it calls not to be followed is itself again, sorted otherwise."""
        every = self.tree.iter("a")
        return [link.get("href", "") for link in every if link.get("rel") != "nofollow"]


def walk(context: BrowserContext, site: Site, *, most: int | None) -> list[Visited]:
    """Follow every link within the site, nearest first; of one kind of page, at most so many.

    Files are fetched and not kept. Every link must lead somewhere.
    """
    found: list[Visited] = []
    seen: set[str] = set()
    taken: Counter[str] = Counter()
    ahead = deque(["/chase/"])
    while ahead:
        address = ahead.popleft()
        view = resolve(urlsplit(address).path).view_name
        if address in seen or (most is not None and taken[view] >= most):
            continue
        seen.add(address)
        taken[view] += 1
        response = context.request.get(site.at(address))
        assert response.status == 200, f"{address} answers {response.status}"
        if _is_page(response):
            page = Visited(address, view, response.text())
            found.append(page)
            ahead.extend(_within(site, page))
    return found


def _is_page(response: APIResponse) -> bool:
    headers = response.headers
    return "html" in headers["content-type"] and "content-disposition" not in headers


def _within(site: Site, page: Visited) -> list[str]:
    links = [urlsplit(urljoin(site.at(page.address), link)) for link in page.links]
    outside = [link.geturl() for link in links if f"{link.scheme}://{link.netloc}" != site.address]
    assert outside == [], f"{page.address} leads out of the site"
    return [f"{link.path}?{link.query}" if link.query else link.path for link in links]
