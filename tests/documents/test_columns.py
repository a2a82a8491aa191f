from __future__ import annotations

from goldenthread.documents.renderers.columns import fitted_columns, with_fitted_columns
from goldenthread.documents.renderers.ready import make_ready
from goldenthread.documents.tree import Cell, Column, ColumnKind, Orientation, Row, Table
from tests.documents.samples import one

WORDS = "The work went on through June with two partners. " * 6
COLUMNS = (
    Column("Reference", width=10),
    Column("Baseline", width=10),
    Column("Comments", width=10),
)
PORTRAIT = Orientation.PORTRAIT


def row(*texts: str) -> Row:
    return Row(tuple(map(Cell, texts)))


def widths(rows: list[Row], columns: tuple[Column, ...] = COLUMNS) -> list[int]:
    return [column.weight for column in fitted_columns(columns, PORTRAIT, rows=rows)]


def test_what_says_much_has_the_room_that_the_others_do_not_use() -> None:
    reference, baseline, comments = widths([row("NI 1", "", WORDS)])
    assert comments > 5 * reference
    # The baselines say nothing, but their heading keeps whole.
    assert baseline > 10 * 4.9 * len("Baseline")


def test_a_word_keeps_whole_and_a_link_stands_in_one_line() -> None:
    long = Row((Cell("Participation"), Cell(reference="a", reference_text="P1 1.2"), Cell(WORDS)))
    participation, link, _ = widths([long])
    assert participation > 10 * 4.9 * len("Participation")
    assert link > 10 * 4.9 * len("P1 1.2 (page 100)")


def test_a_trend_keeps_room_for_its_drawing() -> None:
    columns = (Column("T", ColumnKind.TREND, width=1), Column("Comments", width=50))
    trend, _ = widths([row("", WORDS)], columns)
    assert trend > 10 * 4.9 * 10


def test_columns_of_nothing_and_of_too_much_keep_their_weights() -> None:
    assert fitted_columns(COLUMNS, PORTRAIT, rows=[]) == COLUMNS
    assert (
        fitted_columns(COLUMNS, PORTRAIT, rows=[Row((Cell("A group"),), is_group=True)]) == COLUMNS
    )
    crowded = COLUMNS * 5
    assert fitted_columns(crowded, PORTRAIT, rows=[row(*["Participation"] * 15)]) == crowded


def test_tables_of_the_same_columns_share_alike() -> None:
    short = Table(caption="Short", columns=COLUMNS, rows=(row("1", "2", "3"),))
    long = Table(caption="Long", columns=COLUMNS, rows=(row("1", "2", WORDS),))
    (section,) = with_fitted_columns(make_ready(one(short, long))).document.sections
    first, second = (block for block in section.blocks if isinstance(block, Table))
    assert first.columns == second.columns != COLUMNS
