"""What a paper is written upon: an empty document of our own, or a council's template without its body."""

from __future__ import annotations

import copy
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.numbering import NumberingPart

from goldenthread.documents.renderers.packing import pack

_PARTS = Path(__file__).parent / "parts"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_KEPT_WITH_THE_BODY = {
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.NUMBERING,
    RELATIONSHIP_TYPE.SETTINGS,
    RELATIONSHIP_TYPE.WEB_SETTINGS,
    RELATIONSHIP_TYPE.FONT_TABLE,
    RELATIONSHIP_TYPE.THEME,
    RELATIONSHIP_TYPE.HEADER,
    RELATIONSHIP_TYPE.FOOTER,
}
_KEPT_OF_THE_FILE = {
    RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
    RELATIONSHIP_TYPE.CORE_PROPERTIES,
}
_LIST = "list bullet"


def our_ground() -> WordDocument:
    """Open the empty document that papers are written upon where a council has no template."""
    return docx.Document(BytesIO(_our_file()))


def template_ground(content: bytes) -> WordDocument:
    """Open a template: its styles, header and footer stay, its body goes, and the styles it lacks come."""
    document = docx.Document(BytesIO(content))
    _drop_parts_of_the_body(document)
    _speak_english(document)
    _add_missing_styles(document)
    return document


def missing_styles(content: bytes) -> list[str]:
    """Name the styles of papers that a template has not, and so has from us."""
    held = style_ids(docx.Document(BytesIO(content)))
    ours = our_ground().styles
    return [each.name for each in ours if each.name and _plain(each._element) not in held]


def _plain(style: BaseOxmlElement) -> str:
    return str(style.name_val).lower()


def style_ids(document: WordDocument) -> dict[str, str]:
    """Find the key of every style by its name in lower case, which a translated Word keeps in English."""
    return {
        _plain(style): str(style.styleId)
        for style in document.styles.element.style_lst
        if style.name_val
    }


@cache
def _our_file() -> bytes:
    return pack(
        {
            "[Content_Types].xml": _types().encode(),
            "_rels/.rels": _links(
                (f"{_OFFICE}/officeDocument", "word/document.xml"),
                (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ),
            "word/_rels/document.xml.rels": _links(
                (f"{_OFFICE}/styles", "styles.xml"),
                (f"{_OFFICE}/numbering", "numbering.xml"),
                (f"{_OFFICE}/settings", "settings.xml"),
            ),
            "docProps/core.xml": (_PARTS / "core.xml").read_bytes(),
            **{
                f"word/{name}.xml": (_PARTS / f"{name}.xml").read_bytes()
                for name in ("document", "styles", "numbering", "settings")
            },
        }
    )


def _types() -> str:
    parts = {
        "/word/document.xml": f"{_WORD}.document.main+xml",
        "/word/styles.xml": f"{_WORD}.styles+xml",
        "/word/numbering.xml": f"{_WORD}.numbering+xml",
        "/word/settings.xml": f"{_WORD}.settings+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    named = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items()
    )
    links = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="{links}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{named}</Types>'
    )


def _links(*targets: tuple[str, str]) -> bytes:
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'.encode()


def _drop_parts_of_the_body(document: WordDocument) -> None:
    """Let go of pictures, charts, notes and whatever else only the template's body showed."""
    for rels, kept in (
        (document.part.rels, _KEPT_WITH_THE_BODY),
        (document.part.package.rels, _KEPT_OF_THE_FILE),
    ):
        for key in [key for key, rel in rels.items() if rel.reltype not in kept]:
            del rels[key]


def _speak_english(document: WordDocument) -> None:
    styles = document.styles.element
    defaults = styles.find(qn("w:docDefaults"))
    if defaults is None:
        defaults = _made(styles, "w:docDefaults", at=0)
    said = _child(_child(defaults, "w:rPrDefault", at=0), "w:rPr")
    _child(said, "w:lang").set(qn("w:val"), "en-GB")


def _child(parent: BaseOxmlElement, name: str, *, at: int | None = None) -> BaseOxmlElement:
    found: BaseOxmlElement | None = parent.find(qn(name))
    return found if found is not None else _made(parent, name, at=at)


def _made(parent: BaseOxmlElement, name: str, *, at: int | None) -> BaseOxmlElement:
    made: BaseOxmlElement = parent.makeelement(qn(name))
    parent.insert(len(parent) if at is None else at, made)
    return made


def _add_missing_styles(document: WordDocument) -> None:
    held = style_ids(document)
    ours = our_ground().styles.element.style_lst
    missing = [style for style in ours if _plain(style) not in held]
    names = {style.styleId: _plain(style) for style in ours}
    taken = set(held.values())
    keys = {name: held.get(name) or _free(key, taken) for key, name in names.items()}
    for style in missing:
        document.styles.element.append(_translated(style, names, keys))
    if any(_plain(style) == _LIST for style in missing):
        _add_bullets(document, keys[_LIST])


def _free(key: str, taken: set[str]) -> str:
    return f"Paper{key}" if key in taken else key


def _translated(
    style: BaseOxmlElement, names: dict[str, str], keys: dict[str, str]
) -> BaseOxmlElement:
    """Copy a style of ours so that what it builds upon is the template's style of the same name."""
    copied = copy.deepcopy(style)
    copied.set(qn("w:styleId"), keys[names[style.styleId]])
    copied.attrib.pop(qn("w:default"), None)
    for name in ("w:basedOn", "w:next"):
        found = copied.find(qn(name))
        if found is not None:
            found.set(qn("w:val"), keys[names[found.get(qn("w:val"))]])
    return copied


def _add_bullets(document: WordDocument, style: str) -> None:
    """Give the bullets of our list style to a template that has none."""
    ours = parse_xml((_PARTS / "numbering.xml").read_bytes())
    how, number = ours[0], ours[1]
    how[1].find(qn("w:pStyle")).set(qn("w:val"), style)
    held = _numbering(document)
    kinds, numbers = held.findall(qn("w:abstractNum")), held.findall(qn("w:num"))
    how_key = _next_key(kinds, "w:abstractNumId")
    number_key = _next_key(numbers, "w:numId")
    how.set(qn("w:abstractNumId"), how_key)
    number.set(qn("w:numId"), number_key)
    number[0].set(qn("w:val"), how_key)
    held.insert(len(kinds), how)
    held.insert(len(kinds) + 1 + len(numbers), number)
    listed = document.styles.element.get_by_id(style)
    listed.find(f".//{qn('w:numId')}").set(qn("w:val"), number_key)


def _next_key(elements: list[BaseOxmlElement], attribute: str) -> str:
    return str(1 + max((int(each.get(qn(attribute))) for each in elements), default=0))


def _numbering(document: WordDocument) -> BaseOxmlElement:
    for rel in document.part.rels.values():
        if rel.reltype == RELATIONSHIP_TYPE.NUMBERING:
            held: BaseOxmlElement = rel.target_part.element
            return held
    empty = b'<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    part = NumberingPart(
        PackURI("/word/numbering.xml"),
        CONTENT_TYPE.WML_NUMBERING,
        parse_xml(empty),
        document.part.package,
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    added: BaseOxmlElement = part.element
    return added
