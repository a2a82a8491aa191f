"""A document as a file of any format."""

from __future__ import annotations

from datetime import datetime

from goldenthread.documents.formats import Format
from goldenthread.documents.renderers import csv_lines, data, html, pdf, text, workbook
from goldenthread.documents.renderers.word import writing as word
from goldenthread.documents.tree import Document


def render(
    document: Document, kind: Format, *, template: bytes | None = None, at: datetime | None = None
) -> bytes:
    """Draw a document: the same bytes for the same document, template and moment.

    A PDF is drawn in a process apart, because that takes much memory for a moment, and dated with the
    moment, if there is one. The template is a council's own Word document, of which only a Word
    document takes styles, header and footer.

    :raises PdfError: if the PDF cannot be made
    """
    match kind:
        case Format.HTML:
            return html.render(document).encode()
        case Format.PDF:
            return pdf.render_apart(document, timestamp=int(at.timestamp()) if at else None)
        case Format.DOCX:
            return word.render(document, template=template)
        case Format.XLSX:
            return workbook.render(document)
        case Format.CSV:
            return csv_lines.render(document)
        case Format.JSON:
            return data.render(document)
        case Format.TEXT:
            return text.render(document).encode()
