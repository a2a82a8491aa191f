from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from goldenthread.documents.renderers import workbook
from goldenthread.documents.tree import (
    Block,
    Cell,
    Column,
    ColumnKind,
    Heading,
    Paragraph,
    Row,
    Section,
    Table,
)
from goldenthread.domain.rating import Rating
from tests.documents.samples import one, paper


def read(content: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {
        name: [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
        for name in book.sheet_names
    }


def sheet_of(*blocks: Block) -> list[list[object]]:
    return list(read(workbook.render(one(*blocks))).values())[1]


def xml(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read(name).decode()


def table(*cells: Cell, kind: ColumnKind = ColumnKind.TEXT, caption: str = "T") -> Table:
    return Table(
        caption=caption, columns=(Column("A", kind),), rows=tuple(Row((c,)) for c in cells)
    )


def test_the_contents_lead_to_a_sheet_for_each_table() -> None:
    content = workbook.render(paper(plans=1, items=4, reports=2))
    sheets = read(content)
    assert list(sheets) == [
        "Contents",
        "Actions and indicators, by plan",
        "Actions of CYPF",
        "Indicators of CYPF",
        "Museum visits are above the pat",
        "Exception reports",
    ]
    assert sheets["Contents"][0][0] == "Priority Delivery Plans: quarter 1 of 2009/10"
    links = re.findall(r"location=\"'([^']+)'!A1\"", xml(content, "xl/worksheets/sheet1.xml"))
    assert links == list(sheets)[1:]


def test_figures_are_numbers_and_days_are_days() -> None:
    cells = [
        Cell("54,000"),
        Cell("46.40%"),
        Cell("£1.2m", value=Decimal(1_234_567)),
        Cell("\u22123"),
        Cell("8 June 2009", value=date(2009, 6, 8)),
        Cell("No figure"),
    ]
    rows = sheet_of(table(*cells, kind=ColumnKind.FIGURE))
    assert [row[0] for row in rows[1:]] == [54000, 46.4, 1234567, -3, date(2009, 6, 8), "No figure"]


def test_figures_keep_their_places_and_their_signs() -> None:
    content = workbook.render(one(table(Cell("46.40%"), Cell("£1,200"), kind=ColumnKind.FIGURE)))
    styles = xml(content, "xl/styles.xml")
    assert "#,##0.00&quot;%&quot;" in styles
    assert "[$£-809]#,##0" in styles


def test_a_figure_of_more_digits_than_a_spreadsheet_keeps_stays_whole() -> None:
    digits = "0." + "1234567890" * 4
    rows = sheet_of(table(Cell(digits), kind=ColumnKind.FIGURE))
    assert rows[1][0] == digits


def test_a_rating_has_a_column_to_filter_by_and_so_has_the_one_before() -> None:
    columns = (Column("How"), Column("Rating and progress", ColumnKind.RATING))
    row = Row((Cell("Free swimming"), Cell("Going well.", rating=Rating.GREEN, was=Rating.RED)))
    content = workbook.render(one(Table(caption="T", columns=columns, rows=(row,))))
    rows = list(read(content).values())[1]
    assert rows[0] == ["How", "Rating", "Rating last time", "Rating and progress"]
    assert rows[1] == ["Free swimming", "Green", "Red", "Going well."]
    assert '<autoFilter ref="A1:D2"/>' in xml(content, "xl/worksheets/sheet2.xml")
    assert 'state="frozen"' in xml(content, "xl/worksheets/sheet2.xml")


def test_remarks_on_figures_stand_together_at_the_end() -> None:
    columns = (Column("Item"), Column("Apr", ColumnKind.FIGURE), Column("May", ColumnKind.FIGURE))
    row = Row((Cell("Visits"), Cell("4", note="Provisional"), Cell("", note="Not due")))
    rows = sheet_of(Table(caption="T", columns=columns, rows=(row,)))
    assert rows[0] == ["Item", "Apr", "May", "Remarks"]
    assert rows[1] == ["Visits", 4, "", "Apr: Provisional\nMay: Not due"]


def test_tables_alike_under_one_heading_are_one_sheet() -> None:
    first, second = table(Cell("a"), caption="One"), table(Cell("b"), caption="Two")
    sheets = read(workbook.render(one(Heading("Actions"), first, second)))
    assert list(sheets) == ["Contents", "Actions"]
    assert sheets["Actions"] == [["Table", "A"], ["One", "a"], ["Two", "b"]]


def test_a_day_beside_other_words_can_be_sorted_by() -> None:
    rows = sheet_of(table(Cell("By the summer", value=date(2009, 6, 30))))
    assert rows == [["A", "A: day"], ["By the summer", date(2009, 6, 30)]]


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1-1", "@SUM(A1)", '=HYPERLINK("x")'])
def test_nothing_typed_becomes_a_formula(words: str) -> None:
    content = workbook.render(one(table(Cell(words)), Paragraph(words)))
    assert list(read(content).values())[1][1][0] == words
    for number in (1, 2):
        assert "<f>" not in xml(content, f"xl/worksheets/sheet{number}.xml")
    assert 'quotePrefix="1"' in xml(content, "xl/styles.xml")


def test_words_longer_than_a_cell_go_on_below() -> None:
    rows = sheet_of(table(Cell("x" * 40_000), Cell("next")))
    assert [len(str(row[0])) for row in rows[1:]] == [32_767, 7_233, 4]


def test_a_sheet_bears_its_plans_code_and_what_is_in_it() -> None:
    monthly, annual = (
        Table(caption=f"Reported {often}", columns=(Column(often),), rows=(Row((Cell("a"),)),))
        for often in ("monthly", "annually")
    )
    blocks = (
        *(Heading("Actions"), table(Cell("a"))),
        *(Heading("Performance indicators"), monthly, annual),
    )
    document = replace(
        one(), sections=(Section(title="C", anchor="plan-cypf-actions", blocks=blocks),)
    )
    assert list(read(workbook.render(document))) == [
        *("Contents", "CYPF actions", "CYPF indicators, monthly", "CYPF indicators, annually"),
    ]


def test_names_of_sheets_are_lawful_and_unlike() -> None:
    long = [table(Cell("a"), caption=f"[a]:*?/\\ 'b' {'c' * 60}'") for _ in range(3)]
    blocks = [block for each in long for block in (each, table(Cell("b"), kind=ColumnKind.RATING))]
    names = list(read(workbook.render(one(*blocks))))
    assert len({name.lower() for name in names}) == len(names) == 7
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]|^'|'$", name) for name in names)


def test_words_outside_of_tables_stand_with_the_contents() -> None:
    sheets = read(workbook.render(paper()))
    assert "Two returns have not come in yet." in [row[1] for row in sheets["Contents"]]


def test_the_same_document_is_the_same_file_undated() -> None:
    content = workbook.render(paper())
    assert workbook.render(paper()) == content
    core = xml(content, "docProps/core.xml")
    assert "<dcterms:" not in core
    assert "<dc:language>en-GB</dc:language>" in core


def test_a_link_that_stands_alone_is_what_its_cell_says() -> None:
    sheets = read(workbook.render(paper()))
    counts = sheets["Actions and indicators, by plan"]
    assert counts[0] == ["Plan", "Red", "Amber", "Green", "Not rated", "All"]
    assert counts[1][:2] == ["Children, Young People and Families", 1]


def test_rows_are_as_high_as_their_words_need() -> None:
    sheet = xml(workbook.render(one(table(Cell("word " * 90)))), "xl/worksheets/sheet2.xml")
    (height,) = re.findall(r'<row r="2"[^>]* ht="([0-9.]+)"', sheet)
    assert float(height) > 150


def test_a_table_without_rows_says_so() -> None:
    assert sheet_of(table())[1][0] == "Nothing to list."


def test_a_section_without_a_table_is_refused_a_sheet() -> None:
    document = one(Paragraph("Words"))
    assert list(read(workbook.render(document))) == ["Contents"]
    assert Section(title="S").blocks == ()


def test_a_sheet_whose_name_has_an_apostrophe_is_led_to() -> None:
    table = Table(
        caption="Children's actions",
        columns=(Column("Item"),),
        rows=(Row(cells=(Cell(text="Swim"),)),),
    )
    content = workbook.render(one(table))

    assert "location=\"'Children''s actions'!A1\"" in xml(content, "xl/worksheets/sheet1.xml")
