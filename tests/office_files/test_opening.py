"""Files that somebody made to do harm, or by mistake: each is refused in words, and nothing is read."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from goldenthread.office_files import limits
from goldenthread.office_files.grid import Cell, Flaw, Sheet
from goldenthread.office_files.limits import UnreadableWorkbookError
from goldenthread.office_files.opening import open_workbook
from goldenthread.office_files.unpacking import BROKEN
from tests.workbooks.book import Book, Formula, Percent, with_part, zipped

SHEET = "xl/worksheets/sheet1.xml"
WANTED = ("Actions", "Indicators")


@pytest.fixture
def content() -> bytes:
    return Book({"Actions": [["Reference", "Rating"], ["CYPF 1.1", "Green"]]}).saved()


def opened(content: bytes) -> dict[str, Sheet]:
    return open_workbook(content, WANTED)


def refused_or_read(content: bytes) -> str:
    """Say why a workbook is refused; nothing where it is read. Anything else is a fault."""
    try:
        opened(content)
    except UnreadableWorkbookError as refused:
        return str(refused)
    return ""


def refusal_of(content: bytes) -> str:
    with pytest.raises(UnreadableWorkbookError) as refused:
        opened(content)
    return str(refused.value)


def test_a_sheet_is_read_cell_by_cell(content: bytes) -> None:
    sheet = opened(content)["Actions"]

    assert (sheet.height, sheet.width) == (2, 2)
    assert sheet.at(1, 1) == Cell(value="Green")
    assert sheet.at(7, 7).is_blank


def test_sheets_are_found_by_their_names_in_any_case_and_others_are_left_shut() -> None:
    book = Book({f"Sheet {n}": [["x"]] for n in range(10)} | {" actions ": [["Reference"]]})

    assert set(opened(book.saved())) == {"Actions"}


def test_of_two_sheets_of_one_name_the_first_is_read(content: bytes) -> None:
    two = Book({"Actions": [["first"]], "ACTIONS.": [["second"]]}).saved()
    alike = with_part(two, "xl/workbook.xml", lambda xml: xml.replace(b"ACTIONS.", b"ACTIONS"))

    assert opened(alike)["Actions"].at(0, 0).value == "first"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "This file is not a workbook."),
        (b"\xff\xd8\xff\xe0" + b"\0" * 100, "This file is not a workbook."),
        (b"", "This file is not a workbook."),
        (b"<html>", "This file is not a workbook."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "This workbook has a password, or"),
        (b"PK\x03\x04" + b"\0" * 100, "This workbook is broken."),
        (zipped({"word/document.xml": b"<w/>"}), "This file is not a workbook."),
        (zipped({"xl/workbook.xml": b"<not"}), "This workbook is broken."),
    ],
)
def test_what_is_no_workbook_is_refused_in_words(content: bytes, words: str) -> None:
    assert refusal_of(content).startswith(words)


def test_a_workbook_cut_short_is_refused(content: bytes) -> None:
    for length in (10, 100, len(content) // 2, len(content) - 1):
        assert refusal_of(content[:length]).startswith("This workbook is broken.")


def test_a_file_is_refused_by_its_size_before_it_is_opened() -> None:
    assert refusal_of(b"PK\x03\x04" + b"\0" * limits.MOST_BYTES).startswith("This file is larger")


def test_a_bomb_is_refused_by_what_it_says_of_itself(content: bytes) -> None:
    bomb = with_part(content, SHEET, lambda xml: xml + b" " * (20 * limits.MEGABYTE))

    assert len(bomb) < limits.MEGABYTE
    assert refusal_of(bomb).startswith("This workbook holds more than can be read. Download")


def test_many_entries_that_are_large_together_are_refused() -> None:
    noise = bytes(range(256)) * 4096
    bomb = zipped({f"xl/{n}.xml": noise for n in range(40)} | {"xl/workbook.xml": b"<w/>"})

    assert refusal_of(bomb).startswith("This workbook holds more")


def test_thousands_of_entries_are_refused() -> None:
    many = zipped({f"xl/{n}.xml": b"" for n in range(limits.MOST_ENTRIES + 1)})

    assert refusal_of(many).startswith("This workbook holds more")


def test_a_bomb_that_lies_about_its_size_is_refused(content: bytes) -> None:
    bomb = bytearray(with_part(content, SHEET, lambda xml: xml + b" " * (20 * limits.MEGABYTE)))
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = bomb.find(mark)
        while start >= 0:
            if SHEET.encode() in bomb[start : start + 100]:
                bomb[start + place : start + place + 4] = struct.pack("<I", 1000)
            start = bomb.find(mark, start + 4)

    assert refusal_of(bytes(bomb)).startswith("This workbook is broken.")


def test_an_entry_that_is_encrypted_is_refused(content: bytes) -> None:
    locked = bytearray(content)
    start = locked.find(b"PK\x01\x02")
    locked[start + 8] |= 1

    assert refusal_of(bytes(locked)).startswith("This workbook is locked with a password.")


def test_two_entries_of_one_name_are_refused(content: bytes) -> None:
    twice = BytesIO(content)
    with (
        pytest.warns(UserWarning, match="Duplicate name"),
        zipfile.ZipFile(twice, "a") as archive,
    ):
        archive.writestr(SHEET, b"<worksheet/>")

    assert refusal_of(twice.getvalue()).startswith("This workbook is broken.")


def test_an_unusual_packing_is_refused(content: bytes) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("xl/workbook.xml", b"<w/>")

    assert refusal_of(packed.getvalue()).startswith("This workbook is broken.")


ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>"""


