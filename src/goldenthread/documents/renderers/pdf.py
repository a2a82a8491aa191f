"""A document as a PDF, built to PDF/UA-1: the compiler refuses what is not accessible.

Compiling peaks at some 180 MB, so a server does it in a process of its own:
`python -m goldenthread.documents.renderers.pdf < tree.json > paper.pdf`.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import typst
from pydantic import ValidationError

from goldenthread.documents.renderers.columns import with_fitted_columns
from goldenthread.documents.renderers.fonts_at_hand import paper_fonts
from goldenthread.documents.renderers.pdf_tags import TagError, finish
from goldenthread.documents.renderers.pdf_view import has_row_headers, view_of
from goldenthread.documents.renderers.ready import make_ready
from goldenthread.documents.tree import Document, from_json, to_json

_HERE = Path(__file__).parent
_IMPORTED_FROM = str(_HERE.parents[2])
_UNDRAWN = re.compile(r'the text (?:contains the disallowed codepoint )?`"((?:[^"\\]|\\.)*)"`')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_ATTEMPTS = 8


class PdfError(RuntimeError):
    """A document could not be made into a PDF. Its words say why."""


class _UnsettledError(PdfError):
    """The page numbers in the words moved the words to other pages, again and again."""


def render(document: Document, *, timestamp: int | None = None) -> bytes:
    """Write a document as a tagged PDF: the same bytes for the same document and timestamp.

    The timestamp is in seconds since 1970; without one the file is undated. A character that no
    font of ours has is written out by name, so that nothing said is lost: "[thumbs up sign]".

    :raises PdfError: if the compiler refuses or warns
    """
    view = view_of(with_fitted_columns(make_ready(document)))
    view |= {"dated": timestamp is not None, "refers_to_pages": True}
    try:
        content = _compiled(view, timestamp or 0)
    except _UnsettledError:
        content = _compiled({**view, "refers_to_pages": False}, timestamp or 0)
    try:
        return finish(content, list(has_row_headers(view)))
    except (TagError, KeyError) as error:
        raise PdfError(str(error)) from error


def render_apart(
    document: Document, *, timestamp: int | None = None, timeout: float = 120
) -> bytes:
    """Render in a process of its own, whose memory goes with it. The timeout is in seconds.

    :raises PdfError: if it fails, or takes too long
    """
    command = [sys.executable, "-m", __spec__.name]
    command += [] if timestamp is None else ["--timestamp", str(timestamp)]
    path = os.pathsep.join(filter(None, [_IMPORTED_FROM, os.environ.get("PYTHONPATH")]))
    try:
        done = subprocess.run(  # noqa: S603  # our own module, and words only on its standard input
            command,
            input=to_json(make_ready(document).document),
            capture_output=True,
            timeout=timeout,
            env={**os.environ, "PYTHONPATH": path},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PdfError(f"The PDF was not ready after {timeout:g} seconds.") from error
    if done.returncode:
        words = done.stderr.decode(errors="replace").strip() or f"ended with {done.returncode}"
        raise PdfError(f"The PDF could not be made: {words}")
    return done.stdout


def main(arguments: list[str] | None = None) -> int:
    """Read a document's JSON from standard input and write its PDF to standard output."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--timestamp", type=int, help="seconds since 1970")
    options = parser.parse_args(arguments)
    try:
        content = render(from_json(sys.stdin.buffer.read()), timestamp=options.timestamp)
    except (PdfError, ValidationError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.buffer.write(content)
    return 0


def _compiled(view: dict[str, Any], timestamp: int) -> bytes:
    """Compile, writing out by name what no font shows, which only the compiler can tell."""
    data = json.dumps(view, ensure_ascii=False)
    for _ in range(_ATTEMPTS):
        try:
            return _compiled_once(data, timestamp)
        except typst.TypstError as error:
            named = data
            for text in _undrawn(error):
                named = named.replace(text, "".join(map(_name, text)))
            if named == data:
                raise PdfError(str(error)) from error
            data = named
    raise PdfError("The document has too many characters that cannot be shown.")


def _compiled_once(data: str, timestamp: int) -> bytes:
    content, warnings = typst.compile_with_warnings(
        _template(),
        sys_inputs={"data": data},
        font_paths=paper_fonts(),
        pdf_standards="ua-1",
        timestamp=timestamp,
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
