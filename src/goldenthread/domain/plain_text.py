"""What people type, brought to what a paper, a mail and a database can hold."""

from __future__ import annotations

import re

_NOTHING_TO_SEE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
    "|["
    + "".join(chr(plane * 0x10000 + 0xFFFE + low) for plane in range(1, 17) for low in (0, 1))
    + "]"
)
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def clean(text: str) -> str:
    """Drop what XML forbids and no reader sees, and make every line end a newline."""
    if text.isprintable():
        return text
    return _NOTHING_TO_SEE.sub("", _LINE_ENDS.sub("\n", text).replace("\t", " "))


def one_line(text: str, *, at_most: int | None = None) -> str:
    """Bring words to one line; a line longer than `at_most` characters ends in an ellipsis."""
    line = " ".join(clean(text).split())
    if at_most is None or len(line) <= at_most:
        return line
    return f"{line[: at_most - 1].rstrip()}…"


def no_formula(text: str) -> str:
    """Put an apostrophe before words that a spreadsheet would reckon with when it opens a CSV."""
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text
