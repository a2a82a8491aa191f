from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from goldenthread.documents.renderers.word import writing
from goldenthread.documents.renderers.word.cells import column_widths
from goldenthread.documents.renderers.word.pen import bookmark_names
from goldenthread.documents.tree import (
    BulletList,
    Cell,
    Chart,
    Column,
    Document,
    ExceptionForm,
    Notice,
    Paragraph,
    RatingCounts,
    Row,
    Sparkline,
    Table,
)
from goldenthread.domain.rating import Rating
from tests.documents.samples import one, paper


def opened(content: bytes) -> WordDocument:
    return docx.Document(io.BytesIO(content))


@pytest.fixture(scope="module")
def content() -> bytes:
    return writing.render(paper(plans=1, items=4, reports=2))


@pytest.fixture(scope="module")
def file(content: bytes) -> WordDocument:
    return opened(content)


def headings(file: WordDocument) -> list[tuple[str, str]]:
    return [
        (each.style.name, each.text)
        for each in file.paragraphs
        if each.style is not None and str(each.style.name).startswith("Heading")
    ]


def attributes(file: WordDocument, element: str, name: str) -> list[str]:
    return [
        found.get(qn(name) if ":" in name else name, "")
        for found in file.element.body.iter(qn(element))
    ]


def test_the_file_says_its_title_and_that_it_is_in_british_english(file: WordDocument) -> None:
    assert file.core_properties.title == "Priority Delivery Plans: quarter 1 of 2009/10"
    assert file.core_properties.author == "Cannock Chase District Council"
    assert file.core_properties.language == "en-GB"
    languages = file.styles.element.findall(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert [language.get(qn("w:val")) for language in languages] == ["en-GB"]


def test_headings_are_real_and_skip_no_level(file: WordDocument) -> None:
    assert headings(file)[:3] == [
        ("Heading 1", "Where we are"),
        ("Heading 2", "What moved"),
        ("Heading 1", "Children, Young People and Families: actions"),
    ]
    assert ("Heading 2", "CYPF exception report 2") in headings(file)


def test_the_styles_are_those_that_any_template_has(file: WordDocument) -> None:
    named = {str(each.style.name) for each in file.paragraphs if each.style is not None}
    assert {"Title", "Subtitle", "Heading 1", "List Bullet", "Caption", "Normal"} <= named


def test_a_table_repeats_its_head_says_its_title_and_splits_no_row(file: WordDocument) -> None:
    tables = [table._tbl for table in file.tables]
    assert len(tables) == 10
    assert all(table.tblPr.find(qn("w:tblCaption")) is not None for table in tables)
    headed = [
        table for table in tables if table.tr_lst[0].find(f".//{qn('w:tblHeader')}") is not None
    ]
    assert len(headed) == 5
    rows = [row for table in tables for row in table.tr_lst]
    assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)


def test_a_column_that_says_more_has_more_room(file: WordDocument) -> None:
    actions = file.tables[2]._tbl
    widths = [int(column.get(qn("w:w"))) for column in actions.tblGrid.gridCol_lst]
    assert widths[4] > 2 * widths[2] > widths[2] > 0
    assert sum(widths) == 11906 - 2 * 1134


def test_a_headings_longest_word_keeps_whole_where_there_is_room() -> None:
    columns = (Column("Reference", width=1), Column("Words", width=20))
    widths = column_widths(columns, 9_000)
    assert widths[0] >= 9 * 100
    assert sum(widths) == 9_000
    crowded = column_widths([Column("Reference")] * 30, 3_000)
    assert sum(crowded) == 3_000
    assert min(crowded) > 0


def test_every_picture_is_said_in_words(file: WordDocument) -> None:
    said = attributes(file, "wp:docPr", "descr")
    assert len(said) == 6
    assert "Rose from 4,000 in February to 6,000 in June." in said
    assert "1 red, 4 amber, 12 green and 2 not rated" in said
    assert all(said)


def test_links_lead_there_and_back(file: WordDocument) -> None:
    names = attributes(file, "w:bookmarkStart", "w:name")
    links = attributes(file, "w:hyperlink", "w:anchor")
    assert len(names) == len(set(names))
    assert max(map(len, names)) <= 40
    assert set(links) <= set(names)
    back = next(each for each in file.paragraphs if each.text == "Back to the item in its table")
    row = back._p.find(qn("w:hyperlink")).get(qn("w:anchor"))
    marked = file.element.body.find(f".//{qn('w:tbl')}//*[@{qn('w:name')}='{row}']")
    assert marked is not None


