from __future__ import annotations

from pathlib import Path

from goldenthread.documents.renderers import text
from goldenthread.documents.tree import Cell, Column, Paragraph, Row, Table
from tests.documents.samples import one, paper

APPROVED = Path(__file__).with_name("quarterly_paper.txt")


def test_a_quarterly_paper_reads_as_approved() -> None:
    assert text.render(paper(plans=1, items=4)) == APPROVED.read_text(encoding="utf-8")


def test_words_that_look_like_a_formula_stay_words() -> None:
    table = Table(caption="Sums", columns=(Column("Sum"),), rows=(Row((Cell("=1+1"),)),))
    assert "* =1+1" in text.render(one(table))


def test_a_table_without_rows_says_so() -> None:
    assert "Nothing to list." in text.render(
        one(Table(caption="T", columns=(Column("A"),), rows=()))
    )


def test_control_characters_are_not_let_through() -> None:
    assert "be ll" not in text.render(one(Paragraph("be\x07ll")))
    assert "bell" in text.render(one(Paragraph("be\x07ll")))
