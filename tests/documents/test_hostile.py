from __future__ import annotations

import io
import re

import html5lib
import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread.documents.renderers import html, pdf, text
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

LONG_WORD = "Llanfair" * 38
LONG_TEXT = " ".join(f"word{number}" for number in range(2_200))
HOSTILE = [
    "<script>alert('x')</script> & <b>bold</b> &amp;",
    '#panic("no") #read("paper.typ") $x^2$ *bold* _it_ @ref <label> // not a comment /* nor this',
    "{{ 7 * 7 }} {% raw %} ${7*7} %s {0}",
    "=1+1",
    "+1 -1 @SUM(A1) = heading",
    "\"quoted\" 'single' \\backslash \\u{41} `code`",
    LONG_WORD,
    LONG_TEXT,
    "\u0141\u00f3d\u017a, \u00a3, \u2019, \u2013, \u2026 \u0416 \u03b1 \u0645\u0631\u062d\u0628\u0627",
]
SHORT = [words for words in HOSTILE if words is not LONG_TEXT]


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


def squeezed(words: str) -> str:
    return re.sub(r"[\s\u00ad]+", "", words)


def read_pdf(content: bytes) -> str:
    pages = []
    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        lines = page.extract_text().splitlines()
        pages += [line for line in lines if not re.search(r"Page \d+ of \d+", line)]
    return squeezed("\n".join(pages))


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_stand_whole_in_plain_text(words: str) -> None:
    assert squeezed(text.render(everywhere(words))).count(squeezed(words)) >= 9


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_stand_whole_in_html(words: str) -> None:
    tree = html5lib.HTMLParser(strict=True).parse(html.render(everywhere(words)))
    assert squeezed("".join(tree.itertext())).count(squeezed(words)) >= 9


@pytest.mark.parametrize("words", SHORT, ids=range(len(SHORT)))
def test_hostile_words_stand_whole_in_a_pdf(words: str) -> None:
    assert read_pdf(pdf.render(everywhere(words))).count(squeezed(words)) >= 9


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


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(), max_size=60))
def test_no_text_whatever_breaks_a_renderer(words: str) -> None:
    document = everywhere(words)
    text.render(document).encode()
    html5lib.HTMLParser(strict=True).parse(html.render(document))
    assert pdf.render(document).startswith(b"%PDF")


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
