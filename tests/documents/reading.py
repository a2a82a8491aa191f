"""What a file of any format says, read back by a program that is not ours where there is one."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from xml.etree import ElementTree

import html5lib
import pypdf
from python_calamine import CalamineWorkbook

from goldenthread.documents.formats import Format

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def squeezed(words: str) -> str:
    """Drop what a line's end adds."""
    return re.sub(r"[\s\u00ad]+", "", words)


def said_in(content: bytes, kind: Format) -> str:
    """Return all that a file says, without the spaces between its words."""
    return squeezed("\n".join(words_in(content, kind)))


def words_in(content: bytes, kind: Format) -> Iterator[str]:
    """Return what a file says, piece by piece."""
    return _READERS[kind](content)


def _html(content: bytes) -> Iterator[str]:
    yield from html5lib.HTMLParser(strict=True).parse(content.decode()).itertext()


def _pdf(content: bytes) -> Iterator[str]:
    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        lines = page.extract_text().splitlines()
        yield from (line for line in lines if not re.search(r"Page \d+ of \d+", line))


def _word(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for name in packed.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                tree = ElementTree.fromstring(packed.read(name))  # noqa: S314 - our own file
                yield from (found.text or "" for found in tree.iter(f"{_WORD}t"))


def _workbook(content: bytes) -> Iterator[str]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        # Words too long for a cell go on in the cell below it.
        for column in zip(*rows, strict=True):
            yield from map(str, column)


def _csv(content: bytes) -> Iterator[str]:
    # The limit is the whole process's, and others go by it.
    before = csv.field_size_limit(10**7)
    try:
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
            yield from (re.sub(r"^'(?=[=+@\t\r-])", "", cell) for cell in row)
    finally:
        csv.field_size_limit(before)


def _json(content: bytes) -> Iterator[str]:
    waiting = [json.loads(content)]
    while waiting:
        part = waiting.pop()
        match part:
            case dict():
                waiting += part.values()
            case list():
                waiting += part
            case _:
                yield str(part)


def _text(content: bytes) -> Iterator[str]:
    yield content.decode()


_READERS: dict[Format, Callable[[bytes], Iterator[str]]] = {
    Format.HTML: _html,
    Format.PDF: _pdf,
    Format.DOCX: _word,
    Format.XLSX: _workbook,
    Format.CSV: _csv,
    Format.JSON: _json,
    Format.TEXT: _text,
}
