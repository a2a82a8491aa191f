"""Papers opened by a word processor and a spreadsheet that are not ours."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from goldenthread.documents.formats import Format
from goldenthread.documents.rendering import render
from goldenthread.documents.tree import Cell, Column, Row, Section, Table
from tests.documents.reading import said_in, squeezed, words_in
from tests.documents.samples import paper
from tests.documents.templates import template

pytestmark = pytest.mark.libreoffice

SECONDS = 180


def converted(content: bytes, folder: Path, kind: str, target: str) -> bytes:
    """Let LibreOffice open a file and write it as another kind."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("There is no soffice on this machine.")
    source = folder / f"paper.{kind}"
    source.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        program,
        profile,
        "--headless",
        "--convert-to",
        target,
        "--outdir",
        str(folder / "out"),
    ]
    subprocess.run([*command, str(source)], capture_output=True, timeout=SECONDS, check=True)
    return (folder / "out" / f"paper.{target}").read_bytes()


def test_a_word_paper_on_a_template_is_converted_without_loss(tmp_path: Path) -> None:
    content = render(paper(items=4, reports=2), Format.DOCX, template=template())
    reader = pypdf.PdfReader(io.BytesIO(converted(content, tmp_path, "docx", "pdf")))
    pages = [page.extract_text() for page in reader.pages]
    text = " ".join(pages)
    assert "Page 2 of" in pages[1]
    words = re.findall(r"\w+", " ".join(words_in(content, Format.DOCX)))
    assert [word for word in words if word not in squeezed(text)] == []
    order = ["Cannock Chase", "Contents", "One action in six", "Free swimming", "Why is it red"]
    places = [squeezed(text).index(squeezed(part)) for part in order]
    assert places == sorted(places)
    assert {page.mediabox.width > page.mediabox.height for page in reader.pages} == {True, False}
    assert len([page for page in pages if "Officerresponsible" in squeezed(page)]) == 2


def test_a_workbook_keeps_what_it_says_and_a_formula_is_refused_as_one(tmp_path: Path) -> None:
    hostile = Table(caption="T", columns=(Column("A"),), rows=(Row((Cell("=1+1"),)),))
    document = paper(items=4, reports=2)
    document = replace(
        document, sections=(*document.sections, Section(title="S", blocks=(hostile,)))
    )
    content = render(document, Format.XLSX)
    again = converted(content, tmp_path, "xlsx", "ods")
    assert said_in(again, Format.XLSX) == said_in(content, Format.XLSX)
    assert "=1+1" in said_in(again, Format.XLSX)
