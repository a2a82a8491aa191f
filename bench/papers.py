"""A pack as each kind of file: how long it takes, how much memory, and what others take for the same."""

from __future__ import annotations

import importlib
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from math import inf
from pathlib import Path

import pikepdf

from goldenthread.documents.formats import Format
from goldenthread.documents.rendering import render
from goldenthread.documents.tree import Document, to_json

BUDGETS = {Format.PDF: 2000, Format.DOCX: 2000, Format.XLSX: 500, Format.HTML: 500,
           Format.CSV: 500, Format.JSON: 500, Format.TEXT: 500}  # fmt: skip
PEAK, SHORT, PAGES = 300, 800, 80
_PEAK = """
import resource, sys
from goldenthread.documents.formats import Format
from goldenthread.documents.rendering import render
from goldenthread.documents.tree import from_json
render(from_json(sys.stdin.buffer.read()), Format(sys.argv[1]))
print(max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What was measured of a pack; without a budget it only stands beside ours."""

    what: str
    figure: float
    unit: str = "ms"
    budget: float = inf
    note: str = ""


def measure_papers(
    document: Document, milliseconds: Callable[[Callable[[], object], int], float]
) -> list[Drawn]:
    """Measure a pack as every kind of file, and what LibreOffice and WeasyPrint take for a PDF of it."""
    pages = _pages(render(document, Format.PDF))
    ours = [
        Drawn(
            what=f"The pack as {kind.value.upper()}",
            figure=milliseconds(lambda kind=kind: render(document, kind), 3),  # type: ignore[misc]
            budget=budget,
            note=f"{pages} pages" if kind is Format.PDF else "",
        )
        for kind, budget in BUDGETS.items()
    ]
    return [
        *ours,
        _short_pack(document, pages, milliseconds),
        *(_peak(document, kind) for kind in (Format.PDF, Format.DOCX, Format.XLSX, Format.HTML)),
        _libreoffice(document),
        _weasyprint(document),
    ]


def _pages(content: bytes) -> int:
    with pikepdf.open(BytesIO(content)) as pdf:
        return len(pdf.pages)


def _short_pack(
    document: Document, pages: int, milliseconds: Callable[[Callable[[], object], int], float]
) -> Drawn:
    """Measure a pack of about 80 pages: the first sections of the long one."""
    share = round(len(document.sections) * PAGES / pages)
    short = replace(document, sections=document.sections[: max(1, share)])
    figure = milliseconds(lambda: render(short, Format.PDF), 3)
    note = f"{_pages(render(short, Format.PDF))} pages"
    return Drawn(what="A short pack as PDF", figure=figure, budget=SHORT, note=note)


def _peak(document: Document, kind: Format) -> Drawn:
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", _PEAK, kind.value],
        input=to_json(document),
        capture_output=True,
        check=True,
    )
    figure = int(done.stdout) / 1024
    return Drawn(what=f"Peak, {kind.value.upper()}", figure=figure, unit="MB", budget=PEAK)


def _libreoffice(document: Document) -> Drawn:
    what = "LibreOffice, the same pack from DOCX to PDF"
    program = shutil.which("soffice")
    if program is None:
        return Drawn(what=what, figure=0, note="not installed")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pack.docx").write_bytes(render(document, Format.DOCX))
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", name]
        return _timed(what, lambda: _run([*command, str(folder / "pack.docx")]))


def _run(command: list[str]) -> None:
    subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - found by its name


def _weasyprint(document: Document) -> Drawn:
    what = "WeasyPrint, the same pack from HTML to PDF"
    try:
        weasyprint = importlib.import_module("weasyprint")
    except (ImportError, OSError):  # the second where its libraries are missing
        return Drawn(what=what, figure=0, note="not installed")
    page = render(document, Format.HTML).decode()
    return _timed(what, lambda: weasyprint.HTML(string=page).write_pdf())


def _timed(what: str, deed: Callable[[], object]) -> Drawn:
    start = time.perf_counter()
    deed()
    return Drawn(what=what, figure=(time.perf_counter() - start) * 1000, note="for comparison")
