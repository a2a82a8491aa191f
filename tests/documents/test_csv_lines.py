from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from goldenthread.documents.renderers import csv_lines
from goldenthread.documents.tree import (
    Cell,
    Column,
    ColumnKind,
    Document,
    ExceptionForm,
    Paragraph,
    Row,
    Sparkline,
    Table,
)
from goldenthread.domain.rating import Rating
from tests.documents.samples import one, paper


def lines_of(document: Document) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_lines.render(document).decode("utf-8-sig"))))


def cells_of(*cells: Cell) -> list[dict[str, str]]:
    columns = tuple(Column(f"C{n}", ColumnKind.FIGURE) for n in range(len(cells)))
    table = Table(caption="T", columns=columns, rows=(Row(cells),))
    return [line for line in lines_of(one(table)) if line["kind"] == "cell"]


def test_the_columns_are_the_same_for_every_paper_and_each_is_explained() -> None:
    assert list(lines_of(paper())[0]) == list(csv_lines.COLUMNS)
    assert list(lines_of(one())[0]) == list(csv_lines.COLUMNS)


def test_a_figure_stands_with_its_row_its_column_and_its_table() -> None:
    found = next(line for line in lines_of(paper()) if line["column"] == "Estimated outturn")
    assert (found["table"], found["group"]) == ("Indicators of CYPF", "Reported monthly")
    assert (found["item"], found["text"], found["value"]) == ("CYPF7", "59,000", "59000")


def test_values_are_for_reckoning_and_words_for_reading() -> None:
    first, second, third = cells_of(
        Cell("£1.2m", value=Decimal("1234567.50")),
        Cell("8 June 2009", value=date(2009, 6, 8)),
        Cell(
            sparkline=Sparkline(
                (Decimal("1.500"), None, Decimal("20.00")),
                alt="Rose.",
                periods=("April 2009", "May 2009", "June 2009"),
            )
        ),
    )
    assert (first["text"], first["value"]) == ("£1.2m", "1234567.50")
    assert second["value"] == "2009-06-08"
    assert (third["text"], third["trend"]) == ("Rose.", "1.5 - 20")
    assert third["trend_periods"] == "April 2009; May 2009; June 2009"


def test_lines_about_an_item_are_joined_by_its_reference_wherever_it_is_told() -> None:
    columns = (Column("How"), Column("See"))
    own = Row((Cell("Open a hall", note="CYPF 2.4\nRevised"), Cell("Soon")), anchor="action-1")
    report = ExceptionForm(
        title="Exception report 1",
        anchor="report",
        answers=(),
        tables=(Table(caption="Steps", columns=columns, rows=(Row((Cell("Ask"), Cell("Us"))),)),),
        back_reference="action-1",
    )
    told = Row((Cell("A hall is late"), Cell(reference="action-1", reference_text="its row")))
    blocks = (
        Table(caption="Red", columns=columns, rows=(told, Row((Cell("None"), Cell("x"))))),
        Table(caption="Actions", columns=columns, rows=(own,)),
        report,
    )

    found = {
        (line["table"], line["row"], line["reference"])
        for line in lines_of(one(*blocks))
        if line["kind"] == "cell"
    }

    assert found == {
        *(("Red", "1", "CYPF 2.4"), ("Red", "2", ""), ("Actions", "1", "CYPF 2.4")),
        *(("Exception reports", "1", "CYPF 2.4"), ("Exception report 1", "1", "CYPF 2.4")),
    }


def test_a_rating_and_the_one_before_have_columns_of_their_own() -> None:
    (line,) = cells_of(Cell("Late.", rating=Rating.RED, was=Rating.GREEN, note="By hand"))
    assert (line["rating"], line["rating_before"], line["note"]) == ("Red", "Green", "By hand")


def test_counts_charts_and_exception_reports_are_lines_too() -> None:
    lines = lines_of(paper())
    assert {"Museum visits are above the path to 54,000", "Exception reports"} <= {
        line["table"] for line in lines
    }
    counted = [line for line in lines if line["table"] == "Actions and indicators, by plan"]
    assert [line["value"] for line in counted if line["column"] == "Amber"] == ["3"]


def test_what_is_said_outside_of_tables_is_there() -> None:
    kinds = {line["kind"] for line in lines_of(paper())}
    assert kinds == {
        *("fact", "heading", "paragraph", "list item"),
        *("notice", "table note", "cell"),
    }


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_words_that_look_like_a_formula_are_refused_as_one(words: str) -> None:
    (line,) = [line for line in lines_of(one(Paragraph(words))) if line["kind"] == "paragraph"]
    assert line["text"] == f"'{words}"


def test_a_negative_figure_stays_a_figure() -> None:
    (line,) = cells_of(Cell("\u22123"))
    assert line["value"] == "-3"


def test_the_same_document_is_the_same_file() -> None:
    assert csv_lines.render(paper()) == csv_lines.render(paper())
