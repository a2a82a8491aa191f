"""A workbook as a test fills it: read as it was downloaded, written over, and saved again."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any, NamedTuple

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from goldenthread.workbooks.sheets.layout import ACTIONS, INDICATORS


class Formula(NamedTuple):
    """A formula, with what a spreadsheet made of it last."""

    text: str
    cached: object = 0


class Percent(NamedTuple):
    """A number that a spreadsheet shows as a percentage."""

    value: float


class Book:
    """The sheets of returns, as rows of values that a test may change."""

    def __init__(self, sheets: Mapping[str, Sequence[Sequence[object]]]) -> None:
        self.sheets = {name: [list(row) for row in rows] for name, rows in sheets.items()}
        self.merged: list[tuple[str, str]] = []

    @classmethod
    def opened(cls, content: bytes) -> Book:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            return cls(
                {
                    name: [list(row) for row in book.get_sheet_by_name(name).to_python()]
                    for name in book.sheet_names
                }
            )

    def fill(self, reference: str, **answers: object) -> Book:
        """Write answers into the row of an item, each under the first heading that starts so.

        Underscores stand for spaces: `What_has_happened="The club opened."`.
        """
        sheet, row = self.row_of(reference)
        for heading, value in answers.items():
            self.sheets[sheet][row][self.column_of(sheet, heading.replace("_", " "))] = value
        return self

    def row_of(self, reference: str) -> tuple[str, int]:
        return next(
            (name, number)
            for name in (ACTIONS, INDICATORS)
            for number, row in enumerate(self.sheets.get(name, []))
            if row[0] == reference
        )

    def column_of(self, sheet: str, heading: str) -> int:
        headings = [str(each) for each in self.sheets[sheet][0]]
        return next(place for place, each in enumerate(headings) if each.startswith(heading))

    def drop_column(self, sheet: str, heading: str) -> Book:
        place = self.column_of(sheet, heading)
        for row in self.sheets[sheet]:
            del row[place]
        return self

    def merge(self, sheet: str, cells: str) -> Book:
        self.merged.append((sheet, cells))
        return self

    def saved(self) -> bytes:
        written = BytesIO()
        with Workbook(written, {"in_memory": True}) as book:
            day = book.add_format({"num_format": "d mmmm yyyy"})
            percent = book.add_format({"num_format": "0.0%"})
            for name, rows in self.sheets.items():
                sheet = book.add_worksheet(name)
                for number, row in enumerate(rows):
                    for place, value in enumerate(row):
                        _write(sheet, number, place, value, day, percent)
                for where, cells in self.merged:
                    if where == name:
                        sheet.merge_range(cells, "")
        return written.getvalue()


def _write(sheet: Any, row: int, column: int, value: object, day: Any, percent: Any) -> None:
    match value:
        case "" | None:
            return
        case Formula():
            sheet.write_formula(row, column, value.text, None, value.cached)
        case Percent():
            sheet.write_number(row, column, value.value, percent)
        case bool():
            sheet.write_boolean(row, column, value)
        case date():
            sheet.write_datetime(row, column, value, day)
        case str():
            sheet.write_string(row, column, value)
        case _:
            sheet.write_number(row, column, value)


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Change one part of a workbook's file by hand."""
    changed = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as source,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            part = source.read(entry)
            target.writestr(entry.filename, change(part) if entry.filename == name else part)
    return changed.getvalue()


def zipped(parts: dict[str, bytes]) -> bytes:
    """Pack parts into a zip."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()
