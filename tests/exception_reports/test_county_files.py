"""Files from outside: what is inside decides, and nothing in them is run."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pikepdf
import pytest

from goldenthread.demo.county_pdf import pdf_of
from goldenthread.exception_reports.county_files import (
    MOST_BYTES,
    checked_file,
    clean_name,
    format_of,
)
from goldenthread.exception_reports.county_formats import CountyFormat, UnfitFileError
from goldenthread.office_files.word_files import MOST_OF_XML, MOST_UNPACKED

PDF = pdf_of(["Admissions have risen (again)."])
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def types(kind: str = WORD, more: str = "") -> bytes:
    override = f'<Override PartName="/word/document.xml" ContentType="{kind}"/>'
    return f"<Types>{override}{more}</Types>".encode()


def link(kind: str, mode: str = "Internal", encoding: str = "utf-8") -> bytes:
    """Write a part's relationships, one of this kind among them."""
    return (
        f'<?xml version="1.0" encoding="{encoding}"?><Relationships><Relationship Id="r1" '
        f'Type="{RELATIONSHIPS}/{kind}" TargetMode="{mode}" Target="http://evil"/></Relationships>'
    ).encode(encoding)


def docx(**parts: bytes) -> bytes:
    """Pack a Word document with these parts too, by names whose slashes are written __."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        whole = {"[Content_Types].xml": types(), "word/document.xml": b"<w/>"}
        for name, content in (whole | {n.replace("__", "/"): c for n, c in parts.items()}).items():
            packed.writestr(name, content)
    return out.getvalue()


def pdf_with(change: Callable[[pikepdf.Pdf], None], **saved: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(PDF)) as pdf:
        change(pdf)
        pdf.save(out, **saved)  # type: ignore[arg-type]
    return out.getvalue()


def with_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def with_launch(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe"))


def with_file(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["run.exe"] = b"MZ"


def with_untyped_file(pdf: pikepdf.Pdf) -> None:
    inside = pikepdf.Dictionary(F=pdf.make_stream(b"MZ"))
    pdf.Root.AF = pikepdf.Array([pikepdf.Dictionary(F="run.exe", EF=inside)])


def with_action(name: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name(name))

    return change


def with_annotation(name: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name(name))])

    return change


def without_pages(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[:]


def test_a_pdf_and_a_word_document_are_told_by_what_is_inside() -> None:
    assert format_of(PDF) is CountyFormat.PDF
    assert format_of(docx()) is CountyFormat.DOCX
    linked = docx(**{"word/_rels/document.xml.rels": link("hyperlink", "External")})
    assert format_of(linked) is CountyFormat.DOCX


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html>%PDF-1.7</html>", "must be a PDF or a Word document"),
        (b"MZ\x90", "must be a PDF or a Word document"),
        (b"%PDF-1.7\nnothing more", "cannot be read"),
        (b"PK\x03\x04 and no more", "cannot be read"),
        (docx()[:-40], "cannot be read"),
        (pdf_with(with_script), "holds a script"),
        (pdf_with(with_launch), "holds a script"),
        (pdf_with(with_file), "holds a script or a file"),
        (pdf_with(with_untyped_file), "holds a script or a file"),
        *(
            (pdf_with(with_action(name)), "holds a script")
            for name in ("/SubmitForm", "/GoToR", "/Rendition")
        ),
        *(
            (pdf_with(with_annotation(name)), "holds a script")
            for name in ("/FileAttachment", "/RichMedia")
        ),
        (pdf_with(without_pages), "has no pages"),
        (pdf_with(lambda pdf: None, encryption=pikepdf.Encryption(owner="a", user="b")), "locked"),
        (pdf_with(lambda pdf: None, encryption=pikepdf.Encryption(owner="a", user="")), "locked"),
        (docx(word__vbaProject_bin=b"", **{"word/vbaProject.bin": b"macro"}), "macros"),
        (docx(**{"word/activeX/activeX1.xml": b""}), "macros or programs"),
        (docx(**{"word/embeddings/oleObject1.bin": b""}), "macros or programs"),
        (docx(**{"../../etc/passwd": b""}), "cannot be read"),
        (docx(**{"[Content_Types].xml": b"<!DOCTYPE x>" + types()}), "cannot be read"),
        (docx(**{"[Content_Types].xml": types(f"{WORD}.macroEnabled")}), "macros or a template"),
        (docx(**{"[Content_Types].xml": types("a spreadsheet")}), "must be a PDF or a Word"),
        (
            docx(
                **{
                    "[Content_Types].xml": types(
                        more=" " * MOST_OF_XML + '<Default ContentType="macroEnabled"/>'
                    )
                }
            ),
            "too big once unpacked",
        ),
        *(
            (docx(**{"word/_rels/settings.xml.rels": link(kind)}), "macros or a template")
            for kind in ("attachedTemplate", "oleObject", "package", "control", "aFChunk")
        ),
        (docx(**{"word/_rels/x.rels": link("image", "External")}), "fetches something"),
        (docx(**{"a/_rels/x.RELS": link("control", encoding="utf-16")}), "macros or a template"),
        (docx(**{"word/_rels/x.rels": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}), "cannot be read"),
        (docx(**{"word/Embeddings/a.docx": b""}), "macros or programs"),
        (docx(**{"word/media/big": b"0" * (MOST_UNPACKED + 1)}), "too big once unpacked"),
        (docx(**{f"word/{n}.xml": b"" for n in range(2001)}), "too big once unpacked"),
    ],
    ids=lambda value: value if isinstance(value, str) else "a file",
)
def test_what_could_do_harm_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(UnfitFileError, match=words):
        format_of(content)


def test_a_file_is_looked_at_in_a_process_of_its_own() -> None:
    file = checked_file("C:\\reports\\..\\NI 39 (final).docx.exe", PDF)

    assert (file.format, file.content) == (CountyFormat.PDF, PDF)
    assert file.name == "NI 39 final .docx.pdf"
    assert len(file.sha256) == 64


def test_its_refusal_comes_back_in_words() -> None:
    with pytest.raises(UnfitFileError, match="holds a script"):
        checked_file("report.pdf", pdf_with(with_script))


@pytest.mark.parametrize(
    ("content", "words"), [(b"", "is empty"), (b"0" * (MOST_BYTES + 1), "10 MB or smaller")]
)
def test_nothing_and_too_much_are_refused_at_once(content: bytes, words: str) -> None:
    with pytest.raises(UnfitFileError, match=words):
        checked_file("report.pdf", content)


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ('"><script>.pdf', "script.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
        ("/etc/passwd", "passwd.pdf"),
        ("....", "county-report.pdf"),
        ("\u202efdp.exe", "fdp.pdf"),
        ("x" * 300, f"{'x' * 100}.pdf"),
    ],
)
def test_a_name_is_made_harmless(name: str, cleaned: str) -> None:
    assert clean_name(name, CountyFormat.PDF) == cleaned
