from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from PIL import Image

from goldenthread.documents.formats import Format
from goldenthread.documents.rendering import render
from goldenthread.documents.withholding import NOT_FOR_PUBLICATION
from goldenthread.documents.word_templates import (
    MOST_BYTES,
    UnfitTemplateError,
    check_template,
    template_facts,
)
from tests.documents.samples import paper
from tests.documents.templates import OFFICE, changed, saved, template, with_part

PLAIN = template()


def written_on(content: bytes) -> WordDocument:
    check_template(content)
    return docx.Document(io.BytesIO(render(paper(), Format.DOCX, template=content)))


def test_a_paper_takes_the_styles_of_its_template_and_keeps_its_own_structure() -> None:
    file = written_on(PLAIN)
    headings = [
        each for each in file.paragraphs if str(each.style and each.style.name) == "Heading 1"
    ]
    first = headings[0]
    assert first.text == "Where we are"
    assert first.style is not None
    assert str(first.style.font.color.rgb) == "800020"
    assert not any("no paper repeats" in each.text for each in file.paragraphs)


def test_a_paper_keeps_the_header_and_footer_and_adds_its_running_head() -> None:
    file = written_on(PLAIN)
    cover, other = file.sections[0], file.sections[1]
    assert other.header.paragraphs[0].text.startswith("Ashby Borough Council")
    assert other.header.paragraphs[-1].text.startswith(
        "Scrutiny Committee: quarter 1 of 2009/10\tPage"
    )
    assert other.footer.paragraphs[0].text == "Committee papers"
    assert [each.text for each in cover.first_page_header.paragraphs] == ["Ashby Borough Council"]
    assert cover.first_page_footer.paragraphs[0].text == "Committee papers"
    assert cover.first_page_header._element.find(f".//{qn('w:drawing')}") is not None
    assert other.header._element.find(f".//{qn('w:drawing')}") is not None


def test_what_is_not_for_publication_says_so_on_the_first_page_too() -> None:
    marking = f"{NOT_FOR_PUBLICATION} (paragraph 3): Scrutiny Committee"
    exempt = replace(paper(), running_head=marking)
    file = docx.Document(io.BytesIO(render(exempt, Format.DOCX, template=PLAIN)))
    head = [each.text for each in file.sections[0].first_page_header.paragraphs]
    assert head == ["Ashby Borough Council", marking]


def test_a_template_that_numbers_its_pages_is_not_numbered_twice() -> None:
    def number(document: WordDocument) -> None:
        run = document.sections[0].footer.paragraphs[0].add_run()
        run._r.append(parse_xml(
            '<w:instrText xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"> PAGE </w:instrText>'
        ))  # fmt: skip

    file = written_on(template(number))
    assert file.sections[1].header.paragraphs[-1].text == "Scrutiny Committee: quarter 1 of 2009/10"


def test_other_headers_of_first_and_even_pages_stay() -> None:
    def differ(document: WordDocument) -> None:
        section = document.sections[0]
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].text = "The first page"
        document.settings.odd_and_even_pages_header_footer = True
        section.even_page_header.paragraphs[0].text = "An even page"

    file = written_on(template(differ))
    assert file.sections[0].first_page_header.paragraphs[0].text == "The first page"
    even = [each.text for each in file.sections[1].even_page_header.paragraphs]
    assert even[0] == "An even page"
    assert even[1].startswith("Scrutiny Committee")


def test_the_pages_keep_the_paper_and_the_margins_of_the_template() -> None:
    file = written_on(PLAIN)
    assert {
        round(section.left_margin.cm, 1) for section in file.sections if section.left_margin
    } == {3, 2}
    widths = [round(section.page_width.cm, 1) for section in file.sections if section.page_width]
    assert widths == [21, 21, 29.7, 21]


def test_a_template_without_our_styles_or_bullets_gets_them() -> None:
    def strip(document: WordDocument) -> None:
        for name in ("List Bullet", "Caption", "Heading 3", "Title"):
            document.styles[name].delete()

    content = template(strip)
    assert {"List Bullet", "heading 3", "Title", "caption"} <= {
        name if name in ("List Bullet", "Title") else name.lower()
        for name in template_facts(content).lacks
    }
    file = written_on(content)
    bullet = next(each for each in file.paragraphs if each.text.startswith("Museum visits rose"))
    assert bullet.style is not None
    assert bullet.style.name == "List Bullet"
    number = bullet.style.element.find(f".//{qn('w:numId')}").get(qn("w:val"))
    numbers = file.part.numbering_part.element.findall(qn("w:num"))
    assert number in [each.get(qn("w:numId")) for each in numbers]


def test_a_paper_as_a_template_is_taken_too() -> None:
    file = written_on(render(paper(), Format.DOCX))
    assert file.sections[1].header.paragraphs[-1].text.startswith("Scrutiny Committee")


