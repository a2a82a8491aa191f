"""Every kind of file that a composed paper can be had as."""

from __future__ import annotations

import pytest

from goldenthread.documents.formats import Format
from goldenthread.documents.rendering import render
from goldenthread.documents.tree import Document
from goldenthread.domain.rating import Rating
from goldenthread.packs.compose.pack import compose
from tests.factories import ActionUpdateFactory
from tests.pages.small_council import PAPERS_OUT, found_small_council

HOSTILE = "<script>alert('1')</script> #import \"x\" \N{BULLET} \N{PILE OF POO} {{ x }} %s"


@pytest.fixture
def document(db: None) -> Document:
    ashby = found_small_council()
    ActionUpdateFactory(
        cycle=ashby.quarter,
        action=ashby.club,
        submitted=True,
        rating=Rating.RED,
        commentary=HOSTILE,
    )
    return compose(ashby.quarter, ashby.dmt, at=PAPERS_OUT)


@pytest.mark.parametrize(
    ("kind", "beginning"),
    [
        (Format.HTML, b"<!doctype html>"),
        (Format.PDF, b"%PDF-"),
        (Format.DOCX, b"PK"),
        (Format.XLSX, b"PK"),
        (Format.CSV, b"\xef\xbb\xbfsection,kind,"),
        (Format.JSON, b"{"),
        (Format.TEXT, b"Ashby Borough Council\n"),
    ],
)
def test_a_paper_can_be_had_as_any_of_them(
    document: Document, kind: Format, beginning: bytes
) -> None:
    assert render(document, kind).lower().startswith(beginning.lower())


@pytest.mark.parametrize("kind", Format)
def test_the_same_paper_gives_the_same_bytes(document: Document, kind: Format) -> None:
    assert render(document, kind) == render(document, kind)


def test_what_an_officer_typed_is_never_markup(document: Document) -> None:
    assert b"<script" not in render(document, Format.HTML)
    assert "alert('1')" in render(document, Format.TEXT).decode()


@pytest.mark.parametrize("kind", Format)
def test_each_has_a_name_and_a_media_type(kind: Format) -> None:
    assert kind.label
    assert "/" in kind.media_type


def test_a_kind_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="pptx"):
        Format("pptx")
