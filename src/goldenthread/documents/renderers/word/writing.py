"""A document as a Word document that a committee's clerk can edit and paste from."""

from __future__ import annotations

from io import BytesIO
from itertools import groupby

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.parts.image import ImagePart

from goldenthread.documents.renderers.columns import with_fitted_columns
from goldenthread.documents.renderers.packing import packed_alike
from goldenthread.documents.renderers.ready import make_ready
from goldenthread.documents.renderers.word import markup
from goldenthread.documents.renderers.word.blocks import facts_markup, section_markup
from goldenthread.documents.renderers.word.ground import our_ground, style_ids, template_ground
from goldenthread.documents.renderers.word.markup import Xml, joined, run
from goldenthread.documents.renderers.word.pages import Layout, lay_out
from goldenthread.documents.renderers.word.pen import Pen
from goldenthread.documents.renderers.word.pictures import Picture, pictures_of
from goldenthread.documents.tree import Document, Heading, Orientation, Section

LANGUAGE = "en-GB"
_HEADS_AND_FEET = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)


def render(document: Document, *, template: bytes | None = None) -> bytes:
    """Write a document as DOCX, upon a template if there is one: the same bytes for the same of both."""
    ready = with_fitted_columns(make_ready(document))
    sound = ready.document
    ground = our_ground() if template is None else template_ground(template)
    styles = style_ids(ground)
    head = sound.running_head or f"{sound.forum}, {sound.cycle}".strip(", ")
    layout = lay_out(ground, is_ours=template is None, head=head, style=styles["header"])
    pen = Pen(ready=ready, styles=styles, pictures=_added(ground, pictures_of(sound)))
    _fill(ground, _body(pen, sound, layout))
    _describe(ground, sound)
    written = BytesIO()
    ground.save(written)
    return packed_alike(written.getvalue(), language=LANGUAGE)


def _added(ground: WordDocument, pictures: dict[str, Picture]) -> dict[str, tuple[str, Picture]]:
    """Add pictures to the file; each is found by its SVG with the key by which it is shown."""
    added = {}
    for number, (svg, picture) in enumerate(pictures.items(), start=1):
        name = PackURI(f"/word/media/paper{number}.png")
        part = ImagePart(name, "image/png", picture.content, None)
        added[svg] = (ground.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE), picture)
    return added


def _fill(ground: WordDocument, body: Xml) -> None:
    element = ground.element
    names = nsdecls("w", "r", "wp", "a", "pic")
    element.replace(element.body, parse_xml(f"<w:body {names}>{body}</w:body>"))
    rels = ground.part.rels
    for key in [key for key, rel in rels.items() if rel.reltype in _HEADS_AND_FEET]:
        if f'r:id="{key}"' not in body:
            del rels[key]


def _describe(ground: WordDocument, document: Document) -> None:
    said = ground.core_properties
    said.title = document.title[:255]
    said.author = document.council[:255]
    said.subject = f"{document.forum}, {document.cycle}".strip(", ")[:255]
    said.last_modified_by = ""
    said.language = LANGUAGE
    said.revision = 1


def _body(pen: Pen, document: Document, layout: Layout) -> Xml:
    """Write the cover, and then each run of sections that lie the same way round."""
    runs = [
        (orientation, list(sections))
        for orientation, sections in groupby(document.sections, key=lambda each: each.orientation)
    ]
    parts = [_cover(pen, document, layout)]
    ends = [layout.section(Orientation.PORTRAIT, is_cover=True)]
    for orientation, sections in runs:
        parts.append(_run(pen, sections, layout))
        ends.append(layout.section(orientation))
    closed = [
        joined(part, pen.paragraph("Paper section end", rules=end))
        for part, end in zip(parts[:-1], ends[:-1], strict=True)
    ]
    return joined(*closed, parts[-1], ends[-1])


def _run(pen: Pen, sections: list[Section], layout: Layout) -> Xml:
    return joined(
        *(
            section_markup(pen, section, layout, starts_page=section.starts_page and place > 0)
            for place, section in enumerate(sections)
        )
    )


def _cover(pen: Pen, document: Document, layout: Layout) -> Xml:
    heads = [head for head in (document.forum, document.cycle) if head]
    width = layout.pages[Orientation.PORTRAIT].width
    return joined(
        pen.paragraph("Subtitle", markup.bold(document.council)) if document.council else "",
        pen.paragraph("Title", run(document.title)),
        *(pen.paragraph("Subtitle", run(head)) for head in heads),
        pen.paragraph("Paper note"),
        facts_markup(pen, document.facts, width, title="About this paper"),
        _contents(pen, document),
    )


def _contents(pen: Pen, document: Document) -> Xml:
    """Write a field of contents, filled in with links; a word processor can add the pages to it."""
    entries = [
        (level, anchor, title)
        for section in document.sections
        for level, anchor, title in _titles(section)
    ]
    if not entries:
        return Xml("")
    lines = [
        pen.paragraph(
            f"toc {level}",
            markup.field_start('TOC \\o "1-2" \\h \\z') if place == 0 else "",
            pen.link(anchor, title),
            markup.FIELD_END if place == len(entries) - 1 else "",
        )
        for place, (level, anchor, title) in enumerate(entries)
    ]
    return joined(pen.paragraph("TOC Heading", run("Contents")), *lines)


def _titles(section: Section) -> list[tuple[int, str, str]]:
    headings = [
        (2, block.anchor, block.text)
        for block in section.blocks
        if isinstance(block, Heading) and block.level == 2
    ]
    return [(1, section.anchor, section.title), *headings]
