"""Whether a packed file is a Word document, and one that neither runs, fetches nor carries anything."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from enum import StrEnum

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


class WordFault(StrEnum):
    """Why a file is not taken as a Word document."""

    NOT_WORD = "not_word"
    BROKEN = "broken"
    LOCKED = "locked"
    TOO_BIG = "too_big"
    RUNS = "runs"
    FETCHES = "fetches"


class UnfitWordFileError(Exception):
    """A file that is no harmless Word document; whoever asked finds words for its fault."""

    def __init__(self, fault: WordFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def check_word_file(content: bytes, *, most_unpacked: int = MOST_UNPACKED) -> None:
    """Look through a packed file by what it says of its parts, never by their endings alone.

    :raises UnfitWordFileError: if it is no Word document, or damaged, locked, or holds what can run
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _check_parts(packed.infolist(), most_unpacked)
            _check_types(_elements(packed, packed.getinfo(_TYPES)))
            if "word/document.xml" not in packed.namelist():
                raise UnfitWordFileError(WordFault.NOT_WORD)
            for part in packed.infolist():
                if part.filename.lower().endswith(".rels"):
                    _check_relationships(_elements(packed, part))
    except (
        *(zipfile.BadZipFile, KeyError, NotImplementedError, EOFError, OSError),
        *(zlib.error, UnreadableWorkbookError, ValueError),
    ) as error:
        raise UnfitWordFileError(WordFault.BROKEN) from error


def _check_parts(parts: list[zipfile.ZipInfo], most_unpacked: int) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise UnfitWordFileError(WordFault.LOCKED)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > most_unpacked:
        raise UnfitWordFileError(WordFault.TOO_BIG)
    names = [part.filename.replace("\\", "/").lower() for part in parts]
    is_twice = len(set(names)) < len(names)
    if is_twice or any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise UnfitWordFileError(WordFault.BROKEN)
    if any(_LIVE_PARTS.search(name) for name in names):
        raise UnfitWordFileError(WordFault.RUNS)


def _check_types(elements: list[tuple[str, dict[str, str]]]) -> None:
    """Make sure that the document's own part is a Word document's, and no part one that can run."""
    types = [(said.get("PartName"), said.get("ContentType", "")) for _, said in elements]
    if any(word in each.lower() for _, each in types for word in _LIVE_TYPES):
        raise UnfitWordFileError(WordFault.FETCHES)
    if (_DOCUMENT, _WORD) not in types:
        raise UnfitWordFileError(WordFault.NOT_WORD)


def _check_relationships(elements: list[tuple[str, dict[str, str]]]) -> None:
    """Make sure that nothing is drawn in from elsewhere; a link that a reader clicks is no harm."""
    for _, said in elements:
        kind = said.get("Type", "").rpartition("/")[2].lower()
        if kind in _LIVE_RELATIONSHIPS:
            raise UnfitWordFileError(WordFault.FETCHES)
        if said.get("TargetMode", "").lower() == "external" and kind != "hyperlink":
            raise UnfitWordFileError(WordFault.FETCHES)


def _elements(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> list[tuple[str, dict[str, str]]]:
    """Read a small part by a parser that expands no entity, whatever its encoding."""
    with packed.open(part) as opened:
        content = opened.read(MOST_OF_XML + 1)
    if len(content) > MOST_OF_XML:
        raise UnfitWordFileError(WordFault.TOO_BIG)
    found: list[tuple[str, dict[str, str]]] = []
    elements_of(content, lambda name, said: found.append((name, said)))
    return found
