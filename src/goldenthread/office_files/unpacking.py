"""Taking a workbook's file apart, as one that was made to do harm.

A workbook is a zip of XML. What is read later is packed anew from the parts found here, so that no
two readers can disagree about what the file holds.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

from goldenthread.office_files.limits import (
    MEGABYTE,
    MOST_BYTES,
    MOST_ENTRIES,
    MOST_TIMES_SMALLER,
    MOST_UNPACKED,
    UnreadableWorkbookError,
)

_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_IS_ENCRYPTED = 0x1
SAVE_AGAIN = "Open it, save it as an Excel workbook (.xlsx), and upload that."
NO_WORKBOOK = f"This file is not a workbook. {SAVE_AGAIN}"
BROKEN = f"This workbook is broken. {SAVE_AGAIN}"
TOO_LARGE = "This workbook holds more than can be read."


def unpack(content: bytes) -> Mapping[str, bytes]:
    """Take a zip apart into its parts by their names, within the limits of a workbook.

    What it says of its sizes is checked first, and then what comes out.

    :raises UnreadableWorkbookError: if it is no zip, is broken, locked with a password or too large
    """
    _check_kind(content)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check_entries(entries)
            return {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise UnreadableWorkbookError(BROKEN) from error
    except (NotImplementedError, RuntimeError) as error:
        raise UnreadableWorkbookError(BROKEN) from error


def _check_kind(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise UnreadableWorkbookError(
            f"This file is larger than {MOST_BYTES // MEGABYTE} MB.", is_too_much=True
        )
    if content.startswith(_OLD_EXCEL):
        raise UnreadableWorkbookError(
            "This workbook has a password, or is of an older kind (.xls). "
            "Open it, and save it as an Excel workbook (.xlsx) without a password."
        )
    if not content.startswith(_ZIP):
        raise UnreadableWorkbookError(NO_WORKBOOK)


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & _IS_ENCRYPTED for entry in entries):
        raise UnreadableWorkbookError(
            "This workbook is locked with a password. Save it without one, and upload that."
        )
    names = {entry.filename for entry in entries}
    if len(names) < len(entries) or any(entry.compress_type not in _METHODS for entry in entries):
        raise UnreadableWorkbookError(BROKEN)
    sizes = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or sizes > MOST_UNPACKED or any(map(_is_bomb, entries)):
        raise UnreadableWorkbookError(TOO_LARGE, is_too_much=True)


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    # Of an entry that lies about its size, no more comes out than it says, and then its sum is wrong.
    is_large = entry.file_size > MEGABYTE
    return is_large and entry.file_size > MOST_TIMES_SMALLER * max(1, entry.compress_size)


def pack(parts: Mapping[str, bytes]) -> BytesIO:
    """Pack parts into a zip again, as they are."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    packed.seek(0)
    return packed
