from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from goldenthread.documents.renderers import data
from goldenthread.documents.tree import Cell, Column, Document, Row, Table, from_json, to_json
from tests.documents.samples import one, paper

EARLIEST = Path(__file__).with_name("paper_of_version_1.json")
PUBLISHED = Path(__file__).parents[2] / "docs" / "schemas" / "paper-1.json"


def schema() -> dict[str, Any]:
    drawn: dict[str, Any] = json.loads(PUBLISHED.read_text())
    return drawn


def check(content: bytes) -> None:
    Draft202012Validator(schema()).validate(json.loads(content))


def test_the_published_schema_is_a_schema_and_drawn_from_the_tree() -> None:
    Draft202012Validator.check_schema(schema())
    assert schema() == json.loads(json.dumps(data.schema()))


def test_a_paper_keeps_to_the_published_schema() -> None:
    check(data.render(paper(plans=2, items=7, reports=2)))
    check(data.render(Document(title="", council="", forum="", cycle="")))


def test_a_paper_comes_back_whole() -> None:
    content = data.render(paper())
    assert to_json(from_json(content)) == content


@pytest.mark.parametrize("value", [Decimal("86400"), Decimal("-0.50"), date(2009, 6, 8), None])
def test_a_figure_and_a_day_come_back_as_they_were(value: Decimal | date | None) -> None:
    cell = Cell("Said", value=value)
    document = one(Table(caption="T", columns=(Column("A"),), rows=(Row((cell,)),)))
    content = data.render(document)
    check(content)
    (table,) = from_json(content).sections[0].blocks
    assert isinstance(table, Table)
    found = table.rows[0].cells[0].value
    assert (type(found), str(found)) == (type(value), str(value))


def test_the_earliest_papers_of_this_version_can_still_be_read() -> None:
    document = from_json(EARLIEST.read_bytes())
    assert document.title == "Priority Delivery Plans: quarter 1 of 2009/10"
    check(data.render(document))


def test_a_paper_that_says_more_than_the_schema_knows_is_refused() -> None:
    said = json.loads(data.render(paper())) | {"colour": "red"}
    with pytest.raises(ValidationError, match="colour"):
        check(json.dumps(said).encode())
