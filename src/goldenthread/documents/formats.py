"""The kinds of file that a paper can be had as."""

from __future__ import annotations

from enum import StrEnum

_OFFICE = "application/vnd.openxmlformats-officedocument"


class Format(StrEnum):
    """A kind of file, named by its ending."""

    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"
    TEXT = "txt"

    @property
    def media_type(self) -> str:
        return {
            "html": "text/html; charset=utf-8",
            "pdf": "application/pdf",
            "docx": f"{_OFFICE}.wordprocessingml.document",
            "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
            "csv": "text/csv; charset=utf-8",
            "json": "application/json",
            "txt": "text/plain; charset=utf-8",
        }[self.value]

    @property
    def label(self) -> str:
        return {
            "html": "Web page (HTML)",
            "pdf": "PDF",
            "docx": "Word document (DOCX)",
            "xlsx": "Workbook (XLSX)",
            "csv": "Data, a line a figure (CSV)",
            "json": "Data (JSON)",
            "txt": "Plain text",
        }[self.value]
