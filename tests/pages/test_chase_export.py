from __future__ import annotations

import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from goldenthread.domain.rating import Rating
from goldenthread.notices.models import NoticeKind
from tests.factories import ActionUpdateFactory, NoticeFactory
from tests.pages.conftest import SignIn
from tests.pages.small_council import SmallCouncil, found_small_council, write_overviews

WHERE = "/ashby/cycles/2009-10/Q1/chase/export/"


@pytest.fixture(autouse=True)
def _overviews(ashby: SmallCouncil) -> None:
    write_overviews(ashby)


@pytest.fixture
def manager(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.manager)


def csv_rows(response: Any) -> list[dict[str, str]]:
    assert response.status_code == 200
    return list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))


def test_it_holds_the_whole_record_of_what_is_shown(ashby: SmallCouncil, manager: Any) -> None:
    ActionUpdateFactory(
        cycle=ashby.six_weekly, action=ashby.club, submitted=True, rating=Rating.AMBER
    )
    ActionUpdateFactory(
        cycle=ashby.quarter,
        action=ashby.club,
        returned_at=datetime(2009, 7, 13, 9, tzinfo=UTC),
        returned_by=ashby.holder_of(ashby.posts.lead_officer),
        revision_note="Say which school.",
    )
    NoticeFactory(
        council="ashby",
        kind=NoticeKind.NUDGE,
        key="nudge/2009-10/Q1/x",
        recipient_id=ashby.holder_of(ashby.posts.action_officer).pk,
    )

    response = manager.get(f"{WHERE}csv/")

    rows = csv_rows(response)
    assert len(rows) == 5
    assert rows[0] == {
        "Cycle": "Quarter 1, 2009/10",
        "Plan": "CYPF",
        "Kind": "Action",
        "Item": "CYPF 1.1",
        "What": "Open a homework club",
        "Post": "Play Officer; Youth Worker",
        "Who holds it": "Aled Rees; Jo Field",
        "State": "To revise",
        "Due": "2009-07-21",
        "Last time": "Amber",
        "Rating": "",
        "Sent back because": "Say which school.",
        "Times nudged": "1",
        "Last nudged": "2009-07-14 11:00",
        "Last reminded": "",
        "Messages refused": "0",
    }
    assert response["Content-Disposition"] == (
        'attachment; filename="ashby-2009-10-Q1-chase-board.csv"'
    )


def test_it_holds_what_the_address_asks_for_in_its_order(ashby: SmallCouncil, manager: Any) -> None:
    every = csv_rows(manager.get(f"{WHERE}csv/?state=all&by=item&sort=-plan"))
    assert [row["Item"] for row in every][:2] == ["ES overview", "ES1"]
    assert len(every) == 8

    by_post = csv_rows(manager.get(f"{WHERE}csv/?plan=CYPF&kind=indicator&sort=-late"))
    assert [row["Item"] for row in by_post] == ["CYPF8", "CYPF9"]


@pytest.mark.parametrize("words", ["=1+1", "+44 20", "-1", "@SUM(A1)", "\tTab", "=HYPERLINK(“x”)"])
def test_words_that_look_like_a_formula_stay_words(
    ashby: SmallCouncil, manager: Any, words: str
) -> None:
    ashby.club.description = words
    ashby.club.save()

    [first, *_] = csv_rows(manager.get(f"{WHERE}csv/"))
    assert first["What"] == f"'{words}"

    response = manager.get(f"{WHERE}xlsx/")
    sheet = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0)
    assert str(sheet.to_python()[1][4]).strip() == words.strip()
    with ZipFile(BytesIO(response.content)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_a_post_that_nobody_holds_is_said(ashby: SmallCouncil, manager: Any) -> None:
    ashby.posts.indicator_officer.holdings.all().delete()

    assert csv_rows(manager.get(f"{WHERE}csv/"))[-1]["Who holds it"] == "Nobody holds this post"


def test_what_is_not_known_leads_back_to_the_board_which_says_so(manager: Any) -> None:
    response = manager.get(f"{WHERE}csv/?plan=XYZ")

    assert (response.status_code, response["Location"]) == (
        302,
        "/ashby/cycles/2009-10/Q1/chase/?plan=XYZ",
    )


def test_there_are_two_kinds_of_file(manager: Any) -> None:
    assert manager.get(f"{WHERE}pdf/").status_code == 404


def test_a_lead_gets_their_own_plans_only(ashby: SmallCouncil, sign_in: SignIn) -> None:
    rows = csv_rows(sign_in(ashby.posts.lead_officer).get(f"{WHERE}csv/?state=all"))

    assert {row["Plan"] for row in rows} == {"CYPF"}


def test_nobody_else_gets_it(ashby: SmallCouncil, sign_in: SignIn) -> None:
    assert sign_in(ashby.posts.clerk).get(f"{WHERE}csv/").status_code == 403
    stranger = sign_in(found_small_council("bexley").posts.manager)
    assert stranger.get(f"{WHERE}csv/").status_code == 404
