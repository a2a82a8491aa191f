"""A council's own Word document as a template: whether papers can be written on it, and what it holds.

Only its styles, its header and its footer are used; its body is left out. It comes from somebody's
computer and goes into every paper, so nothing in it may run, fetch or carry anything.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from goldenthread.documents.renderers.word import writing
from goldenthread.documents.renderers.word.ground import missing_styles, template_ground
from goldenthread.documents.tree import (
    BulletList,
    Cell,
    Column,
    Document,
    Heading,
    Orientation,
    Paragraph,
    Row,
    Section,
    Table,
)
from goldenthread.domain.plain_text import one_line
from goldenthread.office_files.limits import UnreadableWorkbookError
from goldenthread.office_files.scanning import elements_of
from goldenthread.office_files.word_files import UnfitWordFileError, WordFault, check_word_file

MEGABYTE = 1024 * 1024
MOST_BYTES = 5 * MEGABYTE
MOST_UNPACKED = 30 * MEGABYTE
MOST_OF_A_PART = 5 * MEGABYTE
_SAVE_AGAIN = "Open it in Word, save it as a Word document (.docx), and upload that"
_HEADS_AND_FEET = re.compile(r"word/(?:header|footer)[^/]*\.xml", re.IGNORECASE)
_LIVE_FIELD = re.compile(
    r"\b(DDE(AUTO)?|INCLUDE(TEXT|PICTURE)?|IMPORT|LINK|EMBED|MACROBUTTON|DATABASE|RD)\b",
    re.IGNORECASE,
)
_FAULTS = {
    WordFault.NOT_WORD: f"The file must be a Word document (.docx). {_SAVE_AGAIN}",
    WordFault.BROKEN: f"The file cannot be read. {_SAVE_AGAIN}",
    WordFault.LOCKED: "The file must not be locked with a password",
    WordFault.TOO_BIG: "The document is too big once unpacked. Use smaller pictures in it",
    WordFault.RUNS: "The document holds a macro, a program or another file. Take it out, and upload it again",
    WordFault.FETCHES: (
        "The document holds macros, names another template, or fetches something from elsewhere. "
        "Take that out, save it as a Word document (.docx), and upload it again"
    ),
}
_PAPERS = {(595, 842): "A4", (842, 1191): "A3", (612, 792): "US Letter"}


class UnfitTemplateError(Exception):
    """A file that no paper can be written on; the words say why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateFacts:
    """What a template brings to papers: the words of its header and footer, and the styles it has not."""

    paper: str
    head: str
    foot: str
    pictures: int
    lacks: tuple[str, ...]


def check_template(content: bytes) -> None:
    """Make sure that papers can be written on a file, by writing one.

    :raises UnfitTemplateError: if it is too big, of another kind, damaged, or holds what can run
    """
    if not content:
        raise UnfitTemplateError("The file is empty. Choose another")
    if len(content) > MOST_BYTES:
        raise UnfitTemplateError("The file must be 5 MB or smaller")
    try:
        check_word_file(content, most_unpacked=MOST_UNPACKED)
        _check_markup(content)
    except UnfitWordFileError as error:
        raise UnfitTemplateError(_FAULTS[error.fault]) from error
    try:
        writing.render(_TRIAL, template=content)
    except Exception as error:
        # Whatever else is amiss in a stranger's file, the trial has found it before any paper does.
        raise UnfitTemplateError(_FAULTS[WordFault.BROKEN]) from error


def template_facts(content: bytes) -> TemplateFacts:
    """Say what a template that was checked brings to papers."""
    document = template_ground(content)
    section = document.sections[-1]
    heads = [section.header, section.first_page_header]
    feet = [section.footer, section.first_page_footer]
    size = sorted(round(side.pt) for side in (section.page_width, section.page_height) if side)
    return TemplateFacts(
        paper=_PAPERS.get((size[0], size[1]), "Another size") if len(size) == 2 else "A4",
        head=_words(head._element for head in heads if not head.is_linked_to_previous),
        foot=_words(foot._element for foot in feet if not foot.is_linked_to_previous),
        pictures=_pictures(document),
        lacks=tuple(missing_styles(content)),
    )


def _words(elements: Iterable[object]) -> str:
    texts = (each.text or "" for element in elements for each in element.iter(qn("w:t")))  # type: ignore[attr-defined]
    return one_line(" ".join(texts), at_most=300)


def _pictures(document: WordDocument) -> int:
    parts = [rel.target_part for rel in document.part.rels.values() if not rel.is_external]
    return sum(rel.reltype.endswith("/image") for part in parts for rel in part.rels.values())


def _check_markup(content: bytes) -> None:
    """Read every part of markup by a parser that knows no entities, and the fields of heads and feet.

    :raises UnfitWordFileError: if one is damaged or too big, or a field fetches or runs something
    """
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for part in packed.infolist():
            if not part.filename.lower().endswith((".xml", ".rels")):
                continue
            if part.file_size > MOST_OF_A_PART:
                raise UnfitWordFileError(WordFault.TOO_BIG)
            fields = _fields(packed.read(part))
            if _HEADS_AND_FEET.fullmatch(part.filename) and _LIVE_FIELD.search(fields):
                raise UnfitWordFileError(WordFault.FETCHES)


def _fields(content: bytes) -> str:
    """Return what the fields of a part ask for; one may be cut up between several elements."""
    asked: list[str] = []
    is_field = False

    def start(name: str, said: Mapping[str, str]) -> None:
        nonlocal is_field
        is_field = name == "instrText"
        asked.append(f" {said.get('instr', '')} " if name == "fldSimple" else "")

    def text(words: str) -> None:
        asked.append(words if is_field else "")

    try:
        elements_of(content, start, text)
    except UnreadableWorkbookError as error:
        raise UnfitWordFileError(WordFault.BROKEN) from error
    return "".join(asked)


_TRIAL = Document(
    title="A trial",
    council="A council",
    forum="A forum",
    cycle="A quarter",
    sections=(
        Section(
            title="Upright",
            blocks=(
                Heading("A heading"),
                Heading("Another", level=3),
                Paragraph("Words."),
                BulletList(("An item",)),
            ),
        ),
        Section(
            title="Lying",
            orientation=Orientation.LANDSCAPE,
            blocks=(Table(caption="A table", columns=(Column("A"),), rows=(Row((Cell("a"),)),)),),
        ),
    ),
)
