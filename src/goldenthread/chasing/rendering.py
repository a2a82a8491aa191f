"""A chase board as a file: every obligation that was asked for, the whole record a row."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO, StringIO

import xlsxwriter
from django.utils import timezone

from goldenthread.chasing.queries.board import ItemRow
from goldenthread.chasing.queries.owing import NOBODY
from goldenthread.domain.plain_text import no_formula
from goldenthread.reporting.models import ReportingCycle

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADINGS = (
    *("Cycle", "Plan", "Kind", "Item", "What", "Post", "Who holds it"),
    *("State", "Due", "Last time", "Rating", "Sent back because"),
    *("Times nudged", "Last nudged", "Last reminded", "Messages refused"),
)
_WIDTHS = (22, 10, 16, 14, 60, 32, 32, 12, 12, 10, 10, 40, 8, 18, 18, 8)


def board_csv(cycle: ReportingCycle, rows: Iterable[ItemRow]) -> bytes:
    """Write a board as CSV that Excel opens as it is: words that look like a formula stay words."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(HEADINGS)
    writer.writerows([_harmless(cell) for cell in record] for record in records(cycle, rows))
    # Excel takes a file for UTF-8 only where it begins with a byte order mark.
    return written.getvalue().encode("utf-8-sig")


def board_xlsx(cycle: ReportingCycle, rows: Iterable[ItemRow]) -> bytes:
    """Write a board as a workbook; every word is kept as text, so that none becomes a formula."""
    written = BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Chase board")
        heading = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        sheet.freeze_panes(1, 0)
        for column, (words, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, words, heading)
        for number, record in enumerate(records(cycle, rows), start=1):
            for column, cell in enumerate(record):
                if isinstance(cell, int):
                    sheet.write_number(number, column, cell, wrapped)
                else:
                    sheet.write_string(number, column, cell, wrapped)
    return written.getvalue()


def records(cycle: ReportingCycle, rows: Iterable[ItemRow]) -> list[Sequence[str | int]]:
    """Write each obligation as a record, in the order of the headings."""
    return [_record(cycle, row) for row in rows]


def _record(cycle: ReportingCycle, row: ItemRow) -> Sequence[str | int]:
    one, contact = row.obligation, row.contact
    return (
        cycle.title,
        one.plan_codes,
        one.kind.label,
        one.item.reference,
        one.item.title,
        "; ".join(post.title for post in row.posts),
        "; ".join(
            ", ".join(holder.words for holder in post.holders) or NOBODY.capitalize()
            for post in row.posts
        ),
        one.state.label,
        one.due_on.isoformat(),
        one.item.was.label if one.item.was else "",
        one.item.rating.label if one.item.rating else "",
        one.note,
        contact.nudges,
        _moment(contact.nudged_at),
        _moment(contact.reminded_at),
        contact.refused,
    )


def _moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def _harmless(cell: str | int) -> str | int:
    """Put an apostrophe before words that a spreadsheet would reckon with."""
    return no_formula(cell) if isinstance(cell, str) else cell
