"""Word documents as a council's clerk might send them, and as nobody should."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
from docx.document import Document as WordDocument
from docx.shared import Cm, RGBColor
from PIL import Image

TYPES, DOCUMENT, LINKS = "[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def saved(document: WordDocument) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def template(change: Callable[[WordDocument], object] | None = None) -> bytes:
    """Make a template with a logo, a header, a footer that numbers pages, and headings in maroon."""
    document = docx.Document()
    document.add_heading("Words that no paper repeats", 1)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = Cm(3)
    section.header.paragraphs[0].add_run("Ashby Borough Council").add_picture(logo(), width=Cm(2))
    section.footer.paragraphs[0].text = "Committee papers"
    heading = document.styles["Heading 1"]
    heading.font.color.rgb = RGBColor(0x80, 0, 0x20)
    if change:
        change(document)
    return saved(document)


def logo() -> io.BytesIO:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 20), "#800020").save(drawn, "PNG")
    drawn.seek(0)
    return drawn


def changed(content: bytes, **parts: Callable[[bytes], bytes]) -> bytes:
    """Change parts of a file, each named by what its name ends with, with dots as underscores."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            part = source.read(entry)
            for name, change in parts.items():
                if entry.filename.replace(".", "_").endswith(name):
                    part = change(part)
            target.writestr(entry.filename, part)
    return written.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    written = io.BytesIO(content)
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as target:
        target.writestr(name, part)
    return written.getvalue()
