from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdf
import pytest
from pdfua import validate

from goldenthread.documents.renderers import pdf, pdf_typesetting, pdf_view
from goldenthread.documents.renderers.pdf_links import address_of
from goldenthread.documents.renderers.pdf_tags import TagError, finish
from goldenthread.documents.renderers.pdf_typesetting import PdfError
from goldenthread.documents.tree import (
    BulletList,
    Cell,
    Chart,
    Column,
    Document,
    ExceptionForm,
    Heading,
    Notice,
    Paragraph,
    RatingCounts,
    Row,
    Table,
)
from tests.documents.samples import one, paper


@pytest.fixture(scope="module")
def content() -> bytes:
    return pdf.render(paper(plans=1, items=4, reports=2))


@pytest.fixture(scope="module")
def file(content: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(content)) as opened:
        yield opened


def elements(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    if isinstance(element, pikepdf.Array):
        for kid in element:
            yield from elements(kid)
    elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
        yield element
        if "/K" in element:
            yield from elements(element.K)


def tagged(file: pikepdf.Pdf, name: str) -> list[pikepdf.Object]:
    return [found for found in elements(file.Root.StructTreeRoot.K) if name == found.S]


def attribute(cell: pikepdf.Object, name: str) -> object:
    return next((part[name] for part in cell.get("/A", []) if name in part), None)


def words(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return "\n".join(page.extract_text() for page in pages).replace("\xad\n", "")


def test_the_file_says_its_language_and_title(file: pikepdf.Pdf) -> None:
    assert str(file.Root.Lang) == "en-GB"
    assert str(file.docinfo["/Title"]) == "Priority Delivery Plans: quarter 1 of 2009/10"
    assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
    assert "/Outlines" in file.Root
    with file.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_every_picture_is_said_in_words(file: pikepdf.Pdf) -> None:
    figures = tagged(file, "/Figure")
    assert len(figures) == 5
    assert all(str(figure.Alt) for figure in figures)


def test_every_header_says_what_it_heads(file: pikepdf.Pdf) -> None:
    scopes = [attribute(cell, "/Scope") for cell in tagged(file, "/TH")]
    assert {str(scope) for scope in scopes} == {"/Row", "/Column"}
    assert scopes.count("/Row") > 20


def test_a_figure_names_its_column_and_its_row(file: pikepdf.Pdf) -> None:
    ids = pikepdf.NameTree(file.Root.StructTreeRoot.IDTree)
    rows = [row for row in tagged(file, "/TR") if row.K[0].S == "/TH" and row.K[-1].S == "/TD"]
    headers = attribute(rows[-1].K[-1], "/Headers")
    assert isinstance(headers, pikepdf.Array)
    assert attribute(ids[str(headers[-1])], "/Scope") == "/Row"


def test_the_words_come_in_reading_order(content: bytes) -> None:
    text = " ".join(words(content).split())
    order = [
        "Cannock Chase District Council",
        "Contents",
        "One action in six is behind",
        "Free swimming for under-17s",
        "Reported monthly",
        "Museum visits are above the path",
        "Why is it red or amber?",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_ratings_are_words_on_paper_too(content: bytes) -> None:
    text = " ".join(words(content).split())
    assert "Amber" in text
    assert "worse: was Green" in text
    assert "See CYPF exception report 1 (page" in text


def test_pages_are_numbered_and_each_exception_report_has_one(content: bytes) -> None:
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    assert f"Page 2 of {len(pages)}" in pages[1]
    for number in (1, 2):
        title = f"CYPF exception report {number}"
        page = next(text for text in pages[2:] if title in text and "Officer responsible" in text)
        assert "Back to the item in its table" in page


def test_wide_tables_lie_and_words_stand(content: bytes) -> None:
    boxes = [page.mediabox for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    assert {box.width > box.height for box in boxes} == {True, False}
    assert boxes[0].height > boxes[0].width


def test_the_same_document_is_the_same_file(content: bytes) -> None:
    assert pdf.render(paper(plans=1, items=4, reports=2)) == content
    assert pdf.render(paper(), timestamp=1_252_368_000) == pdf.render(
        paper(), timestamp=1_252_368_000
    )


def test_a_timestamp_dates_the_file() -> None:
    dated = pypdf.PdfReader(io.BytesIO(pdf.render(one(), timestamp=1_252_368_000)))
    assert dated.metadata is not None
    assert dated.metadata.creation_date is not None
    assert dated.metadata.creation_date.isoformat().startswith("2009-09-08")


def test_a_file_made_apart_is_the_same_file(content: bytes) -> None:
    assert pdf.render_apart(paper(plans=1, items=4, reports=2)) == content


def test_a_file_that_takes_too_long_is_refused() -> None:
    with pytest.raises(PdfError, match="not ready after"):
        pdf.render_apart(paper(), timeout=0.01)


def test_what_is_no_document_is_refused_in_words() -> None:
    command = [sys.executable, "-m", pdf_typesetting.__name__]
    done = subprocess.run(command, input=b"[true]\nno view", capture_output=True, check=False)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"JSON" in done.stderr


def test_a_warning_of_the_compiler_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    template = b'#set document(title: "T")\n#set text(font: "No such face")\n#title()'
    monkeypatch.setattr(pdf_typesetting, "_template", lambda: template)
    with pytest.raises(PdfError, match="unknown font family"):
        pdf.render(one())


def test_page_numbers_that_never_settle_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def unsettled(data: str, timestamp: int | None, *, refers_to_pages: bool) -> bytes:
        if refers_to_pages:
            raise pdf_typesetting._UnsettledError
        return compiled(data, timestamp, refers_to_pages=False)

    compiled = pdf_typesetting._compiled_once
    monkeypatch.setattr(pdf_typesetting, "_compiled_once", unsettled)
    text = " ".join(words(pdf.render(paper(items=4))).split())
    assert "See CYPF exception report 1" in text
    assert "(page" not in text


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
    assert pdf.render(one(*empty, title="")).startswith(b"%PDF")
    nothing = Document(title="", council="", forum="", cycle="")
    assert pdf.render(nothing).startswith(b"%PDF")


def test_a_link_beside_words_leads_to_its_heading_and_says_the_page() -> None:
    columns = (Column("Item"), Column("Progress"))
    report = ExceptionForm(title="Why", anchor="pourquoi-é", answers=(), back_reference="item")
    item = Row((Cell("Item"), Cell("Late.", reference="pourquoi-é")), anchor="item")
    content = pdf.render(one(Table(caption="T", columns=columns, rows=(item,)), report))
    reader = pypdf.PdfReader(io.BytesIO(content))
    page, goes_on = (reader.pages[number] for number in (1, 2))
    (link,) = (found.get_object() for found in page.annotations or ())
    assert link["/Dest"][0].get_object() == goes_on.get_object()
    assert link["/Contents"] == "page 3"
    assert "/A" not in link
    assert "See Why" in page.extract_text()
    assert "Why" in goes_on.extract_text()
    with pikepdf.open(io.BytesIO(content)) as file:
        kids = [kid for found in tagged(file, "/Link") for kid in found.K]
        tagged_links = [
            kid.Obj.objgen for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid
        ]
        assert file.pages[1].Annots[0].objgen in tagged_links


def test_a_link_that_leads_nowhere_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_view, "address_of", lambda anchor: address_of("elsewhere"))
    cell = Cell("Late.", reference="evidence")
    with pytest.raises(PdfError, match="elsewhere"):
        pdf.render(one(Table(caption="T", columns=(Column(""),), rows=(Row((cell,)),))))


def test_tables_that_were_not_drawn_are_refused(content: bytes) -> None:
    with pytest.raises(TagError):
        finish(content, [True])


def test_a_heading_too_deep_and_an_empty_title_still_make_a_file() -> None:
    assert "Deep" in words(pdf.render(one(Heading("Deep", level=3), title=" ")))


def test_a_character_that_no_font_has_is_written_out_by_name() -> None:
    text = words(
        pdf.render(one(Paragraph("Well done \U0001f44d \u4e2d \u0645\u0631\u062d\u0628\u0627")))
    )
    assert "Well done [thumbs up sign] [U+4E2D] \u0645\u0631\u062d\u0628\u0627" in text


def test_an_independent_checker_finds_no_fault(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(content)
    assert [finding.message for finding in validate(str(path)).findings] == []
