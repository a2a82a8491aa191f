"""Committee calendars as clerks keep them, and as they should not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from time import monotonic
from typing import Any

import pytest
from xlsxwriter import Workbook

from goldenthread.domain.kinds import BodyKind
from goldenthread.domain.meeting_dates import take_meetings
from goldenthread.domain.periods import FinancialYear
from goldenthread.office_files.limits import UnreadableWorkbookError
from goldenthread.timetables.meeting_sheets import problem_of, said_in_sheets, sheets_of
from tests.workbooks.book import Book, Formula, zipped

NAMES = {
    "dmt": BodyKind.DMT,
    "directors' management team": BodyKind.DMT,
    "scrutiny": BodyKind.SCRUTINY,
    "scrutiny committee": BodyKind.SCRUTINY,
    "council": BodyKind.COUNCIL,
}
YEAR = FinancialYear(2010)
JUNE, AUGUST, SEPTEMBER = date(2010, 6, 15), date(2010, 8, 10), date(2010, 9, 6)
ALL = {
    (BodyKind.DMT, JUNE),
    (BodyKind.DMT, AUGUST),
    (BodyKind.SCRUTINY, SEPTEMBER),
}
Rows = Sequence[Sequence[object]]


def read(content: bytes) -> tuple[set[tuple[BodyKind, date]], list[str]]:
    found = take_meetings(said_in_sheets(sheets_of(content), NAMES, year=YEAR), year=YEAR)
    return {(each.forum, each.starts_on) for each in found.meetings}, list(found.problems)


def book(*rows: Sequence[object], merged: str = "") -> bytes:
    filled = Book({"Dates": rows})
    return (filled.merge("Dates", merged) if merged else filled).saved()


def problems(*rows: Sequence[object], merged: str = "") -> list[str]:
    return [
        each.removeprefix("Sheet \u201cDates\u201d, ")
        for each in read(book(*rows, merged=merged))[1]
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["Date", "Committee"], [JUNE, "DMT"], [AUGUST, "DMT"], [SEPTEMBER, "Scrutiny Committee"]],
        [["DMT", JUNE, AUGUST], ["Scrutiny", SEPTEMBER]],
        [["Directors' Management Team", "Scrutiny"], [JUNE, SEPTEMBER], [AUGUST]],
        [["DMT"], [JUNE], [AUGUST], [], ["Scrutiny"], [SEPTEMBER]],
        [["DMT"], ["Tuesday", JUNE], ["Tuesday", AUGUST], ["Scrutiny"], ["Monday", SEPTEMBER]],
        [
            ["Dates of meetings", "", "Time"],
            ["DMT 15 June 2010"],
            ["DMT: 10 August 2010", "", "9am"],
            ["Scrutiny, 6 September 2010"],
        ],
        [
            ["15 June 2010 at 10.00am", "Council Chamber", "DMT"],
            ["Tue 10 August 2010", "Room", "DMT"],
            ["6/9/2010", "Council offices", "Scrutiny (special meeting)"],
        ],
        [
            ["", "DMT", "Scrutiny"],
            ["Cycle 1", JUNE, SEPTEMBER],
            ["Cycle 2", AUGUST],
        ],
        [["DMT", "15 June 2010\n10 August 2010"], ["Scrutiny", "6 September 2010; TBC"]],
    ],
)
def test_dates_are_found_however_they_are_laid_out(rows: Rows) -> None:
    assert read(book(*rows)) == (ALL, [])


def test_every_sheet_is_read_and_hidden_ones_are_not() -> None:
    written = BytesIO()
    with Workbook(written, {"in_memory": True}) as made:
        day = made.add_format({"num_format": "d mmm yyyy"})
        for name, when in (("DMT", JUNE), ("More", AUGUST), ("Old", SEPTEMBER)):
            sheet = made.add_worksheet(name)
            sheet.write_string(0, 0, "DMT")
            sheet.write_datetime(0, 1, when, day)
        sheet.hide()

    assert read(written.getvalue())[0] == {(BodyKind.DMT, JUNE), (BodyKind.DMT, AUGUST)}


def test_days_counted_from_1904_are_the_days_that_the_sheet_shows() -> None:
    written = BytesIO()
    with Workbook(written, {"in_memory": True, "date_1904": True}) as made:
        sheet = made.add_worksheet()
        sheet.write_string(0, 0, "DMT")
        sheet.write_datetime(0, 1, JUNE, made.add_format({"num_format": "d mmm yyyy"}))

    assert read(written.getvalue()) == ({(BodyKind.DMT, JUNE)}, [])


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["DMT", "8/13/10"], 'cell B1: "8/13/10" is no date: write it like'),
        (["DMT", "31 June 2010"], 'cell B1: "31 June 2010" is no date'),
        (["DMT", date(2019, 6, 15)], "cell B1: DMT, 15 June 2019, is out of the year"),
        (["DMT", date(2010, 6, 13)], "cell B1: DMT, 13 June 2010, is a Sunday"),
        (["DMT", JUNE, JUNE], "cell C1: DMT, 15 June 2010, is given twice"),
        (["DMT", Formula("=A2+7", "15 June 2010")], "cell B1: is a formula: type the date"),
    ],
)
def test_what_is_wrong_is_named_by_its_cell(row: Sequence[object], words: str) -> None:
    [problem] = problems(row)

    assert words in problem


def test_a_date_that_is_merged_is_not_taken() -> None:
    [problem] = problems(["DMT", "15 June 2010"], merged="B1:C1")

    assert problem.endswith(
        "cell B1: is merged with the cells beside it: give each meeting a cell of its own"
    )


def test_a_forums_name_merged_over_its_rows_is_that_of_each() -> None:
    written = BytesIO()
    with Workbook(written, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        sheet.merge_range("A1:A2", "DMT")
        for row, words in enumerate(["15 June 2010", "10 August 2010", "6 September 2010"]):
            sheet.write_string(row, 1, words)

    found, [problem] = read(written.getvalue())

    assert found == {(BodyKind.DMT, JUNE), (BodyKind.DMT, AUGUST)}
    assert problem.endswith("one date is of no forum that is known here: B3, 6 September 2010")


def test_dates_of_others_are_counted_and_never_given_to_a_forum() -> None:
    rows: Rows = [["Council"], ["Planning Committee", JUNE], ["Licensing", AUGUST]]

    assert problems(*rows) == [
        "Sheet \u201cDates\u201d: 2 dates are of no forum that is known here: "
        "Planning Committee (B2, 15 June 2010); Licensing (B3, 10 August 2010)"
    ]


def ods(rows: str) -> bytes:
    office = 'xmlns:o="urn:office" xmlns:t="urn:table" xmlns:x="urn:text"'
    table = f'<t:table t:name="Dates">{rows}</t:table>'
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"<o:document {office}>{table}</o:document>".encode(),
        }
    )


def row(*cells: str, more: str = "") -> str:
    return f"<t:table-row {more}>{''.join(cells)}</t:table-row>"


def cell(words: str = "", more: str = "") -> str:
    return f"<t:table-cell {more}><x:p>{words}</x:p></t:table-cell>"


DAY = 'o:value-type="date" o:date-value="2010-06-15T00:00:00"'


def test_a_spreadsheet_of_libreoffice_is_read() -> None:
    content = ods(
        row(cell("", 't:number-columns-repeated="3"'), cell("DMT"))
        + row(cell("", 't:number-columns-repeated="3"'), cell("15.06.10", DAY))
        + row(cell(), more='t:number-rows-repeated="1048000"')
    )

    assert read(content) == ({(BodyKind.DMT, JUNE)}, [])


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (row(cell("DMT"), cell("15/6/10", f'{DAY} t:formula="of:=[.A2]"')), "B1: is a formula"),
        (
            row(
                cell("DMT"),
                cell("x", f'{DAY} t:number-columns-spanned="2"'),
                "<t:covered-table-cell/>",
            ),
            "B1: is merged",
        ),
        (row(cell("DMT"), cell("31/6/10", 'o:value-type="date" o:date-value="x"')), "is no date"),
    ],
)
def test_what_is_wrong_in_it_is_named_by_its_cell(rows: str, words: str) -> None:
    [problem] = read(ods(rows))[1]

    assert words in problem


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (ods(row(cell("DMT"), more='t:number-rows-repeated="10000"')), "beyond row 5,000"),
        (ods(row(cell("DMT", 't:number-columns-repeated="99999999"'))), "beyond row 5,000"),
        (
            ods(
                row(
                    cell("x", 't:number-columns-repeated="150"'),
                    more='t:number-rows-repeated="2000"',
                )
            ),
            "more than 200,000 cells",
        ),
        (ods("</t:table><t:table>" * 60), "more than 50 sheets"),
        (Book({f"S{number}": [["x"]] for number in range(60)}).saved(), "more than 50 sheets"),
        (zipped({"content.xml": b"<!DOCTYPE x><x/>"}), "This workbook is broken"),
        (
            zipped({"content.xml": b"<x/>", "META-INF/manifest.xml": b"<m:encryption-data/>"}),
            "locked with a password",
        ),
        (b"DMT,15/6/2010\n" * 6000, "more than 5,000 rows or 200 columns. Keep only the year"),
        (b"x" * 5_300_000, "larger than 5 MB. Keep only the year"),
        (b"\0\1\2", "This file is not a spreadsheet"),
        (b"\xff\xfe\0", "This file is not a spreadsheet"),
        (b"\x81", "This file is not a spreadsheet"),
        (b'"' + b"x" * 140_000 + b'"', "This file is not a spreadsheet"),
    ],
)
def test_a_file_that_is_none_or_too_much_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableWorkbookError) as refused:
        sheets_of(content)

    assert words in problem_of(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_list_with_whatever_separates_its_cells_is_read(encoding: str, separator: str) -> None:
    lines = [["Forum", "Date"], ["DMT", "15/06/2010"], ["Café", "x"], ["Scrutiny", "6/9/2010"]]
    content: Any = "\r\n".join(separator.join(line) for line in lines).encode(encoding)

    assert read(content) == ({(BodyKind.DMT, JUNE), (BodyKind.SCRUTINY, SEPTEMBER)}, [])


def test_a_problem_of_a_list_names_its_cell() -> None:
    assert read(b"DMT,8/13/10")[1][0].startswith('Cell B1: "8/13/10" is no date')
    assert read(b"Rotary,15/6/2010")[1][0].startswith("The file: one date is of no forum")


JULY, MARCH = date(2010, 7, 6), date(2011, 3, 1)
GRID = {(BodyKind.DMT, JUNE), (BodyKind.DMT, JULY), (BodyKind.SCRUTINY, MARCH)}


@pytest.mark.parametrize(
    "rows",
    [
        [["", "June", "July", "March"], ["DMT", 15, "6th"], ["Scrutiny", "", "", "Tue 1"]],
        [
            ["Meetings of 2010/11"],
            ["Committee", "Jun-10", date(2010, 7, 1), "Mar 2011"],
            ["DMT", 15.0, 6],
            ["Scrutiny", "", "", 1],
        ],
        [["", "DMT", "Scrutiny"], ["June", 15], ["July", 6], ["March", "", 1]],
    ],
)
def test_a_clerks_grid_of_months_is_read(rows: Rows) -> None:
    assert read(book(*rows)) == (GRID, [])


def test_a_grid_takes_several_days_in_a_cell_and_names_what_it_cannot_take() -> None:
    rows: Rows = [
        ["", "April", "May", "June", "April"],
        ["DMT", "6, 20 & 27", "", 31, 5],
        ["Planning Committee", 7, "", "", ""],
    ]

    found, told = read(book(*rows))

    assert found == {
        *((BodyKind.DMT, date(2010, 4, day)) for day in (6, 20, 27)),
        (BodyKind.DMT, date(2011, 4, 5)),
    }
    assert 'cell D2: "31/6/2010" is no date' in told[0]
    assert "of no forum that is known here: Planning Committee (B3, 7 April 2010)" in told[1]


def test_dates_without_a_year_or_with_two_figures_are_of_the_timetables_year() -> None:
    rows: Rows = [["DMT", "15 June", "6/7/10"], ["Scrutiny", "1 March"]]

    assert read(book(*rows)) == (GRID, [])


def test_of_many_forums_that_are_unknown_a_few_are_named() -> None:
    [told] = problems(*([f"Committee {number}", JUNE] for number in range(10)))

    assert "10 dates are of no forum" in told
    assert told.endswith("Committee 7 (B8, 15 June 2010) and 2 more")


def test_a_cell_of_spaces_is_looked_through_at_once() -> None:
    begun = monotonic()

    read(f'DMT,"1{" " * 60_000}!"\n'.encode())

    assert monotonic() - begun < 3