@pytest.mark.parametrize(
    "part", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
)
def test_a_document_that_declares_entities_is_refused(content: bytes, part: str) -> None:
    laughs = with_part(content, part, lambda xml: ENTITIES + xml.partition(b"?>")[2])

    assert refusal_of(laughs).startswith("This workbook is broken.")


@pytest.mark.parametrize(
    "cell", [b'<c r="XFD1048576"><v>1</v></c>', b'<row r="1048576"><c><v>1</v></c></row>']
)
def test_a_cell_far_away_is_refused_before_room_is_made_for_all_before_it(
    content: bytes, cell: bytes
) -> None:
    far = with_part(
        content, SHEET, lambda xml: xml.replace(b"</sheetData>", cell + b"</sheetData>")
    )

    assert "has a cell beyond row 5,000 or column 200" in refusal_of(far)


def test_an_empty_cell_far_away_does_no_harm(content: bytes) -> None:
    empty = b'<row r="1048576"><c r="A1048576" s="0"/></row>'
    far = with_part(
        content, SHEET, lambda xml: xml.replace(b"</sheetData>", empty + b"</sheetData>")
    )

    assert opened(far)["Actions"].height == 2


def test_more_cells_than_a_sheet_can_have_are_refused(
    content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("goldenthread.office_files.scanning.MOST_CELLS", 3)

    assert "has more than 3 cells" in refusal_of(content)


def test_one_long_string_that_thousands_of_cells_name_is_refused() -> None:
    rows = [["x" * 30_000] for _ in range(1_000)]

    assert "more than 20,000,000 characters" in refusal_of(Book({"Actions": rows}).saved())


@pytest.mark.parametrize(
    "damage",
    [
        (b'r="A1"', b'r="1A"'),
        (b'r="A1"', b'r="A0"'),
        (b'<row r="1"', b'<row r="first"'),
        (b"<sheetData>", b"<sheetData"),
        (b"<v>0</v>", b"<v>99999</v>"),
    ],
)
def test_damage_done_by_hand_is_refused_or_read_past(
    content: bytes, damage: tuple[bytes, bytes]
) -> None:
    damaged = with_part(content, SHEET, lambda xml: xml.replace(*damage))

    assert refused_or_read(damaged) in ("", BROKEN)


@pytest.mark.parametrize("encoding", [b"ATF-8", b"big5", b"rot13"])
def test_letters_that_nobody_knows_are_refused(content: bytes, encoding: bytes) -> None:
    head = b'<?xml version="1.0" encoding="' + encoding + b'"?>'
    damaged = with_part(content, SHEET, lambda xml: head + xml[xml.index(b"<worksheet") :])

    assert refusal_of(damaged) == BROKEN


def test_a_sheet_that_is_named_but_not_there_is_refused(content: bytes) -> None:
    links = "xl/_rels/workbook.xml.rels"
    lost = with_part(content, links, lambda xml: xml.replace(b"sheet1.xml", b"sheet9.xml"))

    assert refusal_of(lost).startswith("This workbook is broken.")


def test_a_formula_is_found_whatever_it_came_to() -> None:
    book = Book({"Actions": [["Reference", Formula("=1+1", "Green")], [Formula("=NA()", "#N/A")]]})
    sheet = opened(book.saved())["Actions"]

    assert sheet.at(0, 1).flaw is Flaw.FORMULA
    assert sheet.at(1, 0).flaw is Flaw.FORMULA
    assert sheet.at(0, 0).flaw is None


def test_a_formula_that_fills_many_cells_is_found_in_each() -> None:
    written = BytesIO()
    with Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Actions")
        sheet.write_array_formula("A1:A3", "{=B1:B3}")

    assert all(opened(written.getvalue())["Actions"].at(n, 0).flaw for n in range(3))


def test_an_error_value_is_found_without_its_formula(content: bytes) -> None:
    error = with_part(
        content,
        SHEET,
        lambda xml: xml.replace(b'<c r="B2" t="s"><v>3</v>', b'<c r="B2" t="e"><v>#REF!</v>'),
    )

    assert opened(error)["Actions"].at(1, 1).flaw is Flaw.ERROR


def test_merged_cells_are_found() -> None:
    book = Book({"Actions": [["Reference"]]}).merge("Actions", "B2:C3")
    sheet = opened(book.saved())["Actions"]

    assert {place for place, cell in sheet.cells.items() if cell.flaw is Flaw.MERGED} == {
        (1, 1),
        (1, 2),
        (2, 1),
        (2, 2),
    }


def test_a_merge_of_millions_of_cells_is_refused(content: bytes) -> None:
    merge = b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    merged = with_part(content, SHEET, lambda xml: xml.replace(b"</sheetData>", merge))

    assert "merged or share a formula" in refusal_of(merged)


def test_what_is_shown_as_a_percentage_is_known_to_be() -> None:
    sheet = opened(Book({"Actions": [[Percent(0.464), 0.464]]}).saved())["Actions"]

    assert [sheet.at(0, column).is_percent for column in (0, 1)] == [True, False]


def test_a_workbook_without_styles_or_strings_is_read(content: bytes) -> None:
    bare = {
        name: part
        for name, part in parts_of(content).items()
        if name not in ("xl/styles.xml", "xl/sharedStrings.xml")
    }
    bare[SHEET] = (
        b'<worksheet><sheetData><row><c t="inlineStr"><is><t>Reference</t></is></c></row>'
        b"</sheetData></worksheet>"
    )

    assert opened(zipped(bare))["Actions"].at(0, 0).value == "Reference"


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_at_all_are_read_or_refused(noise: bytes, starts_as_zip: bool) -> None:
    content = b"PK\x03\x04" + noise if starts_as_zip else noise

    assert refusal_of(content)


GOOD = Book({"Actions": [["Reference", "Rating"], ["CYPF 1.1", 4.5]]}).saved()


@given(st.data())
def test_any_damage_to_a_workbook_is_read_past_or_refused(data: st.DataObject) -> None:
    damaged = bytearray(GOOD)
    for place in data.draw(st.lists(st.integers(0, len(GOOD) - 1), min_size=1, max_size=8)):
        damaged[place] = data.draw(st.integers(0, 255))

    refused_or_read(bytes(damaged))


@given(st.data())
def test_any_damage_to_a_sheet_is_read_past_or_refused(data: st.DataObject) -> None:
    parts = parts_of(GOOD)
    name = data.draw(st.sampled_from([SHEET, "xl/workbook.xml", "xl/styles.xml"]))
    xml = bytearray(parts[name])
    for place in data.draw(st.lists(st.integers(0, len(xml) - 1), min_size=1, max_size=6)):
        xml[place] = data.draw(st.sampled_from(b'<>/"=0123459ABZrstv &'))

    refused_or_read(zipped(parts | {name: bytes(xml)}))