def test_the_contents_are_a_field_filled_with_links(file: WordDocument) -> None:
    listed = [
        each.text
        for each in file.paragraphs
        if str(each.style and each.style.name).startswith("toc")
    ]
    assert listed[:2] == ["Where we are", "What moved"]
    told = [found.text for found in file.element.body.iter(qn("w:instrText"))]
    assert any("TOC" in str(each) for each in told)


def test_wide_tables_lie_and_each_page_but_the_cover_is_numbered(file: WordDocument) -> None:
    lying = [str(section.orientation) == "LANDSCAPE (1)" for section in file.sections]
    assert lying == [False, False, True, False]
    assert [section.different_first_page_header_footer for section in file.sections] == [
        True,
        *[False] * 3,
    ]
    head = file.sections[1].header
    assert head.paragraphs[0].text.startswith("Scrutiny Committee: quarter 1 of 2009/10")
    fields = [found.text.strip() for found in head._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert file.sections[0].first_page_header.paragraphs[0].text == ""


def test_an_exception_report_begins_a_page(file: WordDocument) -> None:
    second = next(each for each in file.paragraphs if each.text == "CYPF exception report 2")
    assert second.paragraph_format.page_break_before
    assert second.paragraph_format.keep_with_next


def test_an_exception_reports_way_back_stands_above_its_answers(file: WordDocument) -> None:
    said = [each.text for each in file.paragraphs]
    title, back = (
        said.index(words) for words in ("CYPF exception report 1", "Back to the item in its table")
    )
    assert title < back <= title + 2


def test_a_rating_is_a_shape_a_word_and_a_colour() -> None:
    row = Row((Cell(rating=Rating.RED, was=Rating.AMBER),))
    file = opened(writing.render(one(Table(caption="T", columns=(Column("Rating"),), rows=(row,)))))
    paragraphs = [
        each for row in file.tables[0].rows for cell in row.cells for each in cell.paragraphs
    ]
    assert [each.text for each in paragraphs] == ["Rating", "▲\xa0Red", "↓ worse: was Amber"]
    assert str(paragraphs[1].runs[0].font.color.rgb) == "C3261B"


def test_the_same_document_is_the_same_file(content: bytes) -> None:
    assert writing.render(paper(plans=1, items=4, reports=2)) == content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"dcterms" not in re.sub(b"xmlns:dcterms", b"", packed.read("docProps/core.xml"))


def test_equal_pictures_are_kept_once() -> None:
    cell = Cell(sparkline=Sparkline((Decimal(1), Decimal(2)), alt="Rose."))
    table = Table(caption="T", columns=(Column("A"),), rows=(Row((cell,)), Row((cell,))))
    with zipfile.ZipFile(io.BytesIO(writing.render(one(table)))) as packed:
        assert [name for name in packed.namelist() if "media" in name] == ["word/media/paper1.png"]


def test_no_two_bookmarks_bear_one_name() -> None:
    names = bookmark_names([f"{'a' * 50}{number}" for number in range(30)])
    assert len(set(names.values())) == 30


def test_words_from_right_to_left_are_told_so() -> None:
    file = opened(
        writing.render(one(Paragraph("Said: \u0645\u0631\u062d\u0628\u0627 \u0628\u0643")))
    )
    runs = file.paragraphs[-1].runs
    assert [bool(run.font.rtl) for run in runs] == [False, True]


def test_a_document_that_says_next_to_nothing_still_makes_a_file() -> None:
    empty = (
        Table(caption="", columns=(Column(""),), rows=()),
        Chart(title="", alt="", points=()),
        RatingCounts(rows=()),
        ExceptionForm(title="", anchor="", answers=()),
        BulletList(()),
        Paragraph(""),
        Notice(""),
    )
    file = opened(writing.render(one(*empty, title="")))
    assert "Nothing to list." in [cell.text for row in file.tables[0].rows for cell in row.cells]
    nothing = Document(title="", council="", forum="", cycle="")
    assert opened(writing.render(nothing)).paragraphs[0].text == "Untitled"


def test_a_link_that_leads_nowhere_is_refused_as_a_link() -> None:
    cell = Cell("Item", reference="nowhere", reference_text="See exception report 9")
    file = opened(
        writing.render(one(Table(caption="T", columns=(Column("A"),), rows=(Row((cell,)),))))
    )
    assert "See exception report 9" in file.tables[0].rows[1].cells[0].text
    assert "nowhere" not in attributes(file, "w:hyperlink", "w:anchor")
