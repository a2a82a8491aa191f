"""Typesets what a PDF shall show; run as a module, in a process whose memory goes with it.

It knows no document, only what the template reads, so that the process starts at once.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import typst

from goldenthread.documents.renderers.fonts_at_hand import paper_fonts
from goldenthread.documents.renderers.pdf_tags import TagError, finish

_HERE = Path(__file__).parent
_UNDRAWN = re.compile(r'the text (?:contains the disallowed codepoint )?`"((?:[^"\\]|\\.)*)"`')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_ATTEMPTS = 8
_YES = "yes"


class PdfError(RuntimeError):
    """A document could not be made into a PDF. Its words say why."""


class _UnsettledError(PdfError):
    """The page numbers in the words moved the words to other pages, again and again."""


def typeset(data: str, has_row_headers: Sequence[bool], *, timestamp: int | None) -> bytes:
    """Typeset a view, given as JSON, as a tagged PDF, and say of each table whether its rows have headers.

    :raises PdfError: if the compiler refuses or warns
    """
    try:
        content = _compiled(data, timestamp, refers_to_pages=True)
    except _UnsettledError:
        content = _compiled(data, timestamp, refers_to_pages=False)
    try:
        return finish(content, has_row_headers)
    except (TagError, KeyError) as error:
        raise PdfError(str(error)) from error


def main(arguments: list[str] | None = None) -> int:
    """Read from standard input which tables have row headers and, from the next line on, a view; write a PDF."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--timestamp", type=int, help="seconds since 1970")
    options = parser.parse_args(arguments)
    headers, _, data = sys.stdin.buffer.read().decode().partition("\n")
    try:
        content = typeset(data, json.loads(headers), timestamp=options.timestamp)
    except (PdfError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.buffer.write(content)
    return 0


def _compiled(data: str, timestamp: int | None, *, refers_to_pages: bool) -> bytes:
    """Compile, writing out by name what no font shows, which only the compiler can tell."""
    for _ in range(_ATTEMPTS):
        try:
            return _compiled_once(data, timestamp, refers_to_pages=refers_to_pages)
        except typst.TypstError as error:
            named = data
            for text in _undrawn(error):
                named = named.replace(text, "".join(map(_name, text)))
            if named == data:
                raise PdfError(str(error)) from error
            data = named
    raise PdfError("The document has too many characters that cannot be shown.")


def _compiled_once(data: str, timestamp: int | None, *, refers_to_pages: bool) -> bytes:
    content, warnings = typst.compile_with_warnings(
        _template(),
        sys_inputs={
            "data": data,
            "dated": _YES if timestamp is not None else "",
            "refers_to_pages": _YES if refers_to_pages else "",
        },
        font_paths=paper_fonts(),
        pdf_standards="ua-1",
        timestamp=timestamp or 0,
    )
    if warnings:
        words = "; ".join(warning.message for warning in warnings)
        raise _UnsettledError(words) if "did not converge" in words else PdfError(words)
    return bytes(content)


def _undrawn(error: typst.TypstError) -> list[str]:
    """Return the texts that the compiler had no glyph for, longest first."""
    found = set(_UNDRAWN.findall(str(getattr(error, "diagnostic", "") or error)))
    return sorted(map(_unescaped, found), key=len, reverse=True)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else m[2], text)


def _name(character: str) -> str:
    """Write a character out; a mark that only steers its neighbours says nothing."""
    if character.isascii():
        return character if character.isprintable() else ""
    if unicodedata.category(character) in {"Cf", "Mn"}:
        return ""
    name = unicodedata.name(character, "")
    return f"[{name.lower()}]" if name and "-" not in name else f"[U+{ord(character):04X}]"


@cache
def _template() -> bytes:
    return (_HERE / "paper.typ").read_bytes()


if __name__ == "__main__":
    sys.exit(main())
