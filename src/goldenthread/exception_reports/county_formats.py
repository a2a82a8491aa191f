"""The formats in which the County's exception report can be attached."""

from __future__ import annotations

from enum import StrEnum


class CountyFormat(StrEnum):
    """A kind of file that is taken, known by its content and not by its name."""

    PDF = "pdf"
    DOCX = "docx"

    @property
    def label(self) -> str:
        return {"pdf": "PDF", "docx": "Word document"}[self.value]

    @property
    def media_type(self) -> str:
        return {
            "pdf": "application/pdf",
            "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }[self.value]


CANNOT_BE_READ = "The file cannot be read. Save it again as a PDF or Word document and try that"


class UnfitFileError(Exception):
    """A file that is not taken; the words say why and what to do."""
