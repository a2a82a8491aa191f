"""Office files packed so that the same content is the same bytes, whenever it is written."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape

_CORE = "docProps/core.xml"
_DATED = re.compile(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>", re.DOTALL)
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def packed_alike(content: bytes, *, language: str) -> bytes:
    """Pack an office file again without a date, and say in its properties what language it speaks."""
    with zipfile.ZipFile(BytesIO(content)) as source:
        parts = {entry.filename: source.read(entry) for entry in source.infolist()}
    if _CORE in parts:
        parts[_CORE] = _told(parts[_CORE], language)
    return pack(parts)


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Pack parts into a zip whose bytes follow from them alone."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, part)
    return packed.getvalue()


def _told(core: bytes, language: str) -> bytes:
    undated = _DATED.sub(b"", core)
    if b"<dc:language>" in undated:
        return undated
    said = f"<dc:language>{escape(language)}</dc:language></cp:coreProperties>"
    return undated.replace(b"</cp:coreProperties>", said.encode())
