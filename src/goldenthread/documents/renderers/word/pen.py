"""What is known while a paper is written: styles by their names, bookmarks, pictures, numbers given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from goldenthread.documents.renderers.ready import Ready
from goldenthread.documents.renderers.word import markup
from goldenthread.documents.renderers.word.markup import Xml
from goldenthread.documents.renderers.word.pictures import Picture

_UNFIT = re.compile(r"[^A-Za-z0-9]+")
_LONGEST_NAME = 40


def bookmark_names(anchors: Iterable[str]) -> dict[str, str]:
    """Name a bookmark for each anchor: letters and digits, no two alike however short they are cut."""
    return {
        anchor: f"p{number}_{_UNFIT.sub('_', anchor)}"[:_LONGEST_NAME]
        for number, anchor in enumerate(anchors, start=1)
    }


@dataclass(slots=True, kw_only=True)
class Pen:
    """Writes what needs more than its own words; counts the pictures and bookmarks that it wrote."""

    ready: Ready
    styles: Mapping[str, str]
    pictures: Mapping[str, tuple[str, Picture]]
    bookmarks: Mapping[str, str] = field(init=False)
    _given: int = 0

    def __post_init__(self) -> None:
        self.bookmarks = bookmark_names(self.ready.titles)

    def paragraph(self, style: str, *runs: str, rules: str = "") -> Xml:
        return markup.paragraph(self.styles[style.lower()], *runs, rules=rules)

    def link(self, anchor: str, words: str) -> Xml:
        """Write a link; one that leads nowhere is words."""
        if anchor not in self.bookmarks:
            return markup.run(words)
        return markup.link(self.bookmarks[anchor], words, self.styles["hyperlink"])

    def bookmarked(self, anchor: str, inside: str) -> Xml:
        if anchor not in self.bookmarks:
            return Xml(inside)
        return markup.bookmarked(self._next(), self.bookmarks[anchor], inside)

    def picture(self, svg: str, alt: str, *, at_most: int) -> Xml:
        """Write a picture no wider than so many twentieths of a point."""
        relation, drawn = self.pictures[svg]
        share = min(1.0, at_most * 635 / drawn.width)
        width, height = int(drawn.width * share), int(drawn.height * share)
        return markup.picture(self._next(), relation, width=width, height=height, alt=alt)

    def _next(self) -> int:
        self._given += 1
        return self._given
