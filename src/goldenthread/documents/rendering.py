"""A document as a file of any format."""

from __future__ import annotations

from goldenthread.documents.formats import Format
from goldenthread.documents.renderers import html, pdf, text
from goldenthread.documents.tree import Document


def render(document: Document, kind: Format) -> bytes:
    """Draw a document; a PDF in a process apart, because that takes much memory for a moment.

    :raises PdfError: if the PDF cannot be made
    """
    match kind:
        case Format.HTML:
            return html.render(document).encode()
        case Format.TEXT:
            return text.render(document).encode()
        case Format.PDF:
            return pdf.render_apart(document)
