from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse

from goldenthread.domain.kinds import ItemKind
from goldenthread.domain.rating import Rating
from tests.factories import (
    ActionUpdateFactory,
    IndicatorUpdateFactory,
    LettingInFactory,
    MeasurementFactory,
    PostHoldingFactory,
)
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import words_on
from tests.pages.small_council import AFTER_Q1, APRIL, IN_SIX_WEEKLY_1, SmallCouncil
from tests.workbooks.book import Book

WHERE = "/ashby/my-updates/workbook/"


@pytest.fixture
def officer(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.action_officer)


@pytest.fixture
def indicator_officer(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.indicator_officer)


def book_of(client: Any) -> Book:
    return Book.opened(client.get(WHERE).content)


def references(book: Book, sheet: str) -> list[object]:
    return [row[0] for row in book.sheets[sheet][1:]]


def test_the_file_is_named_after_the_council_the_cycle_and_what_it_is(officer: Any) -> None:
    response = officer.get(WHERE)

    assert response["Content-Disposition"] == 'attachment; filename="ashby-2009-10-q1-returns.xlsx"'
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert "private" in response["Cache-Control"]


def test_it_holds_what_is_mine_and_due_and_nothing_else(
    officer: Any, indicator_officer: Any
) -> None:
    assert references(book_of(officer), "Actions") == ["CYPF 1.1", "CYPF 1.2"]
    assert references(book_of(officer), "Indicators") == ["You have no indicators to return."]
    assert references(book_of(indicator_officer), "Indicators") == ["CYPF8", "CYPF9", "ES1"]


def test_a_joint_officer_finds_the_action_that_they_share(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    assert references(book_of(sign_in(ashby.posts.joint_officer)), "Actions") == ["CYPF 1.1"]


def test_what_is_submitted_is_left_out(ashby: SmallCouncil, officer: Any) -> None:
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.club, submitted=True)

    assert references(book_of(officer), "Actions") == ["CYPF 1.2"]


def test_it_says_for_whom_it_was_made_until_when_and_what_to_do(officer: Any) -> None:
    said = " ".join(str(cell) for row in book_of(officer).sheets["Read me"] for cell in row)

    assert "Returns for Quarter 1, 2009/10" in said
    assert "Aled Rees, on 14 July 2009 at 11:00" in said
    assert "21 July 2009" in said
    assert "2 actions and no indicators" in said
    assert "nothing changes until you confirm it" in said


def test_last_time_stands_beside_and_is_not_filled_in(ashby: SmallCouncil, officer: Any) -> None:
    ActionUpdateFactory(
        cycle=ashby.six_weekly,
        action=ashby.club,
        submitted=True,
        commentary="A hall was found.",
        submitted_at=IN_SIX_WEEKLY_1,
    )
    [row] = [row for row in book_of(officer).sheets["Actions"] if row[0] == "CYPF 1.1"]

    assert row[3] == "3 June 2009: Green\nA hall was found."
    assert row[4:6] == ["", ""]


def test_a_draft_is_filled_in(ashby: SmallCouncil, indicator_officer: Any) -> None:
    IndicatorUpdateFactory(
        cycle=ashby.quarter,
        indicator=ashby.visits,
        rating=Rating.AMBER,
        commentary="Half a thought",
        estimated_outturn=Decimal("52000.5"),
        draft_figures={"2009-04-01": ["4100", ""], "2009-05-01": [None, "The counter broke."]},
    )
    book = book_of(indicator_officer)
    sheet, number = book.row_of("CYPF8")
    row = dict(zip(map(str, book.sheets[sheet][0]), book.sheets[sheet][number], strict=True))

    assert row["April 2009"] == 4100
    assert row["May 2009"] == ""
    assert row["Why a figure is missing"] == "The counter broke."
    assert row["Estimated outturn for 2009/10"] == 52000.5
    assert row["Rating"] == "Amber"
    assert row["What lies behind the figures"] == "Half a thought"
    assert str(row["Key"]).startswith(f"ashby/2009-10/Q1/{ItemKind.INDICATOR.value}/")


def test_each_figure_asked_for_has_a_column_and_one_that_is_in_is_shown(
    ashby: SmallCouncil, indicator_officer: Any
) -> None:
    MeasurementFactory(indicator=ashby.visits, starts_on=APRIL, value=Decimal(4100))
    book = book_of(indicator_officer)

    headings = [str(each) for each in book.sheets["Indicators"][0]]
    assert "April 2009" not in headings
    assert headings[5:8] == ["May 2009", "June 2009", "Quarter 1 2009/10"]


