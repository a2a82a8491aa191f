"""Whether a packed file is a Word document, and one that neither runs, fetches nor carries anything."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from goldenthread.exception_reports.county_formats import CANNOT_BE_READ, UnfitFileError
from goldenthread.office_files.limits import UnreadableWorkbookError
from goldenthread.office_files.scanning import elements_of

MOST_UNPACKED = 100 * 1024 * 1024
MOST_PARTS = 2_000
MOST_OF_XML = 1024 * 1024
_TYPES = "[Content_Types].xml"
_DOCUMENT = "/word/document.xml"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_LIVE_PARTS = re.compile(
    r"(vbaproject|activex|oleobject)|(^|/)embeddings/|\.(exe|dll|js|vbs|hta|bat|cmd|ps1)$"
)
_LIVE_TYPES = ("macroenabled", "vbaproject", "activex", "oleobject")
_LIVE_RELATIONSHIPS = ("attachedtemplate", "oleobject", "package", "control", "afchunk")
_NO_WORD = "The file must be a PDF or a Word document (.docx)"
_TOO_BIG = "The document is too big once unpacked. Save it as a PDF"
_RUNS = "The document holds macros or programs. Save it as a PDF"
_FETCHES = "The document holds macros or a template, or fetches something. Save it as a PDF"


def check_docx(content: bytes) -> None:
    """Look through a packed file by what it says of its parts, never by their endings alone.

    :raises UnfitFileError: if it is no Word document, or damaged, locked, or holds what can run
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _check_parts(packed.infolist())
            _check_types(_elements(packed, packed.getinfo(_TYPES)))
            if "word/document.xml" not in packed.namelist():
                raise UnfitFileError(_NO_WORD)
            for part in packed.infolist():
                if part.filename.lower().endswith(".rels"):
                    _check_relationships(_elements(packed, part))
    except (
        *(zipfile.BadZipFile, KeyError, NotImplementedError, EOFError, OSError),
        *(zlib.error, UnreadableWorkbookError, ValueError),
    ) as error:
        raise UnfitFileError(CANNOT_BE_READ) from error


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise UnfitFileError("The file must not be locked with a password")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise UnfitFileError(_TOO_BIG)
    names = [part.filename.replace("\\", "/").lower() for part in parts]
    is_twice = len(set(names)) < len(names)
    if is_twice or any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise UnfitFileError(CANNOT_BE_READ)
    if any(_LIVE_PARTS.search(name) for name in names):
        raise UnfitFileError(_RUNS)


def _check_types(elements: list[tuple[str, dict[str, str]]]) -> None:
    """Make sure that the document's own part is a Word document's, and no part one that can run."""
    types = [(said.get("PartName"), said.get("ContentType", "")) for _, said in elements]
    if any(word in each.lower() for _, each in types for word in _LIVE_TYPES):
        raise UnfitFileError(_FETCHES)
    if (_DOCUMENT, _WORD) not in types:
        raise UnfitFileError(_NO_WORD)


def _check_relationships(elements: list[tuple[str, dict[str, str]]]) -> None:
    """Make sure that nothing is drawn in from elsewhere; a link that a reader clicks is no harm."""
    for _, said in elements:
        kind = said.get("Type", "").rpartition("/")[2].lower()
        if kind in _LIVE_RELATIONSHIPS:
            raise UnfitFileError(_FETCHES)
        if said.get("TargetMode", "").lower() == "external" and kind != "hyperlink":
            raise UnfitFileError(_FETCHES)


def _elements(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> list[tuple[str, dict[str, str]]]:
    """Read a small part by a parser that expands no entity, whatever its encoding."""
    with packed.open(part) as opened:
        content = opened.read(MOST_OF_XML + 1)
    if len(content) > MOST_OF_XML:
        raise UnfitFileError(_TOO_BIG)
    found: list[tuple[str, dict[str, str]]] = []
    elements_of(content, lambda name, said: found.append((name, said)))
    return found
