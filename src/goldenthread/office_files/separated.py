"""Reading a spreadsheet that was saved as text, with commas, semicolons or tabs between its cells."""

from __future__ import annotations

import csv
from io import StringIO

from goldenthread.office_files.grid import Cell, Place, Sheet
from goldenthread.office_files.limits import (
    MEGABYTE,
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    UnreadableWorkbookError,
)

_SEPARATORS = ",;\t"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
NO_TEXT = "This file is no list of cells: save it as CSV (.csv), or upload the workbook (.xlsx)."


def read_separated(content: bytes) -> Sheet:
    """Read the cells of a CSV file; what separates them is what most of its first line has.

    :raises UnreadableWorkbookError: if it is no text, or larger than a list of dates can be
    """
    if len(content) > MOST_BYTES:
        raise UnreadableWorkbookError(
            f"This file is larger than {MOST_BYTES // MEGABYTE} MB.", is_too_much=True
        )
    text = _text(content)
    separator = max(_SEPARATORS, key=text[: text.find("\n")].count)
    cells: dict[Place, Cell] = {}
    try:
        for row, said in enumerate(csv.reader(StringIO(text), delimiter=separator)):
            if row >= MOST_ROWS or len(said) > MOST_COLUMNS:
                raise UnreadableWorkbookError(
                    f"This file has more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns.",
                    is_too_much=True,
                )
            cells |= {(row, column): Cell(value=each) for column, each in enumerate(said) if each}
    except csv.Error as error:
        raise UnreadableWorkbookError(NO_TEXT) from error
    return Sheet(name="", cells=cells)


def _text(content: bytes) -> str:
    """Read text as Excel writes it: in UTF-8, in UTF-16, or in the old way of Windows."""
    if b"\0" in content and not content.startswith(_UTF_16):
        raise UnreadableWorkbookError(NO_TEXT)
    encodings = ("utf-16",) if content.startswith(_UTF_16) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableWorkbookError(NO_TEXT)