def test_a_figure_whose_time_has_not_ended_is_headed_provisional(
    indicator_officer: Any, set_clock: SetClock
) -> None:
    set_clock(IN_SIX_WEEKLY_1)

    headings = [str(each) for each in book_of(indicator_officer).sheets["Indicators"][0]]
    assert headings[5:9] == [
        "April 2009",
        "May 2009",
        "June 2009 (provisional)",
        "Quarter 1 2009/10 (provisional)",
    ]


def test_words_that_look_like_formulas_stay_words(ashby: SmallCouncil, officer: Any) -> None:
    for number, (action, words) in enumerate(
        [(ashby.club, '=HYPERLINK("http://x.example")'), (ashby.grant, "@SUM(1+1)|cmd")]
    ):
        ActionUpdateFactory(cycle=ashby.quarter, action=action, commentary=words, version=number)
    content = officer.get(WHERE).content

    with zipfile.ZipFile(BytesIO(content)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "worksheets/sheet" in name]
    assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)
    assert Book.opened(content).sheets["Actions"][1][5] == '=HYPERLINK("http://x.example")'


def test_only_the_cells_that_take_an_answer_are_open(officer: Any) -> None:
    with zipfile.ZipFile(BytesIO(officer.get(WHERE).content)) as archive:
        sheets = [archive.read(f"xl/worksheets/sheet{number}.xml") for number in (1, 2, 3)]
        styles, core = archive.read("xl/styles.xml"), archive.read("docProps/core.xml")

    assert all(b"<sheetProtection" in sheet and b"password" not in sheet for sheet in sheets)
    assert styles.count(b'locked="0"') == 1
    assert b"<dc:language>en-GB</dc:language>" in core
    assert b"<dc:title>Returns for Quarter 1, 2009/10</dc:title>" in core


def test_a_return_that_was_sent_back_says_why(ashby: SmallCouncil, officer: Any) -> None:
    ActionUpdateFactory(
        cycle=ashby.quarter,
        action=ashby.club,
        returned_at=datetime(2009, 7, 13, 9, tzinfo=UTC),
        returned_by=ashby.holder_of(ashby.posts.lead_officer),
        revision_note="Which hall?",
    )

    assert "Sent back by Leo Park: Which hall?" in str(book_of(officer).sheets["Actions"][1][3])


def test_after_the_deadline_there_is_none(officer: Any, set_clock: SetClock) -> None:
    set_clock(AFTER_Q1)

    response = officer.get(WHERE)

    assert response.url == reverse("workbooks:workbook_upload", args=["ashby"])
    assert "There is nothing for you to fill in" in words_on(officer.get(response.url))


def test_after_the_deadline_whoever_is_let_in_has_one(
    ashby: SmallCouncil, officer: Any, set_clock: SetClock
) -> None:
    LettingInFactory(cycle=ashby.quarter, person=ashby.holder_of(ashby.posts.action_officer))
    set_clock(AFTER_Q1)

    assert references(book_of(officer), "Actions") == ["CYPF 1.1", "CYPF 1.2"]


def test_whoever_holds_nothing_is_refused_one(ashby: SmallCouncil, sign_in: SignIn) -> None:
    response = sign_in(ashby.posts.clerk).get(WHERE, follow=True)

    assert "There is nothing for you to fill in" in words_on(response)


def test_before_any_cycle_has_opened_there_is_none(officer: Any, set_clock: SetClock) -> None:
    set_clock(datetime(2009, 4, 1, 10, tzinfo=UTC))

    assert officer.get(WHERE).status_code == 404


def test_a_deputy_finds_what_they_stand_in_for(ashby: SmallCouncil, sign_in: SignIn) -> None:
    clerk = ashby.holder_of(ashby.posts.clerk)
    PostHoldingFactory(
        post=ashby.posts.joint_officer,
        holder=clerk,
        capacity="deputy",
        ends_on=datetime(2009, 8, 1, tzinfo=UTC).date(),
    )

    assert references(book_of(sign_in(ashby.posts.clerk)), "Actions") == ["CYPF 1.1"]
