"""A document as a PDF, built to PDF/UA-1: the compiler refuses what is not accessible.

Compiling takes much memory for a moment, so a server has it done in a process of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from goldenthread.documents.renderers import pdf_typesetting
from goldenthread.documents.renderers.columns import with_fitted_columns
from goldenthread.documents.renderers.pdf_typesetting import PdfError, typeset
from goldenthread.documents.renderers.pdf_view import has_row_headers, view_of
from goldenthread.documents.renderers.ready import make_ready
from goldenthread.documents.tree import Document

_TYPESETTING = pdf_typesetting.__name__
_IMPORTED_FROM = str(Path(__file__).parents[3])


def render(document: Document, *, timestamp: int | None = None) -> bytes:
    """Write a document as a tagged PDF: the same bytes for the same document and timestamp.

    The timestamp is in seconds since 1970; without one the file is undated. A character that no
    font of ours has is written out by name, so that nothing said is lost: "[thumbs up sign]".

    :raises PdfError: if the compiler refuses or warns
    """
    data, headers = _to_typeset(document)
    return typeset(data, headers, timestamp=timestamp)


def render_apart(
    document: Document, *, timestamp: int | None = None, timeout: float = 120
) -> bytes:
    """Render in a process of its own, whose memory goes with it. The timeout is in seconds.

    :raises PdfError: if it fails, or takes too long
    """
    data, headers = _to_typeset(document)
    command = [sys.executable, "-m", _TYPESETTING]
    command += [] if timestamp is None else ["--timestamp", str(timestamp)]
    path = os.pathsep.join(filter(None, [_IMPORTED_FROM, os.environ.get("PYTHONPATH")]))
    try:
        done = subprocess.run(  # noqa: S603  # our own module, and words only on its standard input
            command,
            input=f"{json.dumps(headers)}\n{data}".encode(),
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


def _to_typeset(document: Document) -> tuple[str, list[bool]]:
    view = view_of(with_fitted_columns(make_ready(document)))
    return json.dumps(view, ensure_ascii=False), list(has_row_headers(view))
