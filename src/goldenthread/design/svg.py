"""The few SVG elements that our drawings are made of: presentation attributes, no style or script."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from html import escape
from typing import TypeAlias

Figure: TypeAlias = Decimal | float

INK = "#00625e"
_WORDS = "#3c474d"
_FONT = "Atkinson Hyperlegible Next, Arial, sans-serif"
_TEXT_SIZE = 13
_MINUS = "\N{MINUS SIGN}"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def figure_words(value: Figure, unit: str = "") -> str:
    """Write a figure as people do: 54,000, 46.4%, £1,200, or a minus sign and 3."""
    sign, size = (_MINUS if value < 0 else ""), abs(value)
    digits = f"{size:,f}" if isinstance(size, Decimal) else f"{size:,.10f}"
    if isinstance(size, float) and "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    before, after = ("£" if unit == "£" else ""), ("%" if unit == "%" else "")
    return f"{sign}{before}{digits}{after}"


def svg(
    parts: Sequence[str], *, width: int, height: int, name: str, words: str = "", css_class: str
) -> str:
    """Wrap a drawing, whose name and words are read out by `aria-label`."""
    label = ". ".join(part.rstrip(".") for part in (name, words) if part)
    heads = [tag("title", name), *([tag("desc", words)] if words else [])]
    return tag("svg", *map(_Drawn, [*heads, *parts]), xmlns="http://www.w3.org/2000/svg",
                viewBox=f"0 0 {width} {height}", width=width, height=height, role="img",
                aria_label=label, focusable="false", **{"class": css_class})  # fmt: skip


def hidden(parts: Sequence[str], *, width: int, height: int, css_class: str) -> str:
    """Wrap a drawing that only decorates what stands beside it in words."""
    return tag("svg", *map(_Drawn, parts), xmlns="http://www.w3.org/2000/svg",
               viewBox=f"0 0 {width} {height}", width=width, height=height, aria_hidden="true",
               focusable="false", **{"class": css_class})  # fmt: skip


class _Drawn(str):
    """Markup of our own, which is not escaped again."""

    __slots__ = ()


def tag(name: str, *children: str, **attributes: str | float) -> str:
    """Write an element; what it holds is escaped, unless it was drawn by `svg`."""
    written = "".join(
        f' {key.replace("_", "-")}="{_plain(_short(value))}"' for key, value in attributes.items()
    )
    inner = "".join(child if isinstance(child, _Drawn) else _plain(child) for child in children)
    return f"<{name}{written}>{inner}</{name}>"


def _plain(text: str) -> str:
    return escape(_NOT_XML.sub("", text))


def _short(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")


def line(
    x1: float, y1: float, x2: float, y2: float, colour: str, width: float, dashes: str = ""
) -> str:
    """Draw a straight line."""
    dashed: dict[str, str | float] = {"stroke_dasharray": dashes} if dashes else {}
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, stroke_width=width, **dashed)


def rect(x: float, y: float, width: float, height: float, colour: str, **more: str | float) -> str:
    """Draw a filled rectangle from its top left corner."""
    return tag("rect", x=x, y=y, width=width, height=height, fill=colour, **more)


def dot(x: float, y: float, radius: float) -> str:
    """Draw a filled circle in the colour of trends."""
    return tag("circle", cx=x, cy=y, r=radius, fill=INK)


def text(words: str, x: float, y: float, anchor: str, *, is_bold: bool = False) -> str:
    """Write words beside, above or under `x`, `y`; `anchor` is start, middle or end."""
    return tag("text", words, x=x, y=y, text_anchor=anchor, font_family=_FONT,
                font_size=_TEXT_SIZE, font_weight="700" if is_bold else "400",
                fill=INK if is_bold else _WORDS)  # fmt: skip
