"""Whether the County's report is a Word document that is taken."""

from __future__ import annotations

from goldenthread.exception_reports.county_formats import CANNOT_BE_READ, UnfitFileError
from goldenthread.office_files.word_files import UnfitWordFileError, WordFault, check_word_file

_WORDS = {
    WordFault.NOT_WORD: "The file must be a PDF or a Word document (.docx)",
    WordFault.BROKEN: CANNOT_BE_READ,
    WordFault.LOCKED: "The file must not be locked with a password",
    WordFault.TOO_BIG: "The document is too big once unpacked. Save it as a PDF",
    WordFault.RUNS: "The document holds macros or programs. Save it as a PDF",
    WordFault.FETCHES: (
        "The document holds macros or a template, or fetches something. Save it as a PDF"
    ),
}


def check_docx(content: bytes) -> None:
    """Make sure that a packed file is a Word document, and that nothing in it can run.

    :raises UnfitFileError: if it is no Word document, or damaged, locked, or holds what can run
    """
    try:
        check_word_file(content)
    except UnfitWordFileError as error:
        raise UnfitFileError(_WORDS[error.fault]) from error
