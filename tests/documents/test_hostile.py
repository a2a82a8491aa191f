from __future__ import annotations

import io
import re
from dataclasses import replace
from decimal import Decimal

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread.documents.formats import Format
from goldenthread.documents.renderers import html, pdf
from goldenthread.documents.rendering import render
from goldenthread.documents.tree import (
    Answer,
    Block,
    Cell,
    Chart,
    ChartPoint,
    Column,
    ColumnKind,
    Document,
    ExceptionForm,
    Fact,
    Notice,
    Orientation,
    Paragraph,
    Row,
    Section,
    Table,
)
from goldenthread.domain.plain_text import clean
from tests.documents.reading import said_in, squeezed

LONG_WORD = "Llanfair" * 38
DECIMALS = f"0.{'1234567890' * 4}"
LONG_TEXT = " ".join(f"word{number}" for number in range(2_200))
HOSTILE = [
    "<script>alert('x')</script> & <b>bold</b> &amp;",
    '#panic("no") #read("paper.typ") $x^2$ *bold* _it_ @ref <label> // not a comment /* nor this',
    "{{ 7 * 7 }} {% raw %} ${7*7} %s {0}",
    "</w:t></w:r></w:p></w:tc><w:br/> &#x0; ]]> <w:instrText>DDEAUTO c:\\\\cmd.exe</w:instrText>",
    "=1+1",
    "-2+3+cmd|' /C calc'!A0",
    "+1 -1 @SUM(A1) = heading",
    "\"quoted\" 'single' \\backslash \\u{41} `code`",
    LONG_WORD,
    LONG_TEXT,
    "\u0141\u00f3d\u017a, \u00a3, \u2019, \u2013, \u2026 \u0416 \u03b1 \u0645\u0631\u062d\u0628\u0627",
]


def everywhere(words: str) -> Document:
    cell = Cell(words, note=words)
    table = Table(
        caption="Hostile",
        columns=(Column("Narrow", width=1), Column("Wide", ColumnKind.FIGURE, 9)),
        rows=(Row((Cell(words[:200]),), is_group=True), Row((cell, cell)), Row((cell, cell))),
        note=words,
    )
    form = ExceptionForm(
        title="Exception report 1",
        anchor="report",
        facts=(Fact("Plan", words),),
        answers=(Answer("Why is it red?", words),),
    )
    blocks = (Paragraph(words), Notice(words), table, form)
    return Document(
        title=words[:200],
        council=words[:200],
        forum="Scrutiny",
        cycle="Quarter 1",
        facts=(Fact("Words", words),),
        sections=(
            Section(title="Upright", blocks=blocks),
            Section(title="Lying", orientation=Orientation.LANDSCAPE, blocks=(table,)),
        ),
    )


def grid(columns: int, rows: int) -> Table:
    return Table(
        caption="Grid",
        columns=tuple(Column(f"Column {number}") for number in range(columns)),
        rows=tuple(
            Row(tuple(Cell(f"r{row}c{column}") for column in range(columns))) for row in range(rows)
        ),
    )


def drawn(document: Document, kind: Format) -> bytes:
    """Draw a document; a PDF without the process of its own, which takes a moment."""
    return pdf.render(document) if kind is Format.PDF else render(document, kind)


def read_pdf(content: bytes) -> str:
    return said_in(content, Format.PDF)


EACH = [
    pytest.param(words, kind, id=f"{number}-{kind.value}")
    for number, words in enumerate(HOSTILE)
    for kind in Format
    if (words, kind) != (LONG_TEXT, Format.PDF)  # is read whole further below
]


@pytest.mark.parametrize(("words", "kind"), EACH)
def test_hostile_words_stand_whole_in_every_format(words: str, kind: Format) -> None:
    assert said_in(drawn(everywhere(words), kind), kind).count(squeezed(words)) >= 9


@pytest.mark.parametrize("kind", Format)
def test_what_no_reader_sees_is_refused_and_what_somebody_drew_is_kept(kind: Format) -> None:
    said = said_in(drawn(everywhere("be\x07l\ud800l \U0001f44d done"), kind), kind)
    assert said.count("bell") >= 9
    assert "\U0001f44ddone" in said or "[thumbsupsign]done" in said


