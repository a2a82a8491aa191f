"""What a sheet says, whatever stands in it: each answer as it was given, or the cell that is wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.kinds import Frequency, ItemKind, Unit
from goldenthread.domain.obligations import AskedFigure
from goldenthread.domain.periods import FinancialYear, periods_of
from goldenthread.domain.rating import Rating
from goldenthread.office_files.grid import Cell, Flaw, Sheet, cell_name
from goldenthread.workbooks.sheets.layout import RowKey, action_columns, indicator_columns
from goldenthread.workbooks.sheets.reading import (
    NOT_ASKED,
    NOT_YOURS,
    CellProblem,
    Expected,
    ExpectedItem,
    ReadWorkbook,
    read_workbook,
)

YEAR = FinancialYear(2009)
APRIL, MAY, JUNE = (
    AskedFigure(period=period, is_due=number < 2)
    for number, period in enumerate(periods_of(YEAR, Frequency.MONTHLY)[:3])
)
CLUB = ExpectedItem(
    item_kind=ItemKind.ACTION, item_id=7, reference="CYPF 1.1", title="Open a homework club"
)
ABSENCE = ExpectedItem(
    item_kind=ItemKind.INDICATOR,
    item_id=8,
    reference="CYPF9",
    title="Pupils absent",
    unit=Unit.PERCENT,
    wanted=(APRIL, JUNE),
)
SWANS = ExpectedItem(
    item_kind=ItemKind.INDICATOR, item_id=9, reference="ES1", title="Swans", is_rated=False
)
EXPECTED = Expected(
    council="ashby",
    cycle="2009-10/Q1",
    title="Quarter 1, 2009/10",
    year=YEAR,
    figures=(APRIL, MAY, JUNE),
    items=(CLUB, ABSENCE, SWANS),
)
ACTION_HEADINGS = [column.heading for column in action_columns()]
INDICATOR_HEADINGS = [column.heading for column in indicator_columns(YEAR, EXPECTED.figures)]


def key(
    item: ExpectedItem, version: int = 3, council: str = "ashby", cycle: str = "2009-10/Q1"
) -> str:
    return str(
        RowKey(
            council=council,
            cycle=cycle,
            item_kind=item.item_kind,
            item_id=item.item_id,
            version=version,
        )
    )


def sheet_of(name: str, *rows: list[object]) -> dict[str, Sheet]:
    cells = {
        (row, column): value if isinstance(value, Cell) else Cell(value=value)
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if value != ""
    }
    return {name: Sheet(name=name, cells=cells)}


def action_row(
    rating: object = "Green", words: object = "It opened.", **about: str
) -> list[object]:
    return ["CYPF 1.1", "Open", "", "", rating, words, about.get("key", key(CLUB))]


def indicator_row(item: ExpectedItem = ABSENCE, **said: object) -> list[object]:
    row: list[object] = ["" for _ in INDICATOR_HEADINGS]
    row[0], row[-1] = item.reference, key(item)
    for heading, value in said.items():
        words = heading.replace("_", " ")
        row[next(n for n, h in enumerate(INDICATOR_HEADINGS) if h.startswith(words))] = value
    return row


def read_actions(*rows: list[object], headings: list[object] | None = None) -> ReadWorkbook:
    return read_workbook(sheet_of("Actions", headings or list(ACTION_HEADINGS), *rows), EXPECTED)


def read_indicators(*rows: list[object]) -> ReadWorkbook:
    return read_workbook(sheet_of("Indicators", list(INDICATOR_HEADINGS), *rows), EXPECTED)


def said_of(read: ReadWorkbook) -> list[tuple[str, str]]:
    of_rows = [problem for row in read.rows for problem in row.problems]
    every = [*read.problems, *of_rows]
    return [(p.where, p.words) for p in every if "This sheet is missing" not in p.words]


def test_an_actions_row_is_read() -> None:
    [row] = read_actions(action_row()).rows

    assert (row.where, row.item_id, row.version) == ("Actions, row 2", 7, 3)
    assert (row.answers.rating, row.answers.commentary) == (Rating.GREEN, "It opened.")
    assert row.cells["rating"] == "Actions, E2"


def test_an_indicators_row_is_read() -> None:
    [row] = read_indicators(
        indicator_row(April=5.25, Why_a="Late", Estimated="5.0%", Rating="RED", What_lies="Flu.")
    ).rows

    assert row.answers.figures == {date(2009, 4, 1): Decimal("5.25")}
    assert row.answers.estimated_outturn == Decimal(5)
    assert (row.answers.rating, row.answers.no_figure_reason) == (Rating.RED, "Late")
    assert row.cells["2009-04-01"] == row.cells["figure April 2009"]


def test_columns_may_stand_in_any_order_and_under_a_title() -> None:
    order = [6, 5, 4, 0, 1, 2, 3]
    title: list[object] = ["Our returns"]
    headings: list[object] = [f" {ACTION_HEADINGS[n].upper()} " for n in order]
    read = read_workbook(
        sheet_of("Actions", title, [], headings, [action_row()[n] for n in order]), EXPECTED
    )

    assert read.rows[0].answers.commentary == "It opened."
    assert read.rows[0].cells["rating"] == "Actions, C4"


@pytest.mark.parametrize("heading", ["Rating", "Key", "What has happened since the last update"])
def test_a_missing_column_is_named_and_nothing_of_the_sheet_is_read(heading: str) -> None:
    place = ACTION_HEADINGS.index(heading)
    rows: list[list[object]] = [list(ACTION_HEADINGS), action_row()]
    for row in rows:
        del row[place]
    read = read_workbook(sheet_of("Actions", *rows), EXPECTED)

    assert read.rows == ()
    assert f"The column \N{LEFT DOUBLE QUOTATION MARK}{heading}" in said_of(read)[0][1]


def test_a_figures_missing_column_is_named_only_where_a_row_is_asked_for_it() -> None:
    def without_june(row: list[object]) -> list[object]:
        place = next(n for n, h in enumerate(INDICATOR_HEADINGS) if h.startswith("June"))
        return [*row[:place], *row[place + 1 :]]

    headings = without_june(list(INDICATOR_HEADINGS))
    for item, problems in ((ABSENCE, 1), (SWANS, 0)):
        row = without_june(indicator_row(item))
        read = read_workbook(sheet_of("Indicators", headings, row), EXPECTED)
        assert len(said_of(read)) == problems


def test_a_column_that_stands_twice_is_refused() -> None:
    read = read_actions([*action_row(), "Red"], headings=[*ACTION_HEADINGS, "Rating"])

    assert "stands at E and H" in said_of(read)[0][1]


def test_a_workbook_without_our_sheets_or_headings_is_told_so() -> None:
    assert "It has no sheet called" in said_of(read_workbook({}, EXPECTED))[0][1]
    assert "No row has the heading" in said_of(read_actions(headings=["Name"]))[0][1]


def test_one_missing_sheet_is_named() -> None:
    words = "This sheet is missing, so nothing of it is taken in."

    assert CellProblem(where="Indicators", words=words) in read_actions(action_row()).problems


@pytest.mark.parametrize(
    ("rating", "words"),
    [
        ("Purple", "Select Green, Amber or Red"),
        (3.0, "Select Green, Amber or Red"),
        (Cell(value="Green", flaw=Flaw.FORMULA), "There is a formula here."),
        (Cell(flaw=Flaw.ERROR), "There is an error here, such as #REF!."),
        (Cell(flaw=Flaw.MERGED), "This cell is merged with others."),
    ],
)
def test_a_rating_that_is_none_is_told_by_its_cell(rating: object, words: str) -> None:
    [(where, said)] = said_of(read_actions(action_row(rating)))

    assert where == "Actions, E2"
    assert said.startswith(words)


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ("about 40", "Enter a figure in numbers, such as 54,000 or 46.4"),
        ("1,00", "Enter a figure in numbers, such as 54,000 or 46.4"),
        (date(2009, 4, 1), "Enter a figure in numbers, such as 54,000 or 46.4"),
        (True, "Enter a figure in numbers, such as 54,000 or 46.4"),
        (float("inf"), "Enter a figure in numbers, such as 54,000 or 46.4"),
        (1e15, "Enter a figure of at most 10 digits before the point and 6 after it"),
        ("0.1234567", "Enter a figure of at most 10 digits before the point and 6 after it"),
        (
            Cell(value=4.0, flaw=Flaw.FORMULA),
            "There is a formula here. Type what it comes to instead",
        ),
    ],
)
def test_a_figure_that_is_none_is_told_by_its_cell(figure: object, words: str) -> None:
    assert said_of(read_indicators(indicator_row(April=figure))) == [("Indicators, F2", words)]


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        (Cell(value=0.464, is_percent=True), "46.4"),
        ("46.4%", "46.4"),
        ("54,000", "54000"),
        (0.1 + 0.2, "0.3"),
        (0.0, "0"),
        (-3, "-3"),
        (1 / 3, "0.333333"),
    ],
)
def test_a_figure_is_read_as_people_write_it(figure: object, value: str) -> None:
    [row] = read_indicators(indicator_row(April=figure)).rows

    assert row.problems == ()
    assert row.answers.figures == {date(2009, 4, 1): Decimal(value)}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (date(2009, 4, 1), "There is only a date or a time here. Enter words"),
        (True, "Enter words, not true or false"),
        ("x" * 20_001, "Shorten this to 20,000 characters or fewer"),
        (Cell(flaw=Flaw.FORMULA), "There is a formula here. Type what it comes to instead"),
    ],
)
def test_words_that_are_none_are_told_by_their_cell(words: object, said: str) -> None:
    assert said_of(read_actions(action_row("Green", words))) == [("Actions, F2", said)]


def test_a_number_where_words_should_be_is_taken_as_it_is_written() -> None:
    [row] = read_actions(action_row("Green", 2009.0)).rows

    assert row.answers.commentary == "2009"


def test_a_percentage_of_what_is_not_counted_so_is_refused() -> None:
    visits = ExpectedItem(
        item_kind=ItemKind.INDICATOR, item_id=8, reference="CYPF9", title="", wanted=(APRIL,)
    )
    expected = Expected(
        council="ashby",
        cycle="2009-10/Q1",
        title="",
        year=YEAR,
        figures=EXPECTED.figures,
        items=(visits,),
    )
    row = indicator_row(April=Cell(value=0.4, is_percent=True))
    read = read_workbook(sheet_of("Indicators", list(INDICATOR_HEADINGS), row), expected)

    assert said_of(read) == [
        ("Indicators, F2", "Enter the figure without %: it is not a percentage")
    ]


def test_what_is_not_asked_is_refused_and_what_we_wrote_there_is_not() -> None:
    assert said_of(read_indicators(indicator_row(May=4))) == [("Indicators, G2", NOT_ASKED)]
    assert said_of(read_indicators(indicator_row(May="In: 4.0%"))) == []
    swans = read_indicators(indicator_row(SWANS, Rating="Green", Why_a="None"))
    assert [words for _, words in said_of(swans)] == [
        "No figure is missing. Leave this cell empty.",
        "This indicator is not rated. Leave this cell empty.",
    ]


@pytest.mark.parametrize(
    "row_key", ["", "nonsense", "ashby/2009-10/Q1/action/999/0", "ashby/2009-10/Q1/plan/7/0", 7.0]
)
def test_a_row_of_no_item_of_mine_is_told_no_more_than_that(row_key: object) -> None:
    row = action_row()
    row[-1] = row_key

    assert said_of(read_actions(row)) == [("Actions, row 2", NOT_YOURS)]


def test_a_reference_that_was_changed_is_told() -> None:
    row = action_row()
    row[0] = "CYPF 1.2"

    assert "The reference was changed" in said_of(read_actions(row))[0][1]


def test_an_item_that_stands_twice_is_refused_in_both_rows() -> None:
    assert said_of(read_actions(action_row(), action_row("Red"))) == [
        ("Actions, row 2", "CYPF 1.1 also stands in row 3. Keep one of them."),
        ("Actions, row 3", "CYPF 1.1 also stands in row 2. Keep one of them."),
    ]


def test_blank_rows_and_words_beside_the_table_are_passed_over() -> None:
    read = read_actions([], ["  "], action_row(), [*[""] * 9, "A note of mine"], ["", "Total"])

    assert [row.number for row in read.rows] == [4]
    assert said_of(read) == []


def test_a_workbook_of_another_cycle_or_council_is_told_so_once() -> None:
    for of_another, words in (
        (key(CLUB, cycle="2009-10/6W1"), "This was made for the cycle 2009-10/6W1"),
        (key(CLUB, council="bexley"), "This was made for another council."),
    ):
        rows = [action_row(key=of_another) for _ in range(3)]
        [(where, said)] = said_of(read_actions(*rows))
        assert where == "Actions"
        assert said.startswith(words)


def test_a_single_row_of_another_cycle_is_told_by_its_row() -> None:
    read = read_actions(action_row(), action_row(key=key(CLUB, cycle="2009-10/6W1")))

    assert said_of(read)[0][0] == "Actions, row 3"
    assert len(read.rows) == 1


@given(st.text(max_size=400), st.sampled_from(Rating))
def test_whatever_a_row_says_comes_back(words: str, rating: Rating) -> None:
    [row] = read_actions(action_row(rating.label, words)).rows

    assert row.answers.rating is rating
    assert row.answers.commentary == words.replace("\r\n", "\n").replace("\r", "\n").strip()


@given(st.decimals(-(10**8), 10**8, places=6))
def test_whatever_figure_a_row_gives_comes_back(value: Decimal) -> None:
    [row] = read_indicators(indicator_row(April=float(value))).rows

    assert row.answers.figures == {date(2009, 4, 1): value}


ANYTHING = st.one_of(
    st.text(max_size=30),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.sampled_from([*ACTION_HEADINGS, *INDICATOR_HEADINGS, key(CLUB), key(ABSENCE)]),
)
CELLS = st.builds(
    Cell, value=ANYTHING, flaw=st.none() | st.sampled_from(Flaw), is_percent=st.booleans()
)
PLACES = st.tuples(st.integers(0, 12), st.integers(0, 16))


@given(st.dictionaries(PLACES, CELLS, max_size=60))
def test_reading_never_raises(cells: dict[tuple[int, int], Cell]) -> None:
    for headings in (ACTION_HEADINGS, INDICATOR_HEADINGS):
        headed = {(0, n): Cell(value=words) for n, words in enumerate(headings)}
        for name in ("Actions", "Indicators"):
            sheet = Sheet(name=name, cells=headed | cells)
            assert isinstance(read_workbook({name: sheet}, EXPECTED), ReadWorkbook)


@pytest.mark.parametrize(("place", "name"), [((0, 0), "A1"), ((4, 25), "Z5"), ((9, 26), "AA10")])
def test_a_cell_is_named_as_a_spreadsheet_does(place: tuple[int, int], name: str) -> None:
    assert cell_name(*place) == name