def test_a_template_that_speaks_american_is_told_to_speak_british() -> None:
    defaults = written_on(PLAIN).styles.element.find(qn("w:docDefaults"))
    assert [each.get(qn("w:val")) for each in defaults.iter(qn("w:lang"))] == ["en-GB"]


def test_its_own_style_of_our_name_is_used() -> None:
    def add(document: WordDocument) -> None:
        document.styles.add_style("Paper notice", WD_STYLE_TYPE.PARAGRAPH).font.bold = True

    file = written_on(template(add))
    notice = next(
        each for each in file.paragraphs if each.text == "Two returns have not come in yet."
    )
    assert notice.style is not None
    assert notice.style.font.bold


def test_nothing_of_the_templates_body_is_carried_along() -> None:
    def fill(document: WordDocument) -> None:
        document.add_picture(io.BytesIO(_picture()))
        document.core_properties.author = "J. Secret"

    with zipfile.ZipFile(io.BytesIO(render(paper(), Format.DOCX, template=template(fill)))) as file:
        everything = b"".join(file.read(name) for name in file.namelist())
        assert b"J. Secret" not in everything
        assert _picture() not in everything


def _picture() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (9, 9), "#123456").save(drawn, "PNG")
    return drawn.getvalue()


def test_the_same_paper_on_the_same_template_is_the_same_file() -> None:
    assert render(paper(), Format.DOCX, template=PLAIN) == render(
        paper(), Format.DOCX, template=PLAIN
    )


def test_the_page_is_told_what_a_template_holds() -> None:
    facts = template_facts(PLAIN)
    assert (facts.paper, facts.head, facts.foot) == (
        "A4",
        "Ashby Borough Council",
        "Committee papers",
    )
    assert facts.pictures == 1
    assert "Paper table" in facts.lacks
    assert "Heading 1" not in facts.lacks


def link(kind: str, target: str) -> Callable[[bytes], bytes]:
    said = (
        f'<Relationship Id="rId99" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
    )
    return lambda part: part.replace(b"</Relationships>", said.encode() + b"</Relationships>")


def asks(instruction: str) -> bytes:
    def add(document: WordDocument) -> None:
        marks = "".join(f"<w:instrText>{piece}</w:instrText>" for piece in instruction.split("|"))
        document.sections[0].header.paragraphs[0]._p.append(
            parse_xml(
                '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
                f"{marks}</w:r>"
            )
        )

    return template(add)


DTD = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
HOSTILE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "is empty"),
    "words": (b"Dear clerk", "cannot be read"),
    "too many bytes": (b"PK\x03\x04" + b"0" * MOST_BYTES, "5 MB or smaller"),
    "half a file": (PLAIN[: len(PLAIN) // 2], "cannot be read"),
    "a macro": (with_part(PLAIN, "word/vbaProject.bin", b"x"), "a macro, a program or another file"),
    "a program": (with_part(PLAIN, "word/embeddings/a.bin", b"x"), "a macro, a program"),
    "a docm": (
        changed(PLAIN, _xml=lambda part: part.replace(
            b"officedocument.wordprocessingml.document.main+xml", b"ms-word.document.macroEnabled.main+xml"
        )),
        "holds macros",
    ),
    "a dotx": (
        changed(PLAIN, _xml=lambda part: part.replace(b"document.main+xml", b"template.main+xml")),
        "must be a Word document",
    ),
    "a template from elsewhere": (
        changed(PLAIN, document_xml_rels=link("attachedTemplate", "http://elsewhere.example/a.dotm")),
        "names another template",
    ),
    "a picture from elsewhere": (
        changed(PLAIN, document_xml_rels=link("image", "http://elsewhere.example/a.png")),
        "fetches something",
    ),
    "a field that runs": (asks("DDEAUTO c:\\\\cmd.exe"), "fetches something"),
    "a field that runs, cut up": (asks("DDE|AUTO c:\\\\cmd.exe"), "fetches something"),
    "entities in the styles": (
        changed(PLAIN, styles_xml=lambda part: part.replace(b"<w:styles", DTD + b"<w:styles", 1)),
        "cannot be read",
    ),
    "a bomb": (with_part(PLAIN, "word/media/a.png", b"0" * (31 * 1024 * 1024)), "too big once unpacked"),
    "endless styles": (
        changed(PLAIN, styles_xml=lambda part: part + b" " * (6 * 1024 * 1024)),
        "too big once unpacked",
    ),
    "styles that are none": (changed(PLAIN, styles_xml=lambda part: b"<x/>"), "cannot be read"),
    "no document": (saved(docx.Document()).replace(b"word/document.xml", b"word/documend.xml"), "cannot be read|must be a Word"),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_file_that_no_paper_should_be_written_on_is_refused_in_words(kind: str) -> None:
    content, words = HOSTILE[kind]
    with pytest.raises(UnfitTemplateError, match=words):
        check_template(content)
