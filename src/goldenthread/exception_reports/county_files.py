"""Whether a file is what the County's report may be: a PDF or a Word document, and harmless.

What is inside decides, never the name. A hostile file could be slow, or swell up when it is opened,
so it is looked at in a process of its own with limits to its memory and time:
`python -m goldenthread.exception_reports.county_files < report.pdf`.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from goldenthread.exception_reports.county_formats import (
    CANNOT_BE_READ,
    CountyFormat,
    UnfitFileError,
)
from goldenthread.exception_reports.county_words import check_docx

MOST_BYTES = 10 * 1024 * 1024
LONGEST_NAME = 100
SECONDS, MEMORY = 20, 1024 * 1024 * 1024
_TAKEN, _REFUSED = 0, 3
_IMPORTED_FROM = str(Path(__file__).parents[2])
_UNFIT_IN_NAME = re.compile(r"[^A-Za-z0-9 ._-]+")
_LIVE_KEYS = ("/JS", "/XFA", "/EmbeddedFiles", "/EF")
# A file inside needs no type of its own: whatever names one does so under /EF.
_LIVE_NAMES = {
    "/S": (
        *("/JavaScript", "/Launch", "/ImportData", "/SubmitForm"),
        *("/GoToE", "/GoToR", "/Rendition"),
    ),
    "/Subtype": ("/FileAttachment", "/RichMedia"),
    "/Type": ("/EmbeddedFile",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFile:
    """A file that was looked at and can be kept."""

    name: str
    format: CountyFormat
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def checked_file(name: str, content: bytes) -> CheckedFile:
    """Look at a file in a process of its own.

    :raises UnfitFileError: if it is too big, of another kind, damaged, locked, or holds what can run
    """
    if not content:
        raise UnfitFileError("The file is empty. Choose another")
    if len(content) > MOST_BYTES:
        raise UnfitFileError("The file must be 10 MB or smaller")
    try:
        done = subprocess.run(  # our own module, and the file on its standard input
            [sys.executable, "-m", "goldenthread.exception_reports.county_files"],
            input=content,
            capture_output=True,
            timeout=SECONDS + 10,
            env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": _path()},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnfitFileError(CANNOT_BE_READ) from error
    said = done.stdout.decode(errors="replace").strip()
    if done.returncode == _REFUSED:
        raise UnfitFileError(said)
    if done.returncode != _TAKEN or said not in list(CountyFormat):
        raise UnfitFileError(CANNOT_BE_READ)
    found = CountyFormat(said)
    return CheckedFile(name=clean_name(name, found), format=found, content=content)


def _path() -> str:
    return os.pathsep.join(filter(None, [_IMPORTED_FROM, os.environ.get("PYTHONPATH")]))


def clean_name(name: str, found: CountyFormat) -> str:
    """Make a file's name harmless: no folders, plain letters, and the ending of what it is."""
    stem = re.split(r"[\\/]", name)[-1].rpartition(".")[0] or re.split(r"[\\/]", name)[-1]
    plain = " ".join(_UNFIT_IN_NAME.sub(" ", stem).split()).strip(" ._-")
    return f"{plain[:LONGEST_NAME].rstrip() or 'county-report'}.{found.value}"


def format_of(content: bytes) -> CountyFormat:
    """Tell a PDF from a Word document by what is inside.

    :raises UnfitFileError: if it is neither, or damaged, locked, or holds what can run
    """
    if content.startswith(b"%PDF-"):
        _check_pdf(content)
        return CountyFormat.PDF
    if content.startswith(b"PK\x03\x04"):
        check_docx(content)
        return CountyFormat.DOCX
    raise UnfitFileError("The file must be a PDF or a Word document (.docx)")


def _check_pdf(content: bytes) -> None:
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise UnfitFileError("The file must not be locked with a password")
            if len(pdf.pages) == 0:
                raise UnfitFileError("The PDF has no pages")
            if any(_is_live(part) for part in _every_part(pdf)):
                raise UnfitFileError("The PDF holds a script or a file. Print it to a new PDF")
    except pikepdf.PasswordError as error:
        raise UnfitFileError("The file must not be locked with a password") from error
    except pikepdf.PdfError as error:
        raise UnfitFileError(CANNOT_BE_READ) from error


def _every_part(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """List each dictionary and stream of a PDF, also those that lie inside another."""
    for whole in pdf.objects:
        waiting = [whole]
        while waiting:
            part = waiting.pop()
            if isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
                yield part
                inside = [part.get(key) for key in part.keys()]  # noqa: SIM118  # no mapping
            else:
                inside = list(part.as_list()) if isinstance(part, pikepdf.Array) else []
            waiting += [
                each for each in inside if isinstance(each, pikepdf.Object) and not each.is_indirect
            ]


def _is_live(part: pikepdf.Object) -> bool:
    """Test whether a part of a PDF can do something by itself, or carries a file."""
    return not set(part.keys()).isdisjoint(_LIVE_KEYS) or any(
        str(part.get(key, "")) in names for key, names in _LIVE_NAMES.items()
    )


def main() -> int:
    """Look at the file on standard input; say what it is, or why it is not taken."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        found = format_of(sys.stdin.buffer.read())
    except UnfitFileError as error:
        sys.stdout.write(str(error))
        return _REFUSED
    sys.stdout.write(found.value)
    return _TAKEN


if __name__ == "__main__":
    sys.exit(main())
