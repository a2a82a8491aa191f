from __future__ import annotations

import subprocess
import sys
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from goldenthread.documents.tree import (
    Answer,
    Block,
    BulletList,
    Cell,
    Chart,
    ChartPoint,
    Column,
    CountRow,
    Document,
    DocumentError,
    ExceptionForm,
    Heading,
    Notice,
    Paragraph,
    RatingCounts,
    Row,
    Section,
    Sparkline,
    Table,
    from_json,
    to_json,
)
from goldenthread.domain.rating import Rating
from tests.documents.samples import one, paper

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
figures = st.decimals(allow_nan=False, allow_infinity=False)
maybe_figures = st.none() | figures
sparklines = st.builds(
    Sparkline, st.lists(maybe_figures, max_size=4).map(tuple), maybe_figures, texts
)
cells = st.builds(
    Cell,
    text=texts,
    rating=st.none() | st.sampled_from(Rating),
    was=st.none() | st.sampled_from(Rating),
    sparkline=st.none() | sparklines,
    note=texts,
)
tables = st.builds(
    Table,
    caption=texts,
    columns=st.just((Column("Action"), Column("Rating"))),
    rows=st.lists(
        st.builds(Row, st.tuples(cells, cells))
        | st.builds(Row, st.tuples(cells), is_group=st.just(True)),
        max_size=3,
    ).map(tuple),
)
charts = st.builds(
    Chart,
    title=texts,
    alt=texts,
    points=st.lists(st.builds(ChartPoint, texts, maybe_figures), max_size=4).map(tuple),
    target=maybe_figures,
)
blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, texts, st.sampled_from([2, 3])),
    st.builds(Paragraph, texts),
    st.builds(Notice, texts),
    st.builds(BulletList, st.lists(texts, max_size=3).map(tuple)),
    tables,
    charts,
    st.builds(RatingCounts, rows=st.tuples(st.builds(CountRow, texts, red=st.integers(0, 99)))),
    st.builds(
        ExceptionForm,
        title=texts,
        anchor=texts,
        answers=st.tuples(st.builds(Answer, texts, texts)),
    ),
)
documents = st.builds(
    Document,
    title=texts,
    council=texts,
    forum=texts,
    cycle=texts,
    sections=st.lists(
        st.builds(Section, title=texts, blocks=st.lists(blocks, max_size=4).map(tuple)), max_size=2
    ).map(tuple),
)


@given(documents)
def test_a_document_comes_back_from_its_json_as_it_was(document: Document) -> None:
    assert from_json(to_json(document)) == document


def test_the_same_document_is_the_same_json() -> None:
    assert to_json(paper(2)) == to_json(paper(2))


def test_a_figure_keeps_its_places_as_words() -> None:
    table = Table(
        caption="Figures",
        columns=(Column("Trend"),),
        rows=(Row((Cell(sparkline=Sparkline((Decimal("46.40"),))),)),),
    )
    assert b'"46.40"' in to_json(one(table))


def test_json_that_says_more_than_we_know_is_refused() -> None:
    content = to_json(one(Paragraph("Words"))).replace(b'"text":', b'"colour":"red","text":')
    with pytest.raises(ValidationError):
        from_json(content)


def test_a_row_without_a_cell_for_each_column_is_refused() -> None:
    with pytest.raises(DocumentError, match="2 cells, not 1"):
        Table(caption="Actions", columns=(Column("How"),), rows=(Row((Cell("a"), Cell("b"))),))


def test_a_table_without_columns_is_refused() -> None:
    with pytest.raises(DocumentError, match="no column"):
        Table(caption="Actions", columns=(), rows=())


def test_the_tree_and_its_renderers_know_no_django() -> None:
    words = (
        "import sys, goldenthread.documents.renderers.pdf, goldenthread.documents.renderers.html, "
        "goldenthread.documents.renderers.text; sys.exit(any(n.startswith('django') for n in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", words], check=False).returncode == 0