SHAPES: dict[str, tuple[Section, ...]] = {
    "no section": (),
    "a section of nothing": (Section(title=""),),
    "one column": (Section(title="S", blocks=(grid(1, 3),)),),
    "thirty columns": (
        Section(title="S", orientation=Orientation.LANDSCAPE, blocks=(grid(30, 2),)),
    ),
    "three hundred actions": (Section(title="S", blocks=(grid(4, 300),)),),
    "forty decimals": (
        Section(
            title="S",
            blocks=(
                Table(
                    caption="T",
                    columns=(Column("A"), Column("B", ColumnKind.FIGURE)),
                    rows=(Row((Cell("a"), Cell(DECIMALS, value=Decimal(DECIMALS)))),),
                ),
                Chart(title="C", alt="", points=(ChartPoint("p", Decimal(DECIMALS)),)),
            ),
        ),
    ),
}


@pytest.mark.parametrize("kind", Format)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_paper_of_any_shape_is_whole_in_every_format(shape: str, kind: Format) -> None:
    document = replace(everywhere("words"), sections=SHAPES[shape])
    said = said_in(drawn(document, kind), kind)
    for section in SHAPES[shape]:
        for block in section.blocks:
            if isinstance(block, Table):
                last = [squeezed(cell.text) for cell in block.rows[-1].cells]
                assert [text for text in last if text not in said] == []


def test_a_long_word_does_not_run_off_the_paper() -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf.render(everywhere(LONG_WORD))))
    lines = [line for page in reader.pages for line in page.extract_text().splitlines()]
    assert max(map(len, lines)) < 250


@pytest.mark.parametrize("may", ["cell", "answer", "paragraph"])
def test_twenty_thousand_letters_lose_none_on_paper(may: str) -> None:
    blocks: dict[str, Block] = {
        "cell": Table(
            caption="Long",
            columns=(Column("Name"), Column("Words")),
            rows=(Row((Cell("Name"), Cell(LONG_TEXT))),),
        ),
        "answer": ExceptionForm(title="Form", anchor="form", answers=(Answer("Why?", LONG_TEXT),)),
        "paragraph": Paragraph(LONG_TEXT),
    }
    document = Document(
        title="T",
        council="C",
        forum="F",
        cycle="Q",
        sections=(Section(title="S", blocks=(blocks[may],)),),
    )
    found = re.findall(r"word(\d+)", read_pdf(pdf.render(document)).replace("word", " word"))
    assert [int(number) for number in found] == list(range(2_200))


@pytest.mark.parametrize("rows", [1, 30])
def test_cells_of_many_lines_lose_none_on_paper(rows: int) -> None:
    lines = "\n".join(f"Line-{number}." for number in range(90 // rows))
    table = Table(
        caption="Lines",
        columns=(Column("Name"), Column("Lines")),
        rows=tuple(Row((Cell(f"Row {row}"), Cell(lines))) for row in range(rows)),
    )
    document = Document(
        title="T",
        council="C",
        forum="F",
        cycle="Q",
        sections=(Section(title="S", blocks=(table,)),),
    )
    found = read_pdf(pdf.render(document))
    assert found.count(f"Line-{90 // rows - 1}.") == rows


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(), max_size=60))
def test_no_text_whatever_breaks_a_renderer(words: str) -> None:
    document = everywhere(words)
    for kind in Format:
        assert said_in(drawn(document, kind), kind)


def test_characters_that_xml_forbids_are_refused() -> None:
    assert clean("a\x00b\x1bc\ud800d\ufffee\x85f\r\ng\th") == "abcde\nf\ng h"


def test_a_chart_of_hostile_labels_is_drawn() -> None:
    points = tuple(ChartPoint("<b>\x00&\U0001f44d", None) for _ in range(3))
    chart = Chart(title="<i>", alt="", points=points, unit="\x01")
    document = Document(
        title="T",
        council="C",
        forum="F",
        cycle="Q",
        sections=(Section(title="S", blocks=(chart,)),),
    )
    assert "<i>" not in html.render(document)
    assert pdf.render(document).startswith(b"%PDF")
