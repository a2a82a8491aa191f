"""A page such as the County sends, made here so that the demonstration carries no file of anybody's."""

from __future__ import annotations

import io
from collections.abc import Iterable

from pikepdf import Dictionary, Name, Pdf


def pdf_of(lines: Iterable[str]) -> bytes:
    """Write lines on an A4 page, the same bytes for the same lines."""
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
    written = " ".join(f"({_escaped(line)}) Tj T*" for line in lines)
    page.Contents = pdf.make_stream(f"BT /F1 12 Tf 18 TL 60 760 Td {written} ET".encode())
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
