"""The kinds of file that a pack can be had as."""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    """A kind of file, named by its ending."""

    HTML = "html"
    PDF = "pdf"
    TEXT = "txt"

    @property
    def media_type(self) -> str:
        return {
            "html": "text/html; charset=utf-8",
            "pdf": "application/pdf",
            "txt": "text/plain; charset=utf-8",
        }[self.value]

    @property
    def label(self) -> str:
        return {"html": "Web page (HTML)", "pdf": "PDF", "txt": "Plain text"}[self.value]
